//! The most that can have passed, where lines may claim more: those behind the head's word that the
//! app did not write, and those that nothing vouches for since head or lines were lost.
//!
//! A line can say of a boot that nobody knows that it was on for a year. What was seen before, and
//! what this machine's own clocks say, bounds that: between a sight of a boot and now no more has
//! passed than the two say.

use chrono::{DateTime, Utc};

use super::credited_time::{Boot, BootReading, ClockReading, CreditedTime};
use super::lock::{LockEnd, Loosening};
use super::promise_set::{PromiseSet, RELEASE_EVERY};
use crate::journal::CLOCK_TOLERANCE;

/// The most that can be credited at `now`, if so much was credited at each of these sights.
///
/// ```text
/// credited(now) <= credited(sight) + passed(sight, now), for every sight
/// ```
///
/// Where the wall clock was set back between another boot and this one, the two say nothing of
/// what lies between them.
fn most(sights: impl Iterator<Item = (u64, ClockReading)>, now: &ClockReading) -> Option<u64> {
    sights
        .filter(|(_, seen)| {
            seen.boot == now.boot
                || now.wall >= seen.wall.saturating_sub(CLOCK_TOLERANCE.num_seconds())
        })
        .map(|(credited, seen)| credited.saturating_add(seen.passed_to(now)))
        .min()
}

impl CreditedTime {
    /// The sights that bound it: each boot as it was seen last, the present one as it was seen
    /// first, which no later line can have changed, and what the head knew.
    fn sights(&self, now: &ClockReading, since: Option<&ClockReading>) -> Vec<(u64, ClockReading)> {
        let seen = |boot: &str, sight: &BootReading| ClockReading {
            boot: boot.to_owned(),
            up: sight.up,
            wall: sight.wall,
            zone: now.zone.clone(),
        };
        let boots = self.boots.iter().map(|(name, Boot { first, last })| {
            let sight = if *name == now.boot { first } else { last };
            (sight.credited, seen(name, sight))
        });
        let head = since.and_then(|since| {
            let Boot { first, .. } = self.boots.get(&since.boot)?;
            let passed = since.up.saturating_sub(first.up);
            Some((first.credited.saturating_add(passed), since.clone()))
        });
        boots.chain(head).collect()
    }

    /// Credits no more than is known to have passed, and counts on from what is seen now.
    fn limit(&mut self, now: &ClockReading, since: Option<&ClockReading>) {
        let most = most(self.sights(now, since).into_iter(), now);
        self.credited = most.map_or(self.credited, |most| most.min(self.credited));
        for Boot { first, last } in self.boots.values_mut() {
            first.credited = first.credited.min(self.credited);
            last.credited = last.credited.min(self.credited);
        }
        if let Some(boot) = self.boots.get_mut(&now.boot) {
            boot.last = BootReading {
                up: now.up,
                wall: now.wall,
                credited: self.credited,
            };
        }
        self.last = Some(now.clone());
    }
}

impl PromiseSet {
    /// The last line was written by the app, by these clocks and at this time of the journal; those
    /// before it may not have been. `since` is what the head knew of them.
    pub fn limit_credit_by_line(
        &mut self,
        line: ClockReading,
        at: DateTime<Utc>,
        since: Option<&ClockReading>,
    ) {
        self.limit_credit(&line, since);
        self.line_seen = Some(line);
        self.wall = Some(at);
        self.instants.see(self.passing.credited(), at);
    }

    /// Takes back what lines have claimed beyond what can have passed up to `now`. What was folded
    /// at a time that has not come was folded now at the latest, and what ended then has not.
    pub fn limit_credit(&mut self, now: &ClockReading, since: Option<&ClockReading>) {
        let before = self.passing.credited();
        self.passing.limit(now, since);
        let at = self.passing.credited();
        if at >= before {
            return;
        }
        for lock in &mut self.locks {
            lock.at = lock.at.min(at);
            lock.over = match lock.over {
                // That a position was closed is a fact, whenever it was.
                Some((end, LockEnd::Closed)) => Some((end.min(at), LockEnd::Closed)),
                Some((end, _)) if end > at => None,
                over => over,
            };
            if let Some(Loosening { asked, .. }) = &mut lock.loosening {
                *asked = at.min(*asked);
            }
            lock.released = lock.released.map(|released| released.min(at));
            lock.count_lost = lock.count_lost.map(|lost| lost.min(at));
        }
        for plan in &mut self.plans {
            plan.at = plan.at.min(at);
            plan.renewed = plan.renewed.min(at);
        }
        self.recent.not_after(at);
        self.losses.not_after(at);
        self.zones.not_after(at);
        self.no_release_before = self.no_release_before.min(at.saturating_add(RELEASE_EVERY));
        self.line_at = self.line_at.min(at);
        // Which day and hour it is follows the seconds that are believed.
        let wall = self.by_the_journal(now).wall;
        if let Some(wall) = DateTime::from_timestamp(wall, 0) {
            self.instants.see(at, wall);
        }
    }
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    reason = "of tests, whose seconds are small"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A machine whose wall clock is right: on for so long, then off for so long, again and again;
    /// seen once in each boot. The sights, each with the seconds that had passed, and now.
    fn lived(
        days: &[(u32, u32)],
        first_wall: i64,
    ) -> (Vec<(u64, ClockReading)>, ClockReading, u64) {
        let (mut passed, mut sights) = (0_u64, Vec::new());
        let at = |boot: usize, up: u32, passed: u64| ClockReading {
            boot: format!("boot {boot}"),
            up: up.into(),
            wall: first_wall + i64::try_from(passed).unwrap(),
            zone: String::new(),
        };
        for (boot, (on, off)) in days.iter().enumerate() {
            passed += u64::from(*on);
            sights.push((passed, at(boot, *on, passed)));
            passed += u64::from(*off);
        }
        passed += 600;
        let now = at(days.len(), 600, passed);
        (sights, now, passed)
    }

    fn days() -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((1..200_000_u32, 0..200_000_u32), 1..6)
    }

    proptest! {
        #[test]
        fn of_a_machine_with_a_right_clock_not_a_second_is_taken_back(
            days in days(), wall in -100_000_i64..2_000_000_000,
        ) {
            let (sights, now, passed) = lived(&days, wall);
            prop_assert_eq!(most(sights.into_iter(), &now), Some(passed));
        }

        /// Whatever somebody claims behind what was seen.
        #[test]
        fn no_claim_credits_more_than_has_passed_nor_takes_back_what_had(
            days in days(),
            claims in prop::collection::vec(
                (0..4_000_000_000_u64, 0..4_u8, any::<u32>(), any::<i32>()), 0..5),
        ) {
            let (mut sights, now, passed) = lived(&days, 1_772_375_400);
            let had = sights.last().unwrap().0;
            for (more, boot, up, wall) in claims {
                let boot = format!("made up {boot}");
                let seen = ClockReading { boot, up: up.into(), wall: wall.into(), zone: String::new() };
                sights.push((had + more, seen));
            }
            let most = most(sights.into_iter(), &now).unwrap();
            prop_assert!((had..=passed).contains(&most), "{had} {most} {passed}");
        }
    }
}
