//! What people type: numbers, lengths of time, days, counts; and what is wrong with a field.
//! Knows nothing of screens and terminals.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `field` | a field that can be wrong, and what is wrong with it |
//! | `form`, `form_value` | a form: its fields in order, and what stands in them |
//! | `number` | numbers as people type them, and as they are written back |
//! | `number_bounds` | which of two readings is meant, by what else is known |
//! | `digits`, `unit_words` | what numbers are read with |
//! | `figures` | how amounts, prices, quantities and percents are written |
//! | `count` | a count as typed |
//! | `length` | a length of time as typed |
//! | `hours` | times of day and days of the week as typed |
//! | `day` | a day as typed |
//! | `folded` | text as it is read: what is not seen makes no difference |

mod count;
pub mod day;
mod digits;
mod field;
pub mod figures;
pub(crate) mod folded;
mod form;
mod form_value;
mod hours;
pub(crate) mod length;
pub mod number;
mod number_bounds;
mod number_error;
mod unit_words;

pub use field::{
    CHOOSE_A_SIDE, Field, FieldError, SETTLED_IN_THE_COIN, WRITE_THE_MARKET, WRITE_THE_RATE,
    above_zero, typed_number, typed_with_sign,
};
pub use form::{FieldSchema, MODES, PositionOption, Reads, SIDES};
pub use form_value::FormValue;
pub use hours::{HoursProblem, read_days, read_hours, read_time};
pub use length::{LengthProblem, read_length};
pub use number_bounds::{HIGHEST_LEVERAGE, NumberBounds};
