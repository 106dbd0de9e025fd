use proptest::prelude::*;
use rust_decimal::dec;

use super::*;
use crate::engine::{Band, ClosedWith, PoolLiquidation, Rate, Side};
use crate::record::sample::state;

/// From 100: closed at 60, at −30 % together, 500 to lose.
fn outcome() -> Outcome {
    Outcome {
        backing: Money::new(dec!(500)),
        out_of_reach: Money::ZERO,
        liquidation: Band {
            low: Some(Price::new(dec!(60))),
            high: None,
        },
        already: false,
        bankruptcy: Band::default(),
        together: Some(PoolLiquidation {
            fall: Some(Rate::new(dec!(-0.3))),
            rise: None,
        }),
        max_loss: Money::new(dec!(500)),
        max_loss_alone: None,
        max_loss_share: None,
        costs: Money::ZERO,
        loss_at_liquidation: None,
        equity_at_liquidation: None,
        at_invalidation: None,
        closed_with_it: Vec::new(),
        joint: None,
    }
}

fn with_others() -> Outcome {
    Outcome {
        closed_with_it: vec![ClosedWith {
            symbol: "ETH/USDT".to_owned(),
            side: Side::Long,
            unrealised: Money::ZERO,
        }],
        ..outcome()
    }
}

fn closed_at(low: Decimal) -> Outcome {
    Outcome {
        liquidation: Band {
            low: Some(Price::new(low)),
            high: None,
        },
        together: None,
        ..outcome()
    }
}

/// What stands beside these numbers, calm unless said.
fn told(
    (intent, mode, experiment): (Intent, Mode, bool),
    outcome: &Outcome,
    state: &TraderState,
) -> Option<&'static str> {
    line(&Circumstances {
        intent,
        mode,
        experiment,
        at: At::Numbers {
            state,
            outcome,
            from: Price::new(dec!(100)),
        },
    })
}

#[test]
fn beside_the_numbers_the_gravest_line_stands() {
    use Intent::{AddFunds, AddMargin, Increase, Open, SwitchMode};
    use Mode::{Cross, Isolated};
    let calm = state(1, &[]);
    let near = closed_at(dec!(95.1));
    for (of, outcome, line) in [
        // More behind it comes before all else, however near the end is.
        ((AddMargin, Isolated, true), &near, ROOM),
        ((AddFunds, Cross, true), &with_others(), ROOM),
        ((SwitchMode, Cross, true), &near, ROOM),
        ((Open, Cross, true), &near, NOT_IN_CROSS),
        ((Increase, Cross, true), &with_others(), NOT_IN_CROSS),
        ((Open, Cross, false), &near, ORDINARY_DAY),
        ((Open, Isolated, true), &near, ORDINARY_DAY),
        ((SwitchMode, Isolated, false), &near, ORDINARY_DAY),
        ((Open, Cross, false), &with_others(), WHAT_ELSE),
        ((Increase, Cross, false), &outcome(), ACCOUNT_LIMIT),
        ((Open, Isolated, true), &outcome(), ISOLATED_IS_ITS_PLACE),
        ((Increase, Isolated, true), &outcome(), ISOLATED_ALREADY),
        ((SwitchMode, Isolated, false), &outcome(), WATCH),
        ((Open, Isolated, false), &outcome(), CAN_BE_LOST),
    ] {
        assert_eq!(told(of, outcome, &calm), Some(line), "{of:?}");
    }
}

#[test]
fn what_makes_cross_comforting_is_answered_there_and_nowhere_else() {
    let outcome = with_others();
    for driven in [
        state(3, &[]),
        state(4, &[]),
        state(0, &[Tag::FearOfLoss]),
        state(0, &[Tag::Revenge]),
    ] {
        let of = |mode| told((Intent::Open, mode, false), &outcome, &driven);
        assert_eq!(of(Mode::Cross), Some(ROOM), "{driven:?}");
        assert_eq!(of(Mode::Isolated), Some(CAN_BE_LOST), "{driven:?}");
    }
    let bored = state(2, &[Tag::Bored, Tag::FearOfMissingOut]);
    let of = told((Intent::Open, Mode::Cross, false), &outcome, &bored);
    assert_eq!(of, Some(WHAT_ELSE));
}

