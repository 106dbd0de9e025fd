//! The naive second fold: what was lost, losses in a row, and hours by the local clock.

use chrono::{DateTime, Datelike as _, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use impulse_audit::promises::{ClockReading, Hours, Loss, LossLimit, Period, Promise};
use rust_decimal::Decimal;

use crate::naive::{Fate, Happened, Made, Naive, What};
use crate::support::{DAY, MINUTE};
use impulse_audit::market::AccountId;

/// Something that counts from one second to another one.
struct Counts {
    from: u64,
    until: u64,
    amount: Decimal,
}

impl Naive {
    /// Everything before an event, or all of it.
    fn until<'a>(&'a self, before: Option<&'a Happened>) -> impl Iterator<Item = &'a Happened> {
        let is_before = move |event: &&Happened| !before.is_some_and(|b| std::ptr::eq(b, *event));
        self.events.iter().take_while(is_before)
    }

    /// The losses of a collateral that count for a promise, each with its part of the most.
    fn losses(
        &self,
        (made, fate): (&Made<'_>, &Fate),
        (most, period): (&LossLimit, u64),
        collateral: &str,
        before: Option<&Happened>,
    ) -> Vec<Counts> {
        let mut all = Vec::new();
        for event in self.until(before) {
            let What::Lost(loss) = &event.what else {
                continue;
            };
            let market = (loss.account, loss.place.as_str(), loss.symbol.as_str());
            if !loss.place.ends_with(collateral) || !self.is_about(made, market, before) {
                continue;
            }
            let amount = match most {
                LossLimit::Money { collateral: of, .. } => {
                    let in_it = collateral.strip_prefix('/') == Some(of.to_lowercase().as_str());
                    if in_it {
                        loss.amount.get()
                    } else {
                        Decimal::ZERO
                    }
                }
                LossLimit::Percent(percent) => {
                    let held = self.held_before(made, loss, event, period, collateral);
                    let held = held.filter(|held| *held > Decimal::ZERO);
                    held.map_or(*percent, |held| {
                        // A trillionth more, so that thirds add up.
                        loss.amount.get() * Decimal::ONE_HUNDRED / held + Decimal::new(1, 12)
                    })
                }
            };
            let mut until = event.at + period;
            if let Some(released) = fate.released.filter(|released| *released >= event.at) {
                until = until.min(released + 15 * MINUTE);
            }
            all.push(Counts {
                from: event.at,
                until,
                amount,
            });
        }
        all
    }

    /// The pause under way where too much was lost: in each collateral the first second at which
    /// less remains, of these the last.
    pub(crate) fn lost(
        &self,
        made: &Made<'_>,
        fate: &Fate,
        (most, per): (&LossLimit, Period),
        at: u64,
        before: Option<&Happened>,
    ) -> u64 {
        self.lost_with((made, fate), (most, per), at, before).0
    }

    /// The same with the second of the last loss that counts.
    fn lost_with(
        &self,
        of: (&Made<'_>, &Fate),
        (most, per): (&LossLimit, Period),
        at: u64,
        before: Option<&Happened>,
    ) -> (u64, u64) {
        let period = match per {
            Period::Day => DAY,
            Period::Week => 7 * DAY,
        };
        let bound = match most {
            LossLimit::Money { amount, .. } => amount.get(),
            LossLimit::Percent(percent) => *percent,
        };
        let mut longest = (0, 0);
        for collateral in ["/btc", "/usdt"] {
            let all = self.losses(of, (most, period), collateral, before);
            let left = |second: u64| -> Decimal {
                let counting = all.iter().filter(|counts| counts.until > second);
                counting.map(|counts| counts.amount).sum()
            };
            let mut ends: Vec<u64> = all.iter().map(|counts| counts.until).collect();
            ends.push(at);
            ends.retain(|end| *end >= at);
            ends.sort_unstable();
            let open = ends.into_iter().find(|end| left(*end) < bound).unwrap();
            let counting = all.iter().filter(|counts| counts.until > at);
            let last = counting.map(|counts| counts.from).max().unwrap_or(0);
            if open - at >= longest.0 && open > at {
                longest = (open - at, last);
            }
        }
        longest
    }

    /// What the accounts that a promise names held a period before a loss.
    fn held_before(
        &self,
        made: &Made<'_>,
        loss: &Loss,
        logged: &Happened,
        period: u64,
        collateral: &str,
    ) -> Option<Decimal> {
        let named = |account: AccountId, place: &str| match &made.armed.scope.account {
            None => place.ends_with(collateral),
            Some(named) => {
                place.ends_with(collateral) && (named.id == account || named.place == place)
            }
        };
        let second = logged.at.saturating_sub(period);
        let of_the_named = self.held(named, second, logged);
        of_the_named.or_else(|| self.held(|account, _| account == loss.account, second, logged))
    }

    fn held(
        &self,
        which: impl Fn(AccountId, &str) -> bool,
        second: u64,
        lost: &Happened,
    ) -> Option<Decimal> {
        let mut said: Vec<(u64, AccountId, &str, Decimal)> = Vec::new();
        for event in self.until(Some(lost)) {
            if let What::Holds {
                account,
                place,
                equity,
            } = &event.what
            {
                said.push((event.at, *account, place, equity.get()));
            }
        }
        let first = said
            .iter()
            .find(|(_, account, place, _)| which(*account, place))?;
        let second = second.max(first.0);
        let mut accounts: Vec<AccountId> = said.iter().map(|(_, account, ..)| *account).collect();
        accounts.sort_unstable();
        accounts.dedup();
        let of = |account: AccountId| {
            let then = said
                .iter()
                .rfind(|(at, of, ..)| *at <= second && *of == account)?;
            which(account, then.2).then_some(then.3)
        };
        Some(accounts.into_iter().filter_map(of).sum())
    }

    /// The pause under way behind so many losses in a row.
    pub(crate) fn row(
        &self,
        made: &Made<'_>,
        fate: &Fate,
        losses: u32,
        at: u64,
        before: Option<&Happened>,
    ) -> u64 {
        self.row_with(made, fate, losses, at, before).0
    }

    fn row_with(
        &self,
        made: &Made<'_>,
        fate: &Fate,
        losses: u32,
        at: u64,
        before: Option<&Happened>,
    ) -> (u64, u64) {
        let (mut row, mut longest) = (0, (0, 0));
        for event in self.until(before) {
            let What::Closed(close) = &event.what else {
                continue;
            };
            let market = (close.account, close.place.as_str(), close.symbol.as_str());
            if !self.is_about(made, market, before) {
                continue;
            }
            row = if close.lost { row + 1 } else { 0 };
            if row < losses {
                continue;
            }
            let mut end = event.next_day;
            if let Some(released) = fate.released.filter(|released| *released >= event.at) {
                end = end.min(released + 15 * MINUTE);
            }
            if end > at && end - at >= longest.0 {
                longest = (end - at, event.at);
            }
        }
        longest
    }

    /// When that was logged which made the pause that is under way.
    pub(crate) fn pause_began(&self, made: &Made<'_>, fate: &Fate, at: u64) -> u64 {
        let after = |liquidations: bool, secs: u64| {
            let mut began = 0;
            for event in &self.events {
                if let What::Closed(close) = &event.what {
                    let counts = if liquidations {
                        close.liquidated
                    } else {
                        close.lost
                    };
                    let market = (close.account, close.place.as_str(), close.symbol.as_str());
                    if counts && self.is_about(made, market, None) && event.at + secs > at {
                        began = event.at;
                    }
                }
            }
            began
        };
        match &made.armed.promise {
            Promise::PauseAfterLoss { secs } => after(false, *secs),
            Promise::PauseAfterLiquidation { secs } => after(true, *secs),
            Promise::MaxLoss { most, per } => {
                self.lost_with((made, fate), (most, *per), at, None).1
            }
            Promise::MaxLossesInARow { losses } => self.row_with(made, fate, *losses, at, None).1,
            _ => 0,
        }
    }

    /// The last line whose time did not agree with those before it: instants are told from there.
    fn line(&self, last: Option<(u64, DateTime<Utc>)>) -> (u64, DateTime<Utc>) {
        let lines = self.events.iter().map(|event| (event.at, event.instant));
        let mut known: Option<(u64, DateTime<Utc>)> = None;
        for line in lines.chain(last) {
            let agrees = known.is_some_and(|known| {
                (instant(known, line.0) - line.1).abs() <= TimeDelta::seconds(90)
            });
            if !agrees {
                known = Some(line);
            }
        }
        known.unwrap()
    }

    /// The zones that count, each with the second from which on it does not: a day behind the first
    /// line in another one, or behind now.
    fn zones(&self, zone: &str, now: u64) -> Vec<(Tz, u64)> {
        // A name that nobody knows is taken for UTC.
        let known = |name: &str| name.parse().unwrap_or(Tz::UTC);
        let mut zones = vec![(known(zone), u64::MAX)];
        for (index, event) in self.events.iter().enumerate() {
            let later = &self.events[index..];
            let left = later
                .iter()
                .find(|later| later.seen.zone != event.seen.zone);
            let left = left.map_or(now, |later| later.at);
            if event.seen.zone != zone {
                zones.push((known(&event.seen.zone), left + DAY));
            }
        }
        zones
    }

    /// The second at which the day is over in each zone that counts.
    pub(crate) fn next_day(&self, seen: &ClockReading, line: DateTime<Utc>) -> u64 {
        let at = self.passed(seen);
        let known = self.line(Some((at, line)));
        let mut zones = self.zones(&seen.zone, at);
        zones.retain(|(_, until)| at < *until);
        let is_over = |second: u64| {
            zones.iter().all(|(zone, _)| {
                let of = |second| instant(known, second).with_timezone(zone).date_naive();
                of(second) > of(at)
            })
        };
        first(known, (at, 3 * DAY), &[], is_over).unwrap()
    }

    /// The seconds until the hours of a promise begin, where they are over now.
    pub(crate) fn closed_hours(&self, made: &Made<'_>, now: &ClockReading) -> Option<u64> {
        let Promise::TradingHours(hours) = &made.armed.promise else {
            return None;
        };
        let at = self.passed(now);
        let known = self.line(None);
        let zones = self.zones(&now.zone, at);
        let is_open = |second: u64| {
            let counting = zones.iter().filter(|(_, until)| second < *until);
            let mut local =
                counting.map(|(zone, _)| instant(known, second).with_timezone(zone).naive_local());
            local.all(|local| is_within(hours, local))
        };
        if is_open(at) {
            return None;
        }
        let ends: Vec<u64> = zones.iter().map(|(_, until)| *until).collect();
        first(known, (at, 9 * DAY), &ends, is_open).map(|second| second - at)
    }
}

fn instant((at, line): (u64, DateTime<Utc>), second: u64) -> DateTime<Utc> {
    let secs = i64::try_from(second).unwrap() - i64::try_from(at).unwrap();
    line + TimeDelta::seconds(secs)
}

/// The first second behind this one at which something is so: looked for at each quarter of an hour
/// on the clock, at which all hours and days here begin, and at these seconds.
fn first(
    known: (u64, DateTime<Utc>),
    (at, within): (u64, u64),
    also: &[u64],
    is_so: impl Fn(u64) -> bool,
) -> Option<u64> {
    let past = instant(known, at).timestamp().rem_euclid(900);
    let next = at + 900 - u64::try_from(past).unwrap();
    let mut quarters = (0..within / 900).map(|quarter| next + quarter * 900);
    let found = quarters.find(|second| is_so(*second));
    let others = also.iter().copied();
    let others = others.filter(|second| *second > at && is_so(*second));
    others.chain(found).min()
}

fn is_within(hours: &Hours, local: NaiveDateTime) -> bool {
    // Begun today or yesterday, and not over yet.
    [0, 1].into_iter().any(|back| {
        let day = local.date() - TimeDelta::days(back);
        let from = day.and_time(hours.from);
        let mut to = day.and_time(hours.to);
        if to <= from {
            to += TimeDelta::days(1);
        }
        hours.days.has(day.weekday()) && from <= local && local < to
    })
}
