// The rules: pure, without time, files or windows.
pub mod answer; // what is written in the pause, checked
mod bounds; // the invalidation and the accepted loss
mod digits; // digits and separators of any script
mod echo; // numbers as the window writes them
pub mod looks; // looking away while answers are written
pub mod number; // numbers as people type them
pub mod paste; // the pasted share of an answer
mod script; // scripts without spaces
pub mod similarity; // rubber stamps: is this answer an earlier one again
mod unit_words; // currencies, k, %, x beside a number
pub mod wording; // the four questions in three wordings
