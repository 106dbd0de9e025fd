//! What a venue does that no formula shows: one line for a ticket, and all of it for an account.

use super::{account, words};
use crate::audit::{
    AddsMarginItself, ByMode, ClosesInSteps, Example, HedgeCounts, IsolatedFunding, Practices,
    SettlesAt, Ticket,
};
use crate::engine::{Basis, Contract, Intent, Mode, ModeScope, Money, Schedule, Side};
use crate::input::figures;

/// A venue, as far as its sentences need it.
#[derive(Clone, Copy, Debug)]
pub struct Profile<'a> {
    /// As it is shown: "Bybit".
    pub name: &'a str,
    /// When it values its requirement.
    pub basis: ByMode<Basis>,
    /// Whether it counts the taker fee to close in it.
    pub fee_in_requirement: bool,
    /// The mode in which its positions begin, where known.
    pub default_mode: Option<Mode>,
    /// What it does beyond its formula.
    pub practices: &'a Practices,
    /// What else a trader needs to know of its figures; empty where there is nothing.
    pub note: &'a str,
}

/// What a ticket says that decides which of a venue's ways concern it.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    pub intent: Intent,
    /// The mode it is to stand in.
    pub mode: Mode,
    pub side: Side,
    pub contract: Contract,
    /// Whether the market's other side stands in the same pool.
    pub hedged: bool,
    /// What the position is worth after the ticket, at its entry price; none where that is out
    /// of range.
    pub notional: Option<Money>,
    pub collateral: &'a str,
    pub schedule: &'a Schedule,
}

impl<'a> Circumstances<'a> {
    /// Those of a ticket; whether there is a hedge says the account.
    pub fn of(ticket: &'a Ticket, hedged: bool) -> Self {
        let (traded, held) = (ticket.quantity.get(), ticket.held.as_ref());
        let held = held.map(|held| held.quantity.get());
        let quantity = match (ticket.intent, held) {
            (Intent::Increase, Some(held)) => held.checked_add(traded),
            (Intent::Reduce, Some(held)) => held.checked_sub(traded),
            _ => Some(traded),
        };
        let worth = |quantity| ticket.terms.notional(quantity, ticket.entry.get());
        Self {
            intent: ticket.intent,
            mode: ticket.mode,
            side: ticket.side,
            contract: ticket.terms.contract,
            hedged,
            notional: quantity.and_then(worth).map(Money::new),
            collateral: &ticket.collateral,
            schedule: &ticket.rules.schedule,
        }
    }

    /// Whether the notional rises where the position loses.
    fn grows_in_loss(&self) -> bool {
        matches!(
            (self.contract, self.side),
            (Contract::Linear, Side::Short) | (Contract::Inverse, Side::Long)
        )
    }

    /// The bracket of its notional, the first being 1; none where it has only one.
    fn tier(&self) -> Option<usize> {
        let (notional, tiers) = (self.notional?, &self.schedule.tiers);
        (tiers.len() > 1).then(|| tiers.iter().filter(|tier| tier.floor <= notional).count())
    }
}

/// What the venue does with this ticket that no formula shows, in one line; `None` where nothing
/// is known that concerns it, and where nothing would be left open.
pub fn line(venue: &Profile<'_>, ticket: &Circumstances<'_>) -> Option<String> {
    if ticket.intent == Intent::Close {
        return None;
    }
    let ways = [
        mode_scope(venue.practices, ticket),
        liquidation(venue.practices, ticket),
        funding(venue.practices, ticket),
        own_margin(venue.practices, ticket),
        hedge(venue.practices, ticket),
        sooner(venue.basis, ticket),
    ];
    let said: Vec<String> = ways.into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("{} {}.", venue.name, said.join("; it ")))
}

fn known<T>(fact: Option<&Example<T>>) -> Option<&T> {
    fact.map(|fact| &fact.value)
}

