#!/usr/bin/env bash
# Runs one command on a desktop of its own: a virtual X screen, a session bus and
# the accessibility bus, switched on. Nothing of the real desktop is touched, and
# everything ends with the command. Its exit code is the command's.
#
#   .ci/window/desktop.sh [--size 1280x900] COMMAND [ARGUMENT…]
#
# The packages it needs are in `.ci/packages`, the groups `window` and `desktop`.
set -euo pipefail

size=1280x900
if [[ ${1:-} == --size ]]; then
    size=$2
    shift 2
fi
if [[ $# -eq 0 ]]; then
    sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
fi

work=$(mktemp -d)
xvfb=
finish() {
    if [[ -n $xvfb ]]; then
        kill "$xvfb" 2>/dev/null || true
        wait "$xvfb" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT

# The server picks a free display itself and says which, once it answers.
mkfifo "$work/display"
Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset \
    3>"$work/display" 2>"$work/xvfb.log" &
xvfb=$!
if ! read -r -t 20 number <"$work/display"; then
    echo "The virtual screen did not start:" >&2
    cat "$work/xvfb.log" >&2
    exit 1
fi

unset WAYLAND_DISPLAY WAYLAND_SOCKET AT_SPI_BUS_ADDRESS
mkdir -m 0700 "$work/runtime"
export DISPLAY=":$number"
export XDG_RUNTIME_DIR="$work/runtime"
export LIBGL_ALWAYS_SOFTWARE=1

# The program's own accessibility adapter stays asleep until IsEnabled is true on
# org.a11y.Bus. Setting it also starts the bus. A program that runs already wakes
# up when it changes, so before or after makes no difference. What the buses have
# to say goes to a file; the command keeps its own output and errors.
enable='exec 1>&5 2>&4 4>&- 5>&-; dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus \
    org.freedesktop.DBus.Properties.Set string:org.a11y.Status \
    string:IsEnabled variant:boolean:true >/dev/null && exec "$@"'
dbus-run-session -- bash -c "$enable" desktop "$@" 4>&2 5>&1 >"$work/bus.log" 2>&1
