//! The hash that chains one line to the next.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// Bytes in a SHA-256 hash.
const BYTES: usize = 32;
/// The hex digits a hash is written with.
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The SHA-256 of a journal line's bytes, written as 64 lower-case hex digits.
///
/// ```
/// use impulse_audit::journal::LineHash;
///
/// // The well-known SHA-256 of the three bytes "abc" (FIPS 180-4, appendix).
/// assert_eq!(
///     LineHash::of(b"abc").to_string(),
///     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineHash([u8; BYTES]);

impl LineHash {
    /// What the first line names as the line before it: 64 zeros.
    pub const NONE: Self = Self([0; BYTES]);
    /// Length of a written hash in bytes.
    pub(super) const HEX: usize = 64;

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    /// Reads exactly 64 lower-case hex digits; anything else is `None`.
    pub fn from_hex(hex: &[u8]) -> Option<Self> {
        if hex.len() != Self::HEX {
            return None;
        }
        let mut bytes = [0_u8; BYTES];
        for (byte, pair) in bytes.iter_mut().zip(hex.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = (digit(*high)? << 4) | digit(*low)?;
        }
        Some(Self(bytes))
    }

    /// Appends the 64 hex digits to `line`.
    pub(super) fn push_hex(&self, line: &mut Vec<u8>) {
        for byte in self.0 {
            for nibble in [byte >> 4, byte & 15] {
                if let Some(digit) = DIGITS.get(usize::from(nibble)) {
                    line.push(*digit);
                }
            }
        }
    }
}

/// The value of one strict lower-case hex digit.
fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'a'..=b'f' => byte.checked_sub(b'a')?.checked_add(10),
        _ => None,
    }
}

impl fmt::Display for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for LineHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LineHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::LineHash;

    #[test]
    fn only_strict_lower_case_hex_is_read() {
        let hash = LineHash::of(b"a line");
        let hex = hash.to_string();
        assert_eq!(LineHash::from_hex(hex.as_bytes()), Some(hash));
        assert_eq!(LineHash::from_hex(hex.to_uppercase().as_bytes()), None);
        assert_eq!(LineHash::from_hex(&hex.as_bytes()[1..]), None);
        assert_eq!(LineHash::from_hex(&[b'g'; 64]), None);
        let mut pushed = Vec::new();
        hash.push_hex(&mut pushed);
        assert_eq!(pushed, hex.as_bytes());
    }
}
