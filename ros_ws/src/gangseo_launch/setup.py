from setuptools import find_packages, setup

setup(
    name="gangseo_launch",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_launch"]),
        ("share/gangseo_launch", ["package.xml"]),
    ],
    package_data={"gangseo_launch": ["py.typed"]},
    entry_points={"console_scripts": ["launch = gangseo_launch.__main__:main"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="Strict runner of XML launch files for machines without ros2 launch.",
    license="Apache-2.0",
)
