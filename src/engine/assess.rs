//! A ticket, assessed in both modes.

use rust_decimal::Decimal;

use super::account::Account;
use super::book::{Book, costs, is_past};
use super::check::check;
use super::contract::{Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::finding::Thresholds;
use super::findings::{Found, findings};
use super::joint::joint_outcome;
use super::line::Line;
use super::outcome::{Assessment, AtInvalidation, Band, ClosedWith, Outcome};
use super::sizing::sizing;
use super::ticket::{Intent, Joint, Ticket};
use super::units::{Money, Price, Rate};

/// Assesses a ticket in both modes, with the default thresholds of findings.
///
/// All losses are measured from now, the mark, in the account's collateral currency.
///
/// # Errors
/// An [`Error`] with the path of the field: what is missing, zero or negative where it must not be,
/// an invalidation on the wrong side, a position the account does not hold, or numbers that do not
/// fit an exact decimal.
///
/// # Example
/// Document 000: isolated, only the assigned margin backs a position.
/// ```
/// use impulse_audit::engine::{AtInvalidation, case};
///
/// let line = r#"{"id":"example",
///  "account":{"collateral":"USDT","wallet_balance":"10000","positions":[]},
///  "ticket":{"intent":"open","symbol":"BTC/USDT","contract":"linear","contract_size":"1",
///   "side":"long","quantity":"0.05","entry":"100000","mode":"isolated","margin":"500",
///   "fees":{"open":"0","close":"0"},"funding":{"rate":"0","intervals":0,"owed":"0"},
///   "maintenance":{"basis":"at_solved_price","close_fee":"0",
///    "tiers":[{"floor":"0","rate":"0","amount":"0"}]},
///   "invalidation":"95000","acceptable_loss":"500"}}"#;
/// let case = case::read(line)?;
/// let answer = impulse_audit::engine::assess(&case.account, &case.ticket, None)?;
/// assert_eq!(answer.isolated.max_loss.to_string(), "500");
/// assert_eq!(answer.isolated.walled_off.to_string(), "9500");
/// assert_eq!(answer.isolated.survives.low.map(|low| low.to_string()), Some("90000".to_owned()));
/// assert!(matches!(answer.isolated.at_invalidation, AtInvalidation::Closed { loss } if loss.to_string() == "250"));
/// assert_eq!(answer.cross.max_loss.to_string(), "5000");
/// # Ok::<(), impulse_audit::engine::Error>(())
/// ```
pub fn assess(
    account: &Account,
    ticket: &Ticket,
    joint: Option<&Joint>,
) -> Result<Assessment, Error> {
    assess_with(account, ticket, joint, &Thresholds::default())
}

/// [`assess`] with thresholds of one's own.
///
/// # Errors
/// As [`assess`].
pub fn assess_with(
    account: &Account,
    ticket: &Ticket,
    joint: Option<&Joint>,
    thresholds: &Thresholds,
) -> Result<Assessment, Error> {
    check(account, ticket)?;
    let isolated_book = Book::after(account, ticket, Mode::Isolated)?;
    let cross_book = Book::after(account, ticket, Mode::Cross)?;
    let isolated = outcome(ticket, &isolated_book, Mode::Isolated, joint)?;
    let cross = outcome(ticket, &cross_book, Mode::Cross, joint)?;
    let (book, chosen) = match ticket.mode {
        Mode::Isolated => (&isolated_book, &isolated),
        Mode::Cross => (&cross_book, &cross),
    };
    let findings = findings(
        &Found {
            account,
            ticket,
            book,
            isolated_book: &isolated_book,
            chosen,
            isolated: &isolated,
            cross: &cross,
        },
        thresholds,
    )?;
    let sizing = sizing(
        account,
        ticket,
        &isolated_book,
        &cross_book,
        thresholds.buffer,
    )?;
    Ok(Assessment {
        chosen: ticket.mode,
        isolated,
        cross,
        sizing,
        findings,
    })
}

fn outcome(
    ticket: &Ticket,
    book: &Book<'_>,
    mode: Mode,
    joint: Option<&Joint>,
) -> Result<Outcome, Error> {
    let mark = ticket.mark_or_entry();
    let line = book.line(mode);
    let backing = line.equity(mark)?;
    let account_equity = book.account_equity().settle("account.wallet_balance")?;
    let already = line.is_liquidated(mark)?;
    let survives = line.survives(mark, ticket.tick)?;
    let max_loss = max_loss(&line, backing, already, survives, mark)?;
    let equity_at_liquidation = survives
        .against(ticket.side)
        .map(|end| line.equity(end))
        .transpose()?;
    Ok(Outcome {
        backing: Money::new(backing),
        walled_off: money(Exact::from(account_equity) - Exact::from(backing))?,
        survives,
        already,
        bankruptcy: line.bankruptcy(mark)?,
        max_loss: Money::new(max_loss),
        max_loss_share: share(max_loss, account_equity),
        costs: money(costs(ticket, book))?,
        loss_at_liquidation: equity_at_liquidation
            .map(|left| money(Exact::from(backing) - Exact::from(left)))
            .transpose()?,
        equity_at_liquidation: equity_at_liquidation.map(Money::new),
        at_invalidation: at_invalidation(ticket, &line, backing, already, survives)?,
        closed_with_it: closed_with_it(book, mode)?,
        joint: joint.map(|joint| joint_outcome(book, joint)).transpose()?,
    })
}

/// The whole backing where the band of survival has an end, else what the price itself can take.
fn max_loss(
    line: &Line<'_>,
    backing: Decimal,
    already: bool,
    survives: Band,
    mark: Price,
) -> Result<Decimal, Error> {
    if already || !survives.is_open() {
        // Equity below zero is lost already: there is nothing left that could be.
        Ok(backing.max(Decimal::ZERO))
    } else {
        line.loss_to_no_notional(mark)
    }
}

fn share(part: Decimal, whole: Decimal) -> Option<Rate> {
    if whole > Decimal::ZERO {
        part.checked_div(whole).map(Rate::new)
    } else {
        None
    }
}

pub(crate) fn at_invalidation(
    ticket: &Ticket,
    line: &Line<'_>,
    backing: Decimal,
    already: bool,
    survives: Band,
) -> Result<AtInvalidation, Error> {
    let mark = ticket.mark_or_entry();
    if already {
        return Ok(AtInvalidation::LiquidatedFirst { price: mark });
    }
    if is_past(ticket.side, ticket.invalidation, mark) {
        // Only who reduces or closes comes here: the idea is wrong already, nothing more is lost.
        return Ok(AtInvalidation::Closed { loss: Money::ZERO });
    }
    match survives.against(ticket.side) {
        Some(price) if comes_before(ticket.side, price, ticket.invalidation) => {
            Ok(AtInvalidation::LiquidatedFirst { price })
        }
        Some(_) | None => {
            let left = line.equity(ticket.invalidation)?;
            Ok(AtInvalidation::Closed {
                loss: money(Exact::from(backing) - Exact::from(left))?,
            })
        }
    }
}

/// Whether a price is met before the invalidation on the way against a side.
pub(crate) fn comes_before(side: Side, price: Price, invalidation: Price) -> bool {
    match side {
        Side::Long => price > invalidation,
        Side::Short => price < invalidation,
    }
}

fn closed_with_it(book: &Book<'_>, mode: Mode) -> Result<Vec<ClosedWith>, Error> {
    if mode == Mode::Isolated || book.own.is_none() {
        return Ok(Vec::new());
    }
    // The ticket's position is the first of the pool.
    let mut closed = book
        .pool()
        .skip(1)
        .map(|leg| {
            Ok(ClosedWith {
                symbol: leg.symbol.to_owned(),
                side: leg.side,
                unrealised: money(leg.profit_at_mark())?,
            })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    closed
        .sort_by(|a, b| (&a.symbol, a.side, a.unrealised).cmp(&(&b.symbol, b.side, b.unrealised)));
    Ok(closed)
}

pub(crate) fn money(value: Exact) -> Result<Money, Error> {
    value.settle("account").map(Money::new)
}

/// The equity that backs the ticket's position in one mode, at each of the given prices.
///
/// # Errors
/// As [`assess`].
///
/// # Example
/// Document 004: 20 long at 100, 200 of margin in a wallet of 2,000, nothing required.
/// ```
/// use impulse_audit::engine::{Mode, case, equity_curve};
///
/// # const LINE: &str = r#"{"id":"document 004","account":{"collateral":"USDC","wallet_balance":"2000","positions":[]},
/// # "ticket":{"intent":"open","symbol":"BTC","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"20","entry":"100","mode":"isolated","margin":"200","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]},"invalidation":"92",
/// # "acceptable_loss":"200"}}"#;
/// let case = case::read(LINE)?;
/// let at_92 = ["92".parse()?];
/// let isolated = equity_curve(&case.account, &case.ticket, Mode::Isolated, &at_92)?;
/// let cross = equity_curve(&case.account, &case.ticket, Mode::Cross, &at_92)?;
/// assert_eq!((isolated[0].1, cross[0].1), ("40".parse()?, "1840".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn equity_curve(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
    prices: &[Price],
) -> Result<Vec<(Price, Money)>, Error> {
    check(account, ticket)?;
    let book = Book::after(account, ticket, mode)?;
    let line = book.line(mode);
    prices
        .iter()
        .map(|price| Ok((*price, Money::new(line.equity(*price)?))))
        .collect()
}

/// Whether an intent leaves quantity to be sized.
pub(crate) const fn is_sized(intent: Intent) -> bool {
    match intent {
        Intent::Open | Intent::Increase => true,
        Intent::AddMargin | Intent::SwitchMode | Intent::Reduce | Intent::Close => false,
    }
}