#[test]
fn a_band_is_held_against_a_day_where_the_nearest_end_lies_within_five_percent() {
    let calm = state(0, &[]);
    let of = |outcome: &Outcome| told((Intent::Open, Mode::Isolated, false), outcome, &calm);
    assert_eq!(of(&closed_at(dec!(95))), Some(ORDINARY_DAY));
    assert_eq!(of(&closed_at(dec!(94.9))), Some(CAN_BE_LOST));
    // Of a short the end lies above, and together it may be nearer than alone.
    let above = Outcome {
        liquidation: Band {
            low: None,
            high: Some(Price::new(dec!(104))),
        },
        ..closed_at(dec!(1))
    };
    assert_eq!(of(&above), Some(ORDINARY_DAY));
    let together = Outcome {
        together: Some(PoolLiquidation {
            fall: Some(Rate::new(dec!(-0.05))),
            rise: None,
        }),
        ..outcome()
    };
    assert_eq!(of(&together), Some(ORDINARY_DAY));
}

#[test]
fn at_the_ticket_only_an_experiment_is_told_its_place() {
    use Intent::{AddFunds, AddMargin, Close, Increase, Open, Reduce, SwitchMode};
    use Mode::{Cross, Isolated};
    let of = |intent, mode, experiment| {
        line(&Circumstances {
            intent,
            mode,
            experiment,
            at: At::Ticket,
        })
    };
    for (intent, mode, line) in [
        (Open, Isolated, Some(ISOLATED_IS_ITS_PLACE)),
        (Open, Cross, Some(NOT_IN_CROSS)),
        (Increase, Isolated, Some(ISOLATED_ALREADY)),
        (Increase, Cross, Some(NOT_IN_CROSS)),
        (AddMargin, Isolated, Some(ISOLATED_ALREADY)),
        (AddFunds, Cross, Some(NOT_IN_CROSS)),
        (SwitchMode, Isolated, Some(ISOLATED_IS_ITS_PLACE)),
        (SwitchMode, Cross, Some(NOT_IN_CROSS)),
        (Reduce, Cross, None),
        (Close, Isolated, None),
    ] {
        assert_eq!(of(intent, mode, true), line, "{intent:?} {mode:?}");
        assert_eq!(of(intent, mode, false), None, "{intent:?} {mode:?}");
    }
}

#[test]
fn once_it_is_opened_an_isolated_position_is_watched_and_a_pool_is_thought_of() {
    let of = |mode, experiment, with_others| {
        line(&Circumstances {
            intent: Intent::Open,
            mode,
            experiment,
            at: At::Opened { with_others },
        })
    };
    assert_eq!(of(Mode::Isolated, true, true), Some(WATCH));
    assert_eq!(of(Mode::Isolated, false, false), Some(WATCH));
    assert_eq!(of(Mode::Cross, true, true), Some(NOT_IN_CROSS));
    assert_eq!(of(Mode::Cross, false, true), Some(WHAT_ELSE));
    assert_eq!(of(Mode::Cross, false, false), Some(ACCOUNT_LIMIT));
}

#[test]
fn the_lines_keep_the_rules_of_words() {
    for line in LINES {
        assert!(line.ends_with('.') && !line.contains('!'), "{line}");
        assert!(!line.chars().any(|sign| sign.is_ascii_digit()), "{line}");
        let others = LINES.iter().filter(|other| other.contains(line));
        assert_eq!(others.count(), 1, "{line}");
    }
}

proptest! {
    /// Nothing is asked for where risk is taken off, and else exactly one line of the list, unless
    /// the numbers leave nothing to heed.
    #[test]
    fn one_line_applies_or_none(
        intent in prop::sample::select(Intent::ALL.to_vec()),
        cross in any::<bool>(),
        experiment in any::<bool>(),
        (arousal, tags) in (0_u8..5, prop::collection::btree_set(prop::sample::select(Tag::ALL.to_vec()), 0..4)),
        (low, already, nothing, others) in (1_i64..100, any::<bool>(), any::<bool>(), any::<bool>()),
    ) {
        let mode = if cross { Mode::Cross } else { Mode::Isolated };
        let outcome = Outcome {
            already,
            max_loss: if nothing { Money::ZERO } else { Money::new(dec!(500)) },
            closed_with_it: if others { with_others().closed_with_it } else { Vec::new() },
            ..closed_at(Decimal::from(low))
        };
        let state = TraderState { tags, ..state(arousal, &[]) };
        let line = told((intent, mode, experiment), &outcome, &state);
        let heeds = !intent.takes_off() && !already && !nothing;
        prop_assert_eq!(line.is_some(), heeds);
        prop_assert!(line.is_none_or(|line| LINES.contains(&line)));
    }
}
