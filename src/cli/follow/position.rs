//! A position as it stands, question by question: opened by a decision, changed by one, or as it
//! is without one.

use super::{is_to_be_written, offer};
use crate::app::Command;
use crate::app::position_form::PositionForm;
use crate::audit::{Symbol, lacks_terms};
use crate::cli::account::ask_rules;
use crate::cli::prompt::{
    self, Chosen, NumberQuestion, PromptResult, Prompter, Quit, in_turn, keeps, left_empty, number,
    one_of,
};
use crate::engine::{Backing, Intent, Mode};
use crate::input::Field;
use crate::input::number::Unit;
use crate::record::OpenPosition;
use crate::wording::{account as account_telling, figures, position as wording, ticket, words};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Market,
    Side,
    Mode,
    Number(Field),
}

/// Asks, and hands it in until it stands; `false` where she goes back behind the first question.
pub(super) fn ask(prompter: &mut Prompter, mut form: PositionForm) -> PromptResult<bool> {
    let heading = wording::heading(form.of.is_some(), form.known.is_some());
    let known = known(prompter, &form);
    let name = known.map_or_else(|| named(&form), wording::name);
    prompter.say(&if name.is_empty() {
        heading.to_owned()
    } else {
        format!("{heading}: {name}")
    })?;
    let mut from = None;
    loop {
        if !in_turn(prompter, &mut form, from, prompts, one)? {
            return Ok(false);
        }
        let command = match form.read(prompter.app.state()) {
            Ok(command) => command,
            Err(problem) => {
                prompter.say(&problem.problem)?;
                from = Some(prompt_of(problem.field));
                continue;
            }
        };
        if !is_to_be_written(prompter)? {
            from = prompts(prompter, &form).last().copied();
            continue;
        }
        let position = match &command {
            Command::OpenPosition(opened) => opened.position,
            Command::ChangePosition(change) => change.position,
            _ => return Ok(false),
        };
        let sent = offer::behind_a_loss(prompter, |prompter| prompter.send(command))?;
        if !sent {
            return Ok(false);
        }
        if let Some((account, open)) = prompter.app.state().position(position) {
            let stands = ticket::stands(open, &account.set.collateral);
            let line = format!("Saved. {}: {stands}", wording::name(open));
            prompter.say(&line)?;
        }
        return Ok(true);
    }
}

/// "BTC/USDT long", as far as that stands before anything is asked.
fn named(form: &PositionForm) -> String {
    let side = form.side.map_or("", words::side);
    format!("{} {side}", form.symbol).trim().to_owned()
}

fn known<'a>(prompter: &'a Prompter, form: &PositionForm) -> Option<&'a OpenPosition> {
    let (_, open) = prompter.app.state().position(form.known?)?;
    Some(open)
}

/// What is asked: of a decision about a known position only what it can have changed.
fn prompts(prompter: &Prompter, form: &PositionForm) -> Vec<Prompt> {
    let number = Prompt::Number;
    let about = form.of.as_ref().map(|(_, ticket)| ticket.intent);
    let margin = Some(match form.mode {
        Some(Mode::Isolated) => number(Field::Margin),
        Some(Mode::Cross) | None => number(Field::Leverage),
    });
    let mut prompts = Vec::new();
    if known(prompter, form).is_none() {
        if form.of.is_none() {
            prompts.extend([Prompt::Market, Prompt::Side]);
        }
        prompts.extend([Prompt::Mode, number(Field::Quantity), number(Field::Entry)]);
        prompts.extend(margin);
        prompts.extend([number(Field::Mark), number(Field::Rate)]);
        return prompts;
    }
    match about {
        Some(Intent::AddMargin | Intent::AddFunds) => {}
        Some(Intent::SwitchMode) => prompts.push(Prompt::Mode),
        Some(Intent::Reduce) => prompts.push(number(Field::Quantity)),
        Some(Intent::Increase) => {
            prompts.extend([number(Field::Quantity), number(Field::Entry)]);
        }
        Some(Intent::Open | Intent::Close) | None => {
            prompts.extend([Prompt::Mode, number(Field::Quantity), number(Field::Entry)]);
        }
    }
    prompts.extend(margin);
    prompts.push(number(Field::Mark));
    prompts
}

/// Which question a problem is about.
fn prompt_of(field: Field) -> Prompt {
    match field {
        Field::Symbol => Prompt::Market,
        Field::Side => Prompt::Side,
        Field::Other => Prompt::Mode,
        number => Prompt::Number(number),
    }
}

