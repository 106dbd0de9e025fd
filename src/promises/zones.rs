//! Which time zones count. Another zone shortens nothing: the one that was left counts beside the
//! new one for as long as a loosening waits.

use chrono_tz::Tz;

use super::lock::LEAST_WAIT;

/// The zones that lines were written in, the present one last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Zones(Vec<Stay>);

/// A zone, and the counted second at which it was left, where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stay {
    zone: String,
    left: Option<u64>,
}

/// A zone that counts, and until which counted second, where it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counting {
    pub(super) zone: Tz,
    pub(super) until: Option<u64>,
}

impl Zones {
    /// Takes in the zone of a line.
    pub(super) fn see(&mut self, zone: &str, at: u64) {
        if self.0.last().is_some_and(|stay| stay.zone == zone) {
            return;
        }
        for stay in &mut self.0 {
            stay.left.get_or_insert(at);
        }
        self.0
            .retain(|stay| stay.zone != zone && stay.counts_until(at) > at);
        self.0.push(Stay {
            zone: zone.to_owned(),
            left: None,
        });
    }

    /// None was left later than this credited second.
    pub(super) fn not_after(&mut self, at: u64) {
        for stay in &mut self.0 {
            stay.left = stay.left.map(|left| left.min(at));
        }
    }

    /// Takes in a zone that the head knew of, where the lines are gone.
    pub(super) fn left(&mut self, zone: &str, at: u64) {
        if self.0.iter().all(|stay| stay.zone != zone) {
            let stay = Stay {
                zone: zone.to_owned(),
                left: Some(at),
            };
            self.0.insert(0, stay);
        }
    }

    /// The zones that count where the clocks say `zone` now. A name that nobody knows is taken for
    /// UTC.
    pub(super) fn counting(&self, zone: &str, at: u64) -> Vec<Counting> {
        let of = |name: &str, until| Counting {
            zone: name.parse().unwrap_or(Tz::UTC),
            until,
        };
        let before = self.0.iter().filter(|stay| stay.zone != zone);
        let before = before.map(|stay| of(&stay.zone, Some(stay.counts_until(at))));
        before
            .filter(|counting| counting.until > Some(at))
            .chain([of(zone, None)])
            .collect()
    }
}

impl Stay {
    /// Until when it counts if it is left at this second at the latest.
    fn counts_until(&self, at: u64) -> u64 {
        self.left.unwrap_or(at).saturating_add(LEAST_WAIT)
    }
}
