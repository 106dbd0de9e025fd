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
//! | `trader_state` | how the trader is before any number: arousal and tags |
//! | `ticket`, `form`, `form_held`, `size` | the ticket, and how it is read from typed text |
//! | `ticket_context`, `form_within` | what is known around a ticket, and what its numbers are held against |
//! | `form_schema` | the ticket's fields |
//! | `form_read`, `form_reader` | reading the form, number by number |
//! | `venue` | what a venue does with a position beyond its formula |
//! | `answers` | the four answers, read from typed text |
//! | `pause`, `sealed`, `revealed`, `decision` | the states after the ticket |
//! | `wait` | how long the numbers wait, and for what |
//! | `elapsed` | how long something has lasted, whatever the clocks say |
//! | `goalposts` | what was written at the entry, beside what is written now |
//! | `draft` | everything typed so far, as it survives a restart |
//! | `answer`, `bounds` | what a written answer, an invalidation and an accepted loss must be |
//! | `filler` | what fills a field and says nothing |
//! | `names_visible`, `visible_words` | whether a sentence names what can be seen, and the words for it |
//! | `similarity`, `named_prices` | is this answer an earlier one again, or her rule at another price |
//! | `answer_stamp` | what happens to an answer that was handed in, and how often it was sent back |
//! | `question`, `questions` | the four questions in three wordings |
//! | `looks`, `paste` | looking away, and the pasted share of an answer |
//! | `pieces`, `script` | the words of a text, and the scripts they are in |

pub mod answer;
pub mod answer_stamp;
mod answers;
mod bounds;
mod decision;
mod draft;
mod elapsed;
mod filler;
mod form;
mod form_held;
mod form_read;
mod form_reader;
mod form_schema;
mod form_within;
mod goalposts;
pub mod looks;
mod named_prices;
mod names_visible;
pub mod paste;
mod pause;
mod pieces;
pub mod question;
mod questions;
mod reveal;
mod revealed;
mod script;
mod sealed;
pub mod similarity;
mod size;
mod ticket;
mod ticket_context;
mod trader_state;
mod venue;
mod visible_words;
pub mod wait;

pub use answers::{Answers, AnswersForm};
pub use decision::{Choice, Decision, Flag, NotDecided, Trigger};
pub use draft::{Draft, Step};
pub use elapsed::Elapsed;
pub use form::TicketForm;
pub use form_reader::flat_rules;
pub use form_schema::SIZES;
pub use form_within::carried;
pub use goalposts::{EntrySealedOn, GoalpostsMoved, MovedLimit};
pub use pause::{Manner, Pause, Sealing};
pub use question::Question;
pub use revealed::{Permission, RaisesRisk, Revealed, TicketChange};
pub use sealed::{NotThisSeal, NotYet, SealedPause};
pub use size::Size;
pub use ticket::{HeldPosition, Ticket};
pub use ticket_context::{AccountFacts, PositionFacts, TicketContext};
pub use trader_state::{Arousal, Tag, TraderState};
pub use venue::{
    AddsMarginItself, ByMode, ClosesInSteps, Example, HedgeCounts, IsolatedFunding, Practices,
    SettlesAt, Threshold,
};
pub use wait::Wait;
