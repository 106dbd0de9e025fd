//! What is asked about the rules of a market, one question after the other.

use rust_decimal::Decimal;

use crate::app::rules_form::RulesForm;
use crate::cli::prompt::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, keeps, number, one_of,
};
use crate::engine::Contract;
use crate::input::NumberBounds;
use crate::input::number::{Unit, format};
use crate::market::Symbol;
use crate::record::State;
use crate::wording::text::capital;
use crate::wording::{account as wording, ticket};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prompt {
    /// The venue's published tiers, or a rate of her own.
    Maintenance,
    Rate,
    Settled,
    Size,
    Valued,
    CloseFee,
    Tick,
    Lot,
}

/// Everything that is asked, in its order.
pub(super) fn prompts(prompter: &Prompter, form: &RulesForm) -> Vec<Prompt> {
    let example = form.example(prompter.app.state()).is_some();
    let mut prompts = Vec::new();
    if example {
        prompts.push(Prompt::Maintenance);
    }
    let published = example && form.published == Some(true);
    if !published {
        prompts.push(Prompt::Rate);
    }
    prompts.extend([Prompt::Settled, Prompt::Size]);
    if !published {
        prompts.extend([Prompt::Valued, Prompt::CloseFee]);
    }
    prompts.extend([Prompt::Tick, Prompt::Lot]);
    prompts
}

/// Asks one of them.
pub(super) fn one(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    form: &mut RulesForm,
    prompt: Prompt,
) -> PromptResult<Chosen<()>> {
    let state = prompter.app.state();
    match prompt {
        Prompt::Maintenance => {
            let label = form
                .example(state)
                .map_or_else(String::new, |rules| rules.label);
            prompter.say(wording::MAINTENANCE)?;
            let options = [
                (Some(true), label),
                (Some(false), wording::OWN_RATE.to_owned()),
            ];
            let kept = Some(form.published.or(Some(true)));
            Ok(one_of(prompter, quit, &options, kept)?.put(&mut form.published))
        }
        Prompt::Settled => {
            let settled = form.settled(state);
            prompter.say("Settled")?;
            let options = wording::SETTLED.map(|(contract, words)| (contract, words.to_owned()));
            let chosen = one_of(prompter, quit, &options, Some(settled))?;
            Ok(match chosen {
                Chosen::This(contract) => {
                    form.contract = Some(contract);
                    Chosen::This(())
                }
                Chosen::Back => Chosen::Back,
            })
        }
        Prompt::Valued => {
            let valued = form.valued(state);
            prompter.say("When the venue values it")?;
            prompter.note(wording::VALUED_BY)?;
            let options =
                wording::VALUED.map(|basis| (Some(basis), capital(wording::valued(basis))));
            Ok(one_of(prompter, quit, &options, Some(Some(valued)))?.put(&mut form.basis))
        }
        Prompt::Rate | Prompt::Size | Prompt::CloseFee | Prompt::Tick | Prompt::Lot => {
            figure(prompter, quit, form, prompt)
        }
    }
}

/// What is asked as a number: its question, what stands there where nothing is written, and how
/// it is read.
struct Figure {
    question: String,
    note: String,
    unit: Unit,
    suffix: String,
    within: NumberBounds,
}

impl Figure {
    fn of(form: &RulesForm, state: &State, prompt: Prompt) -> Self {
        let symbol = form.market(state);
        let quote = symbol.as_ref().map_or("", Symbol::quote);
        let known = form.known(state);
        let step = |step: Option<Decimal>| match step {
            Some(step) => format!("Enter leaves it: {}", format(step)),
            None => "Enter where you do not know it.".to_owned(),
        };
        let percent = |question: &str, note: String| Self {
            question: format!("{question} (%)"),
            note,
            unit: Unit::Percent,
            suffix: "%".to_owned(),
            within: NumberBounds::PERCENT,
        };
        let plain = |question: &str, note: String, unit, suffix: &str| Self {
            question: if suffix.is_empty() {
                question.to_owned()
            } else {
                format!("{question} ({suffix})")
            },
            note,
            unit,
            suffix: suffix.to_owned(),
            within: NumberBounds::ANYWHERE,
        };
        match prompt {
            Prompt::CloseFee => {
                let usual = wording::usual_close_fee(form.usual_close_fee(state));
                let note = format!("{}. {}.", wording::CLOSE_FEE_BY, capital(&usual));
                percent(wording::CLOSE_FEE, note)
            }
            Prompt::Size => {
                let settled = form.settled(state);
                let counted = match settled {
                    Contract::Linear => symbol.as_ref().map_or("", Symbol::base),
                    Contract::Inverse => quote,
                };
                let note = format!("{}.", wording::size_note(settled));
                plain(wording::size_label(settled), note, Unit::Money, counted)
            }
            Prompt::Tick => Self {
                within: form.tick_within(state),
                ..plain(
                    wording::TICK,
                    step(known.and_then(|rules| rules.tick)),
                    Unit::Price,
                    quote,
                )
            },
            Prompt::Lot => plain(
                wording::LOT,
                step(known.and_then(|rules| rules.lot)),
                Unit::Quantity,
                "",
            ),
            Prompt::Rate | Prompt::Maintenance | Prompt::Settled | Prompt::Valued => percent(
                "Maintenance rate",
                known.map_or_else(
                    || ticket::NO_RULES.to_owned(),
                    |rules| wording::maintenance_kept(&rules.label),
                ),
            ),
        }
    }
}

fn figure(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    form: &mut RulesForm,
    prompt: Prompt,
) -> PromptResult<Chosen<()>> {
    let Figure {
        question,
        note,
        unit,
        suffix,
        within,
    } = Figure::of(form, prompter.app.state(), prompt);
    prompter.say(&question)?;
    let text = match prompt {
        Prompt::Size => &mut form.size,
        Prompt::CloseFee => &mut form.close_fee,
        Prompt::Tick => &mut form.tick,
        Prompt::Lot => &mut form.lot,
        _ => &mut form.tiers,
    };
    prompter.note(&note)?;
    keeps(prompter, text)?;
    let wanted = NumberQuestion {
        unit,
        suffix: &suffix,
        within,
        kept: text,
    };
    Ok(number(prompter, quit, wanted)?.put(text))
}
