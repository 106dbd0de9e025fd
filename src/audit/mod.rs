//! The protocol: ticket → pause → sealed → revealed → decided, and the reading and checking
//! of what is typed on the way. Pure rules; knows nothing of files and windows.
//!
//! Each state is a type of its own that can be made only from the one before it:
//!
//! 1. [`Ticket`]: what the trader proposes, read once from a [`TicketForm`].
//! 2. [`Pause`]: the ticket, waiting for [`Answers`].
//! 3. [`Sealing`]: answers frozen, on their way into the journal.
//! 4. [`SealedPause`]: the journal has acknowledged them. Made only from its receipt.
//! 5. [`Revealed`]: the engine's assessment. Made only from a sealed pause.
//! 6. [`Decision`]: what the trader does.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `state` | how the trader is before any number: arousal and tags |
//! | `symbol` | one spelling for a market, however it is typed |
//! | `ticket`, `form`, `form_held`, `size` | the ticket, and how it is read from typed text |
//! | `field`, `sheet` | a field that can be wrong; a form on its way to being read |
//! | `answers` | the four answers, read from typed text |
//! | `pause`, `sealed`, `revealed`, `decision` | the states after the ticket |
//! | `draft` | everything typed so far, as it survives a restart |
//! | `number` | numbers as people type them, and as they are written back |
//! | `answer`, `bounds` | what a written answer, an invalidation and an accepted loss must be |
//! | `similarity` | rubber stamps: is this answer an earlier one again |
//! | `wording` | the four questions in three wordings |
//! | `looks`, `paste` | looking away, and the pasted share of an answer |
//! | `digits`, `unit_words`, `script`, `echo` | what those read and write with |

pub mod answer;
mod answers;
mod bounds;
mod decision;
mod digits;
mod draft;
mod echo;
mod field;
mod form;
mod form_held;
pub mod looks;
pub mod number;
pub mod paste;
mod pause;
mod revealed;
mod script;
mod sealed;
mod sheet;
pub mod similarity;
mod size;
mod state;
mod symbol;
mod ticket;
mod unit_words;
pub mod wording;

pub use answers::{Answers, AnswersForm};
pub use decision::{Choice, Decision, Flag, NotDecided, Trigger};
pub use draft::{Draft, Step};
pub use field::{
    CHOOSE_A_SIDE, Field, FieldProblem, WRITE_THE_MARKET, WRITE_THE_RATE, typed_number,
};
pub use form::{AccountFacts, TicketForm, flat_rules};
pub use form_held::PositionFacts;
pub use pause::{Manner, Pause, Sealing};
pub use revealed::{Change, Permission, RaisesRisk, Revealed};
pub use sealed::{NotThisSeal, NotYet, SealedPause};
pub use size::Size;
pub use state::{Arousal, State, Tag};
pub use symbol::Symbol;
pub use ticket::{AccountId, AuditId, Held, PositionId, Rules, Terms, Ticket};
pub use wording::Question;
