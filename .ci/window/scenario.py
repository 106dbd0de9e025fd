"""One audit from impulse to logged decision, as data.

A part is a list of checks. A check is a sentence about the program and the steps
that show it; a step is a verb of the driver and what it takes. Names are matched
exactly; a compiled pattern is looked for inside a name.

Numbers here are what the window must say, worked out from the formulas and never
copied from it. The account and the ticket are those of the design's picture:
wallet 10,000 USDT; ETH long 5 at 2,000, mark 2,100, maintenance 0.5 %, cross; the
ticket is BTC long 0.2 at 100,000 with 20x, maintenance 0.4 %, taker fee 0.05 %,
wrong at 94,000, accepted loss 500.

    opening fee            0.2 × 100,000 × 0.0005                = 10
    cross, backed by       10,000 − 10 + 5 × (2,100 − 2,000)     = 10,490
    isolated, backed by    0.2 × 100,000 / 20                    = 1,000
    isolated, out of reach 10,490 − 1,000                        = 9,490
    loss where wrong       0.2 × (100,000 − 94,000)              = 1,200
    isolated, closed at    (1,000 − 20,000) / (0.2 × 0.004 − 0.2)
                           = 95,381.526, −4.62 %; there 0.2 × 4,618.474 = 923.69 is lost
    cross, closed at       (9,990 + 500 − 5 × 2,100 × 0.005 − 20,000) / −0.1992
                           = 48,004.518, −52.00 %; there 0.2 × 51,995.482 = 10,399.10
    costs                  10 + 0.2 × 94,000 × 0.0005            = 19.40
    by hand                500 / (6,000 + 194,000 × 0.0005)      = 0.0820, so 0.082
    capped                 closed at 94,000 at the earliest asks for a margin of
                           100,000 q − 0.996 × 94,000 q = 6,376 q; with 97 q of costs
                           q = 500 / 6,473                       = 0.0772, so 0.077
                           with 500 − 97 × 0.077                 = 492.53 behind it
"""

import re

# What the trader types. ASCII only, because it is typed key by key.
SYMBOL = "BTC/USDT"
WRONG = "The daily close under 94,000 with funding still positive would show it."
NOTHING = "The range has held for weeks, so another entry comes without my chasing."
WRONG_SIDE = "106000"

# The first wording of each question, which is also the name of its field.
ASKED_WRONG = "What would I see if I were wrong?"
ASKED_PRICE = "At which price is the idea wrong?"
ASKED_NOTHING = "Why am I willing to do nothing?"
ASKED_LOSS = "What is the most I accept to lose?"

# No number of the engine before the seal and the floor, in whatever way it is written,
# and none of its words either.
OF_THE_ENGINE = (
    r"10,?490|9,?490|95,?381|48,?004|923\.69|0\.082|0\.077|492\.53"
    r"|(?i:closed by the venue|worst case|can take|backed by)"
)
NOTHING_OF_THE_ENGINE = ("absent", OF_THE_ENGINE)


def has(text):
    """Something that says `text` among other words."""
    return re.compile(re.escape(text))


NEXT = ("key", "ctrl+Return")

# What someone types who believes to be in a field.
ANYWHERE = ("type", "because it dips 0.08 again")

