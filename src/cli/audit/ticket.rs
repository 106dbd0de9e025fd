//! The ticket, field by field. Which fields are asked depends on what is to be done; what they
//! must be is checked by the desk.

use super::choose::{Chosen, Wanted, number, one_of};
use super::talk::{Heard, Said, Talk};
use crate::audit::number::{Unit, read};
use crate::audit::{Draft, Field, FieldProblem, Step, Symbol};
use crate::desk::{Command, Refusal};
use crate::engine::{Intent, Mode, Price, Side};
use crate::interchange::venues::venue_named;
use crate::record::{Account, OpenPosition, PositionChanged};
use crate::telling::ticket::{self, Asked};
use crate::telling::words;

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Account,
    Intent,
    Position,
    Market,
    Side,
    Mode,
    Number(Field),
    Rate,
    /// The figures that the numbers will rest on.
    Figures,
}

const SIZES: [Field; 4] = [
    Field::Quantity,
    Field::Notional,
    Field::Leverage,
    Field::Margin,
];

/// Asks for the ticket, and hands it in until it stands.
pub(super) fn ask(talk: &mut Talk, mut draft: Draft) -> Heard<()> {
    talk.pause()?;
    talk.say("What do you want to do?")?;
    talk.note("Numbers as you write them; each is said back as it was understood.")?;
    if !walk_through(talk, &mut draft)? {
        draft.step = Step::State;
        return talk.keep(&draft);
    }
    loop {
        draft.step = Step::Wrong;
        let problems = match talk.try_send(Command::Start(Box::new(draft.clone())))? {
            Ok(()) => return Ok(()),
            Err(Refusal::Fields(problems)) => problems,
            Err(refusal) => {
                talk.say(&refusal.to_string())?;
                draft.step = Step::Ticket;
                talk.keep(&draft)?;
                talk.note("Enter: change the ticket.")?;
                talk.ask_writer(&draft)?;
                return Ok(());
            }
        };
        draft.step = Step::Ticket;
        talk.keep(&draft)?;
        mend(talk, &mut draft, &problems)?;
    }
}

/// Asks everything in its order; `false` where she goes back behind the first question.
fn walk_through(talk: &mut Talk, draft: &mut Draft) -> Heard<bool> {
    let mut at = 0_usize;
    loop {
        let asked: Vec<Prompt> = prompts(talk, draft);
        let Some(prompt) = asked.get(at).copied() else {
            return Ok(true);
        };
        match one(talk, draft, prompt)? {
            Chosen::This(()) => {
                talk.keep(draft)?;
                // What was answered may have changed what is asked before it no more than what
                // is asked behind it: the place is looked for anew.
                let asked = prompts(talk, draft);
                let here = asked.iter().position(|other| *other == prompt);
                at = here.unwrap_or(at).saturating_add(1);
            }
            Chosen::Back => match at.checked_sub(1) {
                Some(before) => at = before,
                None => return Ok(false),
            },
        }
    }
}

/// Says what is wrong and asks those fields again.
fn mend(talk: &mut Talk, draft: &mut Draft, problems: &[FieldProblem]) -> Heard<()> {
    for problem in problems {
        talk.say(&problem.problem)?;
    }
    let mut again: Vec<Prompt> = Vec::new();
    for problem in problems {
        let of_field: Vec<Prompt> = match problem.field {
            Field::Account => vec![Prompt::Account],
            Field::Position => vec![Prompt::Position],
            Field::Symbol => vec![Prompt::Market],
            Field::Side => vec![Prompt::Side],
            Field::Rate => vec![Prompt::Rate],
            Field::Entry | Field::Mark => vec![Prompt::Number(problem.field)],
            size if SIZES.contains(&size) => numbers(talk, draft)
                .into_iter()
                .filter(|field| SIZES.contains(field))
                .map(Prompt::Number)
                .collect(),
            _ => prompts(talk, draft),
        };
        for prompt in of_field {
            if !again.contains(&prompt) {
                again.push(prompt);
            }
        }
    }
    talk.note("A line with - alone empties a field.")?;
    for prompt in again {
        if one(talk, draft, prompt)? == Chosen::Back {
            break;
        }
        talk.keep(draft)?;
    }
    Ok(())
}

