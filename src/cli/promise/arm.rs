//! `promise arm`: what is promised, over what, until when. Without `--yes` it only says.

use std::io::{self, Write as _, stdout};

use uuid::Uuid;

use super::super::answer::{Ending, Exit, Failure, done, refused};
use super::super::arguments::{ArmTerms, Kind};
use super::super::open::open_aloud;
use super::super::print;
use super::carry_out;
use crate::audit::Symbol;
use crate::audit::number::{Unit, format, read};
use crate::desk::Desk;
use crate::engine::Mode;
use crate::journal::{Folders, new_id};
use crate::promises::{
    Armed, Ask, Holds, Period, Promise, STAYS_POSSIBLE, Scope, WITH_A_RECORD, read_length,
};
use crate::record::{Account, OpenPosition};
use crate::telling::promise::{standing, would_hold};

/// Arms it, or says what would be armed.
pub(super) fn run(folders: Folders, terms: &ArmTerms) -> Ending {
    let mut desk = open_aloud(folders)?;
    let armed = read_terms(&desk, terms)?;
    let sentence = armed.promise.sentence(&armed.scope);
    let holds = would_hold(armed.holds, &desk.now());
    // What would be refused is refused before it is asked for.
    desk.would(&Ask::Arm(Box::new(armed.clone())))
        .map_err(|refusal| refused(refusal.to_string()))?;
    if !terms.yes {
        let mut out = stdout().lock();
        print::wrapped(&mut out, "", &format!("{sentence}: {holds}."))?;
        print::wrapped(&mut out, "", STAYS_POSSIBLE)?;
        print::wrapped(&mut out, "", WITH_A_RECORD)?;
        print::wrapped(&mut out, "", "Nothing is armed. With --yes it is.")?;
        return Ok(Exit::Done);
    }
    let lock = armed.lock;
    carry_out(&mut desk, Ask::Arm(Box::new(armed)))?;
    Ok(done(Exit::Done, say_armed(&desk, lock, &sentence)))
}

/// Until when it holds, and how it is taken back.
fn say_armed(desk: &Desk, lock: Uuid, sentence: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    let ledger = desk.book().promises();
    if let Some(held) = ledger.lock(lock) {
        let stands = standing(ledger, held, &desk.now());
        print::wrapped(&mut out, "", &format!("{sentence}: {stands}."))?;
    }
    print::wrapped(&mut out, "", WITH_A_RECORD)?;
    // Not wrapped: it is there to be copied.
    writeln!(out, "For 60 seconds this takes it back:")?;
    writeln!(out, "impulse-audit promise undo {lock}")?;
    out.flush()
}

fn read_terms(desk: &Desk, terms: &ArmTerms) -> Result<Armed, Failure> {
    let secs = terms
        .length
        .as_deref()
        .map(|text| read_length(text).map_err(|problem| refused(format!("--for: {problem}"))))
        .transpose()?;
    let account = terms
        .account
        .as_deref()
        .map(|name| account(desk, name))
        .transpose()?;
    let symbol = terms
        .symbol
        .as_deref()
        .map(|typed| symbol(desk, account, typed))
        .transpose()?;
    let promise = promise(terms, secs)?;
    let mut scope = Scope {
        account: account.map(Account::scope),
        symbol: symbol.as_ref().map(|symbol| symbol.as_str().to_owned()),
    };
    let holds = if terms.while_open {
        let (account, open) = the_open_one(desk, account, symbol.as_ref())?;
        scope = Scope {
            account: Some(account.scope()),
            symbol: Some(open.position.symbol.as_str().to_owned()),
        };
        Holds::WhileOpen(open.id().get())
    } else {
        match (&promise, secs) {
            (Promise::NoSwitchToCross | Promise::NoCross, secs) => {
                Holds::For(secs.unwrap_or(Promise::USUAL))
            }
            // The length is that of the pause; the promise always holds.
            (Promise::PauseAfterLoss { .. } | Promise::PauseAfterLiquidation { .. }, _)
            | (_, None) => Holds::Always,
            (_, Some(secs)) => Holds::For(secs),
        }
    };
    Ok(Armed {
        lock: new_id(),
        promise,
        scope,
        holds,
        words: terms.words.clone().unwrap_or_default(),
        flat: false,
        audit: None,
    })
}

