//! All four answers, one under the other, before they are sealed: each can be gone back to, and
//! leads here again.

use crate::app::{Command, Refusal, Stage};
use crate::audit::{Draft, Question, Step};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::wording::reveal_notes;
use crate::wording::words::ticket_line;

/// Shows them and asks whether they are sealed.
pub(super) fn ask(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let Stage::Pausing(pause) = prompter.app.stage() else {
        return Ok(());
    };
    let ticket = pause.ticket();
    let (answers, problems) = match prompter.app.read_answers(&draft, ticket) {
        Ok(answers) => (reveal_notes::answers(ticket, &answers), Vec::new()),
        Err(problems) => (reveal_notes::typed(&draft.answers), problems),
    };
    prompter.pause()?;
    prompter.note(&ticket_line(ticket))?;
    prompter.say("Your four answers, together")?;
    for (question, (name, answer)) in Question::ALL.into_iter().zip(answers) {
        prompter.note(&format!("{}  {name}", question.number()))?;
        prompter.note(&format!("   {answer}"))?;
        for problem in problems.iter().filter(|p| p.field == question.field()) {
            prompter.say(&problem.problem)?;
        }
    }
    // What was typed ahead answers a question, and seals nothing.
    prompter.forget_lines();
    prompter.say("Sealing freezes them. Until then each can be changed.")?;
    loop {
        prompter.note("Enter: seal them.   1 to 4: change one.   <: back.   q: do nothing.")?;
        match prompter.ask(Quit::WalksAway(&draft))? {
            Answer::Nothing => return seal(prompter, draft),
            Answer::Back => {
                draft.turn_to(Step::Accepted);
                return prompter.keep(&draft);
            }
            Answer::Words(number) => {
                let numbered = |question: &Question| question.number().to_string() == number;
                if let Some(question) = Question::ALL.into_iter().find(numbered) {
                    draft.turn_to(Step::of(question));
                    return prompter.keep(&draft);
                }
            }
        }
    }
}

/// Freezes the answers; where one does not stand any more, it is asked again.
fn seal(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let problems = match prompter.try_send(Command::Seal(Box::new(draft.clone())))? {
        Ok(()) => return Ok(()),
        Err(Refusal::Fields(problems)) => problems,
        Err(refusal) => {
            prompter.say(&refusal.to_string())?;
            draft.turn_to(Step::Ticket);
            return prompter.keep(&draft);
        }
    };
    for problem in &problems {
        for line in problem.problem.lines() {
            prompter.say(line)?;
        }
    }
    let of_field = |question: &Question| problems.iter().any(|p| p.field == question.field());
    let first = Question::ALL.into_iter().find(of_field);
    draft.turn_to(first.map_or(Step::Ticket, Step::of));
    prompter.keep(&draft)
}
