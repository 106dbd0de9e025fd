//! A ticket, assessed in both modes.

use rust_decimal::Decimal;

use super::account::Account;
use super::account_after::{AccountAfter, costs};
use super::check::{check, check_account};
use super::contract::{Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::finding::Thresholds;
use super::findings::{FindingInputs, ProposedOutcome, findings};
use super::joint::{joint_outcome, together};
use super::loss::max_loss;
use super::outcome::{Assessment, ClosedWith, Outcome, PositionOutcome, PositionStatus};
use super::position_change::{held_position, no_such_position};
use super::sizing::sizing;
use super::subject::Subject;
use super::ticket::{Joint, Ticket};
use super::units::{Money, Price, Rate, money};

/// Assesses a ticket in both modes, with the default thresholds of findings.
///
/// All losses are measured from the moment the ticket takes effect
/// ([`Ticket::effective_price`]), in the account's collateral currency.
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
/// let answer = impulse_audit::engine::assess(&case.account, case.ticket()?, None)?;
/// assert_eq!(answer.isolated.max_loss.to_string(), "500");
/// assert_eq!(answer.isolated.out_of_reach.to_string(), "9500");
/// assert_eq!(answer.isolated.liquidation.low.map(|low| low.to_string()), Some("90000".to_owned()));
/// let there = answer.isolated.at_invalidation;
/// assert!(matches!(there, Some(AtInvalidation::Closed { loss }) if loss.to_string() == "250"));
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
    let isolated_book = AccountAfter::after(account, ticket, Mode::Isolated)?;
    let cross_book = AccountAfter::after(account, ticket, Mode::Cross)?;
    let subject = Subject::of(ticket);
    let isolated = outcome(&subject, &isolated_book, Mode::Isolated, joint)?;
    let cross = outcome(&subject, &cross_book, Mode::Cross, joint)?;
    let (account_after, chosen) = match ticket.mode {
        Mode::Isolated => (&isolated_book, &isolated),
        Mode::Cross => (&cross_book, &cross),
    };
    let findings = findings(
        &FindingInputs {
            subject: &subject,
            proposed: Some(ProposedOutcome {
                account,
                ticket,
                isolated_book: &isolated_book,
                isolated: &isolated,
                cross: &cross,
            }),
            account_after,
            chosen,
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
        order: ticket.order(),
        realised: account_after.realised.map(money).transpose()?,
        isolated,
        cross,
        sizing,
        findings,
    })
}

/// A position as it stands, in the mode in which it stands, without any ticket.
///
/// Where symbol and side stand in both modes, `mode` says which.
///
/// # Errors
/// The first field of the account that is out of range; `NoSuchPosition` with the field
/// `ticket.symbol`.
///
/// # Example
/// 40 ETH long at 2,000 in a pool of 10,000, the venue keeping 1 %.
/// ```
/// use impulse_audit::engine::{Mode, Side, case, assess_position};
///
/// # const LINE: &str = r#"{"id":"a pool","account":{"collateral":"USDT","wallet_balance":"10000","positions":[
/// # {"symbol":"ETH/USDT","contract":"linear","contract_size":"1","side":"long","quantity":"40",
/// # "entry":"2000","mark":"2000","backing":{"mode":"cross"},"maintenance":
/// # {"basis":"at_solved_price","close_fee":"0","tiers":[{"floor":"0","rate":"0.01","amount":"0"}]}}]},
/// # "ticket":{"intent":"hold","symbol":"ETH/USDT","side":"long"}}"#;
/// let account = case::read(LINE)?.account;
/// let held = assess_position(&account, "ETH/USDT", Side::Long, None, None)?;
/// assert_eq!(held.mode, Mode::Cross);
/// assert_eq!(format!("{:.2}", held.outcome.liquidation.low.unwrap_or_default()), "1767.68");
/// assert_eq!(held.outcome.max_loss.to_string(), "10000");
/// # Ok::<(), impulse_audit::engine::Error>(())
/// ```
pub fn assess_position(
    account: &Account,
    symbol: &str,
    side: Side,
    mode: Option<Mode>,
    joint: Option<&Joint>,
) -> Result<PositionOutcome, Error> {
    check_account(account)?;
    let found = held_position(account, symbol, side, mode);
    let Some((index, position)) = found else {
        return Err(no_such_position(symbol));
    };
    let account_after = AccountAfter::holding(account, index, position);
    let subject = Subject {
        side,
        mode: position.backing.mode(),
        price: position.mark,
        tick: None,
        ticket: None,
    };
    let outcome = outcome(&subject, &account_after, subject.mode, joint)?;
    let found = FindingInputs {
        subject: &subject,
        proposed: None,
        account_after: &account_after,
        chosen: &outcome,
    };
    let findings = findings(&found, &Thresholds::default())?;
    Ok(PositionOutcome {
        mode: subject.mode,
        outcome,
        findings,
    })
}

