//! What is asked about a plan, one question after the other.

use crate::app::plan_form::{
    ACCOUNT, COLLATERAL, LEG_NOTE, LOSS, LegForm, MARKET, PlanForm, QUANTITY, SIDE, STOP,
    STOP_HINT, TRIGGER, TRIGGER_HINT, of_leg,
};
use crate::cli::prompt::{self, Chosen, PromptResult, Prompter, Quit, amount, one_of, text};
use crate::engine::Side;
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::market::Symbol;
use crate::wording::promise::{PLAN_USES, WHAT_IT_ALLOWS, allows};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prompt {
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
    pub(super) fn name(self) -> String {
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

/// Everything that is asked, in its order.
pub(super) fn prompts(prompter: &Prompter, form: &PlanForm) -> Vec<Prompt> {
    let mut prompts = vec![Prompt::Allows];
    if prompter.app.state().accounts().len() > 1 {
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

/// Asks one of them.
pub(super) fn one(
    prompter: &mut Prompter,
    form: &mut PlanForm,
    prompt: Prompt,
) -> PromptResult<Chosen<()>> {
    let collateral = form.unit(prompter.app.state()).to_owned();
    let name = prompt.name();
    let quote = form.quote(prompter.app.state());
    match prompt {
        Prompt::Collateral | Prompt::Loss => prompter.say(&format!("{name} ({collateral})"))?,
        Prompt::Stop => prompter.say(&format!("{name} ({quote})"))?,
        _ => prompter.say(&name)?,
    }
    match prompt {
        Prompt::Allows => {
            let options = PLAN_USES.map(|use_| (Some(use_), allows(use_).to_owned()));
            let chosen = one_of(prompter, Quit::Leaves, &options, Some(form.allows))?;
            Ok(chosen.put(&mut form.allows))
        }
        Prompt::Account => {
            let chosen = prompt::account(prompter, Quit::Leaves, form.account)?;
            Ok(chosen.put(&mut form.account))
        }
        Prompt::Market => market(prompter, &mut form.market, &collateral),
        Prompt::Side => side(prompter, &mut form.side),
        Prompt::Trigger => {
            prompter.note(&format!("Like: {TRIGGER_HINT}"))?;
            text(prompter, &mut form.trigger)
        }
        Prompt::Collateral => amount(
            prompter,
            Unit::Money,
            &collateral,
            NumberBounds::ANYWHERE,
            &mut form.collateral,
        ),
        Prompt::Loss => {
            let within = form.loss_within(prompter.app.state());
            amount(prompter, Unit::Money, &collateral, within, &mut form.loss)
        }
        Prompt::Stop => {
            prompter.note(STOP_HINT)?;
            let within = form.stop_within(prompter.app.state());
            amount(prompter, Unit::Price, &quote, within, &mut form.stop)
        }
        Prompt::Leg(at) => leg(prompter, form, at),
        Prompt::LegMarket(at) => on_leg(form, at, |leg| {
            market(prompter, &mut leg.market, &collateral)
        }),
        Prompt::LegSide(at) => on_leg(form, at, |leg| side(prompter, &mut leg.side)),
        Prompt::LegQuantity(at) => {
            let market = form.legs.get(at).map_or("", |leg| leg.market.as_str());
            let within = form.quantity_within(market, prompter.app.state());
            on_leg(form, at, |leg| {
                prompter.note(LEG_NOTE)?;
                let symbol = Symbol::read(&leg.market, &collateral);
                let base = symbol.map_or_else(String::new, |symbol| symbol.base().to_owned());
                amount(prompter, Unit::Quantity, &base, within, &mut leg.quantity)
            })
        }
    }
}

fn on_leg(
    form: &mut PlanForm,
    at: usize,
    ask: impl FnOnce(&mut LegForm) -> PromptResult<Chosen<()>>,
) -> PromptResult<Chosen<()>> {
    form.legs.get_mut(at).map_or(Ok(Chosen::Back), ask)
}

/// Whether there is a leg of this number; without it there is none behind it either.
fn leg(prompter: &mut Prompter, form: &mut PlanForm, at: usize) -> PromptResult<Chosen<()>> {
    let options = [(false, "No".to_owned()), (true, "Add it".to_owned())];
    let is_there = form.legs.len() > at;
    let Chosen::This(wanted) = one_of(prompter, Quit::Leaves, &options, Some(is_there))? else {
        return Ok(Chosen::Back);
    };
    if !wanted {
        form.legs.truncate(at);
    } else if !is_there {
        form.legs.push(LegForm::default());
    }
    Ok(Chosen::This(()))
}

fn market(
    prompter: &mut Prompter,
    market: &mut String,
    collateral: &str,
) -> PromptResult<Chosen<()>> {
    prompter.note("Like BTC/USDT")?;
    let chosen = prompt::market(prompter, Quit::Leaves, market, collateral)?;
    Ok(chosen.put(market))
}

fn side(prompter: &mut Prompter, side: &mut Option<Side>) -> PromptResult<Chosen<()>> {
    Ok(prompt::side(prompter, Quit::Leaves, *side)?.put(side))
}
