//! Any form, question by question.

use super::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, in_turn, keeps, number, number_or_none,
    one_of, until_understood, words,
};
use crate::app::Command;
use crate::app::form::{Form, HandedIn};
use crate::input::{Field, FieldSchema, FormValue, MODES, Reads, SIDES};
use crate::wording::words as spelled;

pub(in crate::cli) fn asked(prompter: &Prompter, form: &impl Form) -> Vec<Field> {
    let schema = form.schema(&prompter.app).into_iter();
    let asked = schema.filter(|field| field.question.is_some());
    asked.map(|field| field.field).collect()
}

fn find(prompter: &Prompter, form: &impl Form, field: Field) -> Option<FieldSchema> {
    let mut schema = form.schema(&prompter.app).into_iter();
    schema.find(|one| one.field == field && one.question.is_some())
}

/// Asks for one field.
pub(in crate::cli) fn one(
    prompter: &mut Prompter,
    form: &mut impl Form,
    field: Field,
) -> PromptResult<Chosen<()>> {
    one_of_form(prompter, Quit::Leaves, form, field)
}

/// The same where `q` may do something else than to leave.
pub(in crate::cli) fn one_of_form(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    form: &mut impl Form,
    field: Field,
) -> PromptResult<Chosen<()>> {
    let Some(schema) = find(prompter, form, field) else {
        return Ok(Chosen::This(()));
    };
    let answered = ask(prompter, quit, form.value_mut(), &schema)?;
    if answered == Chosen::This(()) {
        // Of a list nothing moves up here: what follows is asked next.
        if !matches!(schema.reads, Reads::OneMore { .. }) {
            form.follow_on(&prompter.app, field);
        }
        if let Some(schema) = find(prompter, form, field) {
            for words in &schema.answered {
                prompter.note(words)?;
            }
        }
    }
    Ok(answered)
}

/// Asks for what one field holds.
pub(in crate::cli) fn ask(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    value: &mut FormValue,
    schema: &FieldSchema,
) -> PromptResult<Chosen<()>> {
    let field = schema.field;
    if let Some(question) = &schema.question {
        prompter.say(question)?;
    }
    for words in &schema.told {
        prompter.note(words)?;
    }
    let kept = value.text(field).to_owned();
    if kept.is_empty() && !schema.empty.is_empty() {
        prompter.note(&schema.empty)?;
    }
    let typed = match &schema.reads {
        Reads::Text { offered, .. } => words_of(prompter, quit, &kept, offered)?,
        Reads::Market { .. } | Reads::Length | Reads::TimeOfDay | Reads::Days => {
            let may_be_empty = !schema.empty.is_empty();
            until_understood(prompter, quit, &kept, &schema.reads, may_be_empty)?
        }
        Reads::Number {
            unit,
            suffix,
            within,
            may_be_left_out,
        } => {
            let wanted = NumberQuestion {
                unit: *unit,
                suffix,
                within: *within,
                kept: &kept,
            };
            if *may_be_left_out {
                number_or_none(prompter, quit, wanted)?
            } else {
                keeps(prompter, &kept)?;
                number(prompter, quit, wanted)?
            }
        }
        Reads::Choice(options) => return choice(prompter, quit, value, schema, options),
        Reads::OneMore { .. } => {
            value.choose(field, usize::from(value.has(field)));
            let options = ["No", "Add it"].map(ToOwned::to_owned);
            return choice(prompter, quit, value, schema, &options);
        }
        Reads::Position(options) => {
            let options = options.iter().map(|o| format!("{}: {}", o.name, o.stands));
            return choice(prompter, quit, value, schema, &options.collect::<Vec<_>>());
        }
        Reads::Side => {
            let options = SIDES.map(|side| spelled::side(side).to_owned());
            return choice(prompter, quit, value, schema, &options);
        }
        Reads::Mode => {
            let options = MODES.map(|mode| spelled::mode(mode).to_owned());
            return choice(prompter, quit, value, schema, &options);
        }
    };
    Ok(match typed {
        Chosen::This(text) => {
            value.write(field, text);
            Chosen::This(())
        }
        Chosen::Back => Chosen::Back,
    })
}

/// Words, or the number of what is offered.
fn words_of(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    kept: &str,
    offered: &[String],
) -> PromptResult<Chosen<String>> {
    for (number, words) in (1_u32..).zip(offered) {
        prompter.note(&format!("{number}  {words}"))?;
    }
    keeps(prompter, kept)?;
    let Chosen::This(typed) = words(prompter, quit, kept)? else {
        return Ok(Chosen::Back);
    };
    let number = typed.parse::<usize>().ok();
    if let Some(words) = number.and_then(|number| offered.get(number.checked_sub(1)?)) {
        prompter.note(&format!("= {words}"))?;
        return Ok(Chosen::This(words.clone()));
    }
    Ok(Chosen::This(typed))
}

fn choice(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    value: &mut FormValue,
    schema: &FieldSchema,
    options: &[String],
) -> PromptResult<Chosen<()>> {
    let options = (0..).zip(options.iter().cloned());
    let options: Vec<_> = options
        .filter(|(place, _)| !schema.closed.contains(place))
        .collect();
    let chosen = value.chosen(schema.field).or(schema.usual);
    let Chosen::This(place) = one_of(prompter, quit, &options, chosen)? else {
        return Ok(Chosen::Back);
    };
    value.choose(schema.field, place);
    Ok(Chosen::This(()))
}

/// Asks for what a form leaves open, and again for what does not stand, until what it comes to is
/// `agreed`; none where she goes back behind its first question.
pub(in crate::cli) fn filled_in<F: Form>(
    prompter: &mut Prompter,
    form: &mut F,
    mut one: impl FnMut(&mut Prompter, &mut F, Field) -> PromptResult<Chosen<()>>,
    mut agreed: impl FnMut(&mut Prompter, &Command) -> PromptResult<bool>,
) -> PromptResult<Option<Command>> {
    let mut from = None;
    loop {
        if !in_turn(prompter, form, from, asked, &mut one)? {
            return Ok(None);
        }
        let command = match form.hand_in(&prompter.app) {
            Ok(HandedIn::Send(command)) => *command,
            Ok(HandedIn::Nothing | HandedIn::Raised(_)) => return Ok(None),
            Err(errors) => {
                for error in &errors {
                    prompter.say(&error.to_string())?;
                }
                from = errors.first().map(|error| error.field);
                continue;
            }
        };
        if agreed(prompter, &command)? {
            return Ok(Some(command));
        }
        from = asked(prompter, form).last().copied();
    }
}
