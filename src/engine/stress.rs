//! The same move in both modes, a gap beyond bankruptcy, and funding over time.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::account_after::AccountAfter;
use super::check::check;
use super::contract::{Mode, Side};
use super::equity_line::EquityLine;
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::outcome::{Band, PositionStatus};
use super::ticket::{Funding, Ticket};
use super::units::{Money, Price, Rate, money};

/// What a price move does to the ticket's position in both modes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveRow {
    /// The move, a signed fraction of the mark.
    #[serde(rename = "move")]
    pub at_move: Rate,
    /// The price it comes to.
    pub price: Price,
    /// In isolated margin.
    pub isolated: MoveState,
    /// In cross margin.
    pub cross: MoveState,
}

/// The account and the position after a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveState {
    /// What the whole account holds, everything liquidated on the way counted as lost whole.
    pub account_equity: Money,
    /// What is left of the money behind the position.
    pub margin_left: Money,
    /// Whether the position is still there.
    pub state: MoveOutcome,
}

/// Whether a position lives through a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveOutcome {
    /// It is open.
    Open,
    /// The venue closes it on the way.
    Liquidated {
        /// Where.
        price: Price,
    },
}

/// The moves shown unless others are wanted: ±2, 4, 8, 16 and 32 %.
pub fn default_moves() -> Vec<Rate> {
    let percents = [-32_i64, -16, -8, -4, -2, 2, 4, 8, 16, 32];
    percents
        .into_iter()
        .map(|percent| Rate::new(Decimal::new(percent, 2)))
        .collect()
}

/// The same moves of the ticket's symbol in both modes, other symbols at their marks.
///
/// # Errors
/// As [`assess`](super::assess); `NotPositive` with the field `moves` where a move leads to a price
/// of zero or below.
///
/// # Example
/// Document 004: 20 long at 100, 200 of margin in a wallet of 2,000, nothing required.
/// ```
/// use impulse_audit::engine::{MoveOutcome, case, same_move};
///
/// # const LINE: &str = r#"{"id":"document 004","account":{"collateral":"USDC","wallet_balance":"2000","positions":[]},
/// # "ticket":{"intent":"open","symbol":"BTC","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"20","entry":"100","mode":"isolated","margin":"200","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]},"invalidation":"92",
/// # "acceptable_loss":"200"}}"#;
/// let case = case::read(LINE)?;
/// let rows = same_move(&case.account, case.ticket()?, &["-0.08".parse()?, "-0.16".parse()?])?;
/// assert_eq!(rows[0].isolated.margin_left, "40".parse()?);
/// assert_eq!(rows[0].cross.margin_left, "1840".parse()?);
/// // Twice as far down only cross is still open, and holds less than is left of isolated.
/// assert_eq!(rows[1].isolated.state, MoveOutcome::Liquidated { price: "90".parse()? });
/// assert_eq!(rows[1].isolated.account_equity, "1800".parse()?);
/// assert_eq!(rows[1].cross.account_equity, "1680".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn same_move(
    account: &Account,
    ticket: &Ticket,
    moves: &[Rate],
) -> Result<Vec<MoveRow>, Error> {
    check(account, ticket)?;
    let mark = ticket.effective_price();
    let of = |mode| -> Result<Vec<(EquityLine<'_>, PositionStatus)>, Error> {
        let account_after = AccountAfter::after(account, ticket, mode)?;
        account_after
            .all_lines(mode)
            .into_iter()
            .map(|line| {
                let standing = line.standing(mark, ticket.tick)?;
                Ok((line, standing))
            })
            .collect()
    };
    let (isolated, cross) = (of(Mode::Isolated)?, of(Mode::Cross)?);
    moves
        .iter()
        .map(|at_move| {
            let price = away(mark, at_move.get(), "moves")?;
            Ok(MoveRow {
                at_move: *at_move,
                price,
                isolated: state_at(&isolated, mark, price)?,
                cross: state_at(&cross, mark, price)?,
            })
        })
        .collect()
}

