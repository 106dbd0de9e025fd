//! A position: by hand, as "I opened it", or brought up to date.

use egui::Ui;
use rust_decimal::Decimal;

use super::Done;
use super::shared::{needed, problems_ui, save_or_back, typed};
use crate::audit::number::Unit;
use crate::audit::{
    AccountId, AuditId, Field, FieldProblem, PositionId, Rules, Symbol, Ticket, flat_rules,
};
use crate::desk::Command;
use crate::engine::{Backing, Intent, Mode, Money, Price, Quantity, Side};
use crate::record::{Account, OpenPosition, PositionChanged, PositionOpened};
use crate::telling::{figures, words};
use crate::ui::screens::audit::two;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// A position as typed.
#[derive(Debug, Default)]
pub(crate) struct PositionForm {
    account: Option<AccountId>,
    known: Option<PositionId>,
    of: Option<(AuditId, Box<Ticket>)>,
    symbol: String,
    side: Option<Side>,
    mode: Option<Mode>,
    quantity: String,
    entry: String,
    mark: String,
    margin: String,
    rate: String,
}

impl PositionForm {
    /// An empty form.
    pub(super) fn by_hand(account: AccountId) -> Self {
        Self {
            account: Some(account),
            ..Self::default()
        }
    }

    /// What a decision became: market, side and mode stand; fill price, quantity and margin
    /// are written as they came out.
    pub(super) fn of_decision(audit: AuditId, ticket: &Ticket) -> Self {
        Self {
            account: Some(ticket.account),
            of: Some((audit, Box::new(ticket.clone()))),
            symbol: ticket.symbol.to_string(),
            side: Some(ticket.side),
            mode: Some(ticket.mode),
            ..Self::default()
        }
    }

    /// What a decision about a known position became.
    pub(super) fn of_decision_about(open: &OpenPosition, audit: AuditId, ticket: &Ticket) -> Self {
        let mode = match ticket.intent {
            Intent::SwitchMode => ticket.mode,
            _ => open.position.backing.mode(),
        };
        Self {
            of: Some((audit, Box::new(ticket.clone()))),
            mode: Some(mode),
            ..Self::of(open)
        }
    }

    /// A known position: what is written replaces what was.
    pub(super) fn of(open: &OpenPosition) -> Self {
        let position = &open.position;
        Self {
            account: Some(position.account),
            known: Some(open.id()),
            symbol: position.symbol.to_string(),
            side: Some(position.side),
            mode: Some(position.backing.mode()),
            ..Self::default()
        }
    }

    fn backing(&self, before: Option<Backing>) -> Result<Backing, FieldProblem> {
        let margin = typed("The margin", &self.margin, Unit::Money)?;
        match (self.mode, margin, before) {
            (None, _, _) => Err(FieldProblem::new(Field::Other, "Choose isolated or cross.")),
            (Some(Mode::Cross), _, _) => Ok(Backing::Cross),
            (Some(Mode::Isolated), Some(margin), _) if margin > Decimal::ZERO => {
                Ok(Backing::Isolated {
                    margin: Money::new(margin),
                })
            }
            (Some(Mode::Isolated), None, Some(isolated @ Backing::Isolated { .. })) => Ok(isolated),
            (Some(Mode::Isolated), _, _) => Err(FieldProblem::new(
                Field::Other,
                "Write the margin that is assigned to it.",
            )),
        }
    }

    fn rules(&self, account: &Account, symbol: &Symbol) -> Result<Rules, FieldProblem> {
        if let Some(percent) = typed("The maintenance rate", &self.rate, Unit::Percent)? {
            return flat_rules(
                percent,
                Some(&account.facts()),
                account.rules(symbol).as_ref(),
            );
        }
        let of_ticket = self.of.as_ref().map(|(_, ticket)| ticket.rules.clone());
        of_ticket.or_else(|| account.rules(symbol)).ok_or_else(|| {
            FieldProblem::new(
                Field::Other,
                "The venue's maintenance for this market is not known here. Write its rate in percent, like 0.5.",
            )
        })
    }

    fn opened(&self, account: &Account) -> Result<PositionOpened, FieldProblem> {
        let symbol = Symbol::read(&self.symbol, &account.set.collateral)
            .ok_or_else(|| FieldProblem::new(Field::Symbol, "Write the market, like BTC/USDT."))?;
        let side = self
            .side
            .ok_or_else(|| FieldProblem::new(Field::Side, "Choose long or short."))?;
        let entry = needed("The entry price", &self.entry, Unit::Price)?;
        let mark = typed("The price now", &self.mark, Unit::Price)?.unwrap_or(entry);
        let rules = self.rules(account, &symbol)?;
        Ok(PositionOpened {
            position: PositionId::fresh(),
            account: account.set.account,
            audit: self.of.as_ref().map(|(audit, _)| *audit),
            contract: rules.terms.contract,
            contract_size: rules.terms.size,
            side,
            quantity: Quantity::new(needed("The quantity", &self.quantity, Unit::Quantity)?),
            entry: Price::new(entry),
            mark: Price::new(mark),
            backing: self.backing(None)?,
            rules,
            symbol,
        })
    }

