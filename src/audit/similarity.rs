//! Rubber stamps: whether an answer repeats one that was written before.
//!
//! Two texts are normalised and parted into trigrams; Dice's coefficient of the two multisets,
//! 2·|A ∩ B| / (|A| + |B|), says how alike they are. It is kept and compared as an exact
//! fraction; per mille only where it is shown.
//!
//! The same sentence with another price is her rule, not a rubber stamp: digits count where
//! both answers name a price, and nowhere else (`the 4h close` and `the 1h close` are alike).
//!
//! ```
//! use impulse_audit::audit::similarity::{EarlierAnswer, Likeness, compare};
//! use impulse_audit::market::AuditId;
//!
//! let earlier = [EarlierAnswer::new(
//!     AuditId::fresh(),
//!     "The daily close back under 96,200",
//!     "You did nothing.",
//! )];
//! let likeness = compare("the daily close back under 96200", &earlier);
//! assert!(matches!(likeness, Likeness::Repeats { .. }));
//! let likeness = compare("the daily close back under 95,100", &earlier);
//! assert_eq!(likeness, Likeness::New);
//! ```

use super::named_prices::NamedPrices;
use crate::input::folded::{beginning, fold_lower};
use crate::market::AuditId;

/// How many earlier answers a new one is compared with.
pub const COMPARED: usize = 50;
/// From this likeness on, in thousandths, other words are asked for.
pub const REPEATS_FROM: u16 = 850;
/// From this likeness on, in thousandths, the earlier answer is shown.
pub const RESEMBLES_FROM: u16 = 700;

/// What the words of two answers are compared by: NFKC, lower case, every run of digits as `#`, white space
/// folded.
///
/// ```
/// use impulse_audit::audit::similarity::normalised;
/// assert_eq!(normalised("  Ｃlose under 96,200 "), "close under #,#");
/// ```
pub fn normalised(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    for c in fold_lower(text).chars() {
        if !c.is_numeric() {
            normal.push(c);
        } else if !normal.ends_with('#') {
            normal.push('#');
        }
    }
    normal
}

/// The trigrams of a normalised text, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// Every trigram as a number of three times 21 bits, sorted, with repetitions.
    trigrams: Vec<u64>,
}

impl Fingerprint {
    /// Takes the trigrams of a text. Two spaces stand before it and one behind, so that its
    /// beginning weighs as much as its middle; a text of nothing has none. Only as many
    /// characters as an answer may have are looked at.
    pub fn of(text: &str) -> Self {
        let normal = normalised(beginning(text));
        if normal.is_empty() {
            return Self {
                trigrams: Vec::new(),
            };
        }
        // 21 bits hold every character; the mask lets the one before the last two fall out.
        let mask = (1_u64 << 63).wrapping_sub(1);
        let mut window = (u64::from(' ') << 21) | u64::from(' ');
        let mut trigrams: Vec<u64> = normal
            .chars()
            .chain([' '])
            .map(|c| {
                window = ((window << 21) & mask) | u64::from(c);
                window
            })
            .collect();
        trigrams.sort_unstable();
        Self { trigrams }
    }

    /// How alike two texts are.
    pub fn dice(&self, other: &Self) -> Dice {
        let mut shared = 0_usize;
        let (mut mine, mut theirs) = (0_usize, 0_usize);
        // One pass over both sorted lists, without a branch that could be guessed wrong.
        while let (Some(a), Some(b)) = (self.trigrams.get(mine), other.trigrams.get(theirs)) {
            shared = shared.wrapping_add(usize::from(a == b));
            mine = mine.wrapping_add(usize::from(a <= b));
            theirs = theirs.wrapping_add(usize::from(b <= a));
        }
        Dice {
            shared,
            all: self.trigrams.len().saturating_add(other.trigrams.len()),
        }
    }
}

/// Dice's coefficient as the exact fraction 2·shared / all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dice {
    shared: usize,
    all: usize,
}