fn account<'a>(talk: &'a Talk, draft: &Draft) -> Option<&'a Account> {
    let id = draft.ticket.account?;
    talk.desk.book().account(id)
}

fn position<'a>(talk: &'a Talk, draft: &Draft) -> Option<&'a OpenPosition> {
    let id = draft.ticket.position?;
    talk.desk.book().position(id).map(|(_, open)| open)
}

/// The numbers that are asked for what is to be done, one after the other.
fn numbers(talk: &Talk, draft: &Draft) -> Vec<Field> {
    ticket::asked(draft.ticket.intent, position(talk, draft))
        .into_iter()
        .flat_map(|(first, second)| [Some(first), second])
        .flatten()
        .collect()
}

fn prompts(talk: &Talk, draft: &Draft) -> Vec<Prompt> {
    let form = &draft.ticket;
    let mut prompts = Vec::new();
    if talk.desk.book().accounts().len() > 1 {
        prompts.push(Prompt::Account);
    }
    let any_position = account(talk, draft).is_some_and(|a| !a.positions.is_empty());
    if any_position {
        prompts.push(Prompt::Intent);
    }
    if form.intent == Intent::Open {
        prompts.extend([Prompt::Market, Prompt::Side, Prompt::Mode]);
    } else {
        prompts.push(Prompt::Position);
    }
    let adds = matches!(form.intent, Intent::Open | Intent::Increase);
    for field in numbers(talk, draft) {
        // Any two of them give the third.
        let needless = adds
            && match field {
                Field::Notional => !form.quantity.is_empty(),
                Field::Margin => {
                    !form.leverage.is_empty()
                        && (!form.quantity.is_empty() || !form.notional.is_empty())
                }
                _ => false,
            };
        if !needless {
            prompts.push(Prompt::Number(field));
        }
    }
    if form.intent == Intent::Open {
        prompts.push(Prompt::Rate);
    }
    prompts.push(Prompt::Figures);
    prompts
}

fn one(talk: &mut Talk, draft: &mut Draft, prompt: Prompt) -> Heard<Chosen<()>> {
    match prompt {
        Prompt::Account => choose_account(talk, draft),
        Prompt::Intent => choose_intent(talk, draft),
        Prompt::Position => choose_position(talk, draft),
        Prompt::Market => market(talk, draft),
        Prompt::Side => side(talk, draft),
        Prompt::Mode => mode(talk, draft),
        Prompt::Number(field) => one_number(talk, draft, field),
        Prompt::Rate => rate(talk, draft),
        Prompt::Figures => figures(talk, draft),
    }
}

/// One of a few by its number; `set` takes its place into the draft.
fn choose(
    talk: &mut Talk,
    draft: &mut Draft,
    names: &[String],
    kept: Option<usize>,
    set: impl FnOnce(&mut Draft, usize),
) -> Heard<Chosen<()>> {
    match one_of(talk, draft, names, kept)? {
        Chosen::Back => Ok(Chosen::Back),
        Chosen::This(at) => {
            set(draft, at);
            Ok(Chosen::This(()))
        }
    }
}

fn choose_account(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    talk.say("Account")?;
    let accounts = talk.desk.book().accounts();
    let (ids, names): (Vec<_>, Vec<String>) = accounts
        .iter()
        .map(|account| (account.set.account, account.set.name.clone()))
        .unzip();
    let kept = ids.iter().position(|id| Some(*id) == draft.ticket.account);
    choose(talk, draft, &names, kept, |draft, at| {
        draft.ticket.account = ids.get(at).copied();
    })
}

