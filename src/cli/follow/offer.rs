//! What is offered: after a decision on an isolated open a lock against switching its market to
//! cross, after the first loss a limit.

use crate::app::Command;
use crate::app::follow_up::offered;
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::market::AuditId;
use crate::promises::{PromiseCommand, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::record::seen;
use crate::wording::promise;

/// Offers it, where there is something to offer.
pub(super) fn ask(prompter: &mut Prompter, audit: AuditId) -> PromptResult<()> {
    let Some(armed) = prompter.app.state().story(audit).and_then(offered) else {
        return Ok(());
    };
    let ask = PromiseCommand::Arm(Box::new(armed.clone()));
    if prompter.app.would(&ask).is_err() {
        return Ok(());
    }
    let sentence = armed.promise.sentence(&armed.scope);
    let end = promise::would_hold(
        prompter.app.state().promises(),
        armed.holds,
        &prompter.app.now(),
    );
    prompter.pause()?;
    prompter.say(&format!("{}:", promise::CAN_PROMISE))?;
    prompter.say(&format!("{sentence}: {end}."))?;
    prompter.say(STAYS_POSSIBLE)?;
    prompter.say(WITH_A_RECORD)?;
    if !asked_for(prompter, "l: arm it.   Enter: go on without it.", "l")? {
        return Ok(());
    }
    if !prompter.send(Command::Promise(Box::new(ask)))? {
        return Ok(());
    }
    let promises = prompter.app.state().promises();
    let Some(lock) = promises.lock(armed.lock) else {
        return Ok(());
    };
    let now = prompter.app.now();
    let standing = promise::standing(promises, lock, &now);
    let until = promise::take_back_until(promises, lock, &now);
    prompter.say(&format!("{sentence}, armed: {standing}."))?;
    let Some(until) = until else { return Ok(()) };
    if asked_for(
        prompter,
        &format!("u: take it back, until {until}.   Enter: go on."),
        "u",
    )? {
        let undo = Command::Promise(Box::new(PromiseCommand::Undo(armed.lock)));
        if prompter.send(undo)? {
            prompter.say(&format!("Taken back: {sentence}."))?;
        }
    }
    Ok(())
}

/// Writes a fact down; where it was the first loss, offers a limit behind it.
pub(super) fn behind_a_loss(
    prompter: &mut Prompter,
    write: impl FnOnce(&mut Prompter) -> PromptResult<bool>,
) -> PromptResult<bool> {
    let offers = |prompter: &Prompter| {
        let promises = prompter.app.state().promises();
        promises.offers_a_limit(&seen(&prompter.app.now()))
    };
    let before = offers(prompter);
    let written = write(prompter)?;
    if !before && offers(prompter) {
        prompter.say(promise::A_LIMIT)?;
        prompter.note("impulse-audit promise arm max-loss --most 2% --per day")?;
    }
    Ok(written)
}

/// Whether one letter was typed; an empty line goes on without it.
fn asked_for(prompter: &mut Prompter, choices: &str, letter: &str) -> PromptResult<bool> {
    loop {
        prompter.note(choices)?;
        match prompter.ask(Quit::Leaves)? {
            Answer::Nothing => return Ok(false),
            Answer::Words(words) if words.eq_ignore_ascii_case(letter) => return Ok(true),
            Answer::Words(_) | Answer::Back => {}
        }
    }
}
