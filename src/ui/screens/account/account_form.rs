//! An account: its name, venue, money and fees.

use egui::Ui;

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::app::Command;
use crate::app::account_form::AccountForm;
use crate::app::funds::raised;
use crate::engine::Rate;
use crate::input::number::Unit;
use crate::input::{FieldError, NumberBounds};
use crate::interchange::venues::{Venue, venue_named, venues};
use crate::record::Account;
use crate::ui::tokens::space;
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::{account as wording, venue as told};

/// The venue's published fee, where it is known.
fn published_fee(venue: Option<&Venue>) -> Option<(Rate, &str)> {
    let fee = venue?.taker_fee.as_ref()?;
    Some((fee.value, fee.date.as_str()))
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
        if !form.venue.trim().is_empty() {
            ui.add(egui::Label::new(text::note(ui, wording::UNKNOWN_VENUE)).wrap());
        }
        return;
    };
    let mut said = told::about(&venue.profile()).into_iter();
    if let Some(valued) = said.next() {
        ui.add(egui::Label::new(text::note(ui, valued)).wrap());
    }
    for words in said {
        ui.add(egui::Label::new(text::faint(ui, words)).wrap());
    }
    ui.add_space(space::ONE);
    let fresh = known.is_none_or(|account| account.set.rules.is_empty());
    if let Some(label) = venue.offered().filter(|_| fresh) {
        let options = [
            (true, label.as_str(), Mark::Plain),
            (false, wording::NO_TIERS, Mark::Plain),
        ];
        one_of(
            ui,
            "Maintenance rules to begin with",
            &options,
            &mut form.examples,
        );
        if let Some(days) = venue.days() {
            ui.add(egui::Label::new(text::faint(ui, days)).wrap());
        }
    }
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut AccountForm,
    problems: &[FieldError],
    pressed: bool,
    done: &mut Done,
) {
    let known = form.id.and_then(|id| view.app.state().account(id));
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
                .show(ui, &FieldNote::Nothing);
        } else {
            let response = field("Name", &mut form.name)
                .hint("Main")
                .show(ui, &FieldNote::Nothing);
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
            let under = known.map_or(FieldNote::Nothing, |account| {
                FieldNote::note(format!(
                    "{} until now; empty leaves it",
                    crate::wording::figures::balance(account.set.wallet_balance)
                ))
            });
            number("Wallet balance", &mut form.wallet, Unit::Money, &collateral)
                .within(AccountForm::wallet_within(known))
                .show(ui, under);
        } else {
            field("Currency it is counted in", &mut form.collateral)
                .hint("USDT")
                .show(ui, &FieldNote::Nothing);
        }
    });
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if !right {
            number("Taker fee", &mut form.fee, Unit::Percent, "%")
                .within(NumberBounds::PERCENT)
                .show(
                    ui,
                    FieldNote::Note(wording::fee_note(published_fee(venue_named(
                        form.venue.trim(),
                    )))),
                );
        }
    });
    ui.add_space(space::ONE);
    about_venue(ui, venue_named(form.venue.trim()), known, form);
    ui.add_space(space::ONE);
    ui.add(egui::Label::new(text::faint(ui, wording::WALLET_IS)).wrap());
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(known) {
            // A balance that is not written is no balance of now.
            Ok(set) if form.leaves(known, &set) => Done::Back,
            Ok(set) if raised(view.app.state(), &set).is_some() => Done::Raised(Box::new(set)),
            Ok(set) => Done::Send(Box::new(Command::SetAccount(set))),
            Err(problems) => Done::Refused(problems),
        };
    }
}
