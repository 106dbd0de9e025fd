//! What a venue asks for one market: a flat rate or tiers, when they are valued, tick and lot.

use egui::{Label, Ui};
use rust_decimal::Decimal;

use super::Done;
use super::shared::{fraction, needed, problems_ui, save_or_back, typed};
use crate::audit::number::Unit;
use crate::audit::{
    AccountId, Field, FieldProblem, Rules, Symbol, Terms, WRITE_THE_MARKET, flat_rules,
};
use crate::desk::Command;
use crate::engine::{Basis, Contract, Money, Rate, Schedule, Tier};
use crate::record::{Account, AccountSet};
use crate::ui::screens::audit::two;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// One market's rules as typed.
#[derive(Debug)]
pub(crate) struct RulesForm {
    account: AccountId,
    symbol: String,
    tiers: String,
    basis: Option<Basis>,
    close_fee: String,
    tick: String,
    lot: String,
    contract: Option<Contract>,
    face: String,
}

impl RulesForm {
    /// An empty form.
    pub(super) fn of(account: &Account) -> Self {
        Self {
            account: account.set.account,
            symbol: String::new(),
            tiers: String::new(),
            basis: Some(account.set.requirement.basis),
            close_fee: close_fee(account),
            tick: String::new(),
            lot: String::new(),
            contract: Some(Contract::Linear),
            face: String::new(),
        }
    }

    fn set(&self, account: &Account) -> Result<AccountSet, FieldProblem> {
        let symbol = Symbol::read(&self.symbol, &account.set.collateral)
            .ok_or_else(|| FieldProblem::new(Field::Symbol, WRITE_THE_MARKET))?;
        let close_fee = typed("The fee in the requirement", &self.close_fee, Unit::Percent)?
            .unwrap_or_default();
        let mut rules = tiers(&self.tiers, account)?;
        rules.schedule.basis = self.basis.unwrap_or(Basis::AtSolvedPrice);
        rules.schedule.close_fee = Rate::new(fraction(close_fee));
        rules.tick = positive("The tick", typed("The tick", &self.tick, Unit::Price)?)?;
        rules.lot = positive("The lot", typed("The lot", &self.lot, Unit::Quantity)?)?;
        rules.terms = match self.contract {
            Some(Contract::Inverse) => Terms {
                contract: Contract::Inverse,
                size: needed("The face value", &self.face, Unit::Money)?,
            },
            Some(Contract::Linear) | None => Terms::default(),
        };
        let mut set = account.set.clone();
        set.rules.insert(symbol, rules);
        Ok(set)
    }
}

fn positive(what: &str, value: Option<Decimal>) -> Result<Option<Decimal>, FieldProblem> {
    match value {
        Some(value) if value <= Decimal::ZERO => Err(FieldProblem::new(
            Field::Other,
            format!("{what} is a number above zero."),
        )),
        other => Ok(other),
    }
}

/// The fee that the account's venue counts in the requirement, as it would be written.
fn close_fee(account: &Account) -> String {
    let percent = account
        .facts()
        .close_fee
        .get()
        .checked_mul(Decimal::ONE_HUNDRED)
        .unwrap_or_default();
    if percent.is_zero() {
        String::new()
    } else {
        crate::audit::number::format_unmistakably(percent)
    }
}

/// One line is a flat rate; several are tiers: floor, rate in percent, amount.
fn tiers(text: &str, account: &Account) -> Result<Rules, FieldProblem> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    match lines.as_slice() {
        [] => Err(FieldProblem::new(
            Field::Rate,
            "Write one rate, or one tier a line.",
        )),
        [one] if !one.contains(char::is_whitespace) => {
            let percent = typed("The rate", one, Unit::Percent)?.unwrap_or_default();
            flat_rules(percent, Some(&account.facts()), None)
        }
        many => {
            let tiers = many
                .iter()
                .map(|line| tier(line))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Rules {
                label: format!("your own, {} tiers", tiers.len()),
                schedule: Schedule {
                    basis: Basis::AtSolvedPrice,
                    close_fee: Rate::new(Decimal::ZERO),
                    tiers,
                },
                tick: None,
                lot: None,
                terms: Terms::default(),
            })
        }
    }
}

