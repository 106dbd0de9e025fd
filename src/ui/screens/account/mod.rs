//! Accounts: what the app knows, how old it is, and what became of decisions to trade.
//!
//! - `funds_form`: what a wallet balance is that is higher while the pool loses
//! - `import_form`: a snapshot from outside, with what it would change

mod funds_form;
mod import_form;

use egui::{Label, ScrollArea, Ui};

use self::import_form::ImportState;
use crate::app::account_form::AccountForm;
use crate::app::afterwards::{self, AfterwardsForm};
use crate::app::close_form::CloseForm;
use crate::app::follow_up::{FollowUpForm, became};
use crate::app::form::HandedIn;
use crate::app::funds::FundsForm;
use crate::app::import_form::NoSnapshot;
use crate::app::join::Join;
use crate::app::position_form::PositionForm;
use crate::app::rules_form::RulesForm;
use crate::app::{Command, Saving};
use crate::engine::Backing;
use crate::input::FieldError;
use crate::input::figures;
use crate::market::{AccountId, AuditId, PositionId, Symbol};
use crate::record::{Account, AccountSet, OpenPosition, State, Story};
use crate::ui::screens::join::{offer_ui, pair_ui};
use crate::ui::screens::stop::stop_ui;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::{plain, primary, quiet};
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::form::{FormDone, form_ui};
use crate::ui::{Action, Screen, UiCommand, View, text};
use crate::wording::{
    account as telling_account, afterwards as said, position as wording, when, words,
};

/// What is open on the account's screen.
#[derive(Debug, Default)]
pub(crate) enum Form {
    /// The list.
    #[default]
    None,
    /// An account.
    Account(AccountForm),
    /// One market's rules.
    Rules(RulesForm),
    /// A position.
    Position(PositionForm),
    /// The end of one.
    Close(CloseForm),
    /// The audit of what is done already.
    Afterwards(AfterwardsForm),
    /// What was paid into a pool.
    Funds(FundsForm),
    /// What a wallet balance is that is higher while the pool loses.
    Raised(Box<AccountSet>),
    /// A snapshot from outside.
    Import(Box<ImportState>),
}

impl Form {
    fn of(became: FollowUpForm) -> Self {
        match became {
            FollowUpForm::Position(form) => Self::Position(form),
            FollowUpForm::Closed(form) => Self::Close(form),
            FollowUpForm::PaidIn(form) => Self::Funds(form),
        }
    }
}

/// What the account's screen holds between frames.
#[derive(Debug, Default)]
pub(crate) struct AccountState {
    form: Form,
    sent: bool,
    /// Whether a ticket waits for what is written here.
    for_ticket: bool,
    /// What the import of a moment ago has left out.
    left: Vec<String>,
    /// What is written was refused since the same stands already; whether that is still to be
    /// brought into view.
    held_already: Option<bool>,
    /// Fields that the app has refused.
    pub(crate) problems: Vec<FieldError>,
}

impl AccountState {
    /// Opens the form for the end of a position.
    pub(crate) fn close(&mut self, position: PositionId) {
        self.form = Form::Close(CloseForm::of(position));
        self.problems.clear();
    }

    /// Opens the form for what became of a decision.
    pub(crate) fn follow_up(&mut self, record: &State, audit: AuditId) {
        let ticket = record.story(audit).and_then(Story::last_ticket);
        if let Some(became) = ticket.and_then(|ticket| became(record, audit, ticket)) {
            self.form = Form::of(became);
            self.problems.clear();
        }
    }

    /// Opens the form for the audit of what is done already.
    pub(crate) fn write_afterwards(&mut self, form: AfterwardsForm) {
        self.form = Form::Afterwards(form);
        self.problems.clear();
    }

    /// Opens the form for the rules of a market that a ticket needs.
    pub(crate) fn write_rules(&mut self, account: AccountId, symbol: &Symbol) {
        self.form = Form::Rules(RulesForm::of_market(account, symbol.as_str()));
        self.for_ticket = true;
        self.problems.clear();
    }

    /// The app has carried a command out: the form that sent it is done. Answers whether a ticket
    /// has waited for it.
    pub(crate) fn carried_out(&mut self) -> bool {
        if !std::mem::take(&mut self.sent) {
            return false;
        }
        self.form = Form::None;
        std::mem::take(&mut self.for_ticket)
    }

    /// What was sent is refused, since the same stands already.
    pub(crate) fn held_already(&mut self) {
        self.held_already = Some(true);
    }

