//! The ticket as a form: its own fields, and around them what the state knows.

use super::form::{Form, FormHeading, HandedIn};
use super::{App, Command};
use crate::audit::{Draft, SIZES, Step, TicketForm};
use crate::engine::{Intent, Mode};
use crate::input::{Field, FieldError, FieldSchema, FormValue, PositionOption, Reads};
use crate::interchange::venues::venue_named;
use crate::market::Symbol;
use crate::record::{Account, OpenPosition};
use crate::wording::{ticket as wording, warning, words};

impl App {
    /// The account that a ticket is for.
    pub fn account_of(&self, form: &TicketForm) -> Option<&Account> {
        self.state.account(form.account?)
    }

    /// The positions of that account, which a ticket can be about.
    fn positions_for(&self, form: &TicketForm) -> &[OpenPosition] {
        self.account_of(form)
            .map_or(&[], |account| &account.positions)
    }

    /// Whether a ticket is about a position that was entered as an experiment.
    pub fn is_of_an_experiment(&self, form: &TicketForm) -> bool {
        self.with_known(form, |known| form.was_entered_as_one(known))
    }

    /// The size that the numbers of a ticket make together, as far as it can be said.
    pub fn size_so_far(&self, form: &TicketForm) -> Option<String> {
        self.with_known(form, |known| {
            let size = form
                .size_so_far(known)
                .filter(|_| form.intent.is_filled())?;
            Some(wording::size(&size, &form.unit(known)))
        })
    }

    /// What is said of the place of an experiment, and of what is none.
    pub fn place_of(&self, form: &TicketForm) -> Option<&'static str> {
        self.with_known(form, |known| warning::at_the_ticket(form, known))
    }

    /// What a ticket is about: the account, what is to be done, the position.
    fn about(&self, form: &TicketForm) -> Vec<FieldSchema> {
        let mut about = Vec::new();
        let accounts = self.state.accounts();
        if accounts.len() > 1 {
            let names = accounts.iter().map(|account| account.set.name.clone());
            let account = Reads::Choice(names.collect());
            let ids: Vec<_> = accounts.iter().map(|a| Some(a.set.account)).collect();
            about.push(
                FieldSchema::new(Field::Account, "Account", account).usual(&ids, &form.account),
            );
        }
        let positions = self.positions_for(form);
        if !positions.is_empty() {
            let intents = Intent::ALL.map(|intent| words::intent(intent).to_owned());
            let intent = Reads::Choice(intents.to_vec());
            about.push(
                FieldSchema::new(Field::Intent, "To do", intent).usual(&Intent::ALL, &form.intent),
            );
        }
        if form.intent != Intent::Open {
            let collateral = self.account_of(form).map_or("", |a| &a.set.collateral);
            let options = positions.iter().map(|open| PositionOption {
                name: wording::position(open),
                stands: wording::stands(open, collateral),
                mode: open.position.backing.mode(),
            });
            let ids: Vec<_> = positions.iter().map(|open| Some(open.id())).collect();
            let mut position = FieldSchema::new(
                Field::Position,
                "Position",
                Reads::Position(options.collect()),
            )
            .usual(&ids, &form.position);
            if self.is_of_an_experiment(form) {
                position
                    .answered
                    .push(format!("{}.", wording::ENTERED_AS_AN_EXPERIMENT));
                position
                    .answered
                    .extend(self.place_of(form).map(str::to_owned));
            }
            about.push(position);
        }
        about
    }

    /// Whether something is tried out, where that can be said.
    fn experiment(&self, form: &TicketForm) -> Option<FieldSchema> {
        let asked = form.intent.is_filled() && !self.is_of_an_experiment(form);
        let options = ["No", wording::EXPERIMENT].map(str::to_owned);
        let options = Reads::Choice(options.to_vec());
        let mut schema = FieldSchema::new(Field::Experiment, wording::EXPERIMENT_ASKED, options)
            .usual(&[false, true], &form.experiment)
            .shown(false);
        schema
            .answered
            .extend(self.place_of(form).map(str::to_owned));
        asked.then_some(schema)
    }

    /// A field of the ticket's own, with what is known here beside it.
    fn beside(&self, form: &TicketForm, mut schema: FieldSchema) -> FieldSchema {
        let account = self.account_of(form);
        match schema.field {
            Field::Symbol => {
                let seen: Vec<_> = wording::remembered(&self.state)
                    .into_iter()
                    .map(ToString::to_string)
                    .collect();
                if !seen.is_empty() {
                    schema.told.push(format!("Lately: {}", seen.join("   ")));
                }
                if let Reads::Market { offered, .. } = &mut schema.reads {
                    *offered = seen;
                }
            }
            Field::Mode => {
                let venue = account.and_then(|account| venue_named(&account.set.venue));
                let cross = venue.is_some_and(|venue| venue.default_mode == Some(Mode::Cross));
                if cross {
                    schema.told.push(wording::OPENS_IN_CROSS.to_owned());
                }
                if cross && form.mode() == Mode::Isolated {
                    return schema.note(wording::OPENS_IN_CROSS);
                }
            }
            Field::Rate => {
                let typed = form.value.text(Field::Symbol);
                let known = account.and_then(|account| {
                    account.rules(&Symbol::read(typed, &account.set.collateral)?)
                });
                return match known {
                    Some(rules) => schema
                        .note(format!("Empty takes what is known: {}", rules.label))
                        .empty(format!("Enter takes what is known: {}", rules.label)),
                    None => schema
                        .note(wording::NO_RULES)
                        .told([wording::NO_RULES.to_owned()]),
                };
            }
            size if SIZES.contains(&size) => schema.answered.extend(self.size_so_far(form)),
            _ => {}
        }
        schema
    }
}

impl Form for Draft {
    fn heading(&self, _app: &App) -> Option<FormHeading> {
        Some(FormHeading::new("What do you want to do?"))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let form = &self.ticket;
        let own = app.with_known(form, |known| form.schema(known));
        let own = own.into_iter().map(|field| app.beside(form, field));
        let (place, numbers): (Vec<_>, Vec<_>) = own
            .partition(|schema| [Field::Symbol, Field::Side, Field::Mode].contains(&schema.field));
        let mut schema = app.about(form);
        schema.extend(place);
        schema.extend(app.experiment(form));
        schema.extend(numbers);
        schema
    }

    fn value(&self) -> &FormValue {
        &self.ticket.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.ticket.value
    }

    /// What it is about is kept itself: its place among the others may change.
    fn follow_on(&mut self, app: &App, field: Field) {
        let form = &mut self.ticket;
        let about = [
            Field::Account,
            Field::Intent,
            Field::Position,
            Field::Experiment,
        ];
        let chosen = about.contains(&field).then(|| form.value.take(field));
        let Some(place) = chosen.flatten() else {
            return;
        };
        match field {
            Field::Account => {
                let account = app.state.accounts().get(place);
                form.account = account.map(|account| account.set.account);
            }
            Field::Intent => form.intent = Intent::ALL.get(place).copied().unwrap_or(form.intent),
            Field::Position => {
                form.position = app.positions_for(form).get(place).map(OpenPosition::id);
            }
            _ => form.experiment = place > 0,
        }
    }

    /// The ticket stands where its audit can begin: that is for the command to say.
    fn hand_in(&self, _app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let draft = Self {
            step: Step::Wrong,
            ..self.clone()
        };
        Ok(Command::Start(Box::new(draft)).into())
    }
}
