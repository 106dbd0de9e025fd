//! What the venue asks, for each market the account deals with.

use std::collections::{BTreeMap, BTreeSet};

use super::question::{
    About, AnswerOption, Detail, ImportAnswer, QuestionCollector, above_zero, offer,
};
use super::{Preview, ProposedChange, collateral};
use crate::engine::{Mode, Rate, Schedule, Tier};
use crate::interchange::ccxt::snapshot::{ImportNote, ImportedTiers, Snapshot};
use crate::interchange::venues::{
    Amounts, Venue, flat, venue_named, venues, with_continuous_amounts,
};
use crate::market::{Rules, Symbol};
use crate::record::Account;

/// Where the rules of a market stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum RulesStatus {
    /// They would be these.
    New(Rules),
    /// They wait for an answer.
    Waiting,
}

pub(super) fn add(
    snapshot: &Snapshot,
    account: &Account,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) -> BTreeMap<Symbol, RulesStatus> {
    let own = collateral(&account.set);
    let dealt_with: BTreeSet<&Symbol> = account
        .set
        .rules
        .keys()
        .chain(account.positions.iter().map(|open| &open.position.symbol))
        .chain(snapshot.positions.iter().map(|position| &position.symbol))
        .collect();
    let mut known = BTreeMap::new();
    for (symbol, imported) in &snapshot.tiers {
        if imported
            .settle
            .as_deref()
            .is_some_and(|settle| settle != own)
        {
            continue;
        }
        if !dealt_with.contains(symbol) {
            preview.other_markets.push(symbol.clone());
            continue;
        }
        let before = account.rules(symbol);
        let Some(after) = imported_rules(symbol, imported, before.as_ref(), account, asking) else {
            known.insert(symbol.clone(), RulesStatus::Waiting);
            continue;
        };
        if before.as_ref() != Some(&after) {
            preview.lines.push(ProposedChange::Rules {
                symbol: symbol.clone(),
                before,
                after: after.clone(),
            });
            note_open_position(symbol, account, preview);
        }
        known.insert(symbol.clone(), RulesStatus::New(after));
    }
    known
}

/// A venue's table is one: the rules that are set hold for what is open as well.
fn note_open_position(symbol: &Symbol, account: &Account, preview: &mut Preview) {
    let held = account
        .positions
        .iter()
        .any(|open| open.position.symbol == *symbol);
    if held {
        preview.notes.push(ImportNote {
            about: symbol.to_string(),
            words: "Once taken in, these tiers hold for what is open in it too, not only for what you open from now on.".to_owned(),
        });
    }
}

fn imported_rules(
    symbol: &Symbol,
    imported: &ImportedTiers,
    before: Option<&Rules>,
    account: &Account,
    asking: &mut QuestionCollector<'_>,
) -> Option<Rules> {
    let named = venue_named(&account.set.venue);
    let tiers = amounts(symbol, imported, named, asking)?;
    let schedule = match before {
        // What the trader has set is kept: only the brackets are newer.
        Some(Rules { schedule, .. }) => Schedule {
            tiers,
            ..schedule.clone()
        },
        None => valued_as(account, asking)?.shared_schedule(tiers, account.set.fees),
    };
    Some(Rules {
        label: format!("{}, imported with ccxt", account.set.venue),
        schedule,
        tick: before.and_then(|rules| rules.tick),
        lot: before.and_then(|rules| rules.lot),
    })
}