# The first run: an account, a position, a ticket, the pause, the reveal, the decision.
AUDIT = [
    ("the window opens on its home screen", [
        ("wait_for", "Nothing has to happen.", "heading"),
        ("picture", "home"),
    ]),
    ("an account is set up by its fields, and Ctrl+Enter saves it", [
        ("press", "Set up your account"),
        ("type_into", "Name", "Main"),
        ("type_into", "Venue", "Binance USDT-M"),
        ("type_into", "Currency it is counted in", "USDT"),
        ("type_into", "Wallet balance", "10000"),
        ("type_into", "Taker fee", "0.05"),
        ("press", has("Binance USDT-M, examples of 2024-10-24")),
        NEXT,
        ("wait_for", has("Wallet 10,000.00 USDT")),
    ]),
    ("a position that is open already is written by hand", [
        ("press", "Add a position…"),
        ("type_into", "Market", "ETH"),
        ("press", "Long"),
        ("press", "Cross"),
        ("type_into", "Quantity", "5"),
        ("type_into", "Average entry price", "2000"),
        ("type_into", "Price now", "2100"),
        ("type_into", "Maintenance rate", "0.5"),
        NEXT,
        ("wait_for", has("ETH/USDT long · 5 at 2,000 · cross")),
        ("wait_for", has("With open profit and loss 10,500.00 USDT")),
        ("picture", "account"),
    ]),
    ("an audit begins with a key, and asks how she is before any number", [
        ("key", "ctrl+n"),
        ("wait_for", "How are you right now?", "heading"),
        ("key", "alt+2", "alt+m"),
        ("wait_for_state", "tense", "CHECKED"),
        ("wait_for_state", "fear of missing out", "CHECKED"),
        NEXT,
    ]),
    ("the ticket is written by names and keys", [
        ("wait_for", "What do you want to do?", "heading"),
        ("type_into", "Market", "BTC"),
        ("press", "Long"),
        ("press", "Cross"),
        ("type_into", "Entry price", "100000"),
        ("type_into", "Quantity", "0.2"),
        ("type_into", "Leverage", "20x"),
        ("press", "Use another rate"),
        ("type_into", "Maintenance rate", "0.4"),
        ("wait_for", has("notional 20,000.00 · margin 1,000.00 · 20x")),
        NOTHING_OF_THE_ENGINE,
        ("picture", "ticket"),
        NEXT,
    ]),
    ("cross without a plan is met by a promise, and the try is a decision of its own", [
        ("wait_for", "A rule that holds from the beginning stands against this.", "heading"),
        ("wait_for", "Cross only with a plan that was written before"),
        ("wait_for", "This try is in the journal as entry 4."),
        ("has_focus", "Back"),
        NOTHING_OF_THE_ENGINE,
        ANYWHERE,
        ("key", "Return"),
        ("rest", 0.5),
        ("wait_for", "This try is in the journal as entry 4."),
        ("picture", "promised"),
    ]),
    ("isolated goes on with the ticket as it was typed, on a clock of its own", [
        ("rest", 2.5),
        ("clock", "the way back from the promise"),
        ("key", "Return"),
        ("wait_for", "What do you want to do?", "heading"),
        ("press", "Isolated"),
        NEXT,
    ]),
    ("the first question is answered, and one look away is counted as a fact", [
        ("wait_for", ASKED_WRONG, "heading"),
        ("type_into", ASKED_WRONG, WRONG),
        # Long enough for a slow machine to notice that it was left.
        ("look_away", 3.0),
        ("wait_for", re.compile(r"You left this window once, for \d+ s, while writing")),
        NOTHING_OF_THE_ENGINE,
        ("picture", "pause"),
        NEXT,
    ]),
    ("a price on the winning side is explained and asked again", [
        ("wait_for", ASKED_PRICE, "heading"),
        ("type_into", ASKED_PRICE, WRONG_SIDE),
        NEXT,
        ("wait_for", has(
            "106,000 is above your entry of 100,000, where this position gains;"
            " write a price below the entry, where it loses."
        )),
        NOTHING_OF_THE_ENGINE,
        ("picture", "wrong-side"),
        ("type_into", ASKED_PRICE, "94000"),
        NEXT,
    ]),
    ("the other two are answered", [
        ("wait_for", ASKED_NOTHING, "heading"),
        ("type_into", ASKED_NOTHING, NOTHING),
        NEXT,
        ("wait_for", ASKED_LOSS, "heading"),
        ("type_into", ASKED_LOSS, "500"),
        NOTHING_OF_THE_ENGINE,
        NEXT,
    ]),
    ("all four stand together, and sealing them is a step of its own", [
        ("wait_for", "Your four answers, together", "heading"),
        ("wait_for", has(WRONG)),
        ("wait_for", "94,000"),
        ("wait_for", has(NOTHING)),
        ("wait_for", "500.00 USDT"),
        ("has_focus", "Change, What would I see if I were wrong?"),
        NOTHING_OF_THE_ENGINE,
        ("picture", "together"),
        NEXT,
    ]),
    ("the answers are sealed as an entry, and no number of the engine is in the tree", [
        ("wait_for", re.compile(r"Your answers are entry \d+ of your journal\.")),
        NOTHING_OF_THE_ENGINE,
        ANYWHERE,
        ("key", "Return", "Escape"),
        ("rest", 0.5),
        ("wait_for", "Sealed", "heading"),
        ("wait_for", re.compile(r"You left this window once, for \d+ s, while writing")),
        ("picture", "sealed"),
    ]),
    ("the numbers come no earlier than 20 s after the way back", [
        ("wait_for", has("You accepted 500.00; costs of 19.40"), None, 30.0),
        ("no_earlier_than", 20.0, "the way back from the promise"),
    ]),
    ("the reveal's first sentence says what can be lost, and of what", [
        ("wait_for", has(
            "You would be closed at 95,381.53 before 94,000 could prove you wrong."
            " In isolated it can take 1,000.00 USDT. You accepted 500.00; costs of 19.40"
        )),
        ("wait_for", has(
            "Cross it can take 10,490.00 — all of the account, your ETH with it"
        )),
    ]),
    ("both modes stand side by side with the numbers of the formulas", [
        # Each row's name, then isolated, then cross.
        ("in_order",
            "Backed by", "1,000.00", "10,490.00",
            "Out of its reach", "9,490.00", "0.00",
            "Loss where you are wrong, 94,000", "closed before", "1,200.00",
            "Closed by the venue at", "95,381.53", "48,004.52",
            "Worst case", "1,000.00", "10,490.00",
            "Goes with it", "nothing else", "ETH long, +500.00"),
        ("wait_for", "−4.62 %"),
        ("wait_for", "−52.00 %"),
        ("wait_for", "19.40"),
    ]),
    ("the sizes that fit are solved", [
        ("wait_for", has("0.082 BTC with 522.84 behind it loses no more than 500.00 at 94,000, if you close it there.")),
        ("wait_for", has(
            "Isolated, 0.077 BTC with 492.53 behind it cannot lose more than 500.00,"
            " and is not closed before 94,000."
        )),
        ("picture", "reveal"),
    ]),
    ("a sentence that is typed past every field decides nothing and leads nowhere", [
        ("has_focus", "Do nothing"),
        ANYWHERE,
        ("key", "Return", "Escape"),
        ("rest", 0.5),
        ("wait_for", has("You accepted 500.00; costs of 19.40")),
        ("press", "Smaller…"),
        ("has_focus", "Quantity"),
        ("type", "0.08"),
        ("wait_for", has("0.08 BTC")),
        ("key", "Escape"),
        ("wait_gone", "Show the numbers for it"),
        ("rest", 2.5),
    ]),
    ("doing nothing is in focus, Enter takes it, and it is saved under its number", [
        ("focus", "Do nothing"),
        ("has_focus", "Do nothing"),
        ("key", "Return"),
        ("wait_for", "You did nothing", "heading"),
        ("wait_for", has("Saved as entry 10 of your journal.")),
        ("picture", "saved"),
    ]),
]

# The second run, on the same data folder.
AGAIN = [
    ("after a restart nothing is under way, and the journal is sound", [
        ("wait_for", "Start an audit"),
        ("wait_for", has("Journal sound, 11 entries")),
    ]),
    ("the decision is in the journal, with the answers and the numbers as they were", [
        ("press", "Journal"),
        ("press", has(SYMBOL)),
        ("wait_for", has(WRONG)),
        ("wait_for", has(NOTHING)),
        ("wait_for", has("Worst case 1,000.00")),
        ("wait_for", re.compile(r"Did nothing, \d+ s after the reveal")),
        ("picture", "journal"),
    ]),
]

PARTS = {"audit": AUDIT, "again": AGAIN}
