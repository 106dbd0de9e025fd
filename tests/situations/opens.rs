//! One market, opened.

use impulse_audit::app::Command;
use impulse_audit::audit::TicketChange;
use impulse_audit::engine::{Mode, Side};

use crate::common::{money, quantity};
use crate::{Situation, a_twentieth_in_cross, coin, in_cross, situation, typed};

situation!(
    isolated_and_closed_before_wrong,
    "20x closes at 95,381.53, above the 94,000 at which she would know: so no loss at 94,000 is told, and the first sentence says which comes first.",
    Situation {
        ticket: |draft| typed(draft, &[("wrong", "94000"), ("accepted", "500")]),
        ..Situation::default()
    }
);

situation!(
    isolated_and_open_at_wrong,
    "10x is closed at 90,361.45, below 95,000: 1,000 is lost there if she closes, 2,000 if she does not, and costs count beside both.",
    Situation {
        ticket: |draft| typed(
            draft,
            &[("leverage", "10"), ("wrong", "95000"), ("accepted", "1500")]
        ),
        ..Situation::default()
    }
);

situation!(
    cross_alone,
    "Nothing else is open: the pool is the account, and one price ends it, so no common move is spoken of.",
    Situation {
        wallet: "2000",
        ticket: a_twentieth_in_cross,
        ..Situation::default()
    }
);

situation!(
    a_limit_below,
    "Filled at 95,000 nothing is lost yet: all is measured from there, and the sentence says that it must be filled first.",
    Situation {
        ticket: |draft| typed(
            draft,
            &[
                ("entry", "95000"),
                ("now", "100000"),
                ("wrong", "92000"),
                ("accepted", "1000")
            ]
        ),
        ..Situation::default()
    }
);

situation!(
    a_stop_above,
    "Wrong at 102,000 is above the price of now and below the fill: a true answer for a stop.",
    Situation {
        ticket: |draft| typed(
            draft,
            &[
                ("entry", "105000"),
                ("now", "100000"),
                ("quantity", "0.05"),
                ("leverage", "10"),
                ("wrong", "102000"),
                ("accepted", "600")
            ]
        ),
        ..Situation::default()
    }
);

situation!(
    a_short_by_limit_above,
    "A short sells higher with a limit; it loses upward, so every end is told above the fill.",
    Situation {
        ticket: |draft| {
            draft.ticket.choose_side(Side::Short);
            typed(
                draft,
                &[
                    ("entry", "105000"),
                    ("now", "100000"),
                    ("wrong", "108000"),
                    ("accepted", "1100"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_short_by_stop_below,
    "A short sells lower with a stop.",
    Situation {
        ticket: |draft| {
            draft.ticket.choose_side(Side::Short);
            typed(
                draft,
                &[
                    ("entry", "95000"),
                    ("now", "100000"),
                    ("leverage", "10"),
                    ("wrong", "98000"),
                    ("accepted", "700"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    fully_backed_and_nothing_ends_it,
    "1x in a pool ten times as large: no price within reach closes it, so nothing is said to go with it, and what it can take is what it is worth.",
    Situation {
        ticket: |draft| {
            in_cross(
                draft,
                &[
                    ("quantity", "0.01"),
                    ("leverage", "1"),
                    ("wrong", "95000"),
                    ("accepted", "1100"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_short_that_nothing_within_reach_ends,
    "Its end lies beyond ten times the price, so what it can take is counted up to there, and the sentence says so.",
    Situation {
        ticket: |draft| {
            draft.ticket.choose_mode(Mode::Cross);
            draft.ticket.choose_side(Side::Short);
            typed(
                draft,
                &[
                    ("quantity", "0.01"),
                    ("leverage", "1"),
                    ("wrong", "110000"),
                    ("accepted", "9500"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    costs_make_it_more_than_accepted,
    "1,000 of margin are within 1,005, with 19.80 of costs they are not: costs count.",
    Situation {
        ticket: |draft| typed(draft, &[("accepted", "1005")]),
        ..Situation::default()
    }
);

situation!(
    lowered_to_the_size_that_cannot_lose_more,
    "The capped size was taken: the numbers are of it, and what was sealed is named beside.",
    Situation {
        ticket: |draft| typed(draft, &[("wrong", "94000"), ("accepted", "500")]),
        then: |app| {
            crate::common::done(
                app,
                Command::Lower(TicketChange {
                    mode: Mode::Isolated,
                    quantity: quantity("0.077"),
                    margin: Some(money("492.526951")),
                }),
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_market_of_small_prices,
    "Prices of a hundred-thousandth keep their digits everywhere.",
    Situation {
        ticket: |draft| typed(
            draft,
            &[
                ("market", "PEPE"),
                ("entry", "0.00001234"),
                ("quantity", "50000000"),
                ("leverage", "10"),
                ("rate", "1"),
                ("wrong", "0.0000118"),
                ("accepted", "100")
            ]
        ),
        ..Situation::default()
    }
);

situation!(
    a_coin_isolated,
    "Counted in BTC: the notional of 20,000 USD is 0.2 BTC and grows as the price falls.",
    Situation {
        wallet: "1",
        account: coin,
        ticket: |draft| typed(
            draft,
            &[
                ("market", "BTC/USD"),
                ("quantity", "200"),
                ("leverage", "10"),
                ("wrong", "95000"),
                ("accepted", "0.025")
            ]
        ),
        ..Situation::default()
    }
);

situation!(
    a_coin_short_that_hedges_the_coin,
    "A 1x short of as much as the coin is worth is closed by no price: it can take at most what ten times the price takes.",
    Situation {
        wallet: "1",
        account: coin,
        ticket: |draft| {
            draft.ticket.choose_mode(Mode::Cross);
            draft.ticket.choose_side(Side::Short);
            typed(
                draft,
                &[
                    ("market", "BTC/USD"),
                    ("quantity", "900"),
                    ("leverage", "1"),
                    ("wrong", "110000"),
                    ("accepted", "0.9"),
                ],
            );
        },
        ..Situation::default()
    }
);
