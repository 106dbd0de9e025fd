//! Account snapshots in ccxt's unified JSON: `fetch_positions`, `fetch_balance`,
//! `fetch_leverage_tiers`.
//!
//! Two steps. [`read`] says what a text holds, each number exactly as it stands there.
//! [`preview`] holds that against an account: what would change, line by line, and what must be
//! asked first. Nothing is taken silently; a venue's liquidation price is never taken at all.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `json`, `number` | JSON whose numbers stay text, and whose values know their line |
//! | `market` | markets as ccxt spells them |
//! | `positions`, `balance`, `tiers` | the three answers of ccxt |
//! | `snapshot` | what a text holds |
//! | `preview` | what would change in an account, and what is asked |
//! | `error` | why a text is not taken |

mod balance;
mod error;
mod json;
mod market;
mod number;
mod positions;
mod preview;
#[cfg(test)]
mod preview_positions_tests;
#[cfg(test)]
mod preview_tests;
#[cfg(test)]
mod read_tests;
mod snapshot;
#[cfg(test)]
mod test_accounts;
mod tiers;

pub use error::{ImportError, Problem};
pub use preview::{
    About, AnswerOption, Detail, Difference, ImportAnswer, ImportAnswers, ImportQuestion, Preview,
    ProposedChange, Question, preview, preview_with,
};
pub use snapshot::{
    ImportNote, ImportedBalance, ImportedPosition, ImportedTiers, MarginReading, MarginSource,
    Snapshot,
};

use json::{JsonNode, Object};

/// The longest text that is read, in bytes: 10 MiB.
pub const LIMIT: usize = 10 * 1024 * 1024;

/// Under which names the three answers are found in one object.
const POSITIONS: [&str; 3] = ["fetch_positions", "fetchPositions", "positions"];
const BALANCE: [&str; 3] = ["fetch_balance", "fetchBalance", "balance"];
const TIERS: [&str; 3] = [
    "fetch_leverage_tiers",
    "fetchLeverageTiers",
    "leverage_tiers",
];

/// Reads a text: one of the three answers, or one object that holds several of them under the
/// names of their methods.
///
/// # Errors
/// [`ImportError`] where the text is too long, no JSON, none of the three, or holds a field that
/// is not as ccxt documents it, with its line and name. What can be passed over without loss to
/// the rest is a note in [`Snapshot::left_out`] instead.
///
/// ```
/// use impulse_audit::interchange::ccxt::read;
///
/// let snapshot = read(r#"{"total": {"USDT": 1e3}, "free": {"USDT": 900.5}}"#)?;
/// assert_eq!(snapshot.balances["USDT"].total, Some("1000".parse().unwrap()));
/// # Ok::<(), impulse_audit::interchange::ccxt::ImportError>(())
/// ```
pub fn read(text: &str) -> Result<Snapshot, ImportError> {
    if text.len() > LIMIT {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    // A mark at the beginning of files on Windows.
    let root = JsonNode::root(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let mut snapshot = Snapshot::default();
    if root.is_list() {
        let first = root.list()?.into_iter().next();
        match first.map(|first| first.object()).transpose()? {
            Some(first) if tiers::is_tier(&first) => {
                tiers::read(&root.named("fetch_market_leverage_tiers"), &mut snapshot)?;
            }
            Some(first) if !positions::is_position(&first) => return Err(unknown(&first)),
            _ => positions::read(&root.named("fetch_positions"), &mut snapshot)?,
        }
        return Ok(snapshot);
    }
    let object = root.object()?;
    let mut known = false;
    for (name, node) in object.given_fields() {
        if POSITIONS.contains(&name) {
            positions::read(&node, &mut snapshot)?;
        } else if BALANCE.contains(&name) {
            balance::read(&node, &mut snapshot)?;
        } else if TIERS.contains(&name) {
            tiers::read(&node, &mut snapshot)?;
        } else {
            continue;
        }
        known = true;
    }
    if !known {
        alone(&root, &object, &mut snapshot)?;
    }
    Ok(snapshot)
}

/// An object that is one of the answers itself.
fn alone(
    root: &JsonNode<'_>,
    object: &Object<'_>,
    snapshot: &mut Snapshot,
) -> Result<(), ImportError> {
    if balance::is_balance(object) {
        return balance::read(&root.clone().named("fetch_balance"), snapshot);
    }
    if positions::is_position(object) {
        return positions::read(&root.clone().named("fetch_position"), snapshot);
    }
    let first = object.given_fields().next().map(|(_, first)| first);
    match first {
        Some(first) if first.is_list() => {
            let bracket = first.list()?.into_iter().next();
            let bracket = bracket.map(|node| node.object()).transpose()?;
            if bracket.is_none_or(|bracket| tiers::is_tier(&bracket)) {
                return tiers::read(&root.clone().named("fetch_leverage_tiers"), snapshot);
            }
        }
        Some(first) if first.is_object() && positions::is_position(&first.object()?) => {
            return positions::read(&root.clone().named("fetch_positions"), snapshot);
        }
        _ => {}
    }
    Err(unknown(object))
}

fn unknown(object: &Object<'_>) -> ImportError {
    let names: Vec<String> = object
        .names()
        .take(6)
        .map(|name| name.chars().take(24).collect())
        .collect();
    ImportError::NotRecognised {
        found: if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        },
    }
}
