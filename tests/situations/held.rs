//! Tickets about what is open already.

use impulse_audit::engine::{Intent, Mode, Side};
use impulse_audit::record::PositionOpened;

use crate::{Changed as _, Situation, about, position, situation};

fn btc() -> PositionOpened {
    position("BTC/USDT", Side::Long, "0.1", "100000", "0.004")
}

fn eth_cross() -> PositionOpened {
    position("ETH/USDT", Side::Long, "10", "2000", "0.01")
}

situation!(
    an_increase_of_a_winner,
    "What was gained stands behind it too; all is measured from the fill of what is added.",
    Situation {
        open: vec![btc().isolated("1000").marked("105000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::Increase;
            about(
                draft,
                &[
                    ("entry", "105000"),
                    ("quantity", "0.1"),
                    ("leverage", "10"),
                    ("wrong", "101000"),
                    ("accepted", "3000"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    an_increase_of_a_loser_by_limit,
    "Averaging down at 92,000: what is lost until then is lost already.",
    Situation {
        open: vec![btc().marked("95000"), eth_cross()],
        ticket: |draft| {
            draft.ticket.intent = Intent::Increase;
            draft.ticket.choose_mode(Mode::Cross);
            about(
                draft,
                &[
                    ("entry", "92000"),
                    ("now", "95000"),
                    ("quantity", "0.1"),
                    ("leverage", "10"),
                    ("wrong", "90000"),
                    ("accepted", "1000"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    margin_added_to_a_loser,
    "With 500 more behind it there are 1,000 to lose from here.",
    Situation {
        open: vec![btc().isolated("1000").marked("95000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::AddMargin;
            about(
                draft,
                &[("margin", "500"), ("wrong", "93000"), ("accepted", "1200")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    funds_added_to_a_losing_pool,
    "A deposit backs all of the pool, so all of the pool can take it.",
    Situation {
        open: vec![btc().marked("95000"), eth_cross()],
        ticket: |draft| {
            draft.ticket.intent = Intent::AddFunds;
            about(
                draft,
                &[("margin", "1000"), ("wrong", "93000"), ("accepted", "2000")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    switched_to_cross_while_it_loses,
    "Isolated 500 are left to lose; in cross it is the account.",
    Situation {
        open: vec![btc().isolated("1000").marked("95000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::SwitchMode;
            about(draft, &[("wrong", "90000"), ("accepted", "600")]);
        },
        ..Situation::default()
    }
);

situation!(
    switched_to_isolated,
    "2,000 are taken out of the pool and no more can be lost here.",
    Situation {
        open: vec![btc().marked("101000"), eth_cross()],
        ticket: |draft| {
            draft.ticket.intent = Intent::SwitchMode;
            about(
                draft,
                &[("margin", "2000"), ("wrong", "97000"), ("accepted", "2500")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    switched_to_isolated_with_too_little,
    "300 behind a loss of 500: what backs it is gone, and the venue could close it at once.",
    Situation {
        open: vec![btc().marked("95000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::SwitchMode;
            about(
                draft,
                &[("margin", "300"), ("wrong", "93000"), ("accepted", "500")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_reduce,
    "What is realised is told after the fee, then what remains; nothing is held against what was accepted.",
    Situation {
        open: vec![btc().isolated("1000").marked("95000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::Reduce;
            about(
                draft,
                &[
                    ("entry", "95000"),
                    ("quantity", "0.04"),
                    ("wrong", "93000"),
                    ("accepted", "600"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_close,
    "Nothing remains, so nothing is drawn.",
    Situation {
        open: vec![btc().isolated("1000").marked("95000")],
        ticket: |draft| {
            draft.ticket.intent = Intent::Close;
            about(
                draft,
                &[("entry", "95000"), ("wrong", "93000"), ("accepted", "600")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_close_beside_others,
    "The pool keeps ETH, and what that can still take is said.",
    Situation {
        open: vec![btc().marked("95000"), eth_cross()],
        ticket: |draft| {
            draft.ticket.intent = Intent::Close;
            draft.ticket.choose_mode(Mode::Cross);
            about(
                draft,
                &[
                    ("entry", "95000"),
                    ("leverage", "10"),
                    ("wrong", "93000"),
                    ("accepted", "600"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    a_leg_of_a_hedge_is_closed,
    "The short was hedged by the long: without it its end comes within reach, and that is told.",
    Situation {
        open: vec![
            position("BTC/USDT", Side::Long, "0.2", "100000", "0.004"),
            position("BTC/USDT", Side::Short, "0.2", "100000", "0.004"),
        ],
        ticket: |draft| {
            draft.ticket.intent = Intent::Close;
            draft.ticket.choose_mode(Mode::Cross);
            about(
                draft,
                &[
                    ("entry", "100000"),
                    ("leverage", "10"),
                    ("wrong", "95000"),
                    ("accepted", "600"),
                ],
            );
        },
        ..Situation::default()
    }
);
