//! The window's own few widgets. Each has a name for assistive technology, a focus ring,
//! and works by keyboard.
//!
//! - `bar`: buttons at the foot of a view
//! - `button`: the primary button, the others, and a quiet one that looks like a link
//! - `field`: a labelled text field with what was understood, or what is wrong, under it
//! - `number`: a field for a number as people type it
//! - `choice`: one of a few, several of a few
//! - `card`: a card, a row with a value at its end
//! - `rail`: an item of the rail

pub(super) mod bar;
pub(super) mod button;
pub(super) mod card;
pub(super) mod choice;
pub(super) mod field;
pub(super) mod number;
pub(super) mod rail;
