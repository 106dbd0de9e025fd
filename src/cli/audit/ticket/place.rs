//! Where the ticket is: in which account and market, on which side, in which mode; and whether it
//! is an experiment.

use super::{account as account_of, collateral, rules};
use crate::audit::Draft;
use crate::cli::prompt::{self, Chosen, PromptResult, Prompter, Quit, one_of};
use crate::engine::{Intent, Mode};
use crate::interchange::venues::venue_named;
use crate::wording::{ticket, warning, words};

pub(super) fn account(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("Account")?;
    let chosen = prompt::account(prompter, Quit::WalksAway(draft), draft.ticket.account)?;
    Ok(chosen.put(&mut draft.ticket.account))
}

pub(super) fn intent(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("To do")?;
    let names = Intent::ALL.map(|intent| (intent, words::intent(intent).to_owned()));
    let kept = Some(draft.ticket.intent);
    let chosen = one_of(prompter, Quit::WalksAway(draft), &names, kept)?;
    Ok(chosen.put(&mut draft.ticket.intent))
}

pub(super) fn position(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("Position")?;
    let account = account_of(prompter, draft);
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let open = account.iter().flat_map(|account| &account.positions);
    let names: Vec<_> = open
        .map(|open| {
            let stands = ticket::stands(open, collateral);
            let name = format!("{}: {stands}", ticket::position(open));
            (Some(open.id()), name)
        })
        .collect();
    let kept = Some(draft.ticket.position);
    let chosen = one_of(prompter, Quit::WalksAway(draft), &names, kept)?;
    let chosen = chosen.put(&mut draft.ticket.position);
    if chosen == Chosen::This(()) && was_entered_as_one(prompter, draft) {
        prompter.note(&format!("{}.", ticket::ENTERED_AS_AN_EXPERIMENT))?;
        say_its_place(prompter, draft)?;
    }
    Ok(chosen)
}

/// Whether the position that the ticket is about was entered as an experiment.
pub(super) fn was_entered_as_one(prompter: &Prompter, draft: &Draft) -> bool {
    let form = &draft.ticket;
    prompter
        .app
        .with_known(form, |known| form.was_entered_as_one(known))
}

/// Whether something is tried out, and where that has its place.
pub(super) fn experiment(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say(ticket::EXPERIMENT_ASKED)?;
    let answers = [
        (false, "No".to_owned()),
        (true, ticket::EXPERIMENT.to_owned()),
    ];
    let kept = Some(draft.ticket.experiment);
    let chosen = one_of(prompter, Quit::WalksAway(draft), &answers, kept)?;
    let chosen = chosen.put(&mut draft.ticket.experiment);
    if chosen == Chosen::This(()) {
        say_its_place(prompter, draft)?;
    }
    Ok(chosen)
}

fn say_its_place(prompter: &Prompter, draft: &Draft) -> PromptResult<()> {
    let form = &draft.ticket;
    let heed = prompter
        .app
        .with_known(form, |known| warning::at_the_ticket(form, known));
    if let Some(words) = heed {
        prompter.note(words)?;
    }
    Ok(())
}

/// The market, and its rules where they are not known.
pub(super) fn market(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    loop {
        let chosen = one_market(prompter, draft)?;
        if chosen == Chosen::Back || rules::unknown(prompter, draft)? == Chosen::This(()) {
            return Ok(chosen);
        }
    }
}

fn one_market(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("Market, like BTC/USDT")?;
    let lately: Vec<String> = ticket::remembered(prompter.app.state())
        .into_iter()
        .map(ToString::to_string)
        .collect();
    if !lately.is_empty() {
        prompter.note(&format!("Lately: {}", lately.join("   ")))?;
    }
    let collateral = collateral(prompter, draft);
    let quit = Quit::WalksAway(draft);
    let chosen = prompt::market(prompter, quit, &draft.ticket.symbol, &collateral)?;
    Ok(chosen.put(&mut draft.ticket.symbol))
}

pub(super) fn side(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("Side")?;
    let chosen = prompt::side(prompter, Quit::WalksAway(draft), draft.ticket.side)?;
    Ok(chosen.put(&mut draft.ticket.side))
}

pub(super) fn mode(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    prompter.say("Margin mode")?;
    let venue = account_of(prompter, draft).and_then(|account| venue_named(&account.set.venue));
    if venue.is_some_and(|venue| venue.default_mode == Some(Mode::Cross)) {
        prompter.note(ticket::OPENS_IN_CROSS)?;
    }
    let names = [Mode::Isolated, Mode::Cross].map(|mode| (mode, words::mode(mode).to_owned()));
    let kept = Some(draft.ticket.mode);
    let chosen = one_of(prompter, Quit::WalksAway(draft), &names, kept)?;
    Ok(chosen.put(&mut draft.ticket.mode))
}