fn choose_intent(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    talk.say("To do")?;
    let names = ticket::INTENTS.map(|intent| words::intent(intent).to_owned());
    let kept = ticket::INTENTS
        .iter()
        .position(|intent| *intent == draft.ticket.intent);
    choose(talk, draft, &names, kept, |draft, at| {
        draft.ticket.intent = ticket::INTENTS.get(at).copied().unwrap_or(Intent::Open);
    })
}

fn choose_position(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    talk.say("Position")?;
    let account = account(talk, draft);
    let open: Vec<&OpenPosition> = account.iter().flat_map(|a| &a.positions).collect();
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let ids: Vec<_> = open.iter().map(|open| open.id()).collect();
    let names: Vec<String> = open
        .iter()
        .map(|open| {
            let stands = ticket::stands(open, collateral);
            format!("{}: {stands}", ticket::position(open))
        })
        .collect();
    let kept = ids.iter().position(|id| Some(*id) == draft.ticket.position);
    choose(talk, draft, &names, kept, |draft, at| {
        draft.ticket.position = ids.get(at).copied();
    })
}

fn market(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    talk.say("Market, like BTC/USDT")?;
    let lately: Vec<String> = ticket::remembered(talk.desk.book())
        .into_iter()
        .map(ToString::to_string)
        .collect();
    if !lately.is_empty() {
        talk.note(&format!("Lately: {}", lately.join("   ")))?;
    }
    if !draft.ticket.symbol.is_empty() {
        talk.note(&format!("Enter keeps: {}", draft.ticket.symbol))?;
    }
    loop {
        match talk.ask_writer(draft)? {
            Said::Back => return Ok(Chosen::Back),
            Said::Words(words) => draft.ticket.symbol = words,
            Said::Nothing | Said::WalkAway => {}
        }
        let collateral = account(talk, draft).map_or("", |a| a.set.collateral.as_str());
        if let Some(symbol) = Symbol::read(&draft.ticket.symbol, collateral) {
            talk.note(&format!("= {symbol}"))?;
            return Ok(Chosen::This(()));
        }
        talk.say("Write the market, like BTC/USDT.")?;
    }
}

fn side(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    const SIDES: [Side; 2] = [Side::Long, Side::Short];
    talk.say("Side")?;
    let names = SIDES.map(|side| words::side(side).to_owned());
    let kept = SIDES
        .iter()
        .position(|side| Some(*side) == draft.ticket.side);
    choose(talk, draft, &names, kept, |draft, at| {
        draft.ticket.side = SIDES.get(at).copied();
    })
}

fn mode(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];
    talk.say("Margin mode")?;
    let venue = account(talk, draft).and_then(|account| venue_named(&account.set.venue));
    if venue.is_some_and(|venue| venue.default_mode == Some(Mode::Cross)) {
        talk.note(ticket::OPENS_IN_CROSS)?;
    }
    let names = MODES.map(|mode| words::mode(mode).to_owned());
    let kept = MODES.iter().position(|mode| *mode == draft.ticket.mode);
    choose(talk, draft, &names, kept, |draft, at| {
        draft.ticket.mode = MODES.get(at).copied().unwrap_or(Mode::Isolated);
    })
}

