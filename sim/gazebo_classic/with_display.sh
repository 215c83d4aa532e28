#!/bin/sh
# Runs a command inside the tree with a virtual display, for Gazebo's cameras.
set -eu
mkdir -p /tmp/.X11-unix
Xvfb :1 -screen 0 1280x1024x24 -nolisten tcp -noreset >/tmp/xvfb.log 2>&1 &
tries=0
while [ ! -S /tmp/.X11-unix/X1 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || { echo "Xvfb did not start:" >&2; cat /tmp/xvfb.log >&2; exit 1; }
    sleep 0.05
done
export DISPLAY=:1
"$@"