fn tier(line: &str) -> Result<Tier, FieldProblem> {
    let parts: Vec<&str> = line
        .split(['\t', ';', ' '])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let [floor, rate, amount] = parts.as_slice() else {
        return Err(FieldProblem::new(
            Field::Rate,
            format!(
                "“{line}” is not a tier. Write floor, rate in percent and amount, like 50000 0.5 50."
            ),
        ));
    };
    let number = |what: &str, text: &str, unit| {
        Ok::<_, FieldProblem>(typed(what, text, unit)?.unwrap_or_default())
    };
    Ok(Tier {
        floor: Money::new(number("A floor", floor, Unit::Money)?),
        rate: Rate::new(fraction(number("A rate", rate, Unit::Percent)?)),
        amount: Money::new(number("An amount", amount, Unit::Money)?),
        max_leverage: None,
    })
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut RulesForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    text::show_heading(ui, "Rules of a market");
    let Some(account) = view.desk.book().account(form.account) else {
        *done = Done::Back;
        return;
    };
    ui.add_space(space::ONE);
    let symbol = Symbol::read(&form.symbol, &account.set.collateral);
    let under = match &symbol {
        Some(symbol) => match account.set.rules.get(symbol) {
            Some(rules) => Under::note(format!("{symbol}; until now {}", rules.label)),
            None => Under::note(symbol.to_string()),
        },
        None => Under::Nothing,
    };
    field("Market", &mut form.symbol)
        .hint("BTC/USDT")
        .show(ui, &under);
    ui.add_space(space::ONE);
    field(
        "Maintenance: one rate in percent, or one tier a line",
        &mut form.tiers,
    )
    .rows(4)
    .show(
        ui,
        &Under::note("A tier is its floor, its rate in percent, its amount: 50000 0.5 50"),
    );
    ui.add_space(space::ONE);
    let contracts = [
        (Contract::Linear, "In the quote currency", Mark::Plain),
        (Contract::Inverse, "In the coin", Mark::Plain),
    ];
    one_of(ui, "Settled", &contracts, &mut form.contract);
    if form.contract == Some(Contract::Inverse) {
        ui.add_space(space::HALF);
        number(
            "Face value of one contract",
            &mut form.face,
            Unit::Money,
            "",
        )
        .show(
            ui,
            Under::note(
                "In the quote currency, like 100; quantities are numbers of contracts then",
            ),
        );
    }
    ui.add_space(space::ONE);
    let bases = [
        (Basis::AtSolvedPrice, "As the price moves", Mark::Plain),
        (Basis::AtEntry, "At the entry", Mark::Plain),
        (Basis::AtMark, "At the price now", Mark::Plain),
    ];
    one_of(ui, "When the venue values it", &bases, &mut form.basis);
    let words = "As the price moves: Binance, OKX, Hyperliquid, dYdX, Gate. At the entry: Bybit's older contracts, MEXC. At the price now: Bitget in cross.";
    ui.add(Label::new(text::faint(ui, words)).wrap());
    ui.add_space(space::ONE);
    number(
        "Taker fee counted in the requirement",
        &mut form.close_fee,
        Unit::Percent,
        "%",
    )
    .hint("none")
    .show(
        ui,
        Under::note(
            "OKX, Bybit, Gate, KuCoin and Bitget count it; Binance, Hyperliquid and dYdX do not",
        ),
    );
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            number(
                "Smallest step of the quantity",
                &mut form.lot,
                Unit::Quantity,
                "",
            )
            .show(ui, Under::Nothing);
        } else {
            number(
                "Smallest step of the price",
                &mut form.tick,
                Unit::Price,
                "",
            )
            .show(ui, Under::Nothing);
        }
    });
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.set(account) {
            Ok(set) => Done::Send(Box::new(Command::SetAccount(set))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}