    /// The text of a file that was asked for has come, or why it could not be read. Opens
    /// the import of the first account where none is open: a file was dropped.
    pub(crate) fn imported(&mut self, text: Result<String, NoSnapshot>, first: Option<AccountId>) {
        if !matches!(self.form, Form::Import(_))
            && let Some(account) = first
        {
            self.form = Form::Import(Box::new(ImportState::of(account)));
        }
        if let Form::Import(form) = &mut self.form {
            form.take(text);
        }
    }
}

/// Shows it.
pub(crate) fn account_ui(ui: &mut Ui, view: &View<'_>, state: &mut AccountState) -> Option<Action> {
    // While the first account is on its way there is none yet, and no second one is asked for.
    let nothing_known =
        view.app.state().accounts().is_empty() && matches!(view.app.saving(), Saving::Quiet);
    if matches!(state.form, Form::None) && nothing_known {
        state.form = Form::Account(AccountForm::new_account());
    }
    ScrollArea::vertical()
        .id_salt("account")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| {
                let mut done = Done::No;
                let mut asked = None;
                let problems = &mut state.problems;
                match &mut state.form {
                    Form::None => {
                        let asked = list(ui, view, state);
                        if !matches!(state.form, Form::None) {
                            state.left.clear();
                        }
                        return asked;
                    }
                    Form::Account(form) => done = form_ui(ui, view, form, problems).into(),
                    Form::Rules(form) => done = form_ui(ui, view, form, problems).into(),
                    Form::Position(form) => done = form_ui(ui, view, form, problems).into(),
                    Form::Close(form) => done = form_ui(ui, view, form, problems).into(),
                    Form::Afterwards(form) => {
                        done = form_ui(ui, view, form, problems).into();
                    }
                    Form::Funds(form) => done = form_ui(ui, view, form, problems).into(),
                    Form::Raised(set) => funds_form::raised(ui, view, set, &mut done),
                    Form::Import(form) => {
                        asked = import_form::show(ui, view, form, problems, &mut done);
                    }
                }
                if let Form::Position(form) = &state.form
                    && let Some(to_be_seen) = &mut state.held_already
                    && let Some(join) = join_of(view, form)
                {
                    ui.add_space(space::TWO);
                    text::announced(ui, text::attention(ui, &join.stands));
                    if offer_ui(ui, &join) {
                        done = Done::Send(Box::new(Command::Join(join.joining)));
                    }
                    if std::mem::take(to_be_seen) {
                        ui.scroll_to_cursor(None);
                    }
                }
                if view.asks(UiCommand::Cancel) {
                    done = Done::Back;
                }
                if !matches!(done, Done::No) {
                    state.held_already = None;
                }
                ui.add_space(space::FIVE);
                match done {
                    Done::No => asked,
                    Done::Back => {
                        state.form = Form::None;
                        state.problems.clear();
                        let waits = std::mem::take(&mut state.for_ticket);
                        waits.then_some(Action::Go(Screen::Audit))
                    }
                    Done::Raised(set) => {
                        state.form = Form::Raised(set);
                        None
                    }
                    Done::Send(command) => {
                        state.sent = true;
                        Some(Action::Do(*command))
                    }
                    Done::TakeIn(commands, left) => {
                        state.sent = true;
                        state.left = left;
                        Some(Action::All(commands))
                    }
                }
            })
        })
        .inner
}

/// What is written, and the same that stands already.
fn join_of(view: &View<'_>, form: &PositionForm) -> Option<Join> {
    view.app.would_join(&form.read(view.app.state()).ok()?)
}

/// What a form has come to in this frame.
pub(super) enum Done {
    /// It is still open.
    No,
    /// It is left without anything.
    Back,
    /// A wallet balance of which is asked what it is.
    Raised(Box<AccountSet>),
    /// A command that it makes.
    Send(Box<crate::app::Command>),
    /// What an import takes in, in this order; and what it leaves out, in words.
    TakeIn(Vec<crate::app::Command>, Vec<String>),
}

impl From<FormDone> for Done {
    fn from(done: FormDone) -> Self {
        match done {
            FormDone::No => Self::No,
            FormDone::Back | FormDone::HandedIn(HandedIn::Nothing) => Self::Back,
            FormDone::HandedIn(HandedIn::Raised(set)) => Self::Raised(set),
            FormDone::HandedIn(HandedIn::Send(command)) => Self::Send(command),
        }
    }
}

