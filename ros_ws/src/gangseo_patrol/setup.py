from setuptools import find_packages, setup

setup(
    name="gangseo_patrol",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_patrol"]),
        ("share/gangseo_patrol", ["package.xml"]),
    ],
    package_data={"gangseo_patrol": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="The patrol role: looking round at a point, with a picture and a count of people.",
    license="Apache-2.0",
)
