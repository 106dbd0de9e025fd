//! `promise plan`: a plan, one question at a time. Nothing is written until that is asked for.
//! `renew` and `withdraw`: what can be done about one that is written.

use std::io::{Write as _, stdout};

use uuid::Uuid;

use super::super::answer::{Ending, Exit, Failure, refused};
use super::super::open::open;
use super::super::print;
use super::super::talk::{
    self, Answer, Chosen, Heard, Quit, Stop, Talk, Wanted, in_turn, keeps, number, one_of,
    until_saved, words,
};
use super::{carry_out, ending_in};
use crate::audit::Symbol;
use crate::audit::number::Unit;
use crate::desk::plan_form::{
    ACCOUNT, COLLATERAL, LEG_NOTE, LOSS, LegForm, MARKET, PlanForm, QUANTITY, SIDE, STOP,
    STOP_HINT, TRIGGER, TRIGGER_HINT, of_leg,
};
use crate::desk::{Command, Desk};
use crate::engine::Side;
use crate::journal::Folders;
use crate::promises::{Ask, PlanTerms};
use crate::telling::promise::{
    PLAN_IS, PLAN_USES, WHAT_IT_ALLOWS, allows, plan_numbers, plan_standing, plan_title,
    would_count,
};
use crate::telling::words::side as side_word;

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Allows,
    Account,
    Market,
    Side,
    Trigger,
    Collateral,
    Loss,
    Stop,
    /// Whether there is a leg of this number.
    Leg(usize),
    LegMarket(usize),
    LegSide(usize),
    LegQuantity(usize),
}

impl Prompt {
    /// What it is called, and how problems find it.
    fn name(self) -> String {
        match self {
            Self::Allows => WHAT_IT_ALLOWS.to_owned(),
            Self::Account => ACCOUNT.to_owned(),
            Self::Market => MARKET.to_owned(),
            Self::Side => SIDE.to_owned(),
            Self::Trigger => TRIGGER.to_owned(),
            Self::Collateral => COLLATERAL.to_owned(),
            Self::Loss => LOSS.to_owned(),
            Self::Stop => STOP.to_owned(),
            Self::Leg(0) => "A leg of a hedged book".to_owned(),
            Self::Leg(_) => "Another leg of a hedged book".to_owned(),
            Self::LegMarket(at) => of_leg(MARKET, at),
            Self::LegSide(at) => of_leg(SIDE, at),
            Self::LegQuantity(at) => of_leg(QUANTITY, at),
        }
    }
}

/// Asks for a plan and writes it down.
pub(super) fn write(folders: Folders) -> Ending {
    let mut talk = Talk::over(folders, "A plan is yours to write")?;
    if talk.desk.book().accounts().is_empty() {
        return Err(refused(
            "A plan is about an account, and there is none yet. `impulse-audit audit` makes the first one",
        ));
    }
    talk.say(PLAN_IS)?;
    talk.note("< goes back, q leaves without it.")?;
    let mut form = PlanForm::empty(talk.desk.book());
    let mut sent = None;
    let done = until_saved(&mut talk, |talk| {
        if sent.is_none() {
            sent = Some(ask(talk, &mut form)?);
        }
        let Some(terms) = sent.as_ref() else {
            return Ok(());
        };
        let plans = talk.desk.book().promises().plans();
        if plans.iter().all(|plan| plan.terms().plan != terms.plan) {
            talk.send(Command::Ask(Box::new(Ask::WritePlan(Box::new(
                terms.clone(),
            )))))?;
        }
        Ok(())
    });
    match (done, sent) {
        (Ok(()), Some(terms)) => {
            talk.pause()?;
            say(&talk.desk, terms.plan)
        }
        (Err(Stop::Failed(failure)), _) => Err(failure),
        _ => Err(refused("No plan was written")),
    }
}

