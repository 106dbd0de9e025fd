//! Goalposts that were moved since the entry, in words.

use rust_decimal::Decimal;

use crate::audit::{EntrySealedOn, GoalpostsMoved};
use crate::engine::Money;
use crate::input::figures::{format, money, typed_price};

/// "At the entry 97,000 would have proved you wrong, now 95,000. You accepted 260, now 700, and
/// 310 are lost since."
pub fn sentence(moved: &GoalpostsMoved) -> String {
    let GoalpostsMoved {
        entered,
        invalidation,
        accepted,
        lost,
    } = moved;
    let (at_the_entry, since) = match entered {
        EntrySealedOn::Opened => ("At the entry", "since"),
        EntrySealedOn::Increased => ("When you last added,", "on it now"),
    };
    let lost = (*lost > Money::ZERO).then(|| format!("{} are lost {since}", amount(*lost)));
    let price = invalidation.map(|limit| {
        format!(
            "{at_the_entry} {} would have proved you wrong, now {}.",
            typed_price(limit.then),
            typed_price(limit.now)
        )
    });
    let you = match price {
        Some(_) => "You".to_owned(),
        None => format!("{at_the_entry} you"),
    };
    let rest = accepted
        .map(|limit| {
            format!(
                "{you} accepted {}, now {}",
                amount(limit.then),
                amount(limit.now)
            )
        })
        .into_iter()
        .chain(lost)
        .collect::<Vec<_>>()
        .join(", and ");
    let rest = (!rest.is_empty()).then(|| format!("{rest}."));
    price.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// An amount as one writes it: without cents where there are none.
fn amount(of: Money) -> String {
    if of.get().fract() == Decimal::ZERO {
        format(of.get())
    } else {
        money(of)
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::audit::MovedLimit;
    use crate::engine::Price;

    fn moved() -> GoalpostsMoved {
        GoalpostsMoved {
            entered: EntrySealedOn::Opened,
            invalidation: Some(MovedLimit {
                then: Price::new(dec!(97000)),
                now: Price::new(dec!(95000)),
            }),
            accepted: Some(MovedLimit {
                then: Money::new(dec!(260)),
                now: Money::new(dec!(700)),
            }),
            lost: Money::new(dec!(310)),
        }
    }

    #[test]
    fn the_sentence_of_the_specification_comes_out() {
        assert_eq!(
            sentence(&moved()),
            "At the entry 97,000 would have proved you wrong, now 95,000. You accepted 260, now \
             700, and 310 are lost since."
        );
    }

    #[test]
    fn what_did_not_move_is_not_said() {
        let price = GoalpostsMoved {
            accepted: None,
            ..moved()
        };
        assert_eq!(
            sentence(&price),
            "At the entry 97,000 would have proved you wrong, now 95,000. 310 are lost since."
        );
        let loss = GoalpostsMoved {
            invalidation: None,
            lost: Money::new(dec!(0)),
            ..moved()
        };
        assert_eq!(sentence(&loss), "At the entry you accepted 260, now 700.");
        let added = GoalpostsMoved {
            entered: EntrySealedOn::Increased,
            lost: Money::new(dec!(0.5)),
            ..moved()
        };
        assert_eq!(
            sentence(&added),
            "When you last added, 97,000 would have proved you wrong, now 95,000. You accepted \
             260, now 700, and 0.50 are lost on it now."
        );
    }
}
