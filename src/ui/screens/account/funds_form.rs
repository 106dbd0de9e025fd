//! What a wallet balance is that is higher while the pool loses.

use egui::{Label, Ui};

use super::Done;
use crate::app::Command;
use crate::app::WalletIncrease;
use crate::app::funds;
use crate::record::AccountSet;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, primary};
use crate::ui::{View, text};
use crate::wording::funds as wording;

/// Asks what a higher wallet balance is. Nothing is saved until it is said, and neither answer is
/// refused.
pub(super) fn raised(ui: &mut Ui, view: &View<'_>, set: &AccountSet, done: &mut Done) {
    text::show_heading(ui, &set.name);
    let Some((more, losing)) = funds::raised(view.app.state(), set) else {
        // It is on its way, or the pool does not lose any more.
        return;
    };
    let asked = wording::asked(set, more, losing);
    ui.add(Label::new(text::body(ui, asked)).wrap());
    ui.add(Label::new(text::second(ui, wording::WHY)).wrap());
    ui.add_space(space::TWO);
    let said = |from| {
        let set = set.clone();
        Done::Send(Box::new(Command::RaiseWallet { set, from }))
    };
    ui.horizontal_wrapped(|ui| {
        if primary(wording::SETTLED).show(ui).clicked() {
            *done = said(WalletIncrease::ProfitSettled);
        }
        if plain(wording::AUDIT_FIRST).show(ui).clicked() {
            *done = Done::Send(Box::new(Command::BeginTopUp(set.account)));
        }
        if plain(wording::TOPPED_UP).show(ui).clicked() {
            *done = said(WalletIncrease::ToppedUp);
        }
        if plain("Back").show(ui).clicked() {
            *done = Done::Back;
        }
    });
}
