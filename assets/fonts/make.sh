#!/usr/bin/env bash
# Makes the bundled fonts again from Debian's package (see README.md).
#
#   apt-get install fonts-inter python3-fonttools     # Debian 12
#   assets/fonts/make.sh                              # writes beside itself
#   assets/fonts/make.sh --check                      # compares, writes nothing
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source=/usr/share/fonts/opentype/inter
# Debian's modules belong to Debian's Python; another one may come first on PATH.
python=/usr/bin/python3

target=$here
if [[ ${1:-} == --check ]]; then
    target=$(mktemp -d)
    trap 'rm -rf "$target"' EXIT
fi

if [[ ! -e $source/Inter-Regular.otf ]]; then
    echo "Inter is not installed: apt-get install fonts-inter python3-fonttools" >&2
    exit 1
fi

for weight in Regular SemiBold; do
    "$python" "$here/freeze.py" "$source/Inter-$weight.otf" "$target/Inter-$weight.otf"
    if [[ $target != "$here" ]]; then
        cmp "$target/Inter-$weight.otf" "$here/Inter-$weight.otf"
    fi
done

(cd "$target" && sha256sum Inter-Regular.otf Inter-SemiBold.otf)
