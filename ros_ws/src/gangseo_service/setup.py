from setuptools import find_packages, setup

setup(
    name="gangseo_service",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_service"]),
        ("share/gangseo_service", ["package.xml"]),
    ],
    package_data={"gangseo_service": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="A robot with all roles of the city in one process.",
    license="Apache-2.0",
    entry_points={"console_scripts": ["robot = gangseo_service.robot:main"]},
)
