//! How the trader is before any number is on the table.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// How much the body is in it, from 0 (calm) to 4 (racing).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Arousal(u8);

impl Arousal {
    /// All five, calmest first.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// The number, 0 to 4.
    pub fn get(self) -> u8 {
        self.0
    }

    pub fn word(self) -> &'static str {
        match self.0 {
            0 => "calm",
            1 => "awake",
            2 => "tense",
            3 => "pulled",
            _ => "racing",
        }
    }
}

impl TryFrom<u8> for Arousal {
    type Error = String;

    fn try_from(value: u8) -> Result<Self, Self::Error> {
        if value <= 4 {
            Ok(Self(value))
        } else {
            Err(format!("arousal is a number from 0 to 4, not {value}"))
        }
    }
}

impl From<Arousal> for u8 {
    fn from(arousal: Arousal) -> Self {
        arousal.0
    }
}

/// What is behind the wish to trade, in the trader's own judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// It was written down before the market moved.
    Plan,
    /// Nothing else to do.
    Bored,
    /// Running after a move that has begun.
    Chasing,
    /// Wanting a loss back.
    Revenge,
    FearOfMissingOut,
    FearOfLoss,
    Tired,
    /// Something was just published.
    News,
}

impl Tag {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Plan,
        Self::Bored,
        Self::Chasing,
        Self::Revenge,
        Self::FearOfMissingOut,
        Self::FearOfLoss,
        Self::Tired,
        Self::News,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Bored => "bored",
            Self::Chasing => "chasing",
            Self::Revenge => "revenge",
            Self::FearOfMissingOut => "fear of missing out",
            Self::FearOfLoss => "fear of loss",
            Self::Tired => "tired",
            Self::News => "news",
        }
    }

    /// The key that toggles it: never moved, whatever else is added.
    pub fn key(self) -> char {
        match self {
            Self::Plan => 'P',
            Self::Bored => 'B',
            Self::Chasing => 'C',
            Self::Revenge => 'R',
            Self::FearOfMissingOut => 'M',
            Self::FearOfLoss => 'L',
            Self::Tired => 'T',
            Self::News => 'N',
        }
    }
}

/// Arousal and tags, written before any number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraderState {
    /// How much the body is in it.
    pub arousal: Arousal,
    pub tags: BTreeSet<Tag>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arousal_outside_its_scale_is_refused() {
        assert_eq!(Arousal::try_from(4).unwrap().get(), 4);
        assert!(Arousal::try_from(5).is_err());
        assert!(serde_json::from_str::<Arousal>("9").is_err());
    }

    #[test]
    fn every_tag_has_a_key_of_its_own() {
        let keys: BTreeSet<char> = Tag::ALL.iter().map(|tag| tag.key()).collect();
        assert_eq!(keys.len(), Tag::ALL.len());
    }
}
