//! The further tables of the reveal, one at a time, with what is typed for them.

use super::reveal::revealed;
use crate::audit::Revealed;
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of, words};
use crate::interchange::venues::venue_named;
use crate::wording::more::{self, DetailTable, Section, TableError};

/// Asks which table, and for what it needs; then says it row by row.
pub(super) fn more(prompter: &mut Prompter) -> PromptResult<bool> {
    let options = Section::ALL.map(|(section, name)| (section, name.to_owned()));
    prompter.say("Which numbers?")?;
    let Chosen::This(section) = one_of(prompter, Quit::DoesNothing, &options, None)? else {
        return Ok(false);
    };
    let asked = match section {
        Section::BeforeAfter | Section::Gap => None,
        Section::Moves => Some("Moves in percent, like -3 -7.5 12. Enter: ±2, 4, 8, 16, 32."),
        Section::Together => Some(
            "How far each market moves for each percent of the common move, like ETH 1.5 SOL 2. Enter: 1 for each.",
        ),
        Section::Funding => Some(
            "Funding rate of one interval in percent; a long pays it, a short receives it. Enter: 0.01.",
        ),
    };
    let mut typed = String::new();
    if let Some(question) = asked {
        prompter.say(question)?;
        let Chosen::This(answer) = words(prompter, Quit::DoesNothing, "")? else {
            return Ok(false);
        };
        typed = answer;
    }
    let Some(revealed) = revealed(prompter) else {
        return Ok(true);
    };
    match sheet(revealed, section, &typed) {
        Ok(sheet) => say(prompter, &sheet)?,
        Err(why) => prompter.say(&why.to_string())?,
    }
    Ok(false)
}

fn sheet(revealed: &Revealed, section: Section, typed: &str) -> Result<DetailTable, TableError> {
    Ok(match section {
        Section::BeforeAfter => more::before_after(revealed)?,
        Section::Moves => more::same_move(revealed, typed)?,
        Section::Together => more::together(revealed, &more::typed_betas(revealed, typed)?)?,
        Section::Gap => {
            let venue = venue_named(&revealed.ticket().venue);
            let bears = venue.map_or(more::BEARS, |venue| venue.gap.as_str());
            more::gap(revealed, bears)?
        }
        Section::Funding => more::funding(revealed, typed)?,
    })
}

/// Each row names its column beside each figure, so that it can be read aloud.
fn say(prompter: &Prompter, sheet: &DetailTable) -> PromptResult<()> {
    prompter.say(&sheet.sentence)?;
    for row in &sheet.rows {
        let cells: Vec<String> = sheet
            .columns
            .iter()
            .zip(&row.cells)
            .map(|((column, _), cell)| format!("{} {cell}", column.to_lowercase()))
            .collect();
        prompter.note(&format!("{}: {}", row.name, cells.join("; ")))?;
    }
    Ok(())
}
