//! An account: its name, venue, money and fees.

use egui::Ui;
use rust_decimal::Decimal;

use super::Done;
use super::shared::{fraction, needed, problems_ui, save_or_back, typed};
use crate::audit::number::{Unit, format_unmistakably};
use crate::audit::{AccountId, Field, FieldProblem};
use crate::desk::Command;
use crate::engine::{Basis, Fees, Mode, Money, Rate};
use crate::interchange::venues::{Venue, venue_named, venues};
use crate::record::{Account, AccountSet, Requirement};
use crate::ui::screens::audit::two;
use crate::ui::tokens::space;
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// An account as typed.
#[derive(Debug)]
pub(crate) struct AccountForm {
    id: Option<AccountId>,
    name: String,
    venue: String,
    collateral: String,
    wallet: String,
    fee: String,
    examples: Option<bool>,
}

impl AccountForm {
    /// An empty form.
    pub(super) fn new_account() -> Self {
        Self {
            id: None,
            name: String::new(),
            venue: String::new(),
            collateral: String::new(),
            wallet: String::new(),
            fee: String::new(),
            examples: None,
        }
    }

    /// A known account: everything but the wallet stands there already, since a balance
    /// that is written is a balance of now.
    pub(super) fn of(account: &Account) -> Self {
        let set = &account.set;
        let percent = set
            .fees
            .open
            .get()
            .checked_mul(Decimal::ONE_HUNDRED)
            .unwrap_or_default();
        Self {
            id: Some(set.account),
            name: set.name.clone(),
            venue: set.venue.clone(),
            collateral: set.collateral.clone(),
            wallet: String::new(),
            fee: format_unmistakably(percent),
            examples: None,
        }
    }

    fn read(&self, known: Option<&Account>) -> Result<AccountSet, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut keep = |result: Result<Decimal, FieldProblem>| match result {
            Ok(value) => value,
            Err(problem) => {
                problems.push(problem);
                Decimal::ZERO
            }
        };
        let wallet = match (known, self.wallet.trim().is_empty()) {
            (Some(account), true) => account.set.wallet_balance.get(),
            _ => keep(needed("The wallet balance", &self.wallet, Unit::Money)),
        };
        let fee = keep(
            typed("The taker fee", &self.fee, Unit::Percent).and_then(|fee| {
                fee.ok_or_else(|| {
                    FieldProblem::new(Field::Other, "The taker fee is not written yet. Your venue names it; write 0 if there is none.")
                })
            }),
        );
        for (what, text) in [
            ("A name", &self.name),
            ("The venue", &self.venue),
            ("The currency", &self.collateral),
        ] {
            if text.trim().is_empty() {
                problems.push(FieldProblem::new(
                    Field::Other,
                    format!("{what} is not written yet."),
                ));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let rate = Rate::new(fraction(fee));
        let mut rules = known
            .map(|account| account.set.rules.clone())
            .unwrap_or_default();
        let fees = Fees {
            open: rate,
            close: rate,
        };
        let venue = venue_named(self.venue.trim());
        if let Some(venue) = venue.filter(|_| self.examples == Some(true)) {
            for (symbol, example) in venue.rules_with(fees) {
                rules.entry(symbol).or_insert(example);
            }
        }
        let requirement = venue.map_or_else(Requirement::default, |venue| Requirement {
            basis: venue.basis,
            counts_fee: venue.fee_in_requirement,
        });
        Ok(AccountSet {
            account: self.id.unwrap_or_else(AccountId::fresh),
            name: self.name.trim().to_owned(),
            venue: self.venue.trim().to_owned(),
            collateral: self.collateral.trim().to_uppercase(),
            wallet_balance: Money::new(wallet),
            fees,
            rules,
            requirement,
        })
    }
}

/// What to write as the fee, with the venue's published one where it is known.
fn fee_note(venue: Option<&Venue>) -> String {
    match venue.and_then(|venue| venue.taker_fee.as_ref()) {
        Some(fee) => format!(
            "In percent of the notional. Published on {}: {}",
            fee.date,
            crate::telling::figures::percent(fee.value, 4)
        ),
        None => "In percent of the notional, like 0.05".to_owned(),
    }
}

/// The venues that are known, one press each, while none is written.
fn choose_venue(ui: &mut Ui, form: &mut AccountForm) {
    if !form.venue.trim().is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        for venue in venues() {
            if quiet(ui, &venue.name).clicked() {
                form.venue = venue.name.clone();
                if let Some(collateral) = venue
                    .collateral
                    .as_ref()
                    .filter(|_| form.collateral.is_empty())
                {
                    form.collateral = collateral.clone();
                }
            }
        }
    });
}

