//! What is known of each venue, kept as one TOML file a venue in `assets/venues/`.
//!
//! Figures are examples with their day and source until the trader has set her own. What is not
//! known is absent: a venue without published tiers has none, and the trader writes a rate.
//! `docs/venues.md` lists what each profile holds.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `venue` | a [`Venue`], and the schedule it asks for in a mode |
//! | `brackets` | one flat rate; the amounts that make brackets meet |
//! | `file` | the shape of a venue's file, and how it becomes a [`Venue`] |
//! | `practices` | the part of the file on what the venue does beyond its formula |

mod brackets;
/// What the venue of a reveal does with its ticket that no formula shows, in one line.
pub fn line_about(revealed: &Revealed) -> Option<String> {
    let ticket = revealed.ticket();
    let is_hedged = revealed
        .outcome(Mode::Cross)
        .closed_with_it
        .iter()
        .any(|leg| leg.symbol == ticket.symbol.as_str() && leg.side != ticket.side);
    let venue = venue_named(&ticket.venue)?;
    wording::venue::line(&venue.profile(), &Circumstances::of(ticket, is_hedged))
}

#[cfg(test)]
mod document_tests;
mod file;
#[cfg(test)]
mod liquidation_tests;
mod practices;
#[cfg(test)]
mod published_tests;
#[cfg(test)]
mod sentence_tests;
#[cfg(test)]
mod tests;
mod venue;

use std::sync::LazyLock;

pub use crate::audit::Example;
pub use brackets::{flat, with_continuous_amounts};
pub use venue::{Amounts, Citation, Table, Venue};

use crate::audit::Revealed;
use crate::engine::{Mode, ModeScope};
use crate::wording::{self, venue::Circumstances};

/// The file of a venue, with its id.
macro_rules! files {
    ($($id:literal),+ $(,)?) => {
        [$(($id, include_str!(concat!("../../../assets/venues/", $id, ".toml")))),+]
    };
}

/// Each file with its id, in the order in which they are offered.
const FILES: [(&str, &str); 19] = files![
    "binance-usdt-m",
    "binance-coin-m",
    "bybit",
    "okx",
    "hyperliquid",
    "dydx",
    "gate",
    "bitget",
    "kucoin",
    "mexc",
    "bingx",
    "htx",
    "phemex",
    "kraken",
    "kraken-coin-m",
    "coinbase",
    "deribit",
    "bitmex",
    "simple",
];

/// Read once. A file that cannot be read is left out here and fails the tests by name.
static VENUES: LazyLock<Vec<Venue>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|(id, text)| file::read(id, text).ok())
        .collect()
});

/// Every venue that is known, in the order in which they are offered.
pub fn venues() -> &'static [Venue] {
    &VENUES
}

/// The venue a text names, by its name, its id or another name for it; case, spaces and signs
/// do not count. `None` where it names none, or could name several ("Binance").
///
/// ```
/// use impulse_audit::interchange::venues::venue_named;
///
/// assert_eq!(venue_named("binance usdt-m").unwrap().id, "binance-usdt-m");
/// assert_eq!(venue_named("BinanceCoinM").unwrap().id, "binance-coin-m");
/// assert!(venue_named("Binance").is_none());
/// assert!(venue_named("").is_none());
/// ```
pub fn venue_named(text: &str) -> Option<&'static Venue> {
    let wanted = bare(text);
    if wanted.is_empty() {
        return None;
    }
    VENUES.iter().find(|venue| {
        [venue.id, &venue.name]
            .into_iter()
            .chain(venue.aliases.iter().map(String::as_str))
            .any(|name| bare(name) == wanted)
    })
}

/// What the margin mode belongs to at the venue a text names; `None` where the venue or its way
/// is not known.
///
/// ```
/// use impulse_audit::engine::ModeScope;
/// use impulse_audit::interchange::venues::mode_scope;
///
/// assert_eq!(mode_scope("Bybit"), Some(ModeScope::Account));
/// assert_eq!(mode_scope("Binance USDT-M"), Some(ModeScope::Position));
/// assert_eq!(mode_scope("a venue of her own"), None);
/// ```
pub fn mode_scope(venue: &str) -> Option<ModeScope> {
    let scope = venue_named(venue)?.practices.mode_scope.as_ref()?;
    Some(scope.value)
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
