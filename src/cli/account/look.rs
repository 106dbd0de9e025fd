//! `account list` and `account show`: what an account holds. They only read, so they work beside
//! an open window.

use std::collections::BTreeMap;
use std::io::{self, Write, stdout};

use rust_decimal::Decimal;
use serde::Serialize;

use super::named;
use crate::cli::answer::{CommandResult, Exit};
use crate::cli::open::read_book;
use crate::cli::print;
use crate::engine::{Backing, Contract, Fees, Money, Price, Quantity, Side};
use crate::input::figures;
use crate::journal::{Clock as _, Folders, Moment, SystemClock};
use crate::market::{Rules, Symbol, Terms};
use crate::record::{Account, OpenPosition, Requirement};
use crate::wording::{account as wording, position, ticket};

/// What both print of an account.
#[derive(Serialize)]
struct Head<'a> {
    id: String,
    name: &'a str,
    venue: &'a str,
    currency: &'a str,
    wallet: Money,
    wallet_at: String,
    equity: Option<Money>,
}

/// One account as `account list --json` prints it, in an array.
#[derive(Serialize)]
struct Listed<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    positions: usize,
    markets: usize,
}

/// An account as `account show --json` prints it.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    fees: Fees,
    requirement: Requirement,
    positions: Vec<ShownPosition<'a>>,
    rules: BTreeMap<&'a Symbol, ShownRules<'a>>,
}

/// What the venue asks for one market, and how its contracts are counted.
#[derive(Serialize)]
struct ShownRules<'a> {
    #[serde(flatten)]
    rules: &'a Rules,
    terms: Option<Terms>,
}

#[derive(Serialize)]
struct ShownPosition<'a> {
    id: String,
    symbol: &'a Symbol,
    contract: Contract,
    contract_size: Decimal,
    side: Side,
    quantity: Quantity,
    entry: Price,
    mark: Price,
    mark_at: String,
    backing: Backing,
    profit: Option<Money>,
}

pub(super) fn list(folders: &Folders, json: bool) -> CommandResult {
    let clock = SystemClock::new();
    let state = read_book(folders, &clock)?;
    let now = clock.now();
    let mut out = stdout().lock();
    if json {
        let list: Vec<Listed<'_>> = state.accounts().iter().map(listed).collect();
        print::json(&mut out, &list)?;
        return Ok(Exit::Done);
    }
    if state.accounts().is_empty() {
        writeln!(out, "There is no account yet.")?;
    }
    for account in state.accounts() {
        heading(&mut out, account, &now)?;
    }
    Ok(Exit::Done)
}

pub(super) fn show(folders: &Folders, name: Option<&str>, json: bool) -> CommandResult {
    let clock = SystemClock::new();
    let state = read_book(folders, &clock)?;
    let now = clock.now();
    let account = named(&state, name)?;
    let mut out = stdout().lock();
    if json {
        print::json(&mut out, &shown(account))?;
    } else {
        say(&mut out, account, &now)?;
    }
    Ok(Exit::Done)
}

/// Name and venue, wallet, and how many positions are open.
fn heading(out: &mut dyn Write, account: &Account, now: &Moment) -> io::Result<()> {
    let set = &account.set;
    print::wrapped(out, "", &format!("{}, {}", set.name, set.venue))?;
    let open = match account.positions.len() {
        0 => "nothing open".to_owned(),
        1 => "1 position open".to_owned(),
        many => format!("{many} positions open"),
    };
    let wallet = ticket::wallet(account, now.wall);
    print::wrapped(out, "  ", &format!("{wallet}; {open}"))
}

/// The same, and everything else that is known of it.
pub(super) fn say(out: &mut dyn Write, account: &Account, now: &Moment) -> io::Result<()> {
    let set = &account.set;
    heading(out, account, now)?;
    if let Ok(equity) = account.equity()
        && !account.positions.is_empty()
    {
        let equity = figures::money(equity);
        let words = format!("With open profit and loss {equity} {}.", set.collateral);
        print::wrapped(out, "  ", &words)?;
    }
    print::wrapped(out, "  ", &wording::terms(set))?;
    for open in &account.positions {
        let stands = ticket::stands(open, &set.collateral);
        print::wrapped(out, "  ", &format!("{}: {stands}", position::name(open)))?;
        let mark = ticket::mark(open, now.wall);
        print::wrapped(out, "    ", &format!("Mark {mark}"))?;
    }
    print::wrapped(out, "  ", &wording::known_markets(set.rules.len()))?;
    for (symbol, rules) in &set.rules {
        let terms = account.terms(symbol).unwrap_or_default();
        print::wrapped(out, "    ", &wording::rules(symbol, rules, terms))?;
    }
    Ok(())
}

fn head(account: &Account) -> Head<'_> {
    let set = &account.set;
    Head {
        id: set.account.to_string(),
        name: &set.name,
        venue: &set.venue,
        currency: &set.collateral,
        wallet: set.wallet_balance,
        wallet_at: print::stamp(account.wallet_at),
        equity: account.equity().ok(),
    }
}

fn listed(account: &Account) -> Listed<'_> {
    Listed {
        head: head(account),
        positions: account.positions.len(),
        markets: account.set.rules.len(),
    }
}

fn shown(account: &Account) -> Shown<'_> {
    let shown_rules = |(symbol, rules)| {
        let terms = account.terms(symbol);
        (symbol, ShownRules { rules, terms })
    };
    Shown {
        head: head(account),
        fees: account.set.fees,
        requirement: account.set.requirement,
        positions: account.positions.iter().map(shown_position).collect(),
        rules: account.set.rules.iter().map(shown_rules).collect(),
    }
}

fn shown_position(open: &OpenPosition) -> ShownPosition<'_> {
    let position = &open.position;
    ShownPosition {
        id: open.id().to_string(),
        symbol: &position.symbol,
        contract: position.terms.contract,
        contract_size: position.terms.size,
        side: position.side,
        quantity: position.quantity,
        entry: position.entry,
        mark: position.mark,
        mark_at: print::stamp(open.mark_at),
        backing: position.backing,
        profit: open.position.profit(),
    }
}
