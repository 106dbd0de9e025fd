//! `promise plan`: a plan, one question at a time. Nothing is written until that is asked for.
//! `renew` and `withdraw`: what can be done about one that is written.

use std::io::{self, Write as _, stdout};

use super::{carry_out, ending_in};
use crate::app::plan_form::PlanForm;
use crate::app::{App, Command};
use crate::cli::answer::{CommandResult, Exit, Failure, done, refused};
use crate::cli::open::open_aloud;
use crate::cli::print;
use crate::cli::prompt::{
    Answer, NoAnswer, PromptResult, Prompter, Quit, form, unheard, until_saved,
};
use crate::journal::Folders;
use crate::market::PlanId;
use crate::promises::PromiseCommand;
use crate::wording::promise::{
    PLAN_IS, WRITE_A_PLAN, plan_numbers, plan_standing, plan_title, would_count,
};

/// Asks for a plan and writes it down.
pub(super) fn write(folders: Folders) -> CommandResult {
    let mut prompter = Prompter::over(folders, "A plan is yours to write")?;
    if prompter.app.state().accounts().is_empty() {
        return Err(refused(
            "A plan is about an account, and there is none yet. `impulse-audit audit` makes the first one",
        ));
    }
    let mut form = PlanForm::empty();
    let (mut begun, mut sent) = (false, None);
    let written = until_saved(&mut prompter, |prompter| {
        if !std::mem::replace(&mut begun, true) {
            prompter.say(WRITE_A_PLAN)?;
            prompter.note(PLAN_IS)?;
            prompter.note("< goes back, q leaves without it.")?;
        }
        if sent.is_none() {
            sent = form::filled_in(prompter, &mut form, form::one, is_to_be_written)?;
        }
        let command = sent.clone().ok_or(NoAnswer::Quit)?;
        let plans = prompter.app.state().promises().plans();
        if plans.iter().all(|plan| plan.terms().plan != form.id) {
            prompter.send(command)?;
        }
        Ok(())
    });
    match (written, sent) {
        (Ok(()), Some(_)) => {
            let said = prompter.pause().and_then(|()| say(&prompter.app, form.id));
            Ok(done(Exit::Done, said))
        }
        (Err(NoAnswer::Failed(failure)), _) => Err(failure),
        (Err(NoAnswer::Unheard(error)), _) => Err(unheard(&error, "No plan was written.")),
        _ => Err(refused("No plan was written")),
    }
}

/// Renews a plan, or takes it back.
pub(super) fn change(
    folders: Folders,
    id: &str,
    what: impl FnOnce(PlanId) -> PromiseCommand,
) -> CommandResult {
    let mut app = open_aloud(folders)?;
    let plan = one_plan(&app, id)?;
    carry_out(&mut app, what(plan))?;
    Ok(done(Exit::Done, say(&app, plan)))
}

fn one_plan(app: &App, id: &str) -> Result<PlanId, Failure> {
    let plans = app.state().promises().plans().iter();
    ending_in("plan", id, plans.map(|plan| plan.terms().plan))
}

/// Where a plan stands now.
fn say(app: &App, plan: PlanId) -> io::Result<()> {
    let promises = app.state().promises();
    let mut out = stdout().lock();
    if let Some(plan) = promises.plans().iter().find(|p| p.terms().plan == plan) {
        let standing = plan_standing(promises, plan, &app.now());
        let line = format!("{}: {standing}.", plan_title(plan.terms()));
        print::wrapped(&mut out, "", &line)?;
        writeln!(out, "  {}", plan.terms().plan)?;
    }
    out.flush()
}

/// Whether it is written down as it stands; what would be refused is not asked.
fn is_to_be_written(prompter: &mut Prompter, command: &Command) -> PromptResult<bool> {
    let Command::Promise(ask) = command else {
        return Ok(true);
    };
    if let Err(refusal) = prompter.app.would(ask) {
        return Err(NoAnswer::Failed(refused(refusal.to_string())));
    }
    let PromiseCommand::WritePlan(terms) = ask.as_ref() else {
        return Ok(true);
    };
    prompter.pause()?;
    prompter.say(&plan_title(terms))?;
    prompter.note(&terms.trigger)?;
    for line in plan_numbers(terms) {
        prompter.note(&line)?;
    }
    let count = would_count(prompter.app.state().promises(), &prompter.app.now());
    prompter.say(&count)?;
    loop {
        prompter.note("w: write it down.   <: go back.   q: leave without it.")?;
        match prompter.ask(Quit::Leaves)? {
            Answer::Back => return Ok(false),
            Answer::Words(words) if words.eq_ignore_ascii_case("w") => return Ok(true),
            Answer::Words(_) | Answer::Nothing => {}
        }
    }
}
