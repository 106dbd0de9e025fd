"""Opens the window, does what it is told, takes a picture. `.ci/look` explains it."""

import argparse
import os
import sys
import tempfile

sys.dont_write_bytecode = True

from driver import Window  # noqa: E402


def newest_binary():
    """The debug build if there is one, else the release build."""
    target = os.environ.get("IMPULSE_AUDIT_TARGET", "target")
    for profile in ("debug", "release"):
        path = os.path.join(target, profile, "impulse-audit")
        if os.path.exists(path):
            return path
    sys.exit("Nothing is built yet: cargo build")


def do(window, step):
    """One step, `verb=rest`."""
    verb, _, rest = step.partition("=")
    match verb:
        case "press":
            window.press(rest)
        case "key":
            window.key(rest)
        case "type":
            window.type(rest)
        case "into":
            name, _, text = rest.rpartition("=")
            window.type_into(name, text)
        case "paste":
            window.paste(rest)
        case "wait":
            window.rest(float(rest))
        case "away":
            window.look_away(float(rest))
        case "shot":
            window.screenshot(rest)
        case _:
            sys.exit(f"No step is called {verb!r}; `.ci/look --help` lists them.")


def main():
    arguments = argparse.ArgumentParser(prog=".ci/look")
    arguments.add_argument("--binary")
    arguments.add_argument("--size", default="1280x900")
    arguments.add_argument("--data")
    arguments.add_argument("--after", type=float, default=1.0)
    arguments.add_argument("--tree", action="store_true")
    arguments.add_argument("picture")
    arguments.add_argument("steps", nargs="*", metavar="STEP")
    given = arguments.parse_intermixed_args()

    with tempfile.TemporaryDirectory() as fresh:
        binary = given.binary or newest_binary()
        window = Window([binary, "--data-dir", given.data or os.path.join(fresh, "data")])
        try:
            window.resize(*given.size.split("x"))
            for step in given.steps:
                do(window, step)
            window.rest(given.after)
            window.screenshot(given.picture)
            if given.tree:
                print(window.tree())
            window.close()
        finally:
            if window.process.poll() is None:
                window.kill()


if __name__ == "__main__":
    main()
