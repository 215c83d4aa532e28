from setuptools import find_packages, setup

setup(
    name="gangseo_robot",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_robot"]),
        ("share/gangseo_robot", ["package.xml"]),
    ],
    package_data={"gangseo_robot": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="Executor, guards, journal, navigator port and VDA 5050 link of every robot.",
    license="Apache-2.0",
)