fn list(ui: &mut Ui, view: &View<'_>, state: &mut AccountState) -> Option<Action> {
    text::show_heading(ui, "Account");
    let words = "Numbers are as good as what stands here. Bring it up to date before an audit.";
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::TWO);
    let asked = stop_ui(ui, view).or(pair_ui(ui, view));
    let record = view.app.state();
    for story in record.unfollowed() {
        let Some(ticket) = story.last_ticket() else {
            continue;
        };
        let Some(became) = became(record, story.audit, ticket) else {
            continue;
        };
        card(ui, |ui| {
            ui.label(text::body(ui, words::decided(ticket.intent)));
            ui.label(text::note(ui, words::ticket_line(ticket)));
            if primary(words::it_is_done(ticket.intent)).show(ui).clicked() {
                state.form = Form::of(became);
            }
        });
        ui.add_space(space::ONE);
    }
    for of in afterwards::offered(record, view.now.wall) {
        card(ui, |ui| {
            ui.add(Label::new(text::body(ui, said::done(of))).wrap());
            if plain(said::WRITE).show(ui).clicked() {
                state.form = Form::Afterwards(AfterwardsForm::of(record, of));
            }
        });
        ui.add_space(space::ONE);
    }
    if !state.left.is_empty() {
        card(ui, |ui| {
            ui.label(text::body(ui, telling_account::TAKEN_IN));
            import_form::left_ui(ui, &state.left);
        });
        ui.add_space(space::ONE);
    }
    for account in record.accounts() {
        account_card(ui, view, account, state);
        ui.add_space(space::TWO);
    }
    if plain("Add an account…").show(ui).clicked() {
        state.form = Form::Account(AccountForm::new_account());
    }
    asked
}

fn account_card(ui: &mut Ui, view: &View<'_>, account: &Account, state: &mut AccountState) {
    let set = &account.set;
    card(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(text::strong(ui, &set.name));
            ui.label(text::note(ui, &set.venue));
        });
        let wallet = format!(
            "Wallet {} {}, {}. Taker fee {}.",
            figures::money(set.wallet_balance),
            set.collateral,
            when::age(account.wallet_at, view.now.wall),
            figures::percent(set.fees.open, 4)
        );
        ui.add(Label::new(text::second(ui, wallet)).wrap());
        if let Ok(equity) = account.equity()
            && !account.positions.is_empty()
        {
            let words = format!(
                "With open profit and loss {} {}.",
                figures::money(equity),
                set.collateral
            );
            ui.add(Label::new(text::second(ui, words)).wrap());
        }
        for open in &account.positions {
            ui.add_space(space::ONE);
            position(ui, view, account, open, state);
        }
        ui.add_space(space::ONE);
        ui.horizontal_wrapped(|ui| {
            if plain("Edit…").show(ui).clicked() {
                state.form = Form::Account(AccountForm::of(account));
            }
            if plain(wording::ADD).show(ui).clicked() {
                state.form = Form::Position(PositionForm::by_hand(set.account));
            }
            if plain("Import…").show(ui).clicked() {
                state.form = Form::Import(Box::new(ImportState::of(set.account)));
            }
            if plain("Rules of a market…").show(ui).clicked() {
                state.form = Form::Rules(RulesForm::of(set.account));
            }
        });
        let known = telling_account::known_markets(set.rules.len());
        ui.add(Label::new(text::faint(ui, known)).wrap());
    });
}

fn position(
    ui: &mut Ui,
    view: &View<'_>,
    account: &Account,
    open: &OpenPosition,
    state: &mut AccountState,
) {
    let position = &open.position;
    crate::ui::widgets::card::rule(ui);
    let mode = match position.backing {
        Backing::Isolated { margin } => format!("isolated with {}", figures::money(margin)),
        Backing::Cross => "cross".to_owned(),
    };
    let line = format!(
        "{} {} · {} at {} · {mode}",
        position.symbol,
        words::side(position.side),
        figures::quantity(position.quantity),
        figures::typed_price(position.entry)
    );
    ui.add(Label::new(text::body(ui, line)).wrap());
    let profit = open
        .position
        .profit()
        .map(figures::signed_money)
        .unwrap_or_default();
    let mark = format!(
        "Mark {}, {} · {profit} {}",
        figures::typed_price(position.mark),
        when::age(open.mark_at, view.now.wall),
        account.set.collateral
    );
    ui.add(Label::new(text::note(ui, mark)).wrap());
    ui.horizontal_wrapped(|ui| {
        if quiet(ui, &wording::update(open)).clicked() {
            state.form = Form::Position(PositionForm::of(open));
        }
        if quiet(ui, &wording::closed(open)).clicked() {
            state.form = Form::Close(CloseForm::of(open.id()));
        }
    });
}
