//! A field of a form, and what is wrong with it.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::NumberBounds;
use super::number::{Number, NumberReading, Unit, read};

/// Where no market is written, or none can be read.
pub const WRITE_THE_MARKET: &str = "Write the market, like BTC/USDT.";
/// Where no side is chosen.
pub const CHOOSE_A_SIDE: &str = "Choose long or short.";
/// Where neither a rate is written nor the venue's is known.
pub const WRITE_THE_RATE: &str = "The venue's maintenance for this market is not known here. Write its rate in percent, like 0.5.";

/// Where a market is settled in the coin and nobody has said how its contracts are counted.
pub const SETTLED_IN_THE_COIN: &str = "This market is settled in the coin. Write its rules first, with the face value of a contract: under Account, or with `impulse-audit account rules`.";

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Account,
    Position,
    /// What is to be done.
    Intent,
    /// Whether something is tried out.
    Experiment,
    Symbol,
    Side,
    Entry,
    Mark,
    /// Quantity in base.
    Quantity,
    /// Notional in quote.
    Notional,
    /// Margin in collateral.
    Margin,
    Leverage,
    Rate,
    Arousal,
    /// The first written answer.
    Wrong,
    /// The price at which the idea is wrong.
    Invalidation,
    /// The second written answer.
    Nothing,
    Accepted,
    Name,
    Venue,
    /// What an account is counted in.
    Currency,
    Wallet,
    Fee,
    /// Whether published tiers are taken.
    Published,
    Mode,
    ClosedBy,
    /// When the requirement is valued.
    Basis,
    CloseFee,
    /// The smallest step of a price.
    Tick,
    /// The smallest step of a quantity.
    Lot,
    Settled,
    ContractSize,
    Kind,
    /// Why an audit waits.
    Reason,
    /// How long it is, among what is offered.
    Length,
    /// How long it is, as written.
    OwnLength,
    /// How long a loss is recent.
    Within,
    /// How often the window may be left.
    Times,
    /// How long it may be left.
    Away,
    Opens,
    /// In which time they are counted.
    Per,
    MostIsolated,
    MostCross,
    /// The most that is at stake.
    AtStake,
    Losses,
    Days,
    /// From which hour.
    From,
    /// To which hour.
    To,
    /// What she would tell herself.
    Words,
    Allows,
    /// What has to happen, and what is done then.
    Trigger,
    /// What may be put at stake beside the account.
    Collateral,
    /// The most that is lost.
    Loss,
    /// Where it is over.
    Stop,
    /// Whether there is a leg of this number, counted from none.
    Leg(usize),
    LegSymbol(usize),
    LegSide(usize),
    LegQuantity(usize),
    /// Anything else that was typed as a number.
    Other,
}

/// What is wrong with one field, in a sentence that says what to write.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    pub field: Field,
    /// What it is called where the sentence does not say it.
    pub name: String,
    pub problem: String,
    /// Where the text can be read in two ways: both, to choose from.
    pub two_ways: Option<(Decimal, Decimal)>,
}

impl FieldError {
    /// A problem that is a sentence only.
    pub fn new(field: Field, problem: impl Into<String>) -> Self {
        Self {
            field,
            name: String::new(),
            problem: problem.into(),
            two_ways: None,
        }
    }

    /// Keeps a value that was read, or what is wrong with it.
    pub fn keep<T>(errors: &mut Vec<Self>, read: Result<T, Self>) -> Option<T> {
        read.map_err(|error| errors.push(error)).ok()
    }
}

/// Away from its field: with its name.
impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.name.is_empty() {
            write!(f, "{}: ", self.name)?;
        }
        f.write_str(&self.problem)
    }
}

/// A number that is there and above zero, else what is to be said: "The price is a number above
/// zero." Nothing where none is written.
///
/// # Errors
/// That sentence, beside the field.
pub fn above_zero(
    field: Field,
    what: &str,
    number: Option<Decimal>,
) -> Result<Option<Decimal>, FieldError> {
    match number {
        Some(value) if value <= Decimal::ZERO => {
            let problem = format!("{what} is a number above zero.");
            Err(FieldError::new(field, problem))
        }
        number => Ok(number),
    }
}

/// Reads one typed number, or says what is wrong with it. An empty field is `Ok(None)`; of two
/// readings the one that alone lies `within` is taken.
///
/// # Errors
/// The sentence to show beside the field, and both readings where there are two.
pub fn typed_number(
    field: Field,
    text: &str,
    unit: Unit,
    within: NumberBounds,
) -> Result<Option<Decimal>, FieldError> {
    Ok(typed_with_sign(field, text, unit, within)?.map(|number| number.value))
}

/// The same with the sign that was written.
///
/// # Errors
/// As [`typed_number`].
pub fn typed_with_sign(
    field: Field,
    text: &str,
    unit: Unit,
    within: NumberBounds,
) -> Result<Option<Number>, FieldError> {
    let reading = read(text, unit).within(within);
    match reading {
        NumberReading::Empty => Ok(None),
        NumberReading::Exact(number) => Ok(Some(number)),
        NumberReading::TwoWays(a, b) => Err(FieldError {
            two_ways: Some((a.value, b.value)),
            ..FieldError::new(field, reading.question().unwrap_or_default())
        }),
        NumberReading::Refused(error) => Err(FieldError::new(field, error.to_string())),
    }
}
