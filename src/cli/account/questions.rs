//! An account, question by question; and the first one, where there is none yet: without one no
//! trade can be written down.

use crate::app::account_form::AccountForm;
use crate::app::{Command, Refusal};
use crate::cli::prompt::{NoAnswer, PromptResult, Prompter, form, in_turn};
use crate::market::AccountId;
use crate::record::{Account, AccountSet};

/// Asks for the first account, and hands it in until it stands.
pub(in crate::cli) fn first(prompter: &mut Prompter) -> PromptResult<()> {
    prompter.pause()?;
    prompter.say(
        "There is no account yet. A few answers make one. < goes back; q leaves without it.",
    )?;
    written(prompter, &mut AccountForm::new_account(), &mut None)
}

/// Asks for an account and hands it in until it stands. What was handed in already is not asked
/// again.
pub(super) fn written(
    prompter: &mut Prompter,
    form: &mut AccountForm,
    handed_in: &mut Option<AccountSet>,
) -> PromptResult<()> {
    let state = prompter.app.state();
    let is_there = |set: &AccountSet| state.account(set.account).is_some_and(|a| a.set == *set);
    if handed_in.as_ref().is_some_and(is_there) {
        return Ok(());
    }
    loop {
        in_turn(prompter, form, None, form::asked, form::one)?;
        let problems = match form.read(known(prompter, form)) {
            Ok(set) if form.leaves(known(prompter, form), &set) => return Ok(()),
            Ok(set) => {
                *handed_in = Some(set.clone());
                match prompter.try_send(Command::SetAccount(set))? {
                    Ok(()) => return Ok(()),
                    Err(Refusal::Fields(problems)) => problems,
                    Err(refusal) => {
                        prompter.say(&refusal.to_string())?;
                        return Err(NoAnswer::Left);
                    }
                }
            }
            Err(problems) => problems,
        };
        for problem in problems {
            prompter.say(&problem.to_string())?;
        }
    }
}

fn known<'a>(prompter: &'a Prompter, form: &AccountForm) -> Option<&'a Account> {
    let id: AccountId = form.id?;
    prompter.app.state().account(id)
}
