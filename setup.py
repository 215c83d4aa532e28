from pathlib import Path

from setuptools import setup

setup(
    name="gangseo",
    version="0.1.0",
    packages=[],
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo"]),
        ("share/gangseo", ["package.xml"]),
        ("share/gangseo/launch", [str(path) for path in sorted(Path("launch").glob("*.launch.xml"))]),
        ("share/gangseo/launch/nav2", ["launch/nav2/nav2.yaml"]),
    ],
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="Service robots of Gangseo-gu: launch files of robot, simulation and the whole city.",
    license="Apache-2.0",
)
