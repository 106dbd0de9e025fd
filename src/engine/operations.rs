//! The decimal operations an answer takes, so that its time can be held against theirs alone.
//!
//! Built only with the feature `operations`, and for the engine's own tests: asking whether anyone
//! listens costs a little at every operation. Comparisons and roundings are not counted.
//!
//! ```
//! use impulse_audit::engine::{Account, Money, equity, operations};
//!
//! let account = Account {
//!     collateral: "USDT".into(),
//!     wallet_balance: Money::new(10_000.into()),
//!     positions: vec![],
//! };
//! let (_, none) = operations::record(|| equity(&account));
//! assert!(none.is_empty(), "a wallet alone is not computed");
//! ```

use std::cell::RefCell;

use rust_decimal::Decimal;

/// One operation of the engine, with what went into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The first and the second.
    Add(Decimal, Decimal),
    /// The first less the second.
    Sub(Decimal, Decimal),
    /// The first times the second.
    Mul(Decimal, Decimal),
    /// The first by the second.
    Div(Decimal, Decimal),
}

impl Operation {
    /// Does it again, checked as in the engine; absent where the result does not fit.
    #[must_use]
    pub fn carry_out(self) -> Option<Decimal> {
        match self {
            Self::Add(a, b) => a.checked_add(b),
            Self::Sub(a, b) => a.checked_sub(b),
            Self::Mul(a, b) => a.checked_mul(b),
            Self::Div(a, b) => a.checked_div(b),
        }
    }
}

thread_local! {
    static RECORD: RefCell<Option<Vec<Operation>>> = const { RefCell::new(None) };
}

/// Does some work of the engine on this thread, and gives back every operation it took, in order.
///
/// Work within recorded work is recorded for itself.
pub fn record<T>(work: impl FnOnce() -> T) -> (T, Vec<Operation>) {
    let outer = RECORD.replace(Some(Vec::new()));
    let done = work();
    let record = RECORD.replace(outer);
    (done, record.unwrap_or_default())
}