fn one(
    prompter: &mut Prompter,
    form: &mut PositionForm,
    prompt: Prompt,
) -> PromptResult<Chosen<()>> {
    match prompt {
        Prompt::Market => {
            prompter.say("Market, like BTC/USDT")?;
            let collateral = form.collateral(prompter.app.state()).to_owned();
            let chosen = prompt::market(prompter, Quit::Leaves, &form.symbol, &collateral)?;
            match chosen.put(&mut form.symbol) {
                Chosen::This(()) => in_the_coin(prompter, form),
                Chosen::Back => Ok(Chosen::Back),
            }
        }
        Prompt::Side => {
            prompter.say("Side")?;
            let chosen = prompt::side(prompter, Quit::Leaves, form.side)?;
            Ok(chosen.put(&mut form.side))
        }
        Prompt::Mode => {
            prompter.say(wording::MODE)?;
            let modes = [Mode::Isolated, Mode::Cross];
            let options = modes.map(|mode| (Some(mode), words::mode(mode).to_owned()));
            let chosen = one_of(prompter, Quit::Leaves, &options, Some(form.mode))?;
            Ok(chosen.put(&mut form.mode))
        }
        Prompt::Number(field) => one_number(prompter, form, field),
    }
}

/// Where the market is settled in the coin and nobody has said how, its rules are asked first.
fn in_the_coin(prompter: &mut Prompter, form: &PositionForm) -> PromptResult<Chosen<()>> {
    let state = prompter.app.state();
    let collateral = form.collateral(state);
    let symbol = Symbol::read(&form.symbol, collateral);
    let rules = form.known_rules(state);
    let (Some(account), Some(symbol)) = (form.account, symbol) else {
        return Ok(Chosen::This(()));
    };
    if lacks_terms(&symbol, collateral, rules.as_ref()) {
        prompter.say(&account_telling::settled_in_the_coin(&symbol))?;
        if !ask_rules(prompter, Quit::Leaves, account, symbol.as_str())? {
            return Ok(Chosen::Back);
        }
    }
    Ok(Chosen::This(()))
}

/// The text of one number of the form, as typed.
fn typed(form: &mut PositionForm, field: Field) -> &mut String {
    match field {
        Field::Quantity => &mut form.quantity,
        Field::Mark => &mut form.mark,
        Field::Margin => &mut form.margin,
        Field::Leverage => &mut form.leverage,
        Field::Rate => &mut form.rate,
        _ => &mut form.entry,
    }
}

fn one_number(
    prompter: &mut Prompter,
    form: &mut PositionForm,
    field: Field,
) -> PromptResult<Chosen<()>> {
    let state = prompter.app.state();
    let known = known(prompter, form);
    let (label, unit) = match field {
        Field::Quantity => (wording::QUANTITY, Unit::Quantity),
        Field::Mark => (wording::MARK, Unit::Price),
        Field::Margin => (wording::MARGIN, Unit::Money),
        Field::Leverage => (wording::LEVERAGE, Unit::Leverage),
        Field::Rate => (wording::RATE, Unit::Percent),
        _ => {
            let label = wording::entry(form.of.is_some(), known.is_some());
            (label, Unit::Price)
        }
    };
    let suffix = match field {
        Field::Quantity => form.unit(state),
        Field::Rate => "%".to_owned(),
        Field::Leverage => "x".to_owned(),
        Field::Entry | Field::Mark => form.quote(state),
        _ => form.collateral(state).to_owned(),
    };
    let until_now = known.and_then(|open| until_now(open, field));
    let rate = match form.known_rules(state) {
        Some(rules) => wording::known_rate(&rules.label),
        None => wording::UNKNOWN_RATE.to_owned(),
    };
    prompter.say(&format!("{label} ({suffix})"))?;
    let kept = typed(form, field).clone();
    if !kept.is_empty() {
        keeps(prompter, &kept)?;
    } else if let Some(value) = &until_now {
        prompter.note(&format!("Enter leaves it: {}", wording::until_now(value)))?;
    } else if field == Field::Rate {
        prompter.note(&rate)?;
    } else if field == Field::Leverage {
        left_empty(prompter, wording::LEVERAGE_HINT)?;
    } else if field == Field::Mark {
        left_empty(prompter, wording::MARK_HINT)?;
    }
    let wanted = NumberQuestion {
        unit,
        suffix: &suffix,
        within: form.within(field, state),
        kept: &kept,
    };
    Ok(number(prompter, Quit::Leaves, wanted)?.put(typed(form, field)))
}

/// What stands now and is left by an empty line.
fn until_now(open: &OpenPosition, field: Field) -> Option<String> {
    let position = &open.position;
    match (field, position.backing) {
        (Field::Quantity, _) => Some(figures::quantity(position.quantity)),
        (Field::Entry, _) => Some(figures::typed_price(position.entry)),
        (Field::Mark, _) => Some(figures::typed_price(position.mark)),
        (Field::Margin, Backing::Isolated { margin }) => Some(figures::money(margin)),
        (Field::Leverage, _) => position.leverage.map(figures::leverage),
        _ => None,
    }
}
