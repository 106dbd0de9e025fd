//! Cases as JSON lines: one object a line in, one object a line out.
//!
//! - [`read`] — a case out of the text of a line
//! - [`answer`] — the line that answers a line
//! - [`run`] — a whole stream of lines

mod answer;
mod read;

pub use answer::{answer, run};
pub use read::{Case, CaseQuestion, Hold, read};
