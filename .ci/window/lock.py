"""A lock in the real window: armed, killed, two days ahead, its journal deleted.

    lock.py BINARY DATA_DIR PICTURES

Run it inside `desktop.sh`. The window is started four times on the same folder: as it
is, to arm a lock of 24 hours, and killed; under `faketime` two days ahead; after its
journal was deleted; and after the loss was accepted. Each time the lock must stand in
the window. `faketime` shifts the wall clock of the process and leaves `/proc/uptime`,
which the program counts by, as it is. Each check prints `ok` or `FAIL`.
"""

import os
import re
import sys

# Nothing is written beside the sources.
sys.dont_write_bytecode = True

from driver import Missing, Window, run  # noqa: E402
from play import play  # noqa: E402

def two_days_ahead():
    """What goes before a command so that its own process reads the shifted clock.

    The `faketime` command starts a process of its own, which would be seen and killed in
    the program's place; so it is asked for the library that it loads. The clock that
    waits are measured by stays true.
    """
    library = run("faketime", "-f", "+2d", "sh", "-c", 'echo "$LD_PRELOAD"')
    true_waits = ["FAKETIME_DONT_FAKE_MONOTONIC=1", "DONT_FAKE_MONOTONIC=1"]
    return ["env", f"LD_PRELOAD={library}", "FAKETIME=+2d", *true_waits]


LOCK = "No cross at all"
# Day and clock time, and nothing that runs.
UNTIL = re.compile(r"^Until \w{3} \d{1,2} \w{3} \d{2}:\d{2}")

STANDS = [
    ("key", "ctrl+4"),
    ("wait_for", "Promises", "heading"),
    ("wait_for", LOCK),
    ("wait_for", UNTIL),
]
GO_ON = "Go on without what is missing"

ARM = [
    ("the screen of promises opens with a key", [
        ("wait_for", "Nothing has to happen.", "heading"),
        ("key", "ctrl+4"),
        ("wait_for", "Promises", "heading"),
    ]),
    ("a lock of 24 hours shows its end before it is armed", [
        ("press", "Arm a promise…"),
        ("wait_for", "Arm a promise", "heading"),
        ("press", LOCK),
        ("press", "24 h"),
        ("wait_for", re.compile(r"^Until .*, 24 h from now")),
        ("wait_for", re.compile("The app cannot stop your exchange")),
    ]),
    ("it is armed, and stands with its end", [
        ("press", "Arm it"),
        ("wait_for", re.compile("Ctrl\\+Z takes it back until")),
        ("wait_for", LOCK),
        ("wait_for", UNTIL),
        ("picture", "lock-armed"),
    ]),
]

AFTER_THE_KILL = [
    ("killed, and started two days ahead: the lock stands", [*STANDS, ("picture", "lock-ahead")]),
]

DELETED = [
    ("its journal deleted, two days ahead: the window says so, and the lock stands", [
        ("wait_for", re.compile("^DELETED: the journal's file is gone")),
        *STANDS,
        ("picture", "lock-deleted"),
    ]),
    ("the loss is accepted, and the lock stands; it cannot be taken back", [
        ("press", GO_ON),
        ("wait_gone", GO_ON),
        *STANDS[2:],
        ("absent", r"takes it back until"),
        ("picture", "lock-accepted"),
    ]),
]

ONCE_MORE = [
    ("started once more, on the true clock: the lock stands", STANDS),
]


def main(binary, data, pictures):
    os.makedirs(pictures, exist_ok=True)
    program = [binary, "--data-dir", data]
    ahead = two_days_ahead()
    journal = os.path.join(data, "data", "journal-0001.jsonl")
    starts = [
        (program, ARM, False),
        (ahead + program, AFTER_THE_KILL, False),
        (ahead + program, DELETED, True),
        (program, ONCE_MORE, False),
    ]
    log = os.path.join(pictures, "lock.log")
    for command, part, deleted in starts:
        if deleted:
            os.remove(journal)
        try:
            window = Window(command, log=log)
        except (AssertionError, Missing, RuntimeError) as fault:
            print(f"FAIL the window opens: {fault}", flush=True)
            return 1
        try:
            if not play(window, part, pictures):
                return 1
        finally:
            # SIGKILL each time: nothing of the program runs behind it.
            window.kill()
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
