#!/bin/sh
# Runs a command inside the unpacked tree, in namespaces of its own: no network but a private loopback (Gazebo's master
# listens on every address), no other processes, and everything ends with this shell's parent.
#   enter.sh TREE SHARED COMMAND...     SHARED is seen inside as /gangseo
set -eu
if [ -z "${GANGSEO_INSIDE:-}" ]; then
    user=""
    [ "$(id -u)" = 0 ] || user="--user --map-root-user"
    GANGSEO_INSIDE=1 exec unshare $user --mount --net --pid --ipc --fork --kill-child /bin/sh "$0" "$@"
fi
tree=$1 shared=$2
shift 2
mount --rbind /dev "$tree/dev"
mount -t proc proc "$tree/proc" 2>/dev/null || mount --rbind /proc "$tree/proc"
mount -t tmpfs tmpfs "$tree/tmp"
mount --bind "$shared" "$tree/gangseo"
libraries=/usr/lib/x86_64-linux-gnu
exec chroot "$tree" /usr/bin/env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME=/tmp LC_ALL=C.UTF-8 \
    LD_LIBRARY_PATH="$libraries/blas:$libraries/lapack" \
    GAZEBO_IP=127.0.0.1 GAZEBO_MASTER_URI=http://127.0.0.1:11345 GAZEBO_MODEL_DATABASE_URI= \
    GAZEBO_PLUGIN_PATH=/gangseo:/opt/gangseo GAZEBO_RESOURCE_PATH=/usr/share/gazebo-11 GAZEBO_MODEL_PATH=/gangseo \
    OGRE_RESOURCE_PATH="$libraries/OGRE-1.9.0" LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe \
    GANGSEO_LOCKSTEP_SOCKET=/gangseo/lockstep.sock /bin/sh -c 'ip link set lo up && exec "$@"' sh "$@"
