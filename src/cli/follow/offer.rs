//! What is offered: after a decision on an isolated open a lock against switching its market to
//! cross, after the first loss a limit.

use crate::audit::AuditId;
use crate::cli::talk::{Answer, Heard, Quit, Talk};
use crate::desk::Command;
use crate::desk::followed::offered;
use crate::promises::{Ask, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::record::seen;
use crate::telling::promise;

/// Offers it, where there is something to offer.
pub(super) fn ask(talk: &mut Talk, audit: AuditId) -> Heard<()> {
    let Some(armed) = talk.desk.book().story(audit).and_then(offered) else {
        return Ok(());
    };
    let ask = Ask::Arm(Box::new(armed.clone()));
    if talk.desk.would(&ask).is_err() {
        return Ok(());
    }
    let sentence = armed.promise.sentence(&armed.scope);
    let end = promise::would_hold(talk.desk.book().promises(), armed.holds, &talk.desk.now());
    talk.pause()?;
    talk.say(&format!("{}:", promise::CAN_PROMISE))?;
    talk.say(&format!("{sentence}: {end}."))?;
    talk.say(STAYS_POSSIBLE)?;
    talk.say(WITH_A_RECORD)?;
    if !asked_for(talk, "l: arm it.   Enter: go on without it.", "l")? {
        return Ok(());
    }
    if !talk.send(Command::Ask(Box::new(ask)))? {
        return Ok(());
    }
    let ledger = talk.desk.book().promises();
    let Some(lock) = ledger.lock(armed.lock) else {
        return Ok(());
    };
    let now = talk.desk.now();
    let standing = promise::standing(ledger, lock, &now);
    let until = promise::take_back_until(ledger, lock, &now);
    talk.say(&format!("{sentence}, armed: {standing}."))?;
    let Some(until) = until else { return Ok(()) };
    if asked_for(
        talk,
        &format!("u: take it back, until {until}.   Enter: go on."),
        "u",
    )? {
        let undo = Command::Ask(Box::new(Ask::Undo(armed.lock)));
        if talk.send(undo)? {
            talk.say(&format!("Taken back: {sentence}."))?;
        }
    }
    Ok(())
}

/// Writes a fact down; where it was the first loss, offers a limit behind it.
pub(super) fn behind_a_loss(
    talk: &mut Talk,
    write: impl FnOnce(&mut Talk) -> Heard<bool>,
) -> Heard<bool> {
    let offers = |talk: &Talk| {
        let promises = talk.desk.book().promises();
        promises.offers_a_limit(&seen(&talk.desk.now()))
    };
    let before = offers(talk);
    let written = write(talk)?;
    if !before && offers(talk) {
        talk.say(promise::A_LIMIT)?;
        talk.note("impulse-audit promise arm max-loss --most 2% --per day")?;
    }
    Ok(written)
}

/// Whether one letter was typed; an empty line goes on without it.
fn asked_for(talk: &mut Talk, choices: &str, letter: &str) -> Heard<bool> {
    loop {
        talk.note(choices)?;
        match talk.ask(Quit::Leaves)? {
            Answer::Nothing => return Ok(false),
            Answer::Words(words) if words.eq_ignore_ascii_case(letter) => return Ok(true),
            Answer::Words(_) | Answer::Back => {}
        }
    }
}