/// Notes an operation whose both sides are there, if anyone listens.
pub(super) fn note(
    operation: fn(Decimal, Decimal) -> Operation,
    one: Option<Decimal>,
    other: Option<Decimal>,
) {
    RECORD.with_borrow_mut(|record| {
        if let (Some(record), Some(one), Some(other)) = (record, one, other) {
            record.push(operation(one, other));
        }
    });
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    reason = "counts of operations are small"
)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::engine::{Joint, assess, before_after, case};

    /// An account with some other positions and a ticket, every schedule with some tiers.
    fn scene(others: usize, tiers: usize) -> case::Case {
        scene_of(others, tiers, &["linear"])
    }

    /// The same with positions of these contracts in turn, worth as much.
    fn scene_of(others: usize, tiers: usize, contracts: &[&str]) -> case::Case {
        let tiers: Vec<Value> = (0..tiers)
            .map(|index| {
                json!({"floor": format!("{index}0000"), "amount": "0",
                    "rate": format!("0.0{index:02}5")})
            })
            .collect();
        let schedule = json!({"basis": "at_solved_price", "close_fee": "0.0005", "tiers": tiers});
        let positions: Vec<Value> = (0..others)
            .zip(contracts.iter().cycle())
            .map(|(index, contract)| {
                // Two long, two short, so that the pool is a hedge.
                let side = if index % 4 < 2 { "long" } else { "short" };
                let quantity = if *contract == "linear" {
                    "1.5"
                } else {
                    "6000000"
                };
                let isolated = json!({"mode": "isolated", "margin": "400"});
                let backing = if index % 2 == 0 {
                    isolated
                } else {
                    json!({"mode": "cross"})
                };
                json!({"symbol": format!("S{index}"), "contract": contract, "contract_size": "1",
                    "side": side, "quantity": quantity, "entry": "2000", "mark": "2013.7",
                    "backing": backing, "maintenance": schedule})
            })
            .collect();
        let line = json!({"id": "scene",
            "account": {"collateral": "USDT", "wallet_balance": "90000", "positions": positions},
            "ticket": {"intent": "open", "symbol": "BTC", "contract": "linear",
                "contract_size": "1", "side": "long", "quantity": "2", "entry": "100000",
                "mark": "99876", "mode": "cross", "margin": "20000",
                "fees": {"open": "0.0005", "close": "0.0005"},
                "funding": {"rate": "0.0001", "intervals": 3, "owed": "0"},
                "tick": "0.1", "lot": "0.001", "maintenance": schedule,
                "invalidation": "94000", "acceptable_loss": "500"}});
        case::read(&line.to_string()).unwrap()
    }

    fn taken(others: usize, tiers: usize, work: impl Fn(&case::Case)) -> isize {
        let scene = scene(others, tiers);
        let ((), operations) = record(|| work(&scene));
        operations.len().try_into().unwrap()
    }

    fn assessed(scene: &case::Case) {
        assess(&scene.account, scene.ticket().unwrap(), None).unwrap();
    }

    #[test]
    fn each_further_position_costs_an_assessment_as_much_as_the_one_before() {
        for tiers in [1, 5, 12] {
            let at = |others| taken(others, tiers, assessed);
            // Where an end is found depends on the numbers, so that a few divisions come and go.
            let (first, last) = (at(40) - at(20), at(100) - at(80));
            assert!(first > 0 && (last - first).abs() * 100 <= first);
        }
    }

    #[test]
    fn what_others_have_to_bear_costs_no_more_than_their_tiers_are() {
        let a_position = |tiers| taken(40, tiers, assessed) - taken(20, tiers, assessed);
        assert!(a_position(12) <= 12 * a_position(1));
        // Twice as many tiers cost at most twice as much.
        assert!(a_position(24) <= 2 * a_position(12));
    }

    #[test]
    fn what_the_tickets_own_tiers_cost_grows_as_they_do() {
        let at = |tiers| taken(0, tiers, assessed);
        // Twice as many more cost twice as much; if each asked all others, it were four times.
        let six_more = at(12) - at(6);
        let twelve_more = at(24) - at(12);
        assert!(six_more > 0 && twelve_more <= 2 * six_more + six_more / 10);
    }

    #[test]
    fn what_a_ticket_does_to_each_position_costs_the_same_for_each() {
        let at = |others| {
            taken(others, 5, |scene| {
                before_after(
                    &scene.account,
                    scene.ticket().unwrap(),
                    scene.ticket().unwrap().mode,
                )
                .unwrap();
            })
        };
        assert_eq!(at(100) - at(80), at(40) - at(20));
    }

    #[test]
    fn linear_beside_inverse_legs_cost_at_most_twice_what_linear_ones_do() {
        let at = |others, contracts: &[&str]| {
            let scene = scene_of(others, 5, contracts);
            let joint = Joint::default();
            let (answer, operations) =
                record(|| assess(&scene.account, scene.ticket().unwrap(), Some(&joint)));
            assert!(answer.is_ok());
            operations.len()
        };
        for others in [12, 100] {
            let linear = at(others, &["linear"]);
            let mixed = at(others, &["inverse", "linear", "linear", "inverse"]);
            assert!(mixed <= 2 * linear, "{others}: {mixed} beside {linear}");
        }
    }

    #[test]
    fn what_was_recorded_can_be_carried_out_again() {
        let scene = scene(3, 2);
        let joint = Joint::default();
        let (answer, operations) =
            record(|| assess(&scene.account, scene.ticket().unwrap(), Some(&joint)));
        assert!(answer.is_ok());
        assert!(operations.iter().all(|one| one.carry_out().is_some()));
        // Nobody listens any more.
        assessed(&scene);
        assert_eq!(record(|| ()).1, []);
    }
}
