//! `promise arm`: what is promised, over what, until when. Without `--yes` it only says.

use std::io::{self, Write as _, stdout};

use super::super::account::named;
use super::super::answer::{CommandResult, Exit, Failure, done, refused};
use super::super::arguments::{ArmTerms, Thresholds};
use super::super::open::open_aloud;
use super::super::print;
use super::carry_out;
use crate::app::App;
use crate::app::arm_form::{
    ACCOUNT, AT_STAKE, ArmForm, CROSS, DAYS, FROM, ISOLATED, LOSSES, LOST, MARKET, OPENS,
    ScopeChoice, TO,
};
use crate::app::lengths::{Length, Lengths, OWN};
use crate::app::wait_form::{AWAY, TIMES, WITHIN, WaitForm};
use crate::audit::Arousal;
use crate::engine::Mode;
use crate::input::FormErrors;
use crate::input::{HoursProblem, read_days, read_hours};
use crate::journal::Folders;
use crate::market::{LockId, Symbol};
use crate::promises::{
    Armed, Days, Kind, Period, PromiseCommand, STAYS_POSSIBLE, WEEK, WITH_A_RECORD,
};
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
    let mut form = ArmForm::of(kind);
    let account = terms
        .account
        .as_deref()
        .map(|name| named(app.state(), Some(name)));
    let mut account = account.transpose()?;
    if terms.while_open {
        let symbol = terms.symbol.as_deref();
        let symbol = symbol.map(|typed| symbol_of(app, account, typed));
        let (of, open) = the_open_one(app, account, symbol.transpose()?.as_ref())?;
        account = Some(of);
        form.lock.chosen = Some(Length::WhileOpen(open.id()));
    }
    if let Some(account) = account {
        form.whose = Some(ScopeChoice::One(account.set.account));
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
        symbol_of(app, account, typed)?
            .as_str()
            .clone_into(&mut form.market);
    }
    if let Some(typed) = &terms.length {
        *length(&mut form, kind)? = Lengths::typed(typed);
    }
    let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
    form.opens = number(terms.opens);
    form.losses = number(terms.losses);
    form.per = Some(terms.per.map_or(Period::Day, Period::from));
    let texts = [
        (&terms.isolated, &mut form.isolated),
        (&terms.cross, &mut form.cross),
        (&terms.most, &mut form.lost),
        (&terms.most, &mut form.at_stake),
        (&terms.words, &mut form.words),
    ];
    for (typed, field) in texts {
        typed.as_deref().unwrap_or_default().clone_into(field);
    }
    hours(&mut form, terms)?;
    thresholds(&mut form.wait, kind, &terms.thresholds)?;
    form.read(app.state()).map_err(|notes| problems(&notes))
}

/// What is wrong, each by the option that fills its field in.
pub(super) fn problems(notes: &FormErrors) -> Failure {
    let all = notes.all().map(|(field, why)| match option_of(field) {
        Some(option) => format!("{option}: {why}"),
        None => why.to_owned(),
    });
    refused(all.collect::<Vec<_>>().join(" "))
}

/// The length that `--for` says.
fn length(form: &mut ArmForm, kind: Kind) -> Result<&mut Lengths, Failure> {
    match kind {
        Kind::NoSwitchToCross | Kind::NoCross => Ok(&mut form.lock),
        Kind::PauseAfterLoss => Ok(&mut form.after_loss),
        Kind::PauseAfterLiquidation => Ok(&mut form.after_liquidation),
        Kind::Wait(_) => Ok(&mut form.wait.length),
        _ => Err(refused(
            "--for: this one always holds, until it is loosened by the waiting way",
        )),
    }
}

/// The thresholds of a wait, each for its own reason.
pub(super) fn thresholds(
    form: &mut WaitForm,
    kind: Kind,
    typed: &Thresholds,
) -> Result<(), Failure> {
    let given = [
        ("--arousal", WaitReason::Aroused, typed.arousal.is_some()),
        ("--within", WaitReason::RecentLoss, typed.within.is_some()),
        ("--times", WaitReason::LookedAway, typed.times.is_some()),
        ("--away", WaitReason::LookedAway, typed.away.is_some()),
    ];
    for (option, reason, given) in given {
        if given && kind != Kind::Wait(reason) {
            let of = reason.kind();
            return Err(refused(format!("{option}: only {of} has this threshold")));
        }
    }
    if let Some(from) = typed.arousal {
        form.arousal = Arousal::try_from(from).ok();
    }
    let texts = [
        (&typed.within, &mut form.within),
        (&typed.times, &mut form.times),
        (&typed.away, &mut form.away),
    ];
    for (typed, field) in texts {
        if let Some(typed) = typed {
            field.clone_from(typed);
        }
    }
    Ok(())
}

/// Days and hours; what is left out is every day, or all day.
fn hours(form: &mut ArmForm, terms: &ArmTerms) -> Result<(), Failure> {
    if terms.kind == Kind::TradingHours && terms.days.is_none() && terms.hours.is_none() {
        return Err(refused(
            "Say when: --hours 09:00-17:30, --days mon-fri, or both",
        ));
    }
    let problem = |option: &str, problem: HoursProblem| refused(format!("{option}: {problem}"));
    form.days = match &terms.days {
        Some(typed) => read_days(typed)
            .map(Days::from)
            .map_err(|why| problem("--days", why))?,
        None => Days::from(WEEK.to_vec()),
    };
    let (from, to) = match &terms.hours {
        Some(typed) => read_hours(typed).map_err(|why| problem("--hours", why))?,
        None => Default::default(),
    };
    form.from = from.format("%H:%M").to_string();
    form.to = to.format("%H:%M").to_string();
    Ok(())
}

/// The option that fills a field of the form in.
fn option_of(field: &str) -> Option<&'static str> {
    Some(match field {
        OWN => "--for",
        ACCOUNT => "--account",
        MARKET => "--symbol",
        OPENS => "--opens",
        ISOLATED => "--isolated",
        CROSS => "--cross",
        LOST | AT_STAKE => "--most",
        LOSSES => "--losses",
        DAYS => "--days",
        FROM | TO => "--hours",
        WITHIN => "--within",
        TIMES => "--times",
        AWAY => "--away",
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
