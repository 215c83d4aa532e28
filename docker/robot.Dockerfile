# Robots, Nav2 and our own simulation on ROS 2 Jazzy.
FROM ros:jazzy-ros-base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends \
        espeak-ng python3-pip python3-pytest python3-pytest-timeout python3-venv \
        ros-jazzy-navigation2 ros-jazzy-nav2-simple-commander ros-jazzy-opennav-docking \
        ros-jazzy-ros-gz-bridge ros-jazzy-ros-gz-interfaces ros-jazzy-xacro \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /ws
COPY requirements/run.lock requirements/run.lock
# Beside ROS's own Python packages, not in their place: the environment sees both.
RUN python3 -m venv --system-site-packages /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/run.lock
COPY package.xml setup.py ./
COPY resource resource
COPY launch launch
COPY ros_ws/src ros_ws/src
COPY sim sim
# ros_ws/compat stays out: it would shadow Nav2's own messages.
RUN source /opt/ros/jazzy/setup.bash && source /venv/bin/activate \
    && colcon build --base-paths . ros_ws/src sim --cmake-args -DPython3_EXECUTABLE=/venv/bin/python3
COPY docker/enter.sh /enter.sh
RUN useradd --system --uid 10001 --create-home gangseo && mkdir /data /world && chown gangseo /data /world
USER 10001
ENTRYPOINT ["/enter.sh"]
CMD ["ros2", "launch", "gangseo", "fleet.launch.xml", "--show-args"]
