//! `promise loosen`, and `confirm` and `cancel` behind it: of one promise, or of all of a kind.

use std::io;

use super::super::answer::{CommandResult, Exit, Failure, done, refused};
use super::super::arguments::LoosenTerms;
use super::super::open::open_aloud;
use super::arm::{problems, thresholds};
use super::{carry_out, one_of, say};
use crate::app::App;
use crate::app::wait_form::{WaitForm, armed};
use crate::journal::Folders;
use crate::market::LockId;
use crate::promises::{Armed, Kind, LooseningRequested, PromiseCommand};
use crate::record::seen;
use crate::waits::WaitRule;

/// Asks that it be loosened, altogether or to something looser.
pub(super) fn run(folders: Folders, terms: &LoosenTerms) -> CommandResult {
    let mut app = open_aloud(folders)?;
    let lock = match kind_of(&terms.id) {
        Some(_) => None,
        None => Some(one_of(&app, &terms.id)?),
    };
    let held = lock.and_then(|lock| app.state().promises().lock(lock));
    let kind = held.map_or_else(|| kind_of(&terms.id), |held| held.armed().promise.kind());
    let to = looser(&app, kind, lock, terms)?;
    let promise = to.as_ref().map(|to| &to.promise);
    let promises = app.state().promises();
    let locks = match (lock, kind) {
        (Some(lock), _) => vec![lock],
        (None, Some(kind)) => promises.to_loosen(kind, promise, &seen(&app.now())),
        (None, None) => Vec::new(),
    };
    if locks.is_empty() {
        return Err(refused(if to.is_some() {
            "This is no looser than what holds. What is stricter acts at once: `promise arm`"
        } else {
            "Nothing of this kind holds that could be loosened"
        }));
    }
    let asks = locks.iter().map(|lock| {
        PromiseCommand::Loosen(LooseningRequested {
            lock: *lock,
            to: to.clone().map(Box::new),
        })
    });
    carry_out_all(&mut app, asks.collect())?;
    Ok(done(Exit::Done, say_all(&app, &locks)))
}

/// What shall hold in its place, where a length or a threshold was named; what was not named stays.
fn looser(
    app: &App,
    kind: Option<Kind>,
    lock: Option<LockId>,
    terms: &LoosenTerms,
) -> Result<Option<Armed>, Failure> {
    if terms.length.is_none() && terms.thresholds.is_empty() {
        return Ok(None);
    }
    let Some(Kind::Wait(reason)) = kind else {
        return Err(refused(
            "This one can only be loosened altogether: name no length and no threshold",
        ));
    };
    let promises = app.state().promises();
    let held: Option<WaitRule> = match lock {
        Some(lock) => promises
            .lock(lock)
            .and_then(|held| held.armed().promise.wait()),
        None => promises.strictest_wait(reason, &seen(&app.now())),
    };
    let Some(held) = held else {
        return Err(refused(
            "This wait is switched off: there is nothing to loosen",
        ));
    };
    let mut form = WaitForm::of(held, false);
    if let Some(typed) = &terms.length {
        form.length.write(&mut form.value, typed);
    }
    thresholds(&mut form.value, Kind::Wait(reason), &terms.thresholds)?;
    let rule = form.read().map_err(|errors| problems(&errors))?;
    Ok(Some(armed(rule, app.state())))
}

/// Confirms or cancels one, or every one of a kind of which that can be asked.
pub(super) fn each(
    folders: Folders,
    id: &str,
    what: fn(LockId) -> PromiseCommand,
) -> CommandResult {
    let mut app = open_aloud(folders)?;
    let Some(kind) = kind_of(id) else {
        let lock = one_of(&app, id)?;
        carry_out(&mut app, what(lock))?;
        return Ok(done(Exit::Done, say(&app, lock)));
    };
    let clocks = seen(&app.now());
    let promises = app.state().promises();
    let holding = promises.in_force(&clocks).chain(promises.waits(&clocks));
    let of_kind = holding.filter(|lock| lock.armed().promise.kind() == Some(kind));
    let locks: Vec<LockId> = of_kind.map(crate::promises::Lock::id).collect();
    let would: Vec<(LockId, Result<_, _>)> = locks
        .iter()
        .map(|lock| (*lock, app.would(&what(*lock))))
        .collect();
    let possible = would.iter().filter(|(_, would)| would.is_ok());
    let possible: Vec<LockId> = possible.map(|(lock, _)| *lock).collect();
    if possible.is_empty() {
        let why = would.into_iter().find_map(|(_, would)| would.err());
        return Err(refused(why.map_or_else(
            || "Nothing of this kind is in force".to_owned(),
            |why| why.to_string(),
        )));
    }
    carry_out_all(&mut app, possible.iter().map(|lock| what(*lock)).collect())?;
    Ok(done(Exit::Done, say_all(&app, &possible)))
}

/// All of them or none: what would be refused is refused before the first is written.
fn carry_out_all(app: &mut App, asks: Vec<PromiseCommand>) -> Result<(), Failure> {
    app.would_all(&asks)
        .map_err(|refusal| refused(refusal.to_string()))?;
    asks.into_iter().try_for_each(|ask| carry_out(app, ask))
}

fn say_all(app: &App, locks: &[LockId]) -> io::Result<()> {
    locks.iter().try_for_each(|lock| say(app, *lock))
}

fn kind_of(name: &str) -> Option<Kind> {
    let mut kinds = Kind::ALL.into_iter();
    kinds.find(|kind| kind.name() == name.trim())
}