fn mode_scope(practices: &Practices, ticket: &Circumstances<'_>) -> Option<String> {
    match known(practices.mode_scope.as_ref())? {
        ModeScope::Position => None,
        ModeScope::Account if ticket.intent == Intent::SwitchMode => {
            Some("has one margin mode, so a switch is for all your positions".to_owned())
        }
        ModeScope::Account => Some("has one margin mode for your whole account".to_owned()),
    }
}

fn liquidation(practices: &Practices, ticket: &Circumstances<'_>) -> Option<String> {
    let steps = known(practices.closes_in_steps.as_ref())
        .filter(|steps| concerns(steps, ticket))
        .map(|steps| format!("liquidates in steps{}", from_where(steps)));
    let bankruptcy = match known(practices.settles_at.as_ref()) {
        Some(SettlesAt::Bankruptcy) => Some("at the bankruptcy price"),
        Some(SettlesAt::MarketPrice) | None => None,
    };
    match (steps, bankruptcy) {
        (Some(steps), Some(price)) => Some(format!("{steps} and settles {price}")),
        (None, Some(price)) => Some(format!("settles a liquidation {price}")),
        (steps, None) => steps,
    }
}

/// Whether a position of this size and mode would go in steps. Where it is not known in which
/// bracket it lies, the sentence says from which one on.
fn concerns(steps: &ClosesInSteps, ticket: &Circumstances<'_>) -> bool {
    let ClosesInSteps {
        mode,
        above,
        from_tier,
    } = steps;
    let in_mode = mode.is_none_or(|mode| mode == ticket.mode);
    let above = above.as_ref().is_none_or(|above| {
        above.currency == ticket.collateral
            && ticket
                .notional
                .is_some_and(|notional| notional > above.amount)
    });
    let in_tier = match (from_tier, ticket.tier()) {
        (Some(from), Some(tier)) => tier >= *from,
        _ => true,
    };
    in_mode && above && in_tier
}

fn from_where(steps: &ClosesInSteps) -> String {
    match (&steps.above, steps.from_tier) {
        (Some(above), _) => format!(
            " above {}",
            figures::understood(above.amount.get(), None, &above.currency)
        ),
        (None, Some(tier)) => format!(" from tier {tier} up"),
        (None, None) => " where it can".to_owned(),
    }
}

fn funding(practices: &Practices, ticket: &Circumstances<'_>) -> Option<String> {
    match known(practices.isolated_funding.as_ref())? {
        IsolatedFunding::FreeFirst if ticket.mode == Mode::Isolated => {
            Some("takes funding from what is free before the margin".to_owned())
        }
        IsolatedFunding::FreeFirst | IsolatedFunding::PositionMargin => None,
    }
}

fn own_margin(practices: &Practices, ticket: &Circumstances<'_>) -> Option<String> {
    match known(practices.adds_margin_itself.as_ref())? {
        AddsMarginItself::WhenSwitchedOn if ticket.mode == Mode::Isolated => {
            Some("adds margin from what is free by itself where you switched that on".to_owned())
        }
        AddsMarginItself::WhenSwitchedOn => None,
    }
}

fn hedge(practices: &Practices, ticket: &Circumstances<'_>) -> Option<String> {
    match known(practices.hedge_counts.as_ref())? {
        HedgeCounts::Larger if ticket.hedged && ticket.mode == Mode::Cross => Some(
            "counts only the larger side of a hedge (here both count, the safer side)".to_owned(),
        ),
        HedgeCounts::Larger | HedgeCounts::Both => None,
    }
}

/// Where the venue values the requirement at another moment than the schedule does, and asks
/// for more in a loss than is shown.
fn sooner(basis: ByMode<Basis>, ticket: &Circumstances<'_>) -> Option<String> {
    let grows = ticket.grows_in_loss();
    let when = match (basis.of(ticket.mode), ticket.schedule.basis) {
        (Basis::AtSolvedPrice, Basis::AtEntry | Basis::AtMark) if grows => "as the price moves",
        (Basis::AtEntry, Basis::AtSolvedPrice) if !grows => "at the entry",
        _ => return None,
    };
    let mode = words::mode(ticket.mode);
    Some(format!(
        "values {mode} {when}, so it closes this a little sooner than shown"
    ))
}

