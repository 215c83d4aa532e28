# Gazebo Harmonic with the bridge to ROS 2 Jazzy, on top of the robot image.
ARG ROBOT_IMAGE=gangseo/robot
# hadolint ignore=DL3006
FROM ${ROBOT_IMAGE}
USER 0
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ros-jazzy-ros-gz-sim libgl1-mesa-dri \
    && rm -rf /var/lib/apt/lists/*
USER 10001
# Rendering without a graphics card, for the lidar and the cameras.
ENV LIBGL_ALWAYS_SOFTWARE=1
