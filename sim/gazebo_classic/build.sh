#!/bin/sh
# Compiles the lockstep plugin inside the tree, from /gangseo/lockstep.cc to /opt/gangseo.
set -eu
include=/usr/include
flags=""
for folder in gazebo-11 ignition/math6 ignition/msgs5 ignition/transport8 ignition/common3 ignition/fuel_tools4 \
    sdformat-9.3 OGRE OGRE/Terrain OGRE/Paging; do
    flags="$flags -isystem $include/$folder"
done
# shellcheck disable=SC2086
g++ -std=c++17 -O2 -Wall -Wextra -shared -fPIC -DBOOST_BIND_GLOBAL_PLACEHOLDERS $flags \
    /gangseo/lockstep.cc -o /opt/gangseo/plugin.part
mv /opt/gangseo/plugin.part /opt/gangseo/libgangseo_lockstep.so
