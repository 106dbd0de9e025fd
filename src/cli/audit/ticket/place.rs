//! Where the ticket is: in which account and market, on which side, in which mode; and whether it
//! is an experiment.

use super::{account as account_of, collateral, rules};
use crate::audit::Draft;
use crate::cli::prompt::{self, Chosen, PromptResult, Prompter, Quit, one_of};
use crate::engine::{Intent, Mode};
use crate::interchange::venues::venue_named;
use crate::wording::{ticket, warning, words};

pub(super) fn account(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("Account")?;
    let chosen = prompt::account(talk, Quit::WalksAway(draft), draft.ticket.account)?;
    Ok(chosen.put(&mut draft.ticket.account))
}

pub(super) fn intent(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("To do")?;
    let names = Intent::ALL.map(|intent| (intent, words::intent(intent).to_owned()));
    let kept = Some(draft.ticket.intent);
    let chosen = one_of(talk, Quit::WalksAway(draft), &names, kept)?;
    Ok(chosen.put(&mut draft.ticket.intent))
}

pub(super) fn position(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("Position")?;
    let account = account_of(talk, draft);
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
    let chosen = one_of(talk, Quit::WalksAway(draft), &names, kept)?;
    let chosen = chosen.put(&mut draft.ticket.position);
    if chosen == Chosen::This(()) && was_entered_as_one(talk, draft) {
        talk.note(&format!("{}.", ticket::ENTERED_AS_AN_EXPERIMENT))?;
        say_its_place(talk, draft)?;
    }
    Ok(chosen)
}

/// Whether the position that the ticket is about was entered as an experiment.
pub(super) fn was_entered_as_one(talk: &Prompter, draft: &Draft) -> bool {
    let form = &draft.ticket;
    talk.desk
        .with_known(form, |known| form.was_entered_as_one(known))
}

/// Whether something is tried out, and where that has its place.
pub(super) fn experiment(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say(ticket::EXPERIMENT_ASKED)?;
    let answers = [
        (false, "No".to_owned()),
        (true, ticket::EXPERIMENT.to_owned()),
    ];
    let kept = Some(draft.ticket.experiment);
    let chosen = one_of(talk, Quit::WalksAway(draft), &answers, kept)?;
    let chosen = chosen.put(&mut draft.ticket.experiment);
    if chosen == Chosen::This(()) {
        say_its_place(talk, draft)?;
    }
    Ok(chosen)
}

fn say_its_place(talk: &Prompter, draft: &Draft) -> PromptResult<()> {
    let form = &draft.ticket;
    let heed = talk
        .desk
        .with_known(form, |known| warning::at_the_ticket(form, known));
    if let Some(words) = heed {
        talk.note(words)?;
    }
    Ok(())
}

/// The market, and its rules where they are not known.
pub(super) fn market(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    loop {
        let chosen = one_market(talk, draft)?;
        if chosen == Chosen::Back || rules::unknown(talk, draft)? == Chosen::This(()) {
            return Ok(chosen);
        }
    }
}

fn one_market(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("Market, like BTC/USDT")?;
    let lately: Vec<String> = ticket::remembered(talk.desk.state())
        .into_iter()
        .map(ToString::to_string)
        .collect();
    if !lately.is_empty() {
        talk.note(&format!("Lately: {}", lately.join("   ")))?;
    }
    let collateral = collateral(talk, draft);
    let quit = Quit::WalksAway(draft);
    let chosen = prompt::market(talk, quit, &draft.ticket.symbol, &collateral)?;
    Ok(chosen.put(&mut draft.ticket.symbol))
}

pub(super) fn side(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("Side")?;
    let chosen = prompt::side(talk, Quit::WalksAway(draft), draft.ticket.side)?;
    Ok(chosen.put(&mut draft.ticket.side))
}

pub(super) fn mode(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    talk.say("Margin mode")?;
    let venue = account_of(talk, draft).and_then(|account| venue_named(&account.set.venue));
    if venue.is_some_and(|venue| venue.default_mode == Some(Mode::Cross)) {
        talk.note(ticket::OPENS_IN_CROSS)?;
    }
    let names = [Mode::Isolated, Mode::Cross].map(|mode| (mode, words::mode(mode).to_owned()));
    let kept = Some(draft.ticket.mode);
    let chosen = one_of(talk, Quit::WalksAway(draft), &names, kept)?;
    Ok(chosen.put(&mut draft.ticket.mode))
}
