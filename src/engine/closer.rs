//! What others have to bear of a ticket: the position, or the pool together, whose nearest end comes
//! closer. Margin that is assigned to an isolated position is taken from what holds up the others.

use rust_decimal::Decimal;

use super::account::Account;
use super::account_after::AccountAfter;
use super::before::changes;
use super::error::Error;
use super::exact::Exact;
use super::finding::{Closer, Thresholds};
use super::joint::together;
use super::loss::furthest_rise;
use super::outcome::{PoolLiquidation, PositionStatus};
use super::ticket::{Joint, Ticket};
use super::units::{Price, Rate, distance};

/// Digits of a distance that are compared.
const TOLD: u32 = 12;

/// The one whose end is nearest afterwards, of those that come closer by as much as is told.
pub(crate) fn closest(
    account: &Account,
    ticket: &Ticket,
    after: &AccountAfter<'_>,
    thresholds: &Thresholds,
) -> Result<Option<Closer>, Error> {
    if account.positions.is_empty() {
        return Ok(None);
    }
    let before = AccountAfter::before(account, ticket);
    let mut found = positions(account, ticket, &before, after, thresholds)?;
    found.extend(pool(&before, after, thresholds)?);
    // A pool of one symbol ends where that one does, but for the last digit: then the position is named.
    let nearest = |closer: &Closer| closer.distance().round_dp(TOLD);
    Ok(found.into_iter().min_by_key(nearest))
}

fn positions<'a>(
    account: &Account,
    ticket: &Ticket,
    before: &AccountAfter<'a>,
    after: &AccountAfter<'a>,
    thresholds: &Thresholds,
) -> Result<Vec<Closer>, Error> {
    let mut found = Vec::new();
    for (index, change) in changes(account, ticket, before, after, ticket.mode)?
        .into_iter()
        .enumerate()
    {
        let Some(standing) = change.after.filter(|_| after.target != Some(index)) else {
            continue;
        };
        if change.before.already {
            continue;
        }
        let from = nearest(change.before, change.mark);
        let Some((to, distance)) = nearest(standing, change.mark) else {
            continue;
        };
        if is_told(from.map(|(_, distance)| distance), distance, thresholds) {
            found.push(Closer::Position {
                symbol: change.symbol,
                side: change.side,
                from: from.map(|(price, _)| price),
                to,
                distance,
            });
        }
    }
    Ok(found)
}

fn pool(
    before: &AccountAfter<'_>,
    after: &AccountAfter<'_>,
    thresholds: &Thresholds,
) -> Result<Option<Closer>, Error> {
    if before.pool().next().is_none() {
        return Ok(None);
    }
    let nearest = |account_after: &AccountAfter<'_>| -> Result<Option<Rate>, Error> {
        let moves = together(account_after, &Joint::default())?.map(|together| together.pool_at);
        Ok(moves
            .map(PoolLiquidation::within_reach)
            .and_then(PoolLiquidation::nearest))
    };
    let from = nearest(before)?;
    let told = nearest(after)?.filter(|to| is_told(from, *to, thresholds));
    Ok(told.map(|to| Closer::Pool { from, to }))
}

/// The nearest end within reach, and how far it is; the mark itself where it is closed already.
fn nearest(standing: PositionStatus, mark: Price) -> Option<(Price, Rate)> {
    if standing.already {
        return Some((mark, Rate::ZERO));
    }
    let band = standing.liquidation.within_reach(mark);
    band.ends()
        .filter_map(|end| Some((end, distance(mark, end)?)))
        .min_by_key(|(_, distance)| distance.get().abs())
}

/// Whether an end comes closer by a share of its distance, or to within a distance.
fn is_told(from: Option<Rate>, to: Rate, thresholds: &Thresholds) -> bool {
    let is_fall = to < Rate::ZERO;
    let to = to.get().abs();
    // Where no end was within reach, the edge of what is within reach was the nearest.
    let from = match from {
        Some(from) => from.get().abs(),
        None if is_fall => Decimal::ONE,
        None => furthest_rise(),
    };
    let less = Exact::ONE - Exact::from(thresholds.closer_by.get());
    let by_share = (Exact::from(from) * less).value();
    to < from && (to <= thresholds.closer_within.get() || by_share.is_some_and(|bound| to <= bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_told_that_comes_closer_by_a_fifth_or_to_within_five_percent() {
        let told = |from: Option<&str>, to: &str| {
            let rate = |text: &str| text.parse::<Rate>().unwrap();
            is_told(from.map(rate), rate(to), &Thresholds::default())
        };
        assert!(told(Some("-0.5"), "-0.4"));
        assert!(!told(Some("-0.5"), "-0.41"));
        assert!(told(Some("-0.051"), "-0.05"));
        assert!(!told(Some("-0.04"), "-0.04"));
        assert!(told(Some("0.5"), "-0.4"));
        // Where there was none, it lay at a fall to zero or beyond a rise to ten times the price.
        assert!(told(None, "-0.8") && !told(None, "-0.81"));
        assert!(told(None, "7.2") && !told(None, "7.3"));
        assert!(!told(Some("-0.1"), "-0.2"));
        assert!(told(Some("-0.1"), &Decimal::ZERO.to_string()));
    }
}