fn outcome(
    subject: &Subject<'_>,
    account_after: &AccountAfter<'_>,
    mode: Mode,
    joint: Option<&Joint>,
) -> Result<Outcome, Error> {
    let price = subject.price;
    let line = account_after.line(mode);
    let backing = line.equity(price)?;
    let account_equity = account_after
        .account_equity()
        .settle("account.wallet_balance")?;
    let standing = line.standing(price, subject.tick)?;
    let PositionStatus {
        liquidation: survives,
        already,
    } = standing;
    let together = match mode {
        Mode::Isolated => None,
        Mode::Cross => together(account_after, joint.unwrap_or(&Joint::default()))?,
    };
    let most = max_loss(&line, mode, price, standing, together.as_ref())?;
    let equity_at_liquidation = survives
        .within_reach(price)
        .against(subject.side)
        .map(|end| line.equity(end))
        .transpose()?;
    let costs = subject
        .ticket
        .map_or(Exact::ZERO, |ticket| costs(ticket, account_after));
    Ok(Outcome {
        backing: Money::new(backing),
        out_of_reach: money(Exact::from(account_equity) - Exact::from(backing))?,
        liquidation: survives,
        already,
        bankruptcy: line.bankruptcy(price)?,
        together: together.map(|together| together.pool_at),
        max_loss: most.all,
        max_loss_alone: most.alone,
        max_loss_share: share(most.all.get(), account_equity),
        costs: money(costs)?,
        loss_at_liquidation: equity_at_liquidation
            .map(|left| money(Exact::from(backing) - Exact::from(left)))
            .transpose()?,
        equity_at_liquidation: equity_at_liquidation.map(Money::new),
        at_invalidation: subject
            .ticket
            .and_then(|ticket| ticket.invalidation)
            .map(|wrong| subject.at_invalidation(wrong, &line, standing))
            .transpose()?,
        closed_with_it: closed_with_it(account_after, mode)?,
        joint: joint
            .map(|joint| joint_outcome(account_after, joint))
            .transpose()?,
    })
}

fn share(part: Decimal, whole: Decimal) -> Option<Rate> {
    if whole > Decimal::ZERO {
        part.checked_div(whole).map(Rate::new)
    } else {
        None
    }
}

fn closed_with_it(account_after: &AccountAfter<'_>, mode: Mode) -> Result<Vec<ClosedWith>, Error> {
    if mode == Mode::Isolated || account_after.own.is_none() {
        return Ok(Vec::new());
    }
    // The position that is assessed is the first of the pool.
    let mut closed = account_after
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
/// let isolated = equity_curve(&case.account, case.ticket()?, Mode::Isolated, &at_92)?;
/// let cross = equity_curve(&case.account, case.ticket()?, Mode::Cross, &at_92)?;
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
    let account_after = AccountAfter::after(account, ticket, mode)?;
    let line = account_after.line(mode);
    prices
        .iter()
        .map(|price| Ok((*price, Money::new(line.equity(*price)?))))
        .collect()
}
