//! The figures that the numbers will rest on, how old they are, and a way to bring them up to
//! date.

use std::collections::BTreeSet;

use crate::app::Command;
use crate::app::account_form::AccountForm;
use crate::audit::Draft;
use crate::cli::follow::funds;
use crate::cli::prompt::{Answer, Chosen, NumberQuestion, PromptResult, Prompter, Quit, number};
use crate::engine::{Intent, Price};
use crate::input::Field;
use crate::input::NumberBounds;
use crate::input::number::{Unit, read};
use crate::record::{OpenPosition, PositionChanged};
use crate::wording::ticket;

/// Says them, until she goes on with them.
pub(super) fn look(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    loop {
        let now = prompter.app.now().wall;
        let Some(account) = prompter.app.account_of(&draft.ticket) else {
            return Ok(Chosen::This(()));
        };
        prompter.say(&format!("What {} knows", account.set.name))?;
        prompter.note(&ticket::wallet(account, now))?;
        for open in &account.positions {
            let mark = ticket::mark(open, now);
            prompter.note(&format!("{}: {mark}", ticket::mark_label(open)))?;
        }
        let any = !account.positions.is_empty();
        let prices = if any {
            "   m: write the prices now."
        } else {
            ""
        };
        prompter.note(&format!(
            "Enter: go on with these.   w: write the wallet balance now.{prices}"
        ))?;
        match prompter.ask(Quit::WalksAway(draft))? {
            Answer::Back => return Ok(Chosen::Back),
            Answer::Words(words) if any && words.eq_ignore_ascii_case("m") => {
                prices_now(prompter, draft)?;
            }
            Answer::Words(words) if words.eq_ignore_ascii_case("w") => {
                if !wallet_now(prompter, draft)? {
                    // The ticket is the top-up now; how much it is has still to be written.
                    draft.ticket.intent = Intent::AddFunds;
                    draft.ticket.value.write(Field::Margin, "");
                    return Ok(Chosen::Back);
                }
            }
            Answer::Nothing | Answer::Words(_) => return Ok(Chosen::This(())),
        }
    }
}

fn prices_now(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    let positions = prompter
        .app
        .account_of(&draft.ticket)
        .map_or(&[][..], |account| &account.positions);
    // One market has one price: that of the ticket's own is the price now of the ticket.
    let own = prompter.app.market_of(&draft.ticket);
    let mut markets: Vec<_> = positions
        .iter()
        .map(|open| (ticket::mark_label(open), open.position.clone()))
        .collect();
    let mut seen = BTreeSet::new();
    markets.retain(|(_, position)| seen.insert(position.symbol.clone()));
    for (label, position) in markets {
        let mark = position.mark;
        prompter.say(&format!("{label}; Enter leaves it"))?;
        let within = NumberBounds::ten_times(Some(mark.get()));
        let wanted = NumberQuestion {
            unit: Unit::Price,
            suffix: position.symbol.quote(),
            within,
            kept: "",
        };
        let Chosen::This(text) = number(prompter, Quit::WalksAway(draft), wanted)? else {
            break;
        };
        let written = read(&text, Unit::Price).exact();
        let written = written.map(|number| Price::new(number.value));
        let Some(price) = written else { continue };
        if own.as_ref() == Some(&position.symbol) {
            draft.ticket.value.write(Field::Mark, text);
            prompter.keep(draft)?;
        }
        let open = prompter.app.account_of(&draft.ticket);
        let open = open.map_or(&[][..], |account| &account.positions);
        let legs = open
            .iter()
            .filter(|open| open.position.symbol == position.symbol);
        let legs: Vec<_> = legs.map(OpenPosition::id).collect();
        for id in legs {
            prompter.send(Command::ChangePosition(PositionChanged::mark(id, price)))?;
        }
    }
    Ok(())
}

/// `false` where it is a top-up that is to be audited first.
fn wallet_now(prompter: &mut Prompter, draft: &Draft) -> PromptResult<bool> {
    let Some(known) = prompter.app.account_of(&draft.ticket).cloned() else {
        return Ok(true);
    };
    let mut form = AccountForm::of(&known);
    prompter.say("Wallet balance now; Enter leaves it")?;
    let wanted = NumberQuestion {
        unit: Unit::Money,
        suffix: &known.set.collateral,
        within: AccountForm::wallet_within(Some(&known)),
        kept: "",
    };
    let typed = number(prompter, Quit::WalksAway(draft), wanted)?;
    if typed.put(form.value.text_mut(Field::Wallet)) == Chosen::Back
        || form.value.text(Field::Wallet).is_empty()
    {
        return Ok(true);
    }
    match form.read(Some(&known)) {
        Ok(set) => return funds::set(prompter, Quit::WalksAway(draft), set),
        Err(problems) => {
            for problem in problems {
                prompter.say(&problem.problem)?;
            }
        }
    }
    Ok(true)
}
