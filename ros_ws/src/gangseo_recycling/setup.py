from setuptools import find_packages, setup

setup(
    name="gangseo_recycling",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_recycling"]),
        ("share/gangseo_recycling", ["package.xml"]),
    ],
    package_data={"gangseo_recycling": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="The recycling role: steps and what it carries.",
    license="Apache-2.0",
)
