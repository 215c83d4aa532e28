from setuptools import find_packages, setup

setup(
    name="gangseo_delivery",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_delivery"]),
        ("share/gangseo_delivery", ["package.xml"]),
    ],
    package_data={"gangseo_delivery": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="The delivery role: goods are loaded, handed over and taken back.",
    license="Apache-2.0",
)
