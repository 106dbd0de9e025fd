//! The shape of a venue's file, and how it becomes a [`Venue`]. Numbers are written as strings,
//! so that none passes through binary floating point.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::practices::PracticesFile;
use super::{Amounts, Citation, Table, Venue};
use crate::audit::{ByMode, Example};
use crate::engine::{Basis, Contract, Fees, Mode, Money, Rate, Tier, read_decimal};
use crate::market::{Rules, Symbol};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    contract: Contract,
    collateral: Option<String>,
    basis: Bases,
    fee_in_requirement: bool,
    valued: Option<Citation>,
    default_mode: Option<Mode>,
    gap: String,
    #[serde(default)]
    note: String,
    amounts: Option<Amounts>,
    taker_fee: Option<Fee>,
    #[serde(default)]
    practices: PracticesFile,
    #[serde(default)]
    tiers: Vec<Tiers>,
}

/// One basis for both modes, or one for each.
#[derive(Deserialize)]
#[serde(untagged)]
enum Bases {
    Both(Basis),
    Each(Each),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Each {
    isolated: Basis,
    cross: Basis,
}

impl From<Bases> for ByMode<Basis> {
    fn from(read: Bases) -> Self {
        match read {
            Bases::Both(one) => Self::both(one),
            Bases::Each(Each { isolated, cross }) => Self { isolated, cross },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fee {
    rate: Rate,
    date: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tiers {
    date: String,
    source: String,
    markets: BTreeMap<String, Vec<Bracket>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bracket {
    floor: Money,
    rate: Rate,
    amount: Money,
    max_leverage: Option<String>,
}

/// Reads one file; the error says what is wrong with it, and where.
pub(super) fn read(id: &'static str, text: &str) -> Result<Venue, String> {
    let file: File = toml::from_str(text).map_err(|error| format!("{id}: {error}"))?;
    let File {
        name,
        aliases,
        contract,
        collateral,
        basis,
        fee_in_requirement,
        valued,
        default_mode,
        gap,
        note,
        amounts,
        taker_fee,
        practices,
        tiers,
    } = file;
    let taker_fee = taker_fee.map(|Fee { rate, date, source }| Example {
        value: rate,
        date,
        source,
    });
    let mut venue = Venue {
        id,
        name,
        aliases,
        contract,
        collateral,
        basis: basis.into(),
        fee_in_requirement,
        valued,
        taker_fee,
        gap,
        default_mode,
        amounts,
        practices: practices.read().map_err(|error| format!("{id}: {error}"))?,
        note,
        tables: Vec::new(),
        rules: BTreeMap::new(),
    };
    for tiers in tiers {
        publish(&mut venue, tiers).map_err(|error| format!("{id}: {error}"))?;
    }
    venue
        .tables
        .sort_by_key(|table| Reverse(table.citation.date.clone()));
    for table in &venue.tables {
        for (symbol, rules) in &table.rules {
            let newest = venue.rules.entry(symbol.clone());
            newest.or_insert_with(|| rules.clone());
        }
    }
    Ok(venue)
}

fn publish(venue: &mut Venue, tiers: Tiers) -> Result<(), String> {
    let Tiers {
        date,
        source,
        markets,
    } = tiers;
    if venue.amounts.is_none() {
        return Err("its tiers need amounts: what is asked where two meet".to_owned());
    }
    let fee = match (&venue.taker_fee, venue.fee_in_requirement) {
        (Some(fee), _) => fee.value,
        (None, false) => Rate::ZERO,
        (None, true) => return Err("its tiers need a taker fee, which counts in them".to_owned()),
    };
    let label = format!("{}, example of {date}", venue.name);
    let mut rules = BTreeMap::new();
    for (market, brackets) in markets {
        let symbol = Symbol::read(&market, "").ok_or_else(|| format!("{market} is no market"))?;
        let tiers = brackets
            .into_iter()
            .map(tier)
            .collect::<Result<Vec<Tier>, String>>()
            .map_err(|error| format!("{market}: {error}"))?;
        let fees = Fees {
            open: fee,
            close: fee,
        };
        let of_market = Rules {
            label: label.clone(),
            schedule: venue.shared_schedule(tiers, fees),
            tick: None,
            lot: None,
        };
        rules.insert(symbol, of_market);
    }
    venue.tables.push(Table {
        label,
        citation: Citation { date, source },
        rules,
    });
    Ok(())
}

fn tier(bracket: Bracket) -> Result<Tier, String> {
    let Bracket {
        floor,
        rate,
        amount,
        max_leverage,
    } = bracket;
    let max_leverage = max_leverage
        .map(|text| read_decimal(&text).map_err(|error| format!("max_leverage {text}: {error}")))
        .transpose()?;
    Ok(Tier {
        floor,
        rate,
        amount,
        max_leverage,
    })
}
