//! The window's own few widgets. Each has a name for assistive technology, a focus ring,
//! and works by keyboard.
//!
//! - `button`: the primary button, the others, and a quiet one that looks like a link
//! - `field`: a labelled text field with what was understood, or what is wrong, under it
//! - `number`: a field for a number as people type it
//! - `choice`: one of a few, several of a few
//! - `form`: any form, with what is wrong beside each field
//! - `card`: a card, a row with a value at its end
//! - `columns`: two things side by side
//! - `foot`: the bar of buttons under a view, and the small line
//! - `rail`: an item of the rail

pub(super) mod button;
pub(super) mod card;
pub(super) mod choice;
pub(super) mod columns;
pub(super) mod field;
pub(super) mod foot;
pub(super) mod form;
pub(super) mod number;
pub(super) mod rail;
