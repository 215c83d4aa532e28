from setuptools import find_packages, setup

setup(
    name="gangseo_perception",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_perception"]),
        ("share/gangseo_perception", ["package.xml"]),
    ],
    package_data={"gangseo_perception": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="What robots see: the Detector port with onnxruntime, and people near the robot from its camera.",
    license="Apache-2.0",
    # AGPL-3.0: whoever installs it takes on its terms; nothing here needs it.
    extras_require={"ultralytics": ["ultralytics>=8.4"]},
    entry_points={"console_scripts": ["perception = gangseo_perception.main:main"]},
)