/// What is known of the venue, and its published tiers to begin with.
fn about_venue(
    ui: &mut Ui,
    venue: Option<&Venue>,
    known: Option<&Account>,
    form: &mut AccountForm,
) {
    let Some(venue) = venue else {
        let words = "This venue is not known here: its requirement is valued as the price moves, without a fee, unless you write a market's rules.";
        if !form.venue.trim().is_empty() {
            ui.add(egui::Label::new(text::note(ui, words)).wrap());
        }
        return;
    };
    let basis = match venue.basis {
        Basis::AtSolvedPrice => "as the price moves",
        Basis::AtEntry => "at the entry",
        Basis::AtMark => "at the price now",
        Basis::Fixed(_) => "as a fixed amount",
    };
    let fee = if venue.fee_in_requirement {
        "with the taker fee to close in it"
    } else {
        "without a fee in it"
    };
    let mode = match venue.default_mode {
        Some(Mode::Cross) => " It opens in cross unless you change that there.",
        Some(Mode::Isolated) => " It opens in isolated unless you change that there.",
        None => "",
    };
    let words = format!(
        "{} values its requirement {basis}, {fee}.{mode}",
        venue.name
    );
    ui.add(egui::Label::new(text::note(ui, words)).wrap());
    if !venue.note.is_empty() {
        ui.add(egui::Label::new(text::faint(ui, venue.note.as_str())).wrap());
    }
    ui.add_space(space::ONE);
    let fresh = known.is_none_or(|account| account.set.rules.is_empty());
    if let Some(tiers) = venue.tiers.as_ref().filter(|_| fresh) {
        let label = format!("{}, {} markets", tiers.value, venue.rules.len());
        let options = [
            (true, label.as_str(), Mark::Plain),
            (false, "None; I write rates myself", Mark::Plain),
        ];
        one_of(
            ui,
            "Maintenance rules to begin with",
            &options,
            &mut form.examples,
        );
    }
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut AccountForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    let known = form.id.and_then(|id| view.desk.book().account(id));
    text::show_heading(
        ui,
        if known.is_some() {
            "The account now"
        } else {
            "Your account"
        },
    );
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            field("Venue", &mut form.venue)
                .hint("Binance USDT-M")
                .show(ui, &Under::Nothing);
        } else {
            let response = field("Name", &mut form.name)
                .hint("Main")
                .show(ui, &Under::Nothing);
            if ui.memory(|m| m.focused().is_none()) {
                response.request_focus();
            }
        }
    });
    ui.add_space(space::ONE);
    choose_venue(ui, form);
    let collateral = form.collateral.trim().to_uppercase();
    two(ui, |ui, right| {
        if right {
            let under = known.map_or(Under::Nothing, |account| {
                Under::note(format!(
                    "{} until now; empty leaves it",
                    crate::telling::figures::balance(account.set.wallet_balance)
                ))
            });
            number("Wallet balance", &mut form.wallet, Unit::Money, &collateral).show(ui, under);
        } else {
            field("Currency it is counted in", &mut form.collateral)
                .hint("USDT")
                .show(ui, &Under::Nothing);
        }
    });
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if !right {
            number("Taker fee", &mut form.fee, Unit::Percent, "%")
                .show(ui, Under::Note(fee_note(venue_named(form.venue.trim()))));
        }
    });
    ui.add_space(space::ONE);
    about_venue(ui, venue_named(form.venue.trim()), known, form);
    ui.add_space(space::ONE);
    ui.add(
        egui::Label::new(text::faint(
            ui,
            "The wallet balance is settled money: without the open profit and loss, with the margins of isolated positions.",
        ))
        .wrap(),
    );
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(known) {
            Ok(set) => Done::Send(Box::new(Command::SetAccount(set))),
            Err(problems) => Done::Refused(problems),
        };
    }
}