/// Renews a plan, or takes it back.
pub(super) fn change(folders: Folders, id: &str, what: impl FnOnce(Uuid) -> Ask) -> Ending {
    let mut desk = open(folders)?;
    let plan = one_plan(&desk, id)?;
    carry_out(&mut desk, what(plan))?;
    say(&desk, plan)
}

fn one_plan(desk: &Desk, id: &str) -> Result<Uuid, Failure> {
    let plans = desk.book().promises().plans().iter();
    ending_in("plan", id, plans.map(|plan| plan.terms().plan))
}

/// Where a plan stands now.
fn say(desk: &Desk, plan: Uuid) -> Ending {
    let ledger = desk.book().promises();
    let mut out = stdout().lock();
    if let Some(plan) = ledger.plans().iter().find(|p| p.terms().plan == plan) {
        let standing = plan_standing(ledger, plan, &desk.now());
        let line = format!("{}: {standing}.", plan_title(plan.terms()));
        print::wrapped(&mut out, "", &line)?;
        writeln!(out, "  {}", plan.terms().plan)?;
    }
    Ok(Exit::Done)
}

/// Asks for everything about it, until it stands and is to be written.
fn ask(talk: &mut Talk, form: &mut PlanForm) -> Heard<PlanTerms> {
    let mut from = None;
    loop {
        if !in_turn(talk, form, from, prompts, one)? {
            return Err(Stop::Quit);
        }
        let terms = match form.read(talk.desk.book()) {
            Ok(terms) => terms,
            Err(notes) => {
                for (_, why) in notes.all() {
                    talk.say(why)?;
                }
                let wrong = |prompt: &Prompt| notes.of(&prompt.name()).is_some();
                from = prompts(talk, form).into_iter().find(wrong);
                continue;
            }
        };
        if let Err(refusal) = talk.desk.would(&Ask::WritePlan(Box::new(terms.clone()))) {
            return Err(Stop::Failed(refused(refusal.to_string())));
        }
        if is_to_be_written(talk, &terms)? {
            return Ok(terms);
        }
        from = prompts(talk, form).last().copied();
    }
}

fn is_to_be_written(talk: &mut Talk, terms: &PlanTerms) -> Heard<bool> {
    talk.pause()?;
    talk.say(&plan_title(terms))?;
    talk.note(&terms.trigger)?;
    for line in plan_numbers(terms) {
        talk.note(&line)?;
    }
    talk.say(&would_count(&talk.desk.now()))?;
    loop {
        talk.note("w: write it down.   <: go back.   q: leave without it.")?;
        match talk.ask(Quit::Leaves)? {
            Answer::Back => return Ok(false),
            Answer::Words(words) if words.eq_ignore_ascii_case("w") => return Ok(true),
            Answer::Words(_) | Answer::Nothing => {}
        }
    }
}

fn prompts(talk: &Talk, form: &PlanForm) -> Vec<Prompt> {
    let mut prompts = vec![Prompt::Allows];
    if talk.desk.book().accounts().len() > 1 {
        prompts.push(Prompt::Account);
    }
    prompts.extend([
        Prompt::Market,
        Prompt::Side,
        Prompt::Trigger,
        Prompt::Collateral,
        Prompt::Loss,
        Prompt::Stop,
        Prompt::Leg(0),
    ]);
    for at in 0..form.legs.len() {
        prompts.extend([
            Prompt::LegMarket(at),
            Prompt::LegSide(at),
            Prompt::LegQuantity(at),
            Prompt::Leg(at.saturating_add(1)),
        ]);
    }
    prompts
}

