//! Any form, question by question.

use super::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, amount, market, number_or_none, one_of,
    text,
};
use crate::app::form::Form;
use crate::input::{Field, FieldSchema, MODES, Reads, SIDES};
use crate::wording::words;

/// The fields that are asked for.
pub(in crate::cli) fn asked(prompter: &Prompter, form: &impl Form) -> Vec<Field> {
    let schema = form.schema(&prompter.app);
    let asked = schema.iter().filter(|field| field.question.is_some());
    asked.map(|field| field.field).collect()
}

fn find(prompter: &Prompter, form: &impl Form, field: Field) -> Option<FieldSchema> {
    let schema = form.schema(&prompter.app);
    schema.into_iter().find(|one| one.field == field)
}

/// Asks for one field.
pub(in crate::cli) fn one(
    prompter: &mut Prompter,
    form: &mut impl Form,
    field: Field,
) -> PromptResult<Chosen<()>> {
    let Some(schema) = find(prompter, form, field) else {
        return Ok(Chosen::This(()));
    };
    if let Some(question) = &schema.question {
        prompter.say(question)?;
    }
    for words in &schema.told {
        prompter.note(words)?;
    }
    if form.value().text(field).is_empty() && !schema.empty.is_empty() {
        prompter.note(&schema.empty)?;
    }
    let answered = match &schema.reads {
        Reads::Text { offered, .. } => words_of(prompter, form, field, offered)?,
        Reads::Market { collateral } => {
            let kept = form.value().text(field).to_owned();
            market(prompter, Quit::Leaves, &kept, collateral)?.put(form.value_mut().text_mut(field))
        }
        Reads::Number {
            unit,
            suffix,
            within,
            may_be_left_out: false,
        } => amount(
            prompter,
            *unit,
            suffix,
            *within,
            form.value_mut().text_mut(field),
        )?,
        Reads::Number {
            unit,
            suffix,
            within,
            may_be_left_out: true,
        } => {
            let kept = form.value().text(field).to_owned();
            let wanted = NumberQuestion {
                unit: *unit,
                suffix,
                within: *within,
                kept: &kept,
            };
            number_or_none(prompter, Quit::Leaves, wanted)?.put(form.value_mut().text_mut(field))
        }
        Reads::Choice(options) => choice(prompter, form, field, options)?,
        Reads::Side => choice(
            prompter,
            form,
            field,
            &SIDES.map(|s| words::side(s).to_owned()),
        )?,
        Reads::Mode => choice(
            prompter,
            form,
            field,
            &MODES.map(|m| words::mode(m).to_owned()),
        )?,
    };
    if answered == Chosen::This(())
        && let Some(schema) = find(prompter, form, field)
    {
        for words in &schema.answered {
            prompter.note(words)?;
        }
    }
    Ok(answered)
}

/// Words, or the number of what is offered.
fn words_of(
    prompter: &mut Prompter,
    form: &mut impl Form,
    field: Field,
    offered: &[String],
) -> PromptResult<Chosen<()>> {
    for (number, words) in (1_u32..).zip(offered) {
        prompter.note(&format!("{number}  {words}"))?;
    }
    let typed = form.value_mut().text_mut(field);
    let answered = text(prompter, typed)?;
    let number = typed.parse::<usize>().ok();
    if let Some(words) = number.and_then(|number| offered.get(number.checked_sub(1)?)) {
        typed.clone_from(words);
        prompter.note(&format!("= {words}"))?;
    }
    form.follow_on(field);
    Ok(answered)
}

fn choice(
    prompter: &mut Prompter,
    form: &mut impl Form,
    field: Field,
    options: &[String],
) -> PromptResult<Chosen<()>> {
    let options: Vec<_> = (0..).zip(options.iter().cloned()).collect();
    let chosen = one_of(prompter, Quit::Leaves, &options, form.value().chosen(field))?;
    Ok(match chosen {
        Chosen::This(place) => {
            form.value_mut().choose(field, place);
            Chosen::This(())
        }
        Chosen::Back => Chosen::Back,
    })
}