    fn changed(
        &self,
        position: PositionId,
        before: Backing,
    ) -> Result<PositionChanged, FieldProblem> {
        let backing = self.backing(Some(before))?;
        Ok(PositionChanged {
            position,
            audit: self.of.as_ref().map(|(audit, _)| *audit),
            mark: typed("The price now", &self.mark, Unit::Price)?.map(Price::new),
            quantity: typed("The quantity", &self.quantity, Unit::Quantity)?.map(Quantity::new),
            entry: typed("The entry price", &self.entry, Unit::Price)?.map(Price::new),
            backing: (backing != before).then_some(backing),
        })
    }

    fn command(&self, view: &View<'_>) -> Result<Command, FieldProblem> {
        if let Some(position) = self.known {
            let (_, open) = view.desk.book().position(position).ok_or_else(|| {
                FieldProblem::new(Field::Other, "This position is not open any more.")
            })?;
            return self
                .changed(position, open.position.backing)
                .map(Command::ChangePosition);
        }
        let account = self
            .account
            .and_then(|id| view.desk.book().account(id))
            .ok_or_else(|| FieldProblem::new(Field::Account, "This account is not known."))?;
        self.opened(account).map(Command::OpenPosition)
    }
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut PositionForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    let known = form
        .known
        .and_then(|id| view.desk.book().position(id))
        .map(|(_, open)| open);
    let account = form.account.and_then(|id| view.desk.book().account(id));
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let fixed = known.is_some() || form.of.is_some();
    text::show_heading(
        ui,
        match (&form.of, known) {
            (Some(_), None) => "You opened it",
            (_, Some(_)) => "The position now",
            (None, None) => "A position you have",
        },
    );
    if fixed {
        let side = form.side.map_or("", words::side);
        ui.label(text::second(ui, format!("{} {side}", form.symbol)));
    } else {
        ui.add_space(space::ONE);
        let read = Symbol::read(&form.symbol, collateral);
        let under = read.map_or(Under::Nothing, |symbol| Under::note(symbol.to_string()));
        field("Market", &mut form.symbol)
            .hint("BTC/USDT")
            .show(ui, &under);
    }
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            let modes = [
                (Mode::Isolated, "Isolated", Mark::Disc),
                (Mode::Cross, "Cross", Mark::Square),
            ];
            one_of(ui, "Margin mode", &modes, &mut form.mode);
        } else if !fixed {
            let sides = [
                (Side::Long, "Long", Mark::Plain),
                (Side::Short, "Short", Mark::Plain),
            ];
            one_of(ui, "Side", &sides, &mut form.side);
        }
    });
    ui.add_space(space::ONE);
    let base =
        Symbol::read(&form.symbol, collateral).map_or_else(String::new, |s| s.base().to_owned());
    let was = |value: Option<String>| {
        value.map_or(Under::Nothing, |v| Under::note(format!("{v} until now")))
    };
    two(ui, |ui, right| {
        if right {
            let label = if form.of.is_some() && known.is_none() {
                "Fill price"
            } else {
                "Average entry price"
            };
            let under = was(known.map(|open| figures::typed_price(open.position.entry)));
            number(label, &mut form.entry, Unit::Price, collateral).show(ui, under);
        } else {
            let under = was(known.map(|open| figures::quantity(open.position.quantity)));
            number("Quantity", &mut form.quantity, Unit::Quantity, &base).show(ui, under);
        }
    });
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            if form.mode == Some(Mode::Isolated) {
                let under = was(known.and_then(|open| match open.position.backing {
                    Backing::Isolated { margin } => Some(figures::money(margin)),
                    Backing::Cross => None,
                }));
                number("Assigned margin", &mut form.margin, Unit::Money, collateral)
                    .show(ui, under);
            }
        } else {
            let under = was(known.map(|open| figures::typed_price(open.position.mark)));
            number("Price now", &mut form.mark, Unit::Price, collateral)
                .hint(if known.is_some() {
                    ""
                } else {
                    "the entry, if left empty"
                })
                .show(ui, under);
        }
    });
    if known.is_none() {
        maintenance(ui, view, form);
    }
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.command(view) {
            Ok(command) => Done::Send(Box::new(command)),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

fn maintenance(ui: &mut Ui, view: &View<'_>, form: &mut PositionForm) {
    let account = form.account.and_then(|id| view.desk.book().account(id));
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let symbol = Symbol::read(&form.symbol, collateral);
    let rules = form
        .of
        .as_ref()
        .map(|(_, ticket)| ticket.rules.label.clone())
        .or_else(|| Some(account?.rules(symbol.as_ref()?)?.label));
    let under = match rules {
        Some(label) => Under::note(format!("Known for this market: {label}; empty takes that")),
        None => Under::note("In percent, as your venue shows it"),
    };
    ui.add_space(space::ONE);
    number("Maintenance rate", &mut form.rate, Unit::Percent, "%").show(ui, under);
}
