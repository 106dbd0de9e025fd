//! A position with everything that must be known of it; what is missing is asked.

use rust_decimal::Decimal;

use super::question::{About, Detail, ImportAnswer, QuestionCollector, above_zero, offer};
use crate::engine::{Backing, Contract, Mode, Money, Price, Quantity, Side};
use crate::input::{MODES, SIDES};
use crate::interchange::ccxt::snapshot::ImportedPosition;
use crate::market::{Symbol, Terms};
use crate::wording::words;

/// A price this many times away from the entry was not derived from what it seems: some venues
/// give the notional of an inverse contract in the quote currency.
const FARTHEST: Decimal = Decimal::TEN;

/// What names a position, and its size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PositionKey {
    pub(super) symbol: Symbol,
    pub(super) contract: Contract,
    pub(super) side: Side,
}

/// Contract, side and what it settles in.
pub(super) fn named(
    at: usize,
    position: &ImportedPosition,
    asking: &mut QuestionCollector<'_>,
) -> (Option<Contract>, Option<Side>) {
    let spelled = &position.spelled;
    let contract = position.contract.or_else(|| {
        let base = position.symbol.base();
        asking.ask(
            About::Imported(at),
            Detail::Contract,
            |answer| match answer {
                ImportAnswer::Contract(contract) => Some(contract),
                _ => None,
            },
            || {
                (
                    format!("{spelled}: in what does this contract settle?"),
                    vec![
                        offer(
                            "In its quote currency (linear)",
                            ImportAnswer::Contract(Contract::Linear),
                        ),
                        offer(
                            format!("In {base} (inverse)"),
                            ImportAnswer::Contract(Contract::Inverse),
                        ),
                    ],
                )
            },
        )
    });
    let side = position.side.or_else(|| {
        asking.ask(
            About::Imported(at),
            Detail::Side,
            |answer| match answer {
                ImportAnswer::Side(side) => Some(side),
                _ => None,
            },
            || {
                (
                    format!("{spelled}: is this position long or short?"),
                    SIDES
                        .map(|side| offer(words::side_heading(side), ImportAnswer::Side(side)))
                        .to_vec(),
                )
            },
        )
    });
    (contract, side)
}

/// The figures of a position, each asked where it is missing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figures {
    /// Base of a linear contract; contracts of an inverse one.
    pub(super) quantity: Quantity,
    /// Counted in base where linear; the face value where inverse.
    pub(super) terms: Terms,
    pub(super) entry: Price,
    pub(super) mark: Price,
    pub(super) backing: Backing,
}

pub(super) fn figures(
    at: usize,
    position: &ImportedPosition,
    contract: Contract,
    margin_now: Option<Money>,
    asking: &mut QuestionCollector<'_>,
) -> Option<Figures> {
    let spelled = &position.spelled;
    let mut number = |given: Option<Decimal>, detail, words: &str| {
        given.or_else(|| {
            asking.ask(About::Imported(at), detail, above_zero, || {
                (format!("{spelled}: {words}"), Vec::new())
            })
        })
    };
    let contracts = number(
        position.contracts,
        Detail::Contracts,
        "how many contracts are open?",
    );
    let size = number(
        position.contract_size,
        Detail::ContractSize,
        match contract {
            Contract::Linear => "how much of the base is one contract? At many venues it is 1.",
            Contract::Inverse => "what is the face value of one contract, in the quote currency?",
        },
    );
    let entry = number(
        position.entry.map(Price::get),
        Detail::Entry,
        "what is the average entry price?",
    );
    let derived = position.mark.map(Price::get).or_else(|| {
        derived_mark(
            position.notional?.get(),
            contracts?,
            size?,
            entry?,
            contract,
        )
    });
    // A mark that depends on another answer is asked only once that answer is there.
    let may_follow = position.mark.is_none()
        && position.notional.is_some()
        && (contracts.is_none() || size.is_none() || entry.is_none());
    let mark = if may_follow {
        None
    } else {
        number(
            derived,
            Detail::Mark,
            "what is the mark price now? The text does not give it.",
        )
    };
    let backing = backing(at, position, margin_now, asking);
    let (contracts, size) = (contracts?, size?);
    let (quantity, contract_size) = match contract {
        Contract::Linear => (contracts.checked_mul(size)?, Decimal::ONE),
        Contract::Inverse => (contracts, size),
    };
    Some(Figures {
        quantity: Quantity::new(quantity.normalize()),
        terms: Terms {
            contract,
            size: contract_size.normalize(),
        },
        entry: Price::new(entry?),
        mark: Price::new(mark?),
        backing: backing?,
    })
}

/// The mark that follows from the notional: linear notional / base, inverse face / notional.
fn derived_mark(
    notional: Decimal,
    contracts: Decimal,
    size: Decimal,
    entry: Decimal,
    contract: Contract,
) -> Option<Decimal> {
    let held = contracts.checked_mul(size)?;
    let mark = match contract {
        Contract::Linear => notional.checked_div(held)?,
        Contract::Inverse => held.checked_div(notional)?,
    };
    let highest = entry.checked_mul(FARTHEST)?;
    let lowest = entry.checked_div(FARTHEST)?;
    (lowest <= mark && mark <= highest && mark > Decimal::ZERO).then(|| mark.normalize())
}

fn backing(
    at: usize,
    position: &ImportedPosition,
    margin_now: Option<Money>,
    asking: &mut QuestionCollector<'_>,
) -> Option<Backing> {
    let spelled = &position.spelled;
    let mode = position.mode.or_else(|| {
        asking.ask(
            About::Imported(at),
            Detail::Mode,
            |answer| match answer {
                ImportAnswer::Mode(mode) => Some(mode),
                _ => None,
            },
            || {
                (
                    format!("{spelled}: does it stand isolated or cross?"),
                    MODES
                        .map(|mode| offer(words::mode_heading(mode), ImportAnswer::Mode(mode)))
                        .to_vec(),
                )
            },
        )
    })?;
    if mode == Mode::Cross {
        return Some(Backing::Cross);
    }
    let margin = position.assigned_margin().map(Money::get).or_else(|| {
        asking.ask(About::Imported(at), Detail::Margin, above_zero, || {
            let mut offers: Vec<super::AnswerOption> = Vec::new();
            let readings = position
                .margins
                .iter()
                .map(|reading| (reading.amount, reading.source.words()))
                .chain(margin_now.map(|margin| (margin, "as it stands in your account")));
            for (amount, words) in readings {
                let answer = ImportAnswer::Number(amount.get());
                match offers.iter_mut().find(|known| known.answer == answer) {
                    Some(known) => {
                        known.words.push_str("; ");
                        known.words.push_str(words);
                    }
                    None => offers.push(offer(format!("{amount}: {words}"), answer)),
                }
            }
            (
                format!(
                    "{spelled}: how much margin is assigned to it, without the open profit and loss?"
                ),
                offers,
            )
        })
    })?;
    Some(Backing::Isolated {
        margin: Money::new(margin),
    })
}
