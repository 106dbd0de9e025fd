#!/usr/bin/env bash
# Fails if a crate that deny.toml bans is in the dependency tree of any system the
# program is built for, with every feature on, development and build included.
# Names and systems are read from deny.toml, so that there is one list.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

banned=$(sed -n 's/^ *{ crate = "\([^"]*\)".*/\1/p' <(sed -n '/^deny = \[/,/^\]/p' deny.toml))
systems=$(sed -n '/^targets = \[/,/^\]/s/^ *"\([^"]*\)",*$/\1/p' deny.toml)
if [[ $(wc -l <<<"$banned") -lt 20 || -z $systems ]]; then
    echo "deny.toml could not be read: its list of banned crates or of systems is missing." >&2
    exit 1
fi

found=0
for system in $systems; do
    tree=$(cargo tree --locked --all-features --target "$system" \
        --edges normal,build,dev --prefix none --format '{p}')
    crates=$(cut -d ' ' -f 1 <<<"$tree" | sort -u)
    while read -r crate; do
        echo "$crate is banned, and in the tree for $system:" >&2
        cargo tree --locked --all-features --target "$system" \
            --edges normal,build,dev --invert "$crate" >&2 || true
        found=1
    done < <(grep -Fxf <(printf '%s\n' "$banned") <<<"$crates" || true)
    echo "$system: $(wc -l <<<"$crates") crates, $(wc -l <<<"$banned") names banned"
done
exit "$found"
