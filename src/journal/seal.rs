//! A short code of how far the journal reaches, to be kept elsewhere.

use super::hash::LineHash;

/// The code of a journal of `count` events whose last line has this hash: the count
/// with at least four digits, then the first eight hex digits of the hash.
///
/// ```
/// use impulse_audit::journal::{LineHash, seal_code};
///
/// // The SHA-256 of "abc" begins with ba7816bf.
/// assert_eq!(seal_code(412, LineHash::of(b"abc")), "0412-BA78-16BF");
/// ```
pub fn seal_code(count: u64, hash: LineHash) -> String {
    let [a, b, c, d, ..] = *hash.as_bytes();
    format!("{count:04}-{a:02X}{b:02X}-{c:02X}{d:02X}")
}

/// The count a code names, if it has the form of a code.
pub(super) fn count_of(code: &str) -> Option<u64> {
    let mut parts = code.trim().split('-');
    let (count, first, second) = (parts.next()?, parts.next()?, parts.next()?);
    let hex = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let digits = count.len() >= 4 && count.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !digits || !hex(first) || !hex(second) {
        return None;
    }
    count.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_its_count_and_other_texts_do_not() {
        assert_eq!(count_of("0412-7F3A-91C0"), Some(412));
        assert_eq!(count_of("123456-7f3a-91c0\n"), Some(123_456));
        for other in [
            "",
            "412-7F3A-91C0",
            "0412-7F3A",
            "0412-7F3A-91C0-1",
            "+412-7F3A-91C0",
        ] {
            assert_eq!(count_of(other), None, "{other}");
        }
    }
}
