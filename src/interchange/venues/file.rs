//! The shape of a venue's file, and how it becomes a [`Venue`]. Numbers are written as strings,
//! so that none passes through binary floating point.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Amounts, Example, Venue};
use crate::audit::{Rules, Symbol, Terms};
use crate::engine::{Basis, Contract, Fees, Mode, Money, Rate, Tier, read_decimal};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    contract: Contract,
    collateral: Option<String>,
    basis: Basis,
    fee_in_requirement: bool,
    default_mode: Option<Mode>,
    gap: String,
    #[serde(default)]
    note: String,
    amounts: Option<Amounts>,
    taker_fee: Option<Fee>,
    tiers: Option<Tiers>,
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
    amounts: Amounts,
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
        default_mode,
        gap,
        note,
        amounts,
        taker_fee,
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
        basis,
        fee_in_requirement,
        taker_fee,
        gap,
        default_mode,
        amounts,
        note,
        tiers: None,
        rules: BTreeMap::new(),
    };
    if let Some(tiers) = tiers {
        publish(&mut venue, tiers).map_err(|error| format!("{id}: {error}"))?;
    }
    Ok(venue)
}

fn publish(venue: &mut Venue, tiers: Tiers) -> Result<(), String> {
    let Tiers {
        date,
        source,
        amounts,
        markets,
    } = tiers;
    let fee = match (&venue.taker_fee, venue.fee_in_requirement) {
        (Some(fee), _) => fee.value,
        (None, false) => Rate::ZERO,
        (None, true) => return Err("its tiers need a taker fee, which counts in them".to_owned()),
    };
    let label = format!("{}, example of {date}", venue.name);
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
        let rules = Rules {
            label: label.clone(),
            schedule: venue.schedule(tiers, fees),
            tick: None,
            lot: None,
            terms: Terms::default(),
        };
        venue.rules.insert(symbol, rules);
    }
    venue.amounts = Some(amounts);
    venue.tiers = Some(Example {
        value: label,
        date,
        source,
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
