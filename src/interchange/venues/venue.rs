//! One venue, and the schedule it asks for in a mode.

use std::collections::BTreeMap;

use crate::audit::{ByMode, Example, Practices};
use crate::engine::{Basis, Contract, Fees, Mode, Rate, Schedule, Tier};
use crate::market::{Rules, Symbol};
use crate::wording::venue::Profile;

/// Where and when something was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The day it is of, as `2024-10-24`; of a page without one `read 2026-11-21`.
    pub date: String,
    /// Where it was read.
    pub source: String,
}

/// What a venue asks where one bracket of its table follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    /// Each rate is asked on the part of the notional within its bracket: amounts make the
    /// requirement continuous.
    Continuous,
    /// The bracket's rate is asked on the whole notional: the requirement jumps at a floor.
    Whole,
}

/// The brackets that a venue has published on one day, for one or more markets.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// As its brackets are labelled: "Binance USDT-M, example of 2024-10-24".
    pub label: String,
    /// Where and when it was read.
    pub citation: Citation,
    /// What it asks, for each of its markets.
    pub rules: BTreeMap<Symbol, Rules>,
}

/// One venue, for one kind of contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    /// The name of its file, never changed once released.
    pub id: &'static str,
    /// As shown: "Binance USDT-M".
    pub name: String,
    /// Other names under which [`venue_named`](super::venue_named) finds it.
    pub aliases: Vec<String>,
    /// Linear or inverse.
    pub contract: Contract,
    /// What its accounts are counted in, where that is one currency.
    pub collateral: Option<String>,
    /// When it values the requirement, in each mode.
    pub basis: ByMode<Basis>,
    /// Whether it counts the taker fee to close in the requirement.
    pub fee_in_requirement: bool,
    /// Where it says so; absent for textbooks.
    pub valued: Option<Citation>,
    /// A typical taker fee, as a fraction of the notional.
    pub taker_fee: Option<Example<Rate>>,
    /// Who bears a gap beyond the margin, in words: said, not assumed.
    pub gap: String,
    /// The mode in which its positions begin, where known.
    pub default_mode: Option<Mode>,
    /// What happens where its brackets meet, where known.
    pub amounts: Option<Amounts>,
    /// What it does that no formula shows.
    pub practices: Practices,
    /// What else a trader needs to know of its figures; empty where there is nothing.
    pub note: String,
    /// The tables it has published, the newest first; none where none is known.
    pub tables: Vec<Table>,
    /// What it asks, for each market of its tables: the newest of each. The fee to close, where
    /// it counts, is the example's: [`Venue::rules_with`] takes the account's own.
    pub rules: BTreeMap<Symbol, Rules>,
}

impl Venue {
    /// How its examples are called: "Binance USDT-M, examples of 2024-10-24 to 2026-07-23",
    /// with one day where all are of one; the bare name where it has none.
    pub fn label(&self) -> String {
        let used = || {
            let chosen =
                |table: &&Table| self.rules.values().any(|rules| rules.label == table.label);
            self.tables
                .iter()
                .filter(chosen)
                .map(|table| &table.citation.date)
        };
        match (used().min(), used().max()) {
            (Some(first), Some(last)) if first != last => {
                format!("{}, examples of {first} to {last}", self.name)
            }
            (Some(day), _) => format!("{}, example of {day}", self.name),
            (None, _) => self.name.clone(),
        }
    }

    /// Its examples as they are offered: their label, and for how many markets they are; none
    /// where it has none.
    pub fn offered(&self) -> Option<String> {
        let markets = match self.rules.len() {
            0 => return None,
            1 => "1 market".to_owned(),
            several => format!("{several} markets"),
        };
        Some(format!("{}, {markets}", self.label()))
    }

    /// Of which day each market's brackets are, the newest first, and which markets of an older
    /// table a newer one has replaced; none where all are of one table.
    pub fn days(&self) -> Option<String> {
        if self.tables.len() < 2 {
            return None;
        }
        let days = self.tables.iter().map(|table| {
            let (mut newest, mut older) = (Vec::new(), Vec::new());
            for (symbol, rules) in &table.rules {
                let replaced = self.rules.get(symbol) != Some(rules);
                if replaced { &mut older } else { &mut newest }.push(symbol.base());
            }
            let date = &table.citation.date;
            let replaced = match older.as_slice() {
                [] => String::new(),
                older => format!(" (older there, and not taken: {})", older.join(", ")),
            };
            let newest = if newest.is_empty() {
                "none".to_owned()
            } else {
                newest.join(", ")
            };
            format!("{newest} of {date}{replaced}")
        });
        let days: Vec<String> = days.collect();
        Some(format!(
            "Each market takes its newest: {}.",
            days.join("; ")
        ))
    }