impl Dice {
    /// The coefficient in thousandths, rounded down; two texts of nothing are not alike.
    pub fn permille(self) -> u16 {
        self.shared
            .saturating_mul(2000)
            .checked_div(self.all)
            .and_then(|permille| u16::try_from(permille).ok())
            .unwrap_or(0)
    }

    /// Whether the coefficient is at least `permille` thousandths, compared exactly.
    pub fn is_at_least(self, permille: u16) -> bool {
        self.all > 0
            && self.shared.saturating_mul(2000) >= self.all.saturating_mul(usize::from(permille))
    }
}

/// An answer from the journal, with what became of its trade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierAnswer {
    id: AuditId,
    text: String,
    ended: String,
    fingerprint: Fingerprint,
    prices: NamedPrices,
}

impl EarlierAnswer {
    /// An answer of the audit `id`, and a sentence on how that one ended. Its trigrams are
    /// taken here, once.
    pub fn new(id: AuditId, text: impl Into<String>, ended: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            id,
            fingerprint: Fingerprint::of(&text),
            prices: NamedPrices::of(&text),
            text,
            ended: ended.into(),
        }
    }

    pub fn id(&self) -> AuditId {
        self.id
    }

    /// The answer as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How that audit ended.
    pub fn ended(&self) -> &str {
        &self.ended
    }
}

/// What an answer looks like beside the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness<'a> {
    /// Below 0.70, or about another price: it is its own.
    New,
    /// From 0.70 to below 0.85: the earlier answer is shown, and how that one ended.
    Resembles {
        /// The earlier answer that is most alike.
        earlier: &'a EarlierAnswer,
        /// How much, in thousandths, rounded down.
        permille: u16,
    },
    /// From 0.85: other words are asked for.
    Repeats {
        /// The earlier answer that is most alike.
        earlier: &'a EarlierAnswer,
        /// How much, in thousandths, rounded down.
        permille: u16,
    },
}

impl Likeness<'_> {
    /// The sentence that stands above the earlier answer; `None` where there is none to show.
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Self::New => None,
            Self::Resembles { .. } => Some(
                "You have written something like this before; here it is, with how that one ended.",
            ),
            Self::Repeats { .. } => {
                Some("You have written nearly this before; say it in other words, for this trade.")
            }
        }
    }

    /// That sentence with the earlier answer below it, and how that one ended; nothing where
    /// there is none to show.
    pub fn shown(self) -> String {
        match (self, self.sentence()) {
            (Self::Resembles { earlier, .. } | Self::Repeats { earlier, .. }, Some(sentence)) => {
                format!("{sentence}\n“{}” — {}", earlier.text, earlier.ended)
            }
            _ => String::new(),
        }
    }
}

/// Compares an answer with the earlier ones, newest first; only the first [`COMPARED`] are
/// looked at, and of several that are equally alike the newest is named. An earlier answer that
/// names another price is not alike.
pub fn compare<'a>(
    text: &str,
    earlier: impl IntoIterator<Item = &'a EarlierAnswer>,
) -> Likeness<'a> {
    let own = Fingerprint::of(text);
    let prices = NamedPrices::of(text);
    let mut nearest: Option<(&EarlierAnswer, Dice)> = None;
    for answer in earlier.into_iter().take(COMPARED) {
        if prices.differ_from(&answer.prices) {
            continue;
        }
        let dice = own.dice(&answer.fingerprint);
        if dice.is_at_least(RESEMBLES_FROM) && nearest.is_none_or(|(_, best)| is_more(dice, best)) {
            nearest = Some((answer, dice));
        }
    }
    let Some((earlier, dice)) = nearest else {
        return Likeness::New;
    };
    let permille = dice.permille();
    if dice.is_at_least(REPEATS_FROM) {
        Likeness::Repeats { earlier, permille }
    } else {
        Likeness::Resembles { earlier, permille }
    }
}

/// Two fractions compared by cross multiplication.
fn is_more(one: Dice, other: Dice) -> bool {
    one.shared.saturating_mul(other.all) > other.shared.saturating_mul(one.all)
}

#[cfg(test)]
#[path = "similarity_tests.rs"]
mod tests;
