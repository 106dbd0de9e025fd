//! A position that is gone: at which price, and what the wallet holds now.

use egui::{Label, Ui};
use rust_decimal::Decimal;

use super::Done;
use super::shared::{needed, problems_ui, save_or_back, typed};
use crate::audit::number::Unit;
use crate::audit::{AuditId, Field, FieldProblem, PositionId};
use crate::desk::Command;
use crate::engine::{Money, Price};
use crate::record::PositionClosed;
use crate::telling::words;
use crate::ui::screens::audit::two;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::Under;
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// The end of a position as typed.
#[derive(Debug)]
pub(crate) struct CloseForm {
    position: PositionId,
    audit: Option<AuditId>,
    price: String,
    wallet: String,
    by_the_venue: Option<bool>,
}

impl CloseForm {
    /// An empty form for a position.
    pub(super) fn of(position: PositionId) -> Self {
        Self {
            position,
            audit: None,
            price: String::new(),
            wallet: String::new(),
            by_the_venue: Some(false),
        }
    }

    /// The end that a decision led to.
    pub(super) fn of_decision(position: PositionId, audit: AuditId) -> Self {
        Self {
            audit: Some(audit),
            ..Self::of(position)
        }
    }

    fn command(&self, view: &View<'_>) -> Result<Command, FieldProblem> {
        let gone = || FieldProblem::new(Field::Other, "This position is not open any more.");
        let (account, open) = view.desk.book().position(self.position).ok_or_else(gone)?;
        let price = Price::new(needed("The price", &self.price, Unit::Price)?);
        let typed = typed("The wallet balance", &self.wallet, Unit::Money)?;
        let wallet = match typed {
            Some(wallet) => wallet,
            None => estimate(
                account.set.wallet_balance,
                open.profit_at(price),
                account.set.fees.close.get(),
                open.notional_at(price),
            )
            .ok_or_else(|| {
                FieldProblem::new(
                    Field::Other,
                    "The wallet balance after it cannot be estimated from these numbers. Write it.",
                )
            })?,
        };
        Ok(Command::ClosePosition(PositionClosed {
            position: self.position,
            audit: self.audit,
            price,
            wallet_balance: Money::new(wallet),
            estimated: typed.is_none(),
            liquidated: self.by_the_venue == Some(true),
        }))
    }
}

/// What the wallet holds once profit and closing fee are settled; never less than nothing.
fn estimate(
    wallet: Money,
    profit: Option<Money>,
    fee: Decimal,
    notional: Option<Money>,
) -> Option<Decimal> {
    let fee = notional?.get().checked_mul(fee)?;
    let after = wallet.get().checked_add(profit?.get())?.checked_sub(fee)?;
    Some(after.max(Decimal::ZERO))
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut CloseForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    text::show_heading(ui, "It is closed");
    let Some((account, open)) = view.desk.book().position(form.position) else {
        *done = Done::Back;
        return;
    };
    let position = &open.position;
    let line = format!("{} {}", position.symbol, words::side(position.side));
    ui.label(text::second(ui, line));
    ui.add_space(space::ONE);
    let collateral = account.set.collateral.as_str();
    two(ui, |ui, right| {
        if right {
            number(
                "Wallet balance now",
                &mut form.wallet,
                Unit::Money,
                collateral,
            )
            .hint("estimated, if left empty")
            .show(ui, Under::Nothing);
        } else {
            number("At which price", &mut form.price, Unit::Price, collateral)
                .show(ui, Under::Nothing);
        }
    });
    ui.add_space(space::ONE);
    let who = [
        (false, "I closed it", Mark::Plain),
        (true, "The venue closed it", Mark::Plain),
    ];
    one_of(ui, "Who closed it", &who, &mut form.by_the_venue);
    let words = "An estimate counts profit and closing fee, not funding. Write the balance your venue shows when you can.";
    ui.add(Label::new(text::faint(ui, words)).wrap());
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.command(view) {
            Ok(command) => Done::Send(Box::new(command)),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}
