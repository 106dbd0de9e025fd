//! All four answers, one under the other, before they are sealed: each can be gone back to, and
//! leads here again.

use crate::app::{Command, Refusal, Stage};
use crate::audit::{Draft, Question, Step};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::wording::reveal_notes;
use crate::wording::words::ticket_line;

/// Shows them and asks whether they are sealed.
pub(super) fn ask(talk: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let Stage::Pausing(pause) = talk.desk.stage() else {
        return Ok(());
    };
    let ticket = pause.ticket();
    let (answers, problems) = match talk.desk.read_answers(&draft, ticket) {
        Ok(answers) => (reveal_notes::answers(ticket, &answers), Vec::new()),
        Err(problems) => (reveal_notes::typed(&draft.answers), problems),
    };
    talk.pause()?;
    talk.note(&ticket_line(ticket))?;
    talk.say("Your four answers, together")?;
    for (question, (name, answer)) in Question::ALL.into_iter().zip(answers) {
        talk.note(&format!("{}  {name}", question.number()))?;
        talk.note(&format!("   {answer}"))?;
        for problem in problems.iter().filter(|p| p.field == question.field()) {
            talk.say(&problem.problem)?;
        }
    }
    // What was typed ahead answers a question, and seals nothing.
    talk.forget_lines();
    talk.say("Sealing freezes them. Until then each can be changed.")?;
    loop {
        talk.note("Enter: seal them.   1 to 4: change one.   <: back.   q: do nothing.")?;
        match talk.ask(Quit::WalksAway(&draft))? {
            Answer::Nothing => return seal(talk, draft),
            Answer::Back => {
                draft.turn_to(Step::Accepted);
                return talk.keep(&draft);
            }
            Answer::Words(number) => {
                let numbered = |question: &Question| question.number().to_string() == number;
                if let Some(question) = Question::ALL.into_iter().find(numbered) {
                    draft.turn_to(Step::of(question));
                    return talk.keep(&draft);
                }
            }
        }
    }
}

/// Freezes the answers; where one does not stand any more, it is asked again.
fn seal(talk: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let problems = match talk.try_send(Command::Seal(Box::new(draft.clone())))? {
        Ok(()) => return Ok(()),
        Err(Refusal::Fields(problems)) => problems,
        Err(refusal) => {
            talk.say(&refusal.to_string())?;
            draft.turn_to(Step::Ticket);
            return talk.keep(&draft);
        }
    };
    for problem in &problems {
        for line in problem.problem.lines() {
            talk.say(line)?;
        }
    }
    let of_field = |question: &Question| problems.iter().any(|p| p.field == question.field());
    let first = Question::ALL.into_iter().find(of_field);
    draft.turn_to(first.map_or(Step::Ticket, Step::of));
    talk.keep(&draft)
}
