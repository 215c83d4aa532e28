from setuptools import find_packages, setup

setup(
    name="gangseo_voice",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_voice"]),
        ("share/gangseo_voice", ["package.xml"]),
    ],
    package_data={"gangseo_voice": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="What robots say: the Speaker port with pyttsx3 and espeak-ng.",
    license="Apache-2.0",
)
