//! What the window and the terminal both say: every sentence about numbers, written once.
//! Values in, text out; nothing here draws, waits or decides.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `words` | findings, sizes and the reveal's sentences in words |
//! | `figures` | how amounts, prices and percents are written |
//! | `when` | times of day, and how long ago something was |

pub mod figures;
pub mod when;
pub mod words;
