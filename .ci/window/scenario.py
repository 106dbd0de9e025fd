"""One audit from impulse to logged decision, as data.

A part is a list of checks. A check is a sentence about the program and the steps
that show it; a step is a verb of the driver and what it takes. Names are matched
exactly; a compiled pattern is looked for inside a name.

Numbers here are what the window must say, worked out from the formulas and never
copied from it.
"""

import re

# What the trader types. ASCII only, because it is typed key by key.
SYMBOL = "BTC"
ANSWER_WRONG = "The daily close under 94,000 with funding still positive would show it."
ANSWER_NOTHING = "The range has held for weeks, so another entry comes without my chasing."

# No engine number before the seal: its words must not be in the window either.
NUMBERS_OF_THE_ENGINE = r"(?i)liquidat\w+ (at|price)|worst case|can take"


def has(text):
    """Something that says `text` among other words."""
    return re.compile(re.escape(text))


# The first run: an account, a ticket, the pause, the reveal, the decision.
AUDIT = [
    ("the window opens on its home screen", [
        ("wait_for", "Start an audit"),
        ("picture", "home"),
    ]),
]

# The second run, on the same data folder.
AGAIN = [
    ("after a restart the decision is in the journal", [
        ("press", "Journal"),
        ("wait_for", has(SYMBOL)),
        ("picture", "journal"),
    ]),
]

PARTS = {"audit": AUDIT, "again": AGAIN}
