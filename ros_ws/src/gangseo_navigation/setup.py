from setuptools import find_packages, setup

setup(
    name="gangseo_navigation",
    version="0.1.0",
    packages=find_packages(),
    data_files=[
        ("share/ament_index/resource_index/packages", ["resource/gangseo_navigation"]),
        ("share/gangseo_navigation", ["package.xml"]),
    ],
    package_data={"gangseo_navigation": ["py.typed"]},
    zip_safe=True,
    maintainer="Gangseo robotics",
    maintainer_email="robots@gangseo.invalid",
    description="Nav2's interfaces for machines without Nav2: localization, costmaps, planner, controller, behaviours.",
    license="Apache-2.0",
    entry_points={
        "console_scripts": [
            "navigation = gangseo_navigation.main:main",
            "localization = gangseo_navigation.localization_main:main",
        ]
    },
)
