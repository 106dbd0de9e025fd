#!/usr/bin/env bash
# Checks every line of a journal with nothing but sed and sha256sum, by the very
# command that README.md gives its readers, and the chain from line to line.
#
#   .ci/journal.sh JOURNAL KIND      KIND is a kind of event that must be in it
#
# Prints `ok` or `FAIL` for each thing it looks at.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
journal=$1
kind=$2

failed=0
ok() { echo "ok   $1"; }
fail() {
    echo "FAIL $1"
    failed=1
}

# One line of the README: it names a line by number and ends in sha256sum.
told=$(sed -n 's/^ *\(sed -n [0-9]*p journal-0001\.jsonl .*sha256sum\)$/\1/p' "$root/README.md" | head -1)
if [[ -z $told ]]; then
    fail "README.md says how to check a line with sed and sha256sum"
    exit 1
fi
if [[ ! -s $journal ]]; then
    fail "there is a journal at $journal"
    exit 1
fi
cd "$(dirname "$journal")"

lines=$(wc -l <"$journal")
# A last line without its LF would be a line that wc does not count.
if [[ -n $(tail -c 1 "$journal") ]]; then
    fail "the journal's last line is whole"
fi

before=
sound=0
chained=0
at=0
for ((n = 1; n <= lines; n++)); do
    written=$(sed -n "${n}s/.*,\"h\":\"\([0-9a-f]\{64\}\)\"}\$/\1/p" "$journal")
    previous=$(sed -n "${n}s/.*,\"prev\":\"\([0-9a-f]\{64\}\)\",\"h\":\"[0-9a-f]*\"}\$/\1/p" "$journal")
    counted=$(bash -c "${told/sed -n [0-9]*p/sed -n ${n}p}" | cut -d ' ' -f 1)
    if [[ -n $written && $counted == "$written" ]]; then
        sound=$((sound + 1))
    else
        echo "     line $n says ${written:-nothing}, sha256sum says $counted"
    fi
    if [[ $n -eq 1 || ( -n $before && $previous == "$before" ) ]]; then
        chained=$((chained + 1))
    else
        echo "     line $n follows ${previous:-nothing}, the line before it is $before"
    fi
    if sed -n "${n}p" "$journal" | grep -q "\"kind\":\"$kind\""; then
        at=$n
    fi
    before=$written
done

if [[ $sound -eq $lines ]]; then
    ok "sha256sum agrees with each of the journal's $lines lines"
else
    fail "sha256sum agrees with $sound of the journal's $lines lines"
fi
if [[ $chained -eq $lines ]]; then
    ok "each line names the hash of the line before it"
else
    fail "only $chained of $lines lines name the hash of the line before"
fi
if [[ $at -gt 0 ]]; then
    ok "the decision is line $at ($kind)"
else
    fail "no line is of the kind $kind"
fi
exit "$failed"