fn amounts(
    symbol: &Symbol,
    imported: &ImportedTiers,
    venue: Option<&Venue>,
    asking: &mut QuestionCollector<'_>,
) -> Option<Vec<Tier>> {
    if imported.amounts_given {
        return Some(imported.tiers.clone());
    }
    let said = venue.and_then(|venue| venue.amounts);
    let chosen = said.or_else(|| {
        asking.ask(
            About::Market(symbol.clone()),
            Detail::Amounts,
            |answer| match answer {
                ImportAnswer::Amounts(amounts) => Some(amounts),
                _ => None,
            },
            || {
                let words = format!(
                    "The tiers of {symbol} come without maintenance amounts. What does your venue ask where one bracket follows another?"
                );
                let offers = vec![
                    offer(
                        "Each rate on the part of the notional within its bracket: the requirement does not jump",
                        ImportAnswer::Amounts(Amounts::Continuous),
                    ),
                    offer(
                        "The bracket's rate on the whole notional: the requirement jumps",
                        ImportAnswer::Amounts(Amounts::Whole),
                    ),
                ];
                (words, offers)
            },
        )
    })?;
    match chosen {
        Amounts::Continuous => with_continuous_amounts(&imported.tiers),
        Amounts::Whole => Some(imported.tiers.clone()),
    }
}

/// The venue whose way of valuing the requirement holds: the account's own where it is known,
/// else the one the trader names.
fn valued_as(account: &Account, asking: &mut QuestionCollector<'_>) -> Option<&'static Venue> {
    venue_named(&account.set.venue).or_else(|| {
        asking.ask(
            About::Account,
            Detail::Venue,
            |answer| match answer {
                ImportAnswer::Venue(id) => venues().iter().find(|venue| venue.id == id),
                _ => None,
            },
            || {
                let words = format!(
                    "Nothing is known here of {}. Like which venue does it value what must be left?",
                    account.set.venue
                );
                (words, venues().iter().map(as_offer).collect())
            },
        )
    })
}

fn as_offer(venue: &Venue) -> AnswerOption {
    let basis = crate::wording::venue::valued(venue.basis);
    let fee = if venue.fee_in_requirement {
        "with the fee to close"
    } else {
        "without the fee to close"
    };
    offer(
        format!("Like {}: valued {basis}, {fee}", venue.name),
        ImportAnswer::Venue(venue.id),
    )
}

/// What a new position of a market is held to: the imported tiers, else the account's, else the
/// venue's example, else a rate that is asked. What is the venue's is valued as in the position's
/// mode.
pub(super) fn for_new_position(
    at: usize,
    symbol: &Symbol,
    mode: Option<Mode>,
    reported: Option<Rate>,
    account: &Account,
    known: &BTreeMap<Symbol, RulesStatus>,
    asking: &mut QuestionCollector<'_>,
) -> Option<Rules> {
    match known.get(symbol) {
        Some(RulesStatus::New(rules)) => return Some(rules.clone()),
        Some(RulesStatus::Waiting) => return None,
        None => {}
    }
    if let Some(rules) = account.rules(symbol) {
        return Some(rules);
    }
    let fees = account.set.fees;
    let in_mode = |venue: &Venue, tiers| match mode {
        Some(mode) => venue.schedule(mode, tiers, fees),
        None => venue.shared_schedule(tiers, fees),
    };
    let example = venue_named(&account.set.venue)
        .and_then(|venue| Some((venue, venue.rules.get(symbol)?.clone())));
    if let Some((venue, rules)) = example {
        let schedule = in_mode(venue, rules.schedule.tiers.clone());
        return Some(Rules { schedule, ..rules });
    }
    let venue = valued_as(account, asking);
    let rate = asking.ask(
        About::Imported(at),
        Detail::Rate,
        |answer| above_zero(answer).filter(|rate| *rate < rust_decimal::Decimal::ONE),
        || {
            let words = format!(
                "Which share of the notional must be left for {symbol}? Your venue calls it the maintenance margin rate."
            );
            let offers = reported
                .map(|rate| {
                    offer(
                        format!("{rate} of the notional, as the venue reports for this position"),
                        ImportAnswer::Number(rate.get()),
                    )
                })
                .into_iter()
                .collect();
            (words, offers)
        },
    );
    Some(Rules {
        label: "One rate, written at the import".to_owned(),
        schedule: in_mode(venue?, flat(Rate::new(rate?))),
        tick: None,
        lot: None,
    })
}
