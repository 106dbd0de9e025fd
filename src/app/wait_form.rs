//! A rule of waits, as it is typed: how long, and from which thresholds on.

use super::form::{Form, FormHeading, HandedIn};
use super::lengths::{LengthOffer, length};
use super::{App, Command};
use crate::audit::Arousal;
use crate::input::{Field, FieldError, FieldSchema, FormValue, Reads};
use crate::market::LockId;
use crate::promises::{Armed, Holds, Kind, Promise, PromiseCommand, Scope, duration};
use crate::record::State;
use crate::waits::{WaitReason, WaitRule, WaitWhen};
use crate::wording::kinds;

/// The longer waits that are offered, in seconds.
const LONGER: [u64; 3] = [Promise::LONGER_WAIT, 3600, 4 * 3600];
/// The shorter ones.
const SHORTER: [u64; 2] = [5 * 60, 10 * 60];

/// The arousals from which on is waited.
fn levels() -> Vec<Arousal> {
    let levels = Arousal::ALL.into_iter();
    levels.filter(|level| level.get() > 0).collect()
}

/// The promise of such a rule.
pub fn armed(rule: WaitRule, state: &State) -> Armed {
    always(Promise::Wait(rule), state)
}

/// A promise about everything that always holds.
pub fn always(promise: Promise, state: &State) -> Armed {
    Armed {
        lock: LockId::fresh(),
        promise,
        scope: Scope::default(),
        holds: Holds::Always,
        words: String::new(),
        flat: state.accounts().iter().all(|a| a.positions.is_empty()),
        audit: None,
    }
}

/// A wait as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitForm {
    /// Why is waited.
    pub reason: WaitReason,
    /// How long, among what is offered.
    pub length: LengthOffer,
    /// What is written and chosen: how long, and the thresholds of every reason.
    pub value: FormValue,
}

impl WaitForm {
    /// As a rule says, where a longer wait is offered or a shorter one.
    pub fn of(rule: WaitRule, longer: bool) -> Self {
        let length = if longer {
            Self::LONGER
        } else {
            LengthOffer {
                offered: &SHORTER,
                ..Self::LONGER
            }
        };
        let mut value = Self::usual();
        fill_in(&mut value, rule.when);
        length.write(&mut value, duration(rule.secs));
        Self {
            reason: rule.reason(),
            length,
            value,
        }
    }

    /// How long a wait is that is armed.
    pub(super) const LONGER: LengthOffer = LengthOffer {
        label: "How long a wait",
        offered: &LONGER,
        hint: "like 20 min or 2h, at most 24 h",
    };

    /// The thresholds that hold from the beginning.
    pub(super) fn usual() -> FormValue {
        let mut value = FormValue::default();
        for reason in WaitReason::ALL {
            fill_in(&mut value, WaitWhen::from_the_beginning(reason));
        }
        value
    }

    /// The rule, once everything about it can be read.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    pub fn read(&self) -> Result<WaitRule, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let secs = FieldError::keep(&mut wrong, self.length.read(&self.value)).flatten();
        let when = when(self.reason, &self.value, &mut wrong);
        let rule = when.zip(secs).map(|(when, secs)| WaitRule { when, secs });
        rule.ok_or(wrong)
    }
}

fn fill_in(value: &mut FormValue, when: WaitWhen) {
    match when {
        WaitWhen::Aroused { from } => arouse(value, from),
        WaitWhen::RecentLoss { within } => value.write(Field::Within, duration(within)),
        WaitWhen::LookedAway { times, away } => {
            value.write(Field::Times, times.to_string());
            value.write(Field::Away, away.to_string());
        }
        WaitWhen::Rescue
        | WaitWhen::SwitchToCross
        | WaitWhen::IncreaseWhileLosing
        | WaitWhen::RevengeOrChasing => {}
    }
}

/// Chooses from which arousal on.
pub fn arouse(value: &mut FormValue, from: u8) {
    if let Ok(level) = Arousal::try_from(from) {
        value.choose_of(Field::Arousal, &levels(), &level);
    }
}

/// The fields of a wait for this reason.
pub(super) fn schema(
    reason: WaitReason,
    offer: LengthOffer,
    value: &FormValue,
) -> Vec<FieldSchema> {
    let mut schema = offer.schema(value, &[]);
    match reason {
        WaitReason::Rescue
        | WaitReason::SwitchToCross
        | WaitReason::IncreaseWhileLosing
        | WaitReason::RevengeOrChasing => {}
        WaitReason::Aroused => {
            let levels = levels().into_iter();
            let levels = levels.map(|level| format!("{} {}", level.get(), level.word()));
            let levels = Reads::Choice(levels.collect());
            schema.push(FieldSchema::new(
                Field::Arousal,
                "From which arousal on",
                levels,
            ));
        }
        WaitReason::RecentLoss => schema.push(
            FieldSchema::new(Field::Within, "For how long after a loss", Reads::Length)
                .hint("like 60 min or 4h, at most 24 h"),
        ),
        WaitReason::LookedAway => schema.extend([
            FieldSchema::new(
                Field::Times,
                "Times the window is left",
                Reads::count("times"),
            ),
            FieldSchema::new(Field::Away, "Seconds it is left in all", Reads::count("s")).beside(),
        ]),
    }
    schema
}

/// When is waited for this reason.
pub(super) fn when(
    reason: WaitReason,
    value: &FormValue,
    wrong: &mut Vec<FieldError>,
) -> Option<WaitWhen> {
    Some(match reason {
        WaitReason::Rescue => WaitWhen::Rescue,
        WaitReason::SwitchToCross => WaitWhen::SwitchToCross,
        WaitReason::IncreaseWhileLosing => WaitWhen::IncreaseWhileLosing,
        WaitReason::RevengeOrChasing => WaitWhen::RevengeOrChasing,
        WaitReason::Aroused => WaitWhen::Aroused {
            from: value.one_of(Field::Arousal, &levels())?.get(),
        },
        WaitReason::RecentLoss => WaitWhen::RecentLoss {
            within: FieldError::keep(wrong, length(value, Field::Within))?,
        },
        WaitReason::LookedAway => {
            let times = FieldError::keep(wrong, value.count(Field::Times));
            let away = FieldError::keep(wrong, value.count(Field::Away));
            WaitWhen::LookedAway {
                times: times?,
                away: away?.into(),
            }
        }
    })
}

impl Form for WaitForm {
    fn heading(&self, _: &App) -> Option<FormHeading> {
        Some(FormHeading::new(kinds::words(Kind::Wait(self.reason))))
    }

    fn schema(&self, _: &App) -> Vec<FieldSchema> {
        schema(self.reason, self.length, &self.value)
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let armed = armed(self.read()?, app.state());
        let ask = PromiseCommand::Arm(Box::new(armed));
        Ok(Command::Promise(Box::new(ask)).into())
    }
}