fn promise(terms: &ArmTerms, secs: Option<u64>) -> Result<Promise, Failure> {
    Ok(match terms.kind {
        Kind::NoSwitchToCross => Promise::NoSwitchToCross,
        Kind::NoCross => Promise::NoCross,
        Kind::NoAddingToALoser => Promise::NoAddingToALoser,
        Kind::NoIncreaseWhileLosing => Promise::NoIncreaseWhileLosing,
        Kind::PauseAfterLoss => Promise::PauseAfterLoss {
            secs: secs.unwrap_or(Promise::USUAL_PAUSE),
        },
        Kind::PauseAfterLiquidation => Promise::PauseAfterLiquidation {
            secs: secs.unwrap_or(Promise::USUAL_LIQUIDATION_PAUSE),
        },
        Kind::MaxOpens => Promise::MaxOpens {
            opens: terms
                .opens
                .ok_or_else(|| refused("Say how many: --opens N, and --per day or --per week"))?,
            per: terms.per.map_or(Period::Day, Period::from),
        },
        Kind::MaxLeverage => Promise::MaxLeverage {
            isolated: leverage("--isolated", terms.isolated.as_deref())?,
            cross: leverage("--cross", terms.cross.as_deref())?,
        },
        Kind::CrossNeedsAPlan => Promise::CrossNeedsAPlan,
        Kind::NoEmergencyRelease => Promise::NoEmergencyRelease,
    })
}

fn leverage(name: &str, typed: Option<&str>) -> Result<Option<rust_decimal::Decimal>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    match read(typed, Unit::Leverage).exact() {
        Some(number) => Ok(Some(number.value)),
        None => Err(refused(format!(
            "{name}: write a leverage like {}x",
            format(rust_decimal::Decimal::TEN)
        ))),
    }
}

fn account<'a>(desk: &'a Desk, name: &str) -> Result<&'a Account, Failure> {
    let spelled = |name: &str| name.trim().to_lowercase();
    desk.book()
        .accounts()
        .iter()
        .find(|account| spelled(&account.set.name) == spelled(name))
        .ok_or_else(|| refused(format!("--account: there is no account {name}")))
}

fn symbol(desk: &Desk, account: Option<&Account>, typed: &str) -> Result<Symbol, Failure> {
    let account = account.or_else(|| desk.book().accounts().first());
    let collateral = account.map_or("", |account| account.set.collateral.as_str());
    Symbol::read(typed, collateral).ok_or_else(|| {
        refused(format!(
            "--symbol: {typed} is no market. Write it like BTC/USDT"
        ))
    })
}

/// The one isolated position that is meant.
fn the_open_one<'a>(
    desk: &'a Desk,
    account: Option<&Account>,
    symbol: Option<&Symbol>,
) -> Result<(&'a Account, &'a OpenPosition), Failure> {
    let mut open = desk
        .book()
        .accounts()
        .iter()
        .filter(|other| account.is_none_or(|account| account.set.account == other.set.account))
        .flat_map(|account| account.positions.iter().map(move |open| (account, open)))
        .filter(|(_, open)| open.position.backing.mode() == Mode::Isolated)
        .filter(|(_, open)| symbol.is_none_or(|symbol| *symbol == open.position.symbol));
    match (open.next(), open.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(refused("--while-open: no such isolated position is open")),
        (Some(_), Some(_)) => Err(refused(
            "--while-open: more than one is open. Name its market with --symbol, its account with --account",
        )),
    }
}