fn one(talk: &mut Talk, form: &mut PlanForm, prompt: Prompt) -> Heard<Chosen<()>> {
    let collateral = form.unit(talk.desk.book()).to_owned();
    let name = prompt.name();
    match prompt {
        Prompt::Collateral | Prompt::Loss | Prompt::Stop => {
            talk.say(&format!("{name} ({collateral})"))?;
        }
        _ => talk.say(&name)?,
    }
    match prompt {
        Prompt::Allows => {
            let options = PLAN_USES.map(|use_| (Some(use_), allows(use_).to_owned()));
            let chosen = one_of(talk, Quit::Leaves, &options, Some(form.allows))?;
            Ok(chosen.put(&mut form.allows))
        }
        Prompt::Account => {
            let accounts = talk.desk.book().accounts().iter();
            let options: Vec<_> = accounts
                .map(|account| (Some(account.set.account), account.set.name.clone()))
                .collect();
            let chosen = one_of(talk, Quit::Leaves, &options, Some(form.account))?;
            Ok(chosen.put(&mut form.account))
        }
        Prompt::Market => market(talk, &mut form.market, &collateral),
        Prompt::Side => side(talk, &mut form.side),
        Prompt::Trigger => {
            talk.note(&format!("Like: {TRIGGER_HINT}"))?;
            keeps(talk, &form.trigger)?;
            let chosen = words(talk, Quit::Leaves, &form.trigger)?;
            Ok(chosen.put(&mut form.trigger))
        }
        Prompt::Collateral => amount(talk, Unit::Money, &collateral, &mut form.collateral),
        Prompt::Loss => amount(talk, Unit::Money, &collateral, &mut form.loss),
        Prompt::Stop => {
            talk.note(STOP_HINT)?;
            amount(talk, Unit::Price, &collateral, &mut form.stop)
        }
        Prompt::Leg(at) => leg(talk, form, at),
        Prompt::LegMarket(at) => on_leg(form, at, |leg| market(talk, &mut leg.market, &collateral)),
        Prompt::LegSide(at) => on_leg(form, at, |leg| side(talk, &mut leg.side)),
        Prompt::LegQuantity(at) => on_leg(form, at, |leg| {
            talk.note(LEG_NOTE)?;
            let symbol = Symbol::read(&leg.market, &collateral);
            let base = symbol.map_or_else(String::new, |symbol| symbol.base().to_owned());
            amount(talk, Unit::Quantity, &base, &mut leg.quantity)
        }),
    }
}

fn on_leg(
    form: &mut PlanForm,
    at: usize,
    ask: impl FnOnce(&mut LegForm) -> Heard<Chosen<()>>,
) -> Heard<Chosen<()>> {
    form.legs.get_mut(at).map_or(Ok(Chosen::Back), ask)
}

/// Whether there is a leg of this number; without it there is none behind it either.
fn leg(talk: &mut Talk, form: &mut PlanForm, at: usize) -> Heard<Chosen<()>> {
    let options = [(false, "No".to_owned()), (true, "Add it".to_owned())];
    let is_there = form.legs.len() > at;
    let Chosen::This(wanted) = one_of(talk, Quit::Leaves, &options, Some(is_there))? else {
        return Ok(Chosen::Back);
    };
    if !wanted {
        form.legs.truncate(at);
    } else if !is_there {
        form.legs.push(LegForm::default());
    }
    Ok(Chosen::This(()))
}

fn market(talk: &mut Talk, market: &mut String, collateral: &str) -> Heard<Chosen<()>> {
    talk.note("Like BTC/USDT")?;
    let chosen = talk::market(talk, Quit::Leaves, market, collateral)?;
    Ok(chosen.put(market))
}

fn side(talk: &mut Talk, side: &mut Option<Side>) -> Heard<Chosen<()>> {
    let options = [Side::Long, Side::Short].map(|side| (Some(side), side_word(side).to_owned()));
    let chosen = one_of(talk, Quit::Leaves, &options, Some(*side))?;
    Ok(chosen.put(side))
}

fn amount(talk: &mut Talk, unit: Unit, suffix: &str, text: &mut String) -> Heard<Chosen<()>> {
    keeps(talk, text)?;
    let wanted = Wanted {
        unit,
        suffix,
        kept: text,
    };
    Ok(number(talk, Quit::Leaves, wanted)?.put(text))
}
