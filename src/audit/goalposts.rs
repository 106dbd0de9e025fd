//! Goalposts: what was written when a position was entered, beside what is written now.
//!
//! Only what is moved against oneself counts: the price that would prove the idea wrong further
//! on the losing side, or a larger accepted loss. Moved to the safer side it is no finding.

use serde::{Deserialize, Serialize};

use super::Answers;
use crate::engine::{Money, Price, Side};

/// When the earlier answers were sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySealedOn {
    /// When the position was opened.
    Opened,
    /// When it was last increased.
    Increased,
}

/// A limit as it was written at the entry, and as it is written now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLimit<T> {
    pub then: T,
    pub now: T,
}

impl<T> MovedLimit<T> {
    fn of(then: Option<T>, now: Option<T>) -> Option<Self> {
        Some(Self {
            then: then?,
            now: now?,
        })
    }
}

/// Goalposts that were moved since the entry: one of the two limits at the least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalpostsMoved {
    pub entered: EntrySealedOn,
    /// The price at which the idea is wrong, where it moved further against the position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invalidation: Option<MovedLimit<Price>>,
    /// The most that is accepted, where it became more; in collateral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<MovedLimit<Money>>,
    /// What the position has lost since, in collateral; zero where it gains.
    pub lost: Money,
}

impl GoalpostsMoved {
    /// Whether the goalposts of a position were moved: from the answers that were sealed at its
    /// entry, those that are written now, and its unrealised profit, in collateral.
    pub fn between(
        side: Side,
        (entered, then): (EntrySealedOn, &Answers),
        now: &Answers,
        unrealised: Money,
    ) -> Option<Self> {
        let further = |moved: &MovedLimit<Price>| match side {
            Side::Long => moved.now < moved.then,
            Side::Short => moved.now > moved.then,
        };
        // What was left out, then or now, cannot have been moved.
        let invalidation = MovedLimit::of(then.invalidation, now.invalidation).filter(further);
        let accepted =
            MovedLimit::of(then.accepted, now.accepted).filter(|moved| moved.now > moved.then);
        (invalidation.is_some() || accepted.is_some()).then(|| Self {
            entered,
            invalidation,
            accepted,
            lost: Money::new(unrealised.get().min(rust_decimal::Decimal::ZERO).abs()),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::{Decimal, dec};

    use super::*;

    fn answers(invalidation: Decimal, accepted: Decimal) -> Answers {
        Answers {
            wrong: "A daily close under the shelf".to_owned(),
            invalidation: Some(Price::new(invalidation)),
            nothing: "Cash has no deadline".to_owned(),
            accepted: Some(Money::new(accepted)),
            accepted_percent: None,
        }
    }

    fn between(
        side: Side,
        then: (Decimal, Decimal),
        now: (Decimal, Decimal),
        unrealised: Decimal,
    ) -> Option<GoalpostsMoved> {
        GoalpostsMoved::between(
            side,
            (EntrySealedOn::Opened, &answers(then.0, then.1)),
            &answers(now.0, now.1),
            Money::new(unrealised),
        )
    }

    #[test]
    fn the_numbers_of_the_specification_come_out() {
        let moved = between(
            Side::Long,
            (dec!(97000), dec!(260)),
            (dec!(95000), dec!(700)),
            dec!(-310),
        )
        .unwrap();
        let invalidation = moved.invalidation.unwrap();
        assert_eq!(invalidation.then, Price::new(dec!(97000)));
        assert_eq!(invalidation.now, Price::new(dec!(95000)));
        let accepted = moved.accepted.unwrap();
        assert_eq!(accepted.then, Money::new(dec!(260)));
        assert_eq!(accepted.now, Money::new(dec!(700)));
        assert_eq!(moved.lost, Money::new(dec!(310)));
    }

    #[test]
    fn only_the_limit_that_moved_is_told() {
        let long = |now| between(Side::Long, (dec!(97), dec!(260)), now, dec!(50));
        let price = long((dec!(96), dec!(200))).unwrap();
        assert!(price.invalidation.is_some() && price.accepted.is_none());
        assert_eq!(price.lost, Money::ZERO, "it gains");
        let loss = long((dec!(98), dec!(261))).unwrap();
        assert!(loss.invalidation.is_none() && loss.accepted.is_some());
        assert_eq!(long((dec!(98), dec!(200))), None, "both safer");
        assert_eq!(long((dec!(97.0), dec!(260.00))), None, "the same");
    }

    proptest! {
        /// A short is a long in the mirror, and no change that is safer in both is a finding.
        #[test]
        fn moving_against_oneself_is_found_and_nothing_else_is(
            then in 1_i64..1_000, now in 1_i64..1_000, before in 1_i64..1_000, after in 1_i64..1_000,
            unrealised in -1_000_i64..1_000,
        ) {
            let of = |n: i64| Decimal::from(n);
            let long = between(Side::Long, (of(then), of(before)), (of(now), of(after)), of(unrealised));
            prop_assert_eq!(long.is_some(), now < then || after > before);
            let mirror = |price: i64| of(2_000_i64.saturating_sub(price));
            let short = between(
                Side::Short,
                (mirror(then), of(before)),
                (mirror(now), of(after)),
                of(unrealised),
            );
            prop_assert_eq!(long.is_some(), short.is_some());
            if let (Some(long), Some(short)) = (long, short) {
                prop_assert_eq!(long.invalidation.is_some(), short.invalidation.is_some());
                prop_assert_eq!(long.accepted, short.accepted);
                prop_assert_eq!(long.lost, short.lost);
                prop_assert!(long.lost >= Money::ZERO);
            }
        }
    }
}
