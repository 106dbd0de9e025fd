//! Pure queries over the folded journal; nothing is stored twice.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `list` | which audits a search shows, newest first |
//! | `mirror` | earlier decisions that resemble the one being taken |

mod list;
mod mirror;

pub use list::{matches, search};
pub use mirror::mirror;

#[cfg(test)]
mod tests;
