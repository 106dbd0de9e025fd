//! `promise arm`: what is promised, over what, until when. Without `--yes` it only says.

use std::io::{self, Write as _, stdout};

use super::super::account::named;
use super::super::answer::{CommandResult, Exit, Failure, done, refused};
use super::super::arguments::{ArmTerms, Thresholds};
use super::super::open::open_aloud;
use super::super::print;
use super::carry_out;
use crate::app::App;
use crate::app::arm_form::{ArmForm, PERIODS};
use crate::app::wait_form;
use crate::engine::Mode;
use crate::input::{Field, FieldError, FormValue, read_hours};
use crate::journal::Folders;
use crate::market::{LockId, Symbol};
use crate::promises::{Armed, Kind, Period, PromiseCommand, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::record::{Account, OpenPosition};
use crate::waits::WaitReason;
use crate::wording::promise::{standing, would_hold};

/// Arms it, or says what would be armed.
pub(super) fn run(folders: Folders, terms: &ArmTerms) -> CommandResult {
    let mut app = open_aloud(folders)?;
    let armed = read_terms(&app, terms)?;
    let sentence = armed.promise.sentence(&armed.scope);
    let holds = would_hold(app.state().promises(), armed.holds, &app.now());
    // What would be refused is refused before it is asked for.
    app.would(&PromiseCommand::Arm(Box::new(armed.clone())))
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
    carry_out(&mut app, PromiseCommand::Arm(Box::new(armed)))?;
    Ok(done(Exit::Done, say_armed(&app, lock, &sentence)))
}

/// Until when it holds, and how it is taken back.
fn say_armed(app: &App, lock: LockId, sentence: &str) -> io::Result<()> {
    let mut out = stdout().lock();
    let promises = app.state().promises();
    if let Some(held) = promises.lock(lock) {
        let stands = standing(promises, held, &app.now());
        print::wrapped(&mut out, "", &format!("{sentence}: {stands}."))?;
    }
    print::wrapped(&mut out, "", WITH_A_RECORD)?;
    // Not wrapped: it is there to be copied.
    writeln!(out, "For 60 seconds this takes it back:")?;
    writeln!(out, "impulse-audit promise undo {lock}")?;
    out.flush()
}

/// The form of the window, filled in by the arguments.
fn read_terms(app: &App, terms: &ArmTerms) -> Result<Armed, Failure> {
    let kind = terms.kind;
    let state = app.state();
    let mut form = ArmForm::of(kind, state);
    let account = terms.account.as_deref();
    let account = account.map(|name| named(state, Some(name)));
    let mut account = account.transpose()?;
    if terms.while_open {
        let symbol = terms.symbol.as_deref();
        let symbol = symbol.map(|typed| symbol_of(app, account, typed));
        let (of, open) = the_open_one(app, account, symbol.transpose()?.as_ref())?;
        account = Some(of);
        form.hold_while_open(open.id());
    }
    if let Some(account) = account {
        form.choose_account(account.set.account, state);
    }
    if kind.is_about_everything() && (account.is_some() || terms.symbol.is_some()) {
        return Err(refused(
            "This one is about everything: name no account and no market",
        ));
    }
    if let Some(typed) = &terms.symbol {
        if !kind.takes_a_market() {
            return Err(refused(
                "--symbol: this one is about an account, or about all of them",
            ));
        }
        let symbol = symbol_of(app, account, typed)?;
        form.value.write(Field::Symbol, symbol.as_str());
    }
    if let Some(typed) = &terms.length {
        let length = form.length().ok_or_else(|| {
            refused("--for: this one always holds, until it is loosened by the waiting way")
        })?;
        length.write(&mut form.value, typed);
    }
    let value = &mut form.value;
    for (field, number) in [(Field::Opens, terms.opens), (Field::Losses, terms.losses)] {
        value.write(field, number.map_or_else(String::new, |n| n.to_string()));
    }
    let per = terms.per.map_or(Period::Day, Period::from);
    value.choose_of(Field::Per, &PERIODS, &per);
    for (field, typed) in [
        (Field::MostIsolated, &terms.isolated),
        (Field::MostCross, &terms.cross),
        (Field::Loss, &terms.most),
        (Field::AtStake, &terms.most),
        (Field::Words, &terms.words),
    ] {
        value.write(field, typed.as_deref().unwrap_or_default());
    }
    hours(value, terms)?;
    thresholds(value, kind, &terms.thresholds)?;
    form.read(state).map_err(|errors| problems(&errors))
}

/// What is wrong, each by the option that fills its field in.
pub(super) fn problems(errors: &[FieldError]) -> Failure {
    let all = errors.iter().map(|error| match option_of(error.field) {
        Some(option) => format!("{option}: {}", error.problem),
        None => error.to_string(),
    });
    refused(all.collect::<Vec<_>>().join(" "))
}

/// The thresholds of a wait, each for its own reason.
pub(super) fn thresholds(
    value: &mut FormValue,
    kind: Kind,
    terms: &Thresholds,
) -> Result<(), Failure> {
    let arousal = terms.arousal.map(|from| from.to_string());
    for (field, option, reason, typed) in [
        (Field::Arousal, "--arousal", WaitReason::Aroused, &arousal),
        (
            Field::Within,
            "--within",
            WaitReason::RecentLoss,
            &terms.within,
        ),
        (
            Field::Times,
            "--times",
            WaitReason::LookedAway,
            &terms.times,
        ),
        (Field::Away, "--away", WaitReason::LookedAway, &terms.away),
    ] {
        let Some(typed) = typed else { continue };
        if kind != Kind::Wait(reason) {
            let of = reason.kind();
            return Err(refused(format!("{option}: only {of} has this threshold")));
        }
        match terms.arousal.filter(|_| field == Field::Arousal) {
            Some(from) => wait_form::arouse(value, from),
            None => value.write(field, typed),
        }
    }
    Ok(())
}

/// Days and hours; what is left out is every day, or all day.
fn hours(value: &mut FormValue, terms: &ArmTerms) -> Result<(), Failure> {
    if terms.kind == Kind::TradingHours && terms.days.is_none() && terms.hours.is_none() {
        return Err(refused(
            "Say when: --hours 09:00-17:30, --days mon-fri, or both",
        ));
    }
    let days = terms.days.as_deref().unwrap_or("mon-sun");
    value.write(Field::Days, days);
    let hours = terms.hours.as_deref().map(read_hours).transpose();
    let (from, to) = hours
        .map_err(|problem| refused(format!("--hours: {problem}")))?
        .unwrap_or_default();
    value.write(Field::From, from.format("%H:%M").to_string());
    value.write(Field::To, to.format("%H:%M").to_string());
    Ok(())
}

/// The option that fills a field of the form in.
fn option_of(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::OwnLength => "--for",
        Field::Account => "--account",
        Field::Symbol => "--symbol",
        Field::Opens => "--opens",
        Field::MostIsolated => "--isolated",
        Field::MostCross => "--cross",
        Field::Loss | Field::AtStake => "--most",
        Field::Losses => "--losses",
        Field::Days => "--days",
        Field::From | Field::To => "--hours",
        Field::Within => "--within",
        Field::Times => "--times",
        Field::Away => "--away",
        _ => return None,
    })
}

fn symbol_of(app: &App, account: Option<&Account>, typed: &str) -> Result<Symbol, Failure> {
    let account = account.or_else(|| app.state().accounts().first());
    let collateral = account.map_or("", |account| account.set.collateral.as_str());
    Symbol::read(typed, collateral).ok_or_else(|| {
        refused(format!(
            "--symbol: {typed} is no market. Write it like BTC/USDT"
        ))
    })
}

/// The one isolated position that is meant.
fn the_open_one<'a>(
    app: &'a App,
    account: Option<&Account>,
    symbol: Option<&Symbol>,
) -> Result<(&'a Account, &'a OpenPosition), Failure> {
    let mut open = app
        .state()
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
