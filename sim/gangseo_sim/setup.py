from pathlib import Path

from setuptools import find_packages, setup

setup(
    name="gangseo_sim",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_sim"]),
        ("share/gangseo_sim", ["package.xml"]),
        ("share/gangseo_sim/models/gangseo_robot", sorted(map(str, Path("../models/gangseo_robot").glob("*.xacro")))),
    ],
    package_data={"gangseo_sim": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="World generator, exact 2-D simulation engine and its ROS 2 bridge.",
    license="Apache-2.0",
    entry_points={"console_scripts": ["sim_bridge = gangseo_sim.bridge_node:main"]},
)
