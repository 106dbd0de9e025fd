//! What is offered: after a decision on an isolated open a lock against switching its market to
//! cross, after the first loss a limit.

use crate::app::Command;
use crate::app::follow_up::offered;
use crate::audit::AuditId;
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::promises::{PromiseCommand, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::record::seen;
use crate::wording::promise;

/// Offers it, where there is something to offer.
pub(super) fn ask(talk: &mut Prompter, audit: AuditId) -> PromptResult<()> {
    let Some(armed) = talk.desk.state().story(audit).and_then(offered) else {
        return Ok(());
    };
    let ask = PromiseCommand::Arm(Box::new(armed.clone()));
    if talk.desk.would(&ask).is_err() {
        return Ok(());
    }
    let sentence = armed.promise.sentence(&armed.scope);
    let end = promise::would_hold(talk.desk.state().promises(), armed.holds, &talk.desk.now());
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
    let ledger = talk.desk.state().promises();
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
        let undo = Command::Ask(Box::new(PromiseCommand::Undo(armed.lock)));
        if talk.send(undo)? {
            talk.say(&format!("Taken back: {sentence}."))?;
        }
    }
    Ok(())
}

/// Writes a fact down; where it was the first loss, offers a limit behind it.
pub(super) fn behind_a_loss(
    talk: &mut Prompter,
    write: impl FnOnce(&mut Prompter) -> PromptResult<bool>,
) -> PromptResult<bool> {
    let offers = |talk: &Prompter| {
        let promises = talk.desk.state().promises();
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
fn asked_for(talk: &mut Prompter, choices: &str, letter: &str) -> PromptResult<bool> {
    loop {
        talk.note(choices)?;
        match talk.ask(Quit::Leaves)? {
            Answer::Nothing => return Ok(false),
            Answer::Words(words) if words.eq_ignore_ascii_case(letter) => return Ok(true),
            Answer::Words(_) | Answer::Back => {}
        }
    }
}
