// The rules: pure, without time, files or windows.
pub mod answer; // the two sentences, the invalidation, the accepted loss
mod digits; // digits and separators of any script
mod echo; // numbers as the window writes them
pub mod number; // numbers as people type them
mod script; // scripts without spaces
pub mod similarity; // rubber stamps: is this answer an earlier one again
mod unit_words; // currencies, k, %, x beside a number
