//! What would change, in words: what it is about, and before → after.

use super::{Difference, ProposedChange};
use crate::engine::Backing;
use crate::input::figures;
use crate::wording::words;

impl ProposedChange {
    /// What it is about.
    pub fn name(&self) -> String {
        match self {
            Self::Wallet { .. } => "Wallet balance".to_owned(),
            Self::Rules { symbol, .. } => format!("Rules of {symbol}"),
            Self::Opened(opening) => {
                format!("{} {}, new", opening.symbol, words::side(opening.side))
            }
            Self::Changed { symbol, side, .. } => format!("{symbol} {}", words::side(*side)),
            Self::Closed { symbol, side, .. } => {
                format!("{symbol} {}, closed", words::side(*side))
            }
        }
    }

    /// What would change of it, before → after; `collateral` is what the account is counted in.
    pub fn change(&self, collateral: &str) -> String {
        match self {
            Self::Wallet {
                before,
                after,
                from,
            } => format!(
                "{} → {} {collateral}, {from}",
                figures::money(*before),
                figures::money(*after)
            ),
            Self::Rules { before, after, .. } => format!(
                "{} → {}, {}",
                before.as_ref().map_or("none", |rules| rules.label.as_str()),
                after.label,
                match after.schedule.tiers.len() {
                    1 => "1 tier".to_owned(),
                    many => format!("{many} tiers"),
                }
            ),
            Self::Opened(opening) => format!(
                "{} at {}, mark {}, {}",
                figures::quantity(opening.quantity),
                figures::typed_price(opening.entry),
                figures::typed_price(opening.mark),
                backing(opening.backing)
            ),
            Self::Changed { differences, .. } if differences.is_empty() => {
                "unchanged; its mark is of now".to_owned()
            }
            Self::Changed { differences, .. } => {
                let words: Vec<String> = differences.iter().map(difference).collect();
                words.join(", ")
            }
            Self::Closed { closed, .. } => format!("at {}", figures::typed_price(closed.price)),
        }
    }
}

fn backing(backing: Backing) -> String {
    match backing {
        Backing::Isolated { margin } => format!("isolated with {}", figures::money(margin)),
        Backing::Cross => "cross".to_owned(),
    }
}

fn difference(difference: &Difference) -> String {
    match difference {
        Difference::Quantity(before, after) => format!(
            "quantity {} → {}",
            figures::quantity(*before),
            figures::quantity(*after)
        ),
        Difference::Entry(before, after) => format!(
            "entry {} → {}",
            figures::typed_price(*before),
            figures::typed_price(*after)
        ),
        Difference::Mark(before, after) => format!(
            "mark {} → {}",
            figures::typed_price(*before),
            figures::typed_price(*after)
        ),
        Difference::Backing(before, after) => {
            format!("{} → {}", backing(*before), backing(*after))
        }
        Difference::Leverage(before, after) => {
            let before = before.map_or("not known".to_owned(), figures::leverage);
            format!("leverage {before} → {}", figures::leverage(*after))
        }
    }
}
