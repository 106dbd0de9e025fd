//! Looking away: how often and how long the window lost the focus while answers were written.
//!
//! If the answers cannot be written without looking at the chart again, it is arousal that
//! drives the trade. So each leave is counted and timed, and shown as a fact, not as a fault.
//!
//! What closing the app counts as: a person who closes it in the middle of an answer has left
//! the window, so it is counted, as a closing of its own and never a second time where the
//! window was without the focus already. How long the app was closed is not counted as looking:
//! nobody saw it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Counts and times the leaves. Times are measured from any fixed moment of one run of the app;
/// they need not agree between two runs.
///
/// ```
/// use std::time::Duration;
/// use impulse_audit::audit::looks::LooksAway;
///
/// let mut looks = LooksAway::default();
/// looks.focus_changed(true, Duration::from_secs(1));
/// looks.focus_changed(false, Duration::from_secs(10));
/// looks.focus_changed(true, Duration::from_secs(19));
/// assert_eq!(
///     looks.fact().as_deref(),
///     Some("You left this window once, for 9 s, while writing"),
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksAway {
    left: u32,
    away_ms: u64,
    closed: u32,
    focus: Focus,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Focus {
    /// The window has not had the focus in this run: its first frames report none.
    #[default]
    NotYet,
    Here,
    Away {
        since_ms: u64,
    },
}

impl LooksAway {
    /// Notes whether the window has the focus. May be called on every frame: only a change
    /// counts. A time that runs backwards counts as no time.
    pub fn focus_changed(&mut self, focused: bool, at: Duration) {
        match (self.focus, focused) {
            (Focus::Here, false) => {
                self.left = self.left.saturating_add(1);
                self.focus = Focus::Away {
                    since_ms: milliseconds(at),
                };
            }
            (Focus::Away { .. }, true) => {
                self.count_until(at);
                self.focus = Focus::Here;
            }
            (Focus::NotYet, true) => self.focus = Focus::Here,
            (Focus::NotYet | Focus::Away { .. }, false) | (Focus::Here, true) => {}
        }
    }

    /// Brings a leave that still lasts up to date. Call it before the draft is saved or sealed.
    pub fn count_until(&mut self, at: Duration) {
        if let Focus::Away { since_ms } = self.focus {
            let now_ms = milliseconds(at);
            self.away_ms = self.away_ms.saturating_add(now_ms.saturating_sub(since_ms));
            self.focus = Focus::Away { since_ms: now_ms };
        }
    }

    /// Goes on with a draft in a new run of the app. Having been closed counts once, unless the
    /// window had been left already; the time in between does not count.
    pub fn resume(&mut self) {
        if self.focus == Focus::Here {
            self.closed = self.closed.saturating_add(1);
        }
        self.focus = Focus::NotYet;
    }

    /// Takes in what the journal knows of them: what it has counted is never counted less.
    pub fn no_less_than(&mut self, known: &Self) {
        self.left = self.left.max(known.left);
        self.away_ms = self.away_ms.max(known.away_ms);
        self.closed = self.closed.max(known.closed);
    }

    /// Whether there is more to be written down than the journal knows: another leave, or one
    /// that has ended.
    pub fn is_news_after(&self, known: &Self) -> bool {
        let is_back = !matches!(self.focus, Focus::Away { .. });
        self.times() > known.times() || is_back && self.away_ms > known.away_ms
    }

    /// How often the window was left, closings included.
    pub fn times(&self) -> u32 {
        self.left.saturating_add(self.closed)
    }

    /// How often the app was closed while it had the focus.
    pub fn closed(&self) -> u32 {
        self.closed
    }

    /// How long the window was left, without the time in which the app was closed.
    pub fn away(&self) -> Duration {
        Duration::from_millis(self.away_ms)
    }

    /// The fact as a sentence; `None` where the window was never left.
    pub fn fact(&self) -> Option<String> {
        let Self {
            left,
            away_ms,
            closed,
            focus: _,
        } = *self;
        let away = in_words(away_ms);
        let left = match left {
            0 => None,
            1 => Some(format!("left this window once, for {away}")),
            times => Some(format!("left this window {times} times, {away}")),
        };
        let closed = match closed {
            0 => None,
            1 => Some(String::from("closed it once")),
            times => Some(format!("closed it {times} times")),
        };
        let what = match (left, closed) {
            (None, None) => return None,
            (Some(left), None) => left,
            (None, Some(closed)) => closed.replacen(" it ", " this window ", 1),
            (Some(left), Some(closed)) => format!("{left}, and {closed}"),
        };
        Some(format!("You {what}, while writing"))
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Whole seconds, rounded down: "48 s", "2 min 5 s", "1 h 4 min".
fn in_words(ms: u64) -> String {
    let whole = Duration::from_millis(ms).as_secs();
    let (minutes, seconds) = parts(whole);
    let (hours, minutes_left) = parts(minutes);
    match (hours, minutes_left, seconds) {
        (0, 0, 0) => String::from("less than 1 s"),
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

/// Sixties, and what remains.
fn parts(of: u64) -> (u64, u64) {
    (
        of.checked_div(60).unwrap_or(0),
        of.checked_rem(60).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(changes: &[(bool, u64)]) -> LooksAway {
        let mut looks = LooksAway::default();
        for (focused, ms) in changes {
            looks.focus_changed(*focused, Duration::from_millis(*ms));
        }
        looks
    }

    fn saved_and_loaded(looks: &LooksAway) -> LooksAway {
        serde_json::from_str(&serde_json::to_string(looks).unwrap()).unwrap()
    }

    #[test]
    fn the_first_frames_without_a_focus_are_no_leave() {
        let looks = after(&[(false, 0), (false, 16), (false, 5000), (true, 6000)]);
        assert_eq!((looks.times(), looks.fact()), (0, None));
    }

    #[test]
    fn a_change_counts_and_a_frame_without_change_does_not() {
        let looks = after(&[
            (true, 0),
            (true, 16),
            (false, 1000),
            (false, 2000),
            (false, 3000),
            (true, 4000),
            (true, 5000),
        ]);
        assert_eq!(looks.times(), 1);
        assert_eq!(looks.away(), Duration::from_secs(3));
    }

    #[test]
    fn the_fact_of_the_documents_comes_out_word_for_word() {
        let looks = after(&[
            (true, 0),
            (false, 1_000),
            (true, 11_000),
            (false, 20_000),
            (true, 28_000),
            (false, 30_000),
            (true, 60_000),
        ]);
        // 10 + 8 + 30 seconds.
        assert_eq!(
            looks.fact().unwrap(),
            "You left this window 3 times, 48 s, while writing"
        );
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        for (ms, words) in [
            (0, "less than 1 s"),
            (999, "less than 1 s"),
            (1_000, "1 s"),
            (59_999, "59 s"),
            (60_000, "1 min"),
            (125_000, "2 min 5 s"),
            (3_599_000, "59 min 59 s"),
            (3_600_000, "1 h"),
            (3_900_000, "1 h 5 min"),
        ] {
            let looks = after(&[(true, 0), (false, 0), (true, ms)]);
            assert_eq!(
                looks.fact().unwrap(),
                format!("You left this window once, for {words}, while writing")
            );
        }
    }

    #[test]
    fn closing_the_app_counts_once_and_its_gap_is_not_timed() {
        let mut looks = after(&[(true, 0), (false, 1_000), (true, 10_000)]);
        looks = saved_and_loaded(&looks);
        looks.resume();
        // The clock of the new run starts anywhere.
        looks.focus_changed(false, Duration::from_hours(25));
        looks.focus_changed(true, Duration::from_secs(90_001));
        assert_eq!((looks.times(), looks.closed()), (2, 1));
        assert_eq!(looks.away(), Duration::from_secs(9));
        assert_eq!(
            looks.fact().unwrap(),
            "You left this window once, for 9 s, and closed it once, while writing"
        );
    }

    #[test]
    fn an_app_closed_while_away_is_one_leave_timed_until_it_was_saved() {
        let mut looks = after(&[(true, 0), (false, 1_000)]);
        looks.count_until(Duration::from_secs(5));
        looks = saved_and_loaded(&looks);
        looks.resume();
        looks.focus_changed(true, Duration::from_secs(3));
        assert_eq!((looks.times(), looks.closed()), (1, 0));
        assert_eq!(looks.away(), Duration::from_secs(4));
    }

    #[test]
    fn resuming_twice_without_a_focus_between_counts_once() {
        let mut looks = after(&[(true, 0)]);
        looks.resume();
        looks.resume();
        assert_eq!(
            looks.fact().unwrap(),
            "You closed this window once, while writing"
        );
    }

    #[test]
    fn bringing_a_leave_up_to_date_again_and_again_counts_no_second_twice() {
        let mut looks = after(&[(true, 0), (false, 1_000)]);
        for second in 1..=10 {
            looks.count_until(Duration::from_secs(second));
        }
        looks.focus_changed(true, Duration::from_secs(11));
        assert_eq!(looks.away(), Duration::from_secs(10));
    }

    #[test]
    fn a_clock_that_runs_backwards_takes_nothing_away() {
        let looks = after(&[(true, 9_000), (false, 8_000), (true, 2_000)]);
        assert_eq!((looks.times(), looks.away()), (1, Duration::ZERO));
    }
}