    /// What the sentences about it need.
    ///
    /// ```
    /// use impulse_audit::engine::{Contract, Fees, Intent, Mode, Side};
    /// use impulse_audit::interchange::venues::{flat, venue_named};
    /// use impulse_audit::wording::venue::{Circumstances, line};
    ///
    /// let kucoin = venue_named("KuCoin").unwrap();
    /// let fees = Fees { open: "0.0006".parse()?, close: "0.0006".parse()? };
    /// let schedule = kucoin.shared_schedule(flat("0.004".parse()?), fees);
    /// let ticket = Circumstances {
    ///     intent: Intent::Open,
    ///     mode: Mode::Cross,
    ///     side: Side::Long,
    ///     contract: Contract::Linear,
    ///     hedged: false,
    ///     notional: Some("700000".parse()?),
    ///     collateral: "USDT",
    ///     schedule: &schedule,
    /// };
    /// let said = line(&kucoin.profile(), &ticket).unwrap();
    /// assert_eq!(said, "KuCoin liquidates in steps above 600,000 USDT.");
    /// # Ok::<(), impulse_audit::engine::NumberError>(())
    /// ```
    pub fn profile(&self) -> Profile<'_> {
        Profile {
            name: &self.name,
            basis: self.basis,
            fee_in_requirement: self.fee_in_requirement,
            default_mode: self.default_mode,
            practices: &self.practices,
            note: &self.note,
        }
    }

    /// The basis for a ticket, which is assessed in both modes with one schedule: the one of
    /// isolated mode, in which a ticket begins. Where cross is valued at another moment the
    /// reveal's line on the venue says to whose disadvantage.
    pub const fn shared_basis(&self) -> Basis {
        self.basis.isolated
    }

    /// A schedule as this venue values it in a mode: its basis there, and the account's own fee
    /// to close where the venue counts that.
    ///
    /// ```
    /// use impulse_audit::engine::{Basis, Fees, Mode, Rate};
    /// use impulse_audit::interchange::venues::{flat, venue_named};
    ///
    /// let fees = Fees { open: "0.0006".parse()?, close: "0.0006".parse()? };
    /// let kucoin = venue_named("KuCoin").unwrap();
    /// let tiers = || flat("0.004".parse().unwrap());
    /// let isolated = kucoin.schedule(Mode::Isolated, tiers(), fees);
    /// assert_eq!(isolated.basis, Basis::AtEntry);
    /// let cross = kucoin.schedule(Mode::Cross, tiers(), fees);
    /// assert_eq!(cross.basis, Basis::AtSolvedPrice);
    /// assert_eq!(cross.close_fee, fees.close);
    /// # Ok::<(), impulse_audit::engine::NumberError>(())
    /// ```
    pub fn schedule(&self, mode: Mode, tiers: Vec<Tier>, fees: Fees) -> Schedule {
        self.valued_at(self.basis.of(mode), tiers, fees)
    }

    /// A schedule for a ticket in both modes: see [`Venue::shared_basis`].
    pub fn shared_schedule(&self, tiers: Vec<Tier>, fees: Fees) -> Schedule {
        self.valued_at(self.shared_basis(), tiers, fees)
    }

    /// [`Venue::rules`] with the account's own fee to close where the venue counts it.
    pub fn rules_with(&self, fees: Fees) -> BTreeMap<Symbol, Rules> {
        self.rules
            .iter()
            .map(|(symbol, rules)| {
                let schedule = self.shared_schedule(rules.schedule.tiers.clone(), fees);
                let rules = Rules {
                    schedule,
                    ..rules.clone()
                };
                (symbol.clone(), rules)
            })
            .collect()
    }

    fn valued_at(&self, basis: Basis, tiers: Vec<Tier>, fees: Fees) -> Schedule {
        let close_fee = if self.fee_in_requirement {
            fees.close
        } else {
            Rate::ZERO
        };
        Schedule {
            basis,
            close_fee,
            tiers,
        }
    }
}