/// The account after its symbol moved; the first line is the one behind the position.
fn state_at(
    lines: &[(EquityLine<'_>, PositionStatus)],
    mark: Price,
    price: Price,
) -> Result<MoveState, Error> {
    let mut account = Exact::ZERO;
    let mut own = None;
    for (
        line,
        PositionStatus {
            liquidation: band,
            already,
        },
    ) in lines
    {
        let closed = if *already {
            Some(mark)
        } else {
            band.low
                .filter(|low| price <= *low)
                .or(band.high.filter(|high| price >= *high))
        };
        let left = match closed {
            Some(_) => Decimal::ZERO,
            None => line.equity(price)?,
        };
        account = account + Exact::from(left);
        own = own.or(Some((left, closed)));
    }
    let (left, closed) = own.unwrap_or_default();
    Ok(MoveState {
        account_equity: money(account)?,
        margin_left: Money::new(left),
        state: closed.map_or(MoveOutcome::Open, |price| MoveOutcome::Liquidated { price }),
    })
}

fn away(from: Price, fraction: Decimal, field: &str) -> Result<Price, Error> {
    let to = Exact::from(from.get()) * (Exact::ONE + Exact::from(fraction));
    let to = to.settle(field)?;
    if to > Decimal::ZERO {
        Ok(Price::new(to))
    } else {
        Err(Error::new(
            ErrorCode::NotPositive,
            field,
            "This move leads to no price above zero.",
        ))
    }
}

/// A jump past the bankruptcy price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapRow {
    /// How far past, a fraction of the bankruptcy price.
    pub gap: Rate,
    /// Where the price comes to.
    pub price: Price,
    /// The loss beyond the backing. Who bears it depends on the venue.
    pub beyond: Money,
}

/// The loss beyond the backing if the price jumps past the bankruptcy on the side against the
/// ticket; empty where there is none.
///
/// # Errors
/// As [`assess`](super::assess); `NotPositive` with the field `gaps` where a gap is below zero or
/// leads to no price above zero.
///
/// # Example
/// Document 004: 20 long at 100, 200 of margin in a wallet of 2,000, nothing required.
/// ```
/// use impulse_audit::engine::{Mode, case, gap};
///
/// # const LINE: &str = r#"{"id":"document 004","account":{"collateral":"USDC","wallet_balance":"2000","positions":[]},
/// # "ticket":{"intent":"open","symbol":"BTC","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"20","entry":"100","mode":"isolated","margin":"200","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]},"invalidation":"92",
/// # "acceptable_loss":"200"}}"#;
/// let case = case::read(LINE)?;
/// // Bankrupt at 90; a jump 5 % past it loses 20 · 4.5 more than was there.
/// let rows = gap(&case.account, case.ticket()?, Mode::Isolated, &["0.05".parse()?])?;
/// assert_eq!(rows[0].price, "85.5".parse()?);
/// assert_eq!(rows[0].beyond, "90".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn gap(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
    gaps: &[Rate],
) -> Result<Vec<GapRow>, Error> {
    check(account, ticket)?;
    let line = AccountAfter::after(account, ticket, mode)?.line(mode);
    let Some(bankrupt) = line
        .bankruptcy(ticket.effective_price())?
        .against(ticket.side)
    else {
        return Ok(Vec::new());
    };
    gaps.iter()
        .map(|gap| {
            if gap.get() < Decimal::ZERO {
                return Err(Error::new(
                    ErrorCode::NotPositive,
                    "gaps",
                    "A gap is above zero.",
                ));
            }
            let fraction = match ticket.side {
                Side::Long => -Exact::from(gap.get()),
                Side::Short => Exact::from(gap.get()),
            };
            let price = away(bankrupt, fraction.settle("gaps")?, "gaps")?;
            Ok(GapRow {
                gap: *gap,
                price,
                beyond: money(-Exact::from(line.equity(price)?))?,
            })
        })
        .collect()
}

/// The survival band after some funding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingRow {
    /// After how many intervals.
    pub intervals: u32,
    /// Paid by then, on the notional at the mark; below zero it was received.
    pub paid: Money,
    /// The band between the liquidations that is left.
    #[serde(rename = "survives")]
    pub liquidation: Band,
    /// Liquidated at the mark by funding alone.
    pub already: bool,
}

/// How the survival band moves after numbers of funding intervals at a rate, at an unchanged mark.
///
/// # Errors
/// As [`assess`](super::assess).
///
/// # Example
/// Document 004: 20 long at 100, 200 of margin in a wallet of 2,000, nothing required.
/// ```
/// use impulse_audit::engine::{Mode, case, funding_path};
///
/// # const LINE: &str = r#"{"id":"document 004","account":{"collateral":"USDC","wallet_balance":"2000","positions":[]},
/// # "ticket":{"intent":"open","symbol":"BTC","contract":"linear","contract_size":"1","side":"long",
/// # "quantity":"20","entry":"100","mode":"isolated","margin":"200","fees":{"open":"0","close":"0"},
/// # "funding":{"rate":"0","intervals":0,"owed":"0"},"maintenance":{"basis":"at_solved_price",
/// # "close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]},"invalidation":"92",
/// # "acceptable_loss":"200"}}"#;
/// let case = case::read(LINE)?;
/// // 1 % of 2,000 each time: after three, 140 are left behind 20, which is 7 each.
/// let rate = "0.01".parse()?;
/// let rows = funding_path(&case.account, case.ticket()?, Mode::Isolated, rate, &[3])?;
/// assert_eq!(rows[0].paid, "60".parse()?);
/// assert_eq!(rows[0].liquidation.low, Some("93".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn funding_path(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
    rate: Rate,
    intervals: &[u32],
) -> Result<Vec<FundingRow>, Error> {
    check(account, ticket)?;
    let account_after = AccountAfter::after(account, ticket, mode)?;
    let Some(own) = &account_after.own else {
        return Ok(Vec::new());
    };
    let mark = ticket.effective_price();
    let at_rate = Funding {
        rate,
        ..ticket.funding
    };
    intervals
        .iter()
        .map(|&intervals| {
            let paid = super::account_after::funding(&at_rate, own, Exact::from(intervals));
            let mut line = account_after.line(mode);
            line.add_money(-paid);
            let PositionStatus {
                liquidation,
                already,
            } = line.standing(mark, ticket.tick)?;
            Ok(FundingRow {
                intervals,
                paid: money(paid)?,
                liquidation,
                already,
            })
        })
        .collect()
}
