//! What the window and the terminal both say: every sentence about numbers, written once.
//! Values in, text out; nothing here draws, waits or decides.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `words` | the trade's own words for what a ticket holds |
//! | `reveal` | the reveal's sentences |
//! | `finding` | the engine's findings in words |
//! | `sizes` | sizes that fit the accepted loss |
//! | `afterwards` | what was done without an audit |
//! | `funds` | what is paid into a pool, and what a higher wallet is |
//! | `join` | two positions that are one |
//! | `table` | both modes of a reveal, row by row |
//! | `plain` | the whole reveal as plain text |
//! | `more` | further tables of a reveal |
//! | `reveal_notes` | what stands beside the numbers of a reveal |
//! | `goalposts` | goalposts that were moved since the entry |
//! | `warning` | what is to be heeded beside any number, in one quiet line |
//! | `wait` | the wait between the seal and the numbers, and what it is for |
//! | `audit_end` | the end, ways to wait longer |
//! | `ticket` | which numbers a ticket asks for, and what is known beside them |
//! | `venue` | what a venue does that no formula shows |
//! | `account` | an account and the rules of its markets |
//! | `position` | a position as it is asked for, and its end |
//! | `kinds` | what can be promised, as it is offered |
//! | `promise` | promises and plans with their times |
//! | `rules` | what holds from the beginning, row by row on one page |
//! | `violation` | what stands against a ticket, and whether that was promised |
//! | `event` | one line of the journal in a few words |
//! | `story` | one audit as the journal tells it |
//! | `backup` | what was backed up, and what restoring would leave out |
//! | `text` | the same words in another shape |
//! | `when` | times of day, and how long ago something was |

pub mod account;
pub mod afterwards;
pub mod audit_end;
pub mod backup;
pub mod event;
pub mod finding;
pub mod funds;
pub mod goalposts;
pub mod join;
pub mod kinds;
pub mod more;
pub mod plain;
pub mod position;
pub mod promise;
pub mod reveal;
pub mod reveal_notes;
pub mod rules;
pub mod sizes;
pub mod story;
pub mod table;
pub mod text;
pub mod ticket;
pub mod venue;
pub mod violation;
pub mod wait;
pub mod warning;
pub mod when;
pub mod words;