fn one_number(talk: &mut Talk, draft: &mut Draft, field: Field) -> Heard<Chosen<()>> {
    let (account, open) = (account(talk, draft), position(talk, draft));
    let collateral = account.map_or_else(String::new, |a| a.set.collateral.clone());
    let (base, terms) = ticket::counted(&draft.ticket, account, open);
    let Asked {
        label,
        unit,
        suffix,
        hint,
    } = ticket::number(field, draft.ticket.intent, &base, &collateral);
    let kept = ticket::typed(&mut draft.ticket, field).clone();
    let adds = matches!(draft.ticket.intent, Intent::Open | Intent::Increase);
    let empty = match field {
        Field::Quantity if adds => "Enter for the notional or the margin instead",
        Field::Notional => "Enter for the margin instead",
        Field::Leverage if adds => "Enter for the margin instead",
        _ => hint,
    };
    let mut question = label.trim_start_matches("or ").to_owned();
    if let Some(first) = question.get(..1).map(str::to_uppercase) {
        question.replace_range(..1, &first);
    }
    if !suffix.is_empty() {
        question = format!("{question} ({suffix})");
    }
    talk.say(&question)?;
    if !kept.is_empty() {
        talk.note(&format!("Enter keeps: {kept}"))?;
    } else if !empty.is_empty() {
        talk.note(&if empty.starts_with("Enter") {
            format!("{empty}.")
        } else {
            format!("Enter: {}.", empty.trim_end_matches(", if left empty"))
        })?;
    }
    let wanted = Wanted {
        unit,
        suffix,
        kept: &kept,
    };
    match number(talk, draft, wanted)? {
        Chosen::Back => Ok(Chosen::Back),
        Chosen::This(text) => {
            *ticket::typed(&mut draft.ticket, field) = text;
            if adds
                && SIZES.contains(&field)
                && let Some(size) = draft.ticket.size_so_far(terms)
            {
                talk.note(&ticket::size(&size, &base))?;
            }
            Ok(Chosen::This(()))
        }
    }
}

fn rate(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    let account = account(talk, draft);
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let known = Symbol::read(&draft.ticket.symbol, collateral)
        .zip(account)
        .and_then(|(symbol, account)| account.rules(&symbol));
    talk.say("Maintenance rate (%)")?;
    match &known {
        Some(rules) if draft.ticket.own_rate.is_empty() => {
            talk.note(&format!("Enter takes what is known: {}", rules.label))?;
        }
        _ => talk.note(ticket::NO_RULES)?,
    }
    let kept = draft.ticket.own_rate.clone();
    if !kept.is_empty() {
        talk.note(&format!("Enter keeps: {kept}"))?;
    }
    let wanted = Wanted {
        unit: Unit::Percent,
        suffix: "%",
        kept: &kept,
    };
    match number(talk, draft, wanted)? {
        Chosen::Back => Ok(Chosen::Back),
        Chosen::This(text) => {
            draft.ticket.own_rate = text;
            Ok(Chosen::This(()))
        }
    }
}

/// The figures that the numbers will rest on, how old they are, and a way to bring the marks up
/// to date.
fn figures(talk: &mut Talk, draft: &mut Draft) -> Heard<Chosen<()>> {
    loop {
        let now = talk.desk.now().wall;
        let Some(account) = account(talk, draft) else {
            return Ok(Chosen::This(()));
        };
        let mut lines = vec![ticket::wallet(account, now)];
        let marks: Vec<_> = account
            .positions
            .iter()
            .map(|open| (open.id(), ticket::mark_label(open), open.position.mark))
            .collect();
        lines.extend(
            account
                .positions
                .iter()
                .map(|open| format!("{}: {}", ticket::mark_label(open), ticket::mark(open, now))),
        );
        talk.say(&format!("What {} knows", account.set.name))?;
        for line in lines {
            talk.note(&line)?;
        }
        if marks.is_empty() {
            return Ok(Chosen::This(()));
        }
        talk.note("Enter: go on with these.   m: write the prices now.")?;
        match talk.ask_writer(draft)? {
            Said::Back => return Ok(Chosen::Back),
            Said::Words(words) if words.eq_ignore_ascii_case("m") => {}
            Said::Nothing | Said::Words(_) | Said::WalkAway => return Ok(Chosen::This(())),
        }
        for (id, label, mark) in marks {
            talk.say(&format!("{label}; Enter leaves it"))?;
            let wanted = Wanted {
                unit: Unit::Price,
                suffix: "",
                kept: "",
            };
            let Chosen::This(text) = number(talk, draft, wanted)? else {
                break;
            };
            let written = read(&text, Unit::Price).exact();
            let written = written.map(|number| Price::new(number.value));
            if let Some(price) = written.filter(|price| *price != mark) {
                talk.send(Command::ChangePosition(PositionChanged {
                    position: id,
                    audit: None,
                    mark: Some(price),
                    quantity: None,
                    entry: None,
                    backing: None,
                }))?;
            }
        }
    }
}
