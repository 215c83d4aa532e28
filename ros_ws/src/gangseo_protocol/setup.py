from setuptools import find_packages, setup

setup(
    name="gangseo_protocol",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_protocol"]),
        ("share/gangseo_protocol", ["package.xml"]),
    ],
    package_data={"gangseo_protocol": ["py.typed", "messages/*.json"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="VDA 5050 3.0.0 messages, robot actions and the site layout as pydantic models.",
    license="Apache-2.0",
)
