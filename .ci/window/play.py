"""Plays one part of the scenario in the real window and says what held.

    play.py BINARY DATA_DIR PICTURES PART

Run it inside `desktop.sh`. Each step that is a check prints `ok` or `FAIL`; the
first failure ends the part, with a picture and the tree of the window as it was.
"""

import os
import sys
import time

# Nothing is written beside the sources.
sys.dont_write_bytecode = True

from driver import Missing, Window  # noqa: E402
from scenario import PARTS  # noqa: E402

# What a step may do; everything else in the driver is its own business.
VERBS = {
    "absent",
    "come_back",
    "focus",
    "has_focus",
    "in_order",
    "key",
    "look_away",
    "paste",
    "press",
    "resize",
    "rest",
    "type",
    "type_into",
    "wait_for",
    "wait_for_state",
    "wait_gone",
}

# When each clock of the scenario was started.
STARTED = {}


def step(window, pictures, words):
    """Do one step: a verb and what it takes."""
    verb, *rest = words
    if verb == "picture":
        window.screenshot(os.path.join(pictures, f"{rest[0]}.png"))
    elif verb == "clock":
        STARTED[rest[0]] = time.monotonic()
    elif verb == "no_earlier_than":
        seconds, since = rest
        passed = time.monotonic() - STARTED[since]
        if passed < seconds:
            raise AssertionError(f"only {passed:.1f} s have passed since {since}")
    elif verb in VERBS:
        getattr(window, verb)(*rest)
    else:
        raise ValueError(f"no step is called {verb!r}")


def play(window, part, pictures):
    """Play the part's checks: a sentence each, and the steps that show it."""
    for sentence, steps in part:
        for words in steps:
            try:
                step(window, pictures, words)
            except (AssertionError, Missing, RuntimeError) as fault:
                print(f"FAIL {sentence}", flush=True)
                print(f"     at {words}: {fault}", flush=True)
                window.screenshot(os.path.join(pictures, "failed.png"))
                return False
        print(f"ok   {sentence}", flush=True)
    return True


def main(binary, data, pictures, part):
    os.makedirs(pictures, exist_ok=True)
    log = os.path.join(pictures, f"{part}.log")
    window = Window([binary, "--data-dir", data], log=log)
    try:
        held = play(window, PARTS[part], pictures)
        if held:
            window.close()
            print(f"ok   {part}: the window closes when it is asked to", flush=True)
    except AssertionError as fault:
        print(f"FAIL {part}: {fault}", flush=True)
        held = False
    finally:
        if window.process.poll() is None:
            window.kill()
    if not held:
        with open(log, encoding="utf-8", errors="replace") as said:
            sys.stderr.write(said.read())
    return 0 if held else 1


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
