//! Digits and separators: from any script's signs to every number they can mean.

use rust_decimal::Decimal;

use super::folded::is_invisible;
use super::number_error::NumberError;

/// Decimal mark of the Arabic script; it never stands between thousands.
const ARABIC_DECIMAL: char = '\u{066b}';
/// Thousands mark of the Arabic script; it never stands before decimals.
const ARABIC_THOUSANDS: char = '\u{066c}';

/// Brings full-width and Arabic signs, and the many spaces, quotes and dashes, to one sign each.
///
/// Not NFKC: that would turn `10²` into `102`.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(one_sign)
        .collect()
}

fn one_sign(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => one_sign(moved(c, 0xff01, 0x21)),
        '\u{0660}'..='\u{0669}' => moved(c, 0x0660, 0x30),
        '\u{06f0}'..='\u{06f9}' => moved(c, 0x06f0, 0x30),
        '\u{066a}' | '\u{fe6a}' => '%',
        // The comma of Arabic text and the marks that an input method for Chinese or Japanese
        // gives on the keys of comma and full stop.
        '\u{060c}' | '\u{3001}' | '\u{ff64}' | '\u{fe50}' => ',',
        '\u{3002}' | '\u{ff61}' | '\u{fe52}' => '.',
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{2032}' => '\'',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{fe58}' => '-',
        '\u{00d7}' | '\u{2715}' | '\u{2a2f}' | '\u{0445}' | '\u{0425}' => 'x',
        '\u{ffe5}' => '\u{00a5}',
        '\u{ffe1}' => '\u{00a3}',
        '\u{ffe6}' => '\u{20a9}',
        '\u{fe69}' => '$',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn moved(c: char, from: u32, to: u32) -> char {
    u32::from(c)
        .checked_sub(from)
        .and_then(|offset| offset.checked_add(to))
        .and_then(char::from_u32)
        .unwrap_or(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | ARABIC_DECIMAL | ARABIC_THOUSANDS)
}

/// Whether a character can stand inside a number.
pub(super) fn is_core(c: char) -> bool {
    c.is_ascii_digit() || is_mark(c) || c == ' '
}

/// Parts a text into what stands before the number, the number, and what follows it; `None`
/// where there is no digit.
///
/// The number runs from the first digit to the last one, with a decimal mark that touches it.
pub(super) fn split(text: &str) -> Option<(&str, &str, &str)> {
    let first = text.find(|c: char| c.is_ascii_digit())?;
    let last = text.rfind(|c: char| c.is_ascii_digit())?;
    let (before, _) = text.split_at_checked(first)?;
    let (_, after) = text.split_at_checked(last.checked_add(1)?)?;
    let before = before.trim_end_matches(is_mark);
    let after = after.trim_start_matches(is_mark);
    let core = text
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(after))?;
    Some((before, core, after))
}

/// One way to read a number: its digits before and after the decimal mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Digits {
    whole: String,
    fraction: String,
}

/// Every way to read the number: at most two.
///
/// The first takes every mark as one between groups, the second takes the last mark as the
/// decimal mark. Groups are of three digits, or as in India of two before the last three; they
/// are of one kind of mark and do not begin with a zero.
pub(super) fn interpretations(core: &str) -> impl Iterator<Item = Digits> {
    let grouped = ungroup(core).map(|whole| Digits {
        whole,
        fraction: String::new(),
    });
    grouped.into_iter().chain(with_decimals(core))
}

fn with_decimals(core: &str) -> Option<Digits> {
    let mark = core.chars().rfind(|c| !c.is_ascii_digit())?;
    let may_be_decimal = matches!(mark, '.' | ',' | ARABIC_DECIMAL);
    let (whole, fraction) = core.split_once(mark)?;
    // The last mark is the only one of its kind, else it stands between groups.
    if !may_be_decimal || fraction.contains(mark) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let whole = if whole.is_empty() {
        String::new()
    } else {
        ungroup(whole)?
    };
    Some(Digits {
        whole,
        fraction: fraction.to_owned(),
    })
}

fn ungroup(whole: &str) -> Option<String> {
    let Some(mark) = whole.chars().find(|c| !c.is_ascii_digit()) else {
        return Some(whole.to_owned());
    };
    if mark == ARABIC_DECIMAL {
        return None;
    }
    let groups: Vec<&str> = whole.split(mark).collect();
    let only_digits = groups
        .iter()
        .all(|group| group.chars().all(|c| c.is_ascii_digit()));
    let ([first, middle @ .., last], true) = (groups.as_slice(), only_digits) else {
        return None;
    };
    let led = !first.is_empty() && !first.starts_with('0') && last.len() == 3;
    let thousands = first.len() <= 3 && middle.iter().all(|group| group.len() == 3);
    // 1,00,000 and 12,34,567; in use with the comma only.
    let indian = mark == ','
        && first.len() <= 2
        && !middle.is_empty()
        && middle.iter().all(|group| group.len() == 2);
    (led && (thousands || indian)).then(|| groups.concat())
}

impl Digits {
    /// The exact value, times ten to the power of `magnitude`.
    ///
    /// The decimal mark is moved in the text, so nothing is ever rounded.
    ///
    /// # Errors
    /// [`NumberError::TooLarge`] and [`NumberError::TooPrecise`] where the value does not fit
    /// into the 96 bits and 28 decimals of an exact decimal.
    pub(super) fn value(&self, magnitude: u32) -> Result<Decimal, NumberError> {
        let fraction = self.fraction.trim_end_matches('0');
        let mut digits = format!("{}{fraction}", self.whole);
        let mut scale = u32::try_from(fraction.len()).map_err(|_| NumberError::TooPrecise)?;
        for _ in 0..magnitude {
            match scale.checked_sub(1) {
                Some(fewer) => scale = fewer,
                None => digits.push('0'),
            }
        }
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Ok(Decimal::ZERO);
        }
        let whole_digits = digits
            .len()
            .saturating_sub(usize::try_from(scale).unwrap_or(usize::MAX));
        let failed = if whole_digits > 28 {
            NumberError::TooLarge
        } else {
            NumberError::TooPrecise
        };
        let mantissa: i128 = digits.parse().map_err(|_| failed.clone())?;
        Decimal::try_from_i128_with_scale(mantissa, scale)
            .map(|value| value.normalize())
            .map_err(|_| failed)
    }
}
