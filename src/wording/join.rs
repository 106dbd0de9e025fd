//! Two positions of one market, side and mode: which stands, and what they are together.

use crate::engine::Backing;
use crate::market::Position;
use crate::record::{Account, OpenPosition};

use super::ticket;
use crate::input::figures;

/// Joins them.
pub const JOIN: &str = "Join them";
/// Why an account that holds two such asks for it.
pub const WHY: &str =
    "It stands here twice. Until both are one, nothing in this account can be valued.";
/// Where they cannot be joined.
pub const APART: &str =
    "The two are settled differently and cannot be joined. Close the one that is not there.";

/// "BTC/USDT long isolated stands in Main already: 0.2 BTC at 100,000, isolated with 1,000.00".
pub fn stands(account: &Account, open: &OpenPosition) -> String {
    format!(
        "{} stands in {} already: {}. A market is held once on a side and in a mode.",
        ticket::position(open),
        account.set.name,
        size(&open.position, &account.set.collateral)
    )
}

/// What is said where a ticket cannot be valued for that.
pub fn twice(account: &Account, open: &OpenPosition) -> String {
    format!(
        "{} stands in {} twice. Until both are one, nothing in this account can be valued: join \
         them under Account, or with `impulse-audit follow`.",
        ticket::position(open),
        account.set.name
    )
}

/// What both are together; and what differs, of which the one that stands decides.
pub fn together(
    together: &Position,
    stays: &Position,
    joins: &Position,
    collateral: &str,
) -> Vec<String> {
    let mut lines = vec![format!("Together: {}.", size(together, collateral))];
    if let (Some(stays), Some(joins)) = (stays.leverage, joins.leverage)
        && stays != joins
    {
        lines.push(format!(
            "The leverage stays {}; the other has {}.",
            figures::leverage(stays),
            figures::leverage(joins)
        ));
    }
    if stays.rules.schedule != joins.rules.schedule {
        lines.push(format!(
            "The maintenance stays “{}”; the other has “{}”.",
            stays.rules.label, joins.rules.label
        ));
    }
    lines
}

fn size(position: &Position, collateral: &str) -> String {
    let backing = match position.backing {
        Backing::Isolated { margin } => {
            format!("isolated with {} {collateral}", figures::money(margin))
        }
        Backing::Cross => "cross".to_owned(),
    };
    format!(
        "{} {} at {}, {backing}",
        figures::quantity(position.quantity),
        position.terms.unit(&position.symbol),
        figures::typed_price(position.entry)
    )
}
