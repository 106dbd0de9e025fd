//! The same move in both modes, a gap beyond bankruptcy, and funding over time.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::assess::money;
use super::book::Book;
use super::check::check;
use super::contract::{Mode, Side};
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::line::Line;
use super::outcome::Band;
use super::ticket::{Funding, Ticket};
use super::units::{Money, Price, Rate};

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
    pub state: MovedTo,
}

/// Whether a position lives through a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovedTo {
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
pub fn same_move(
    account: &Account,
    ticket: &Ticket,
    moves: &[Rate],
) -> Result<Vec<MoveRow>, Error> {
    check(account, ticket)?;
    let mark = ticket.mark_or_entry();
    let of = |mode| -> Result<Vec<(Line<'_>, Band)>, Error> {
        let book = Book::after(account, ticket, mode)?;
        book.all_lines(mode)
            .into_iter()
            .map(|line| {
                let band = line.survives(mark, ticket.tick)?;
                Ok((line, band))
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
fn state_at(lines: &[(Line<'_>, Band)], mark: Price, price: Price) -> Result<MoveState, Error> {
    let mut account = Exact::ZERO;
    let mut own = None;
    for (line, band) in lines {
        let closed = if line.is_liquidated(mark)? {
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
        state: closed.map_or(MovedTo::Open, |price| MovedTo::Liquidated { price }),
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
pub fn gap(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
    gaps: &[Rate],
) -> Result<Vec<GapRow>, Error> {
    check(account, ticket)?;
    let line = Book::after(account, ticket, mode)?.line(mode);
    let Some(bankrupt) = line
        .bankruptcy(ticket.mark_or_entry())?
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
    /// The band that is left.
    pub survives: Band,
    /// Liquidated at the mark by funding alone.
    pub already: bool,
}

/// How the survival band moves after numbers of funding intervals at a rate, at an unchanged mark.
///
/// # Errors
/// As [`assess`](super::assess).
pub fn funding_path(
    account: &Account,
    ticket: &Ticket,
    mode: Mode,
    rate: Rate,
    intervals: &[u32],
) -> Result<Vec<FundingRow>, Error> {
    check(account, ticket)?;
    let book = Book::after(account, ticket, mode)?;
    let Some(own) = &book.own else {
        return Ok(Vec::new());
    };
    let mark = ticket.mark_or_entry();
    let at_rate = Funding {
        rate,
        ..ticket.funding
    };
    intervals
        .iter()
        .map(|&intervals| {
            let paid = super::book::funding(&at_rate, own, Exact::from(intervals));
            let mut line = book.line(mode);
            line.add_money(-paid);
            Ok(FundingRow {
                intervals,
                paid: money(paid)?,
                survives: line.survives(mark, ticket.tick)?,
                already: line.is_liquidated(mark)?,
            })
        })
        .collect()
}
