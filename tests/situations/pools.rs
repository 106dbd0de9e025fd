//! A market opened beside others in one pool, hedges, and margin that is taken from others.

use impulse_audit::engine::{Mode, Side};
use impulse_audit::market::{Position, Terms};
use impulse_audit::record::PositionOpened;

use crate::common::{decimal, flat, price, quantity, symbol};
use crate::{
    Changed as _, Situation, a_twentieth_in_cross, coin, in_cross, position, situation,
    ten_times_in_cross, typed,
};

fn eth_long() -> PositionOpened {
    position("ETH/USDT", Side::Long, "40", "2000", "0.01")
}

situation!(
    a_pool_that_leans,
    "BTC alone can take 5,000; with ETH falling along it is all of the account at −10.90 %.",
    Situation {
        open: vec![eth_long()],
        ticket: a_twentieth_in_cross,
        ..Situation::default()
    }
);

situation!(
    the_pool_of_the_picture,
    "Both ends are told: together at −34 %, alone at −52 %.",
    Situation {
        open: vec![position("ETH/USDT", Side::Long, "5", "2000", "0.005").marked("2100")],
        ticket: |draft| {
            in_cross(draft, &[("wrong", "94000"), ("accepted", "500")]);
        },
        ..Situation::default()
    }
);

situation!(
    margin_taken_from_others,
    "9,000 set aside for BTC bring the end of ETH from 1,767.68 to 1,994.95: it is among the first sentences.",
    Situation {
        open: vec![crate::common::opened_as(eth_long(), |was| Position {
            leverage: Some(decimal("100")),
            ..was
        })],
        ticket: |draft| typed(
            draft,
            &[
                ("quantity", "0.9"),
                ("leverage", ""),
                ("margin", "9000"),
                ("wrong", "95000"),
                ("accepted", "9800")
            ]
        ),
        ..Situation::default()
    }
);

situation!(
    a_perfect_hedge,
    "As much short as long in one pool: price takes nothing, its only end is sixty-fold, and nothing goes with it.",
    Situation {
        open: vec![position("BTC/USDT", Side::Short, "0.2", "100000", "0.004")],
        ticket: ten_times_in_cross,
        ..Situation::default()
    }
);

situation!(
    a_hedge_that_is_larger_than_the_ticket,
    "The pool is net short: where the long is wrong the pool gains, and its end lies above.",
    Situation {
        open: vec![position("BTC/USDT", Side::Short, "0.5", "100000", "0.004")],
        ticket: ten_times_in_cross,
        ..Situation::default()
    }
);

situation!(
    two_markets_that_pull_both_ways,
    "ETH is short: a common fall gains there what BTC loses.",
    Situation {
        open: vec![position("ETH/USDT", Side::Short, "10", "2000", "0.01")],
        ticket: |draft| {
            in_cross(
                draft,
                &[("leverage", "10"), ("wrong", "95000"), ("accepted", "1500")],
            );
        },
        ..Situation::default()
    }
);

situation!(
    many_in_one_pool,
    "Names are told as far as they fit, and the count of the others.",
    Situation {
        open: vec![
            position("ETH/USDT", Side::Long, "2", "2000", "0.01"),
            position("SOL/USDT", Side::Long, "20", "150", "0.01").marked("160"),
            position("ADA/USDT", Side::Long, "1000", "0.8", "0.02").marked("0.7"),
        ],
        ticket: |draft| {
            in_cross(
                draft,
                &[
                    ("quantity", "0.1"),
                    ("leverage", "10"),
                    ("wrong", "95000"),
                    ("accepted", "1500"),
                ],
            );
        },
        ..Situation::default()
    }
);

situation!(
    isolated_beside_an_isolated_one,
    "Neither shares anything: no common move, no row of what goes with it.",
    Situation {
        open: vec![position("ETH/USDT", Side::Long, "5", "2000", "0.01").isolated("1000")],
        ticket: |draft| typed(
            draft,
            &[("leverage", "10"), ("wrong", "95000"), ("accepted", "2500")]
        ),
        ..Situation::default()
    }
);

situation!(
    the_same_market_isolated_beside_cross,
    "Its other position stands in cross: it is marked at the fill like this one.",
    Situation {
        open: vec![position("BTC/USDT", Side::Long, "0.1", "98000", "0.004").marked("100000")],
        ticket: |draft| typed(
            draft,
            &[("leverage", "10"), ("wrong", "95000"), ("accepted", "2500")]
        ),
        ..Situation::default()
    }
);

fn coin_position() -> PositionOpened {
    let terms = Terms {
        contract: impulse_audit::engine::Contract::Inverse,
        size: decimal("10"),
    };
    crate::common::opened_as(position("ETH/USD", Side::Long, "1", "1", "0.01"), |was| {
        Position {
            symbol: symbol("ETH/USD"),
            terms,
            quantity: quantity("500"),
            entry: price("2000"),
            mark: price("2000"),
            rules: flat("0.01"),
            ..was
        }
    })
}

situation!(
    a_coin_beside_another_in_one_pool,
    "How coins fall together while the collateral falls too is not worked out, and nothing pretends that it is.",
    Situation {
        wallet: "1",
        account: coin,
        open: vec![coin_position()],
        ticket: |draft| {
            draft.ticket.choose_mode(Mode::Cross);
            typed(
                draft,
                &[
                    ("market", "BTC/USD"),
                    ("quantity", "200"),
                    ("leverage", "10"),
                    ("wrong", "95000"),
                    ("accepted", "0.1"),
                ],
            );
        },
        ..Situation::default()
    }
);