/// When a venue values its requirement: "as the price moves", "in isolated at the entry, in
/// cross as the price moves".
pub fn valued(basis: ByMode<Basis>) -> String {
    let ByMode { isolated, cross } = basis;
    if isolated == cross {
        return account::valued(isolated).to_owned();
    }
    format!(
        "in isolated {}, in cross {}",
        account::valued(isolated),
        account::valued(cross)
    )
}

/// What an account at this venue begins with: how it values its requirement, what else its
/// figures need, and its ways, each with the day it is of.
pub fn about(venue: &Profile<'_>) -> Vec<String> {
    let fee = if venue.fee_in_requirement {
        "with the taker fee to close in it"
    } else {
        "without a fee in it"
    };
    let mode = match venue.default_mode {
        Some(Mode::Cross) => " It opens in cross unless you change that there.",
        Some(Mode::Isolated) => " It opens in isolated unless you change that there.",
        None => "",
    };
    let valued = valued(venue.basis);
    let mut said = vec![format!(
        "{} values its requirement {valued}, {fee}.{mode}",
        venue.name
    )];
    if !venue.note.is_empty() {
        said.push(venue.note.to_owned());
    }
    let ways = ways(venue.practices);
    if !ways.is_empty() {
        said.push(ways.join(" "));
    }
    said
}

/// All that is known of a venue's ways, a sentence each, with the day it is of.
pub fn ways(practices: &Practices) -> Vec<String> {
    let Practices {
        mode_scope,
        closes_in_steps,
        settles_at,
        isolated_funding,
        adds_margin_itself,
        hedge_counts,
    } = practices;
    let said = [
        mode_scope.as_ref().map(|fact| dated(fact, |scope| match scope {
            ModeScope::Position => "A position or its market has a margin mode of its own".to_owned(),
            ModeScope::Account => {
                "One margin mode is for the whole account: a switch is for all positions"
                    .to_owned()
            }
        })),
        closes_in_steps.as_ref().map(|fact| dated(fact, |steps| {
            let mode = steps.mode.map_or_else(String::new, |mode| format!(" in {}", words::mode(mode)));
            format!("It liquidates in steps{mode}{}", from_where(steps))
        })),
        settles_at.as_ref().map(|fact| dated(fact, |at| {
            let price = match at {
                SettlesAt::Bankruptcy => "at the bankruptcy price",
                SettlesAt::MarketPrice => "at what the market pays",
            };
            format!("It settles a liquidation {price}")
        })),
        isolated_funding.as_ref().map(|fact| dated(fact, |funding| {
            let from = match funding {
                IsolatedFunding::FreeFirst => "what is free before its margin",
                IsolatedFunding::PositionMargin => "its margin",
            };
            format!("It takes the funding of an isolated position from {from}")
        })),
        adds_margin_itself.as_ref().map(|fact| dated(fact, |adds| match adds {
            AddsMarginItself::WhenSwitchedOn => {
                "It adds margin to an isolated position by itself where you switched that on"
                    .to_owned()
            }
        })),
        hedge_counts.as_ref().map(|fact| dated(fact, |counts| match counts {
            HedgeCounts::Both => "It counts both sides of a hedge".to_owned(),
            HedgeCounts::Larger => {
                "It counts only the larger side of a hedge in cross; here both count, the safer side"
                    .to_owned()
            }
        })),
    ];
    said.into_iter().flatten().collect()
}

fn dated<T>(fact: &Example<T>, words: impl Fn(&T) -> String) -> String {
    format!("{} ({}).", words(&fact.value), fact.date)
}

#[cfg(test)]
#[path = "venue_tests.rs"]
mod tests;
