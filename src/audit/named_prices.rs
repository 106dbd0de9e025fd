//! The prices that a sentence names, to tell her rule at another price from a rubber stamp.

use rust_decimal::Decimal;

use super::pieces::{has_number, lowered, pieces};
use super::script::is_unspaced;
use crate::input::number::{NumberReading, Unit, read};

/// Words that make a number a length of time, in the forms that stand behind it. `m` is a
/// minute here: a rule is written on the 15m chart far more often than at 15 million.
const LENGTHS: &[&str] = &[
    "s",
    "sec",
    "secs",
    "m",
    "min",
    "mins",
    "minute",
    "minutes",
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "d",
    "day",
    "days",
    "w",
    "wk",
    "week",
    "weeks",
    "mo",
    "month",
    "months",
    "std",
    "stunde",
    "stunden",
    "minuten",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "hora",
    "horas",
    "minutos",
    "día",
    "días",
    "dia",
    "dias",
    "semana",
    "semanas",
    "heure",
    "heures",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "ore",
    "giorni",
    "ч",
    "час",
    "часа",
    "часов",
    "мин",
    "минут",
    "д",
    "день",
    "дня",
    "дней",
    "saat",
    "saatlik",
    "dk",
    "dakika",
    "dakikalık",
    "gün",
    "günlük",
    "jam",
    "menit",
    "hari",
    "giờ",
    "phút",
    "ngày",
    "小时",
    "小時",
    "分钟",
    "分鐘",
    "分",
    "分足",
    "日",
    "天",
    "周",
    "週",
    "月",
    "時間",
    "時間足",
    "日足",
    "시간",
    "시간봉",
    "분",
    "분봉",
    "일",
    "주",
    "ساعة",
    "ساعات",
    "دقيقة",
    "يوم",
    "أيام",
    "घंटे",
    "घंटा",
    "मिनट",
    "दिन",
];

/// What stands behind a number that is no price: a multiple, a place in a row.
const NO_PRICE: &[&str] = &["%", "x", "х", "st", "nd", "rd", "th"];
/// So many prices of a sentence are looked at.
const LOOKED_AT: usize = 20;

/// The prices that a sentence names, and the times of day, which are compared like prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedPrices {
    prices: Vec<NamedPrice>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum NamedPrice {
    /// Every value it can have: `94,000` has two.
    Read(Vec<Decimal>),
    /// What cannot be read, as it was written: `94к`, `14:30`.
    Written(String),
}

impl NamedPrices {
    /// The prices of a sentence: its numbers, without lengths of time, per cents, multiples and
    /// what has a letter before its digits (`H4`, `ema200`).
    pub(super) fn of(text: &str) -> Self {
        let lowered = lowered(text);
        let pieces = pieces(&lowered);
        let behind = pieces.iter().skip(1).map(Some).chain([None]);
        let prices = pieces
            .iter()
            .zip(behind)
            .filter(|(piece, _)| has_number(piece))
            .filter_map(|(piece, behind)| NamedPrice::of(piece, behind.copied().unwrap_or("")))
            .take(LOOKED_AT)
            .collect();
        Self { prices }
    }

    /// Whether both name prices, and not the same ones.
    pub(super) fn differ_from(&self, other: &Self) -> bool {
        let lacks = |these: &Self, those: &Self| {
            these
                .prices
                .iter()
                .any(|price| !those.prices.iter().any(|other| price.may_be(other)))
        };
        !self.prices.is_empty()
            && !other.prices.is_empty()
            && (lacks(self, other) || lacks(other, self))
    }
}

impl NamedPrice {
    fn of(piece: &str, behind: &str) -> Option<Self> {
        let end = piece
            .find(|c: char| c.is_alphabetic())
            .unwrap_or(piece.len());
        let (number, unit) = piece.split_at_checked(end)?;
        let unit = if unit.is_empty() { behind } else { unit };
        // A length in a script without spaces stands at the beginning of what follows.
        let is_length = LENGTHS
            .iter()
            .any(|length| unit == *length || (is_signs(length) && unit.starts_with(length)));
        if number.is_empty() || number.contains('/') || NO_PRICE.contains(&unit) || is_length {
            return None;
        }
        Some(match read(piece, Unit::Price) {
            NumberReading::Exact(one) => Self::Read(vec![one.value]),
            NumberReading::TwoWays(one, two) => Self::Read(vec![one.value, two.value]),
            NumberReading::Empty | NumberReading::Refused(_) => Self::Written(piece.to_owned()),
        })
    }

    fn may_be(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Read(one), Self::Read(two)) => one.iter().any(|value| two.contains(value)),
            (Self::Written(one), Self::Written(two)) => one == two,
            (Self::Read(_), Self::Written(_)) | (Self::Written(_), Self::Read(_)) => false,
        }
    }
}

fn is_signs(text: &str) -> bool {
    text.chars().all(is_unspaced)
}

#[cfg(test)]
#[path = "named_prices_tests.rs"]
mod tests;
