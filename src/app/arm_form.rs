//! A promise that is to be armed, as it is typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;

use super::lengths::{Length, Lengths};
use super::wait_form::WaitForm;
use crate::engine::Money;
use crate::input::FormErrors;
use crate::input::count;
use crate::input::number::{Suffix, Unit, read};
use crate::input::read_time;
use crate::input::{Field, NumberBounds, typed_number};
use crate::market::{AccountId, LockId, Symbol};
use crate::promises::{Armed, Days, Holds, Hours, Kind, LossLimit, Period, Promise, Scope, WEEK};
use crate::record::{Account, State};
use crate::waits::WaitReason;

/// Whose account it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeChoice {
    /// All accounts.
    All,
    /// One of them.
    One(AccountId),
}

/// The account: the name of the field as it is said, and as problems find it. So are those below.
pub const ACCOUNT: &str = "Account";
/// In which market.
pub const MARKET: &str = "Market";
/// How many opens.
pub const OPENS: &str = "How many opens";
/// The highest leverage in isolated.
pub const ISOLATED: &str = "Isolated, at most";
/// The highest leverage in cross.
pub const CROSS: &str = "Cross, at most";
/// The most that may be lost.
pub const LOST: &str = "Lost, at most";
/// The most that may be at stake.
pub const AT_STAKE: &str = "At stake, at most";
/// How many losses in a row.
pub const LOSSES: &str = "How many losses";
/// The days.
pub const DAYS: &str = "On which days";
/// The beginning of the hours.
pub const FROM: &str = "From";
/// Their end.
pub const TO: &str = "To";

/// Everything that is typed and chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmForm {
    /// What.
    pub kind: Option<Kind>,
    /// Whose account it is about.
    pub whose: Option<ScopeChoice>,
    /// In which market; every one, where it is empty.
    pub market: String,
    /// How long a lock holds.
    pub lock: Lengths,
    /// How long a pause after a loss lasts.
    pub after_loss: Lengths,
    /// How long a pause after a liquidation lasts.
    pub after_liquidation: Lengths,
    /// How long a wait is, and from which thresholds on.
    pub wait: WaitForm,
    /// How many opens.
    pub opens: String,
    /// In which time opens and losses are counted.
    pub per: Option<Period>,
    /// The highest leverage in isolated.
    pub isolated: String,
    /// The highest leverage in cross.
    pub cross: String,
    /// The most that may be lost: an amount, or a percentage.
    pub lost: String,
    /// The most that may be at stake.
    pub at_stake: String,
    /// How many losses in a row.
    pub losses: String,
    /// On which days.
    pub days: Days,
    /// From when.
    pub from: String,
    /// To when.
    pub to: String,
    /// What she would tell herself.
    pub words: String,
    /// What is wrong with it, once it was to be armed.
    pub notes: FormErrors,
    /// Names the promise, so that pressing twice arms one.
    id: LockId,
}

impl ArmForm {
    /// With nothing chosen but what is offered first.
    pub fn of(kind: Kind) -> Self {
        let [monday, tuesday, wednesday, thursday, friday, ..] = WEEK;
        Self {
            kind: Some(kind),
            whose: Some(ScopeChoice::All),
            market: String::new(),
            lock: Lengths::of(Promise::USUAL),
            after_loss: Lengths::of(Promise::USUAL_PAUSE),
            after_liquidation: Lengths::of(Promise::USUAL_LIQUIDATION_PAUSE),
            wait: WaitForm::of(Lengths::of(Promise::LONGER_WAIT)),
            opens: String::new(),
            per: Some(Period::Day),
            isolated: String::new(),
            cross: String::new(),
            lost: String::new(),
            at_stake: String::new(),
            losses: String::new(),
            days: Days::from(vec![monday, tuesday, wednesday, thursday, friday]),
            from: String::new(),
            to: String::new(),
            words: String::new(),
            notes: FormErrors::default(),
            id: LockId::fresh(),
        }
    }

    /// The account that is chosen, where it is one.
    fn account<'a>(&self, state: &'a State) -> Option<&'a Account> {
        match self.whose? {
            ScopeChoice::All => None,
            ScopeChoice::One(id) => state.account(id),
        }
    }

    /// The collateral that is meant where a market or an amount is typed without one.
    pub fn collateral<'a>(&self, state: &'a State) -> &'a str {
        self.account(state)
            .or_else(|| state.accounts().first())
            .map_or("", |account| account.set.collateral.as_str())
    }

    /// Why a wait is chosen, where one is.
    pub fn reason(&self) -> WaitReason {
        match self.kind {
            Some(Kind::Wait(reason)) => reason,
            _ => WaitReason::Aroused,
        }
    }

    /// The promise, once everything about it can be read.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    pub fn read(&self, state: &State) -> Result<Armed, FormErrors> {
        let mut notes = FormErrors::default();
        let Some(kind) = self.kind else {
            return Err(notes);
        };
        let holds = self.holds(kind, &mut notes);
        let promise = self.promise(kind, state, &mut notes);
        let scope = self.scope(kind, state, &mut notes);
        match (promise, holds) {
            (Some(promise), Some(holds)) if notes.is_empty() => Ok(Armed {
                lock: self.id,
                promise,
                scope,
                holds,
                words: self.words.trim().to_owned(),
                flat: state.accounts().iter().all(|a| a.positions.is_empty()),
                audit: None,
            }),
            _ => Err(notes),
        }
    }

    fn holds(&self, kind: Kind, notes: &mut FormErrors) -> Option<Holds> {
        if !kind.is_lock() {
            return Some(Holds::Always);
        }
        match self.lock.chosen {
            Some(Length::WhileOpen(position)) if kind == Kind::NoSwitchToCross => {
                Some(Holds::WhileOpen(position))
            }
            _ => self.lock.secs(notes).map(Holds::For),
        }
    }

    fn promise(&self, kind: Kind, state: &State, notes: &mut FormErrors) -> Option<Promise> {
        Some(match kind {
            Kind::NoSwitchToCross => Promise::NoSwitchToCross,
            Kind::NoCross => Promise::NoCross,
            Kind::PauseAfterLoss => Promise::PauseAfterLoss {
                secs: self.after_loss.secs(notes)?,
            },
            Kind::PauseAfterLiquidation => Promise::PauseAfterLiquidation {
                secs: self.after_liquidation.secs(notes)?,
            },
            Kind::MaxLoss => Promise::MaxLoss {
                most: self.most(state, notes)?,
                per: self.per?,
            },
            Kind::MaxAtStake => {
                let typed = typed_number(
                    Field::Other,
                    &self.at_stake,
                    Unit::Money,
                    NumberBounds::ANYWHERE,
                );
                let amount = above_zero(AT_STAKE, typed.map_err(|p| p.problem), notes)?;
                Promise::MaxAtStake {
                    amount: Money::new(amount),
                    collateral: self.one_collateral(state, notes)?,
                }
            }
            Kind::MaxLossesInARow => Promise::MaxLossesInARow {
                losses: count(LOSSES, &self.losses, notes)?,
            },
            Kind::TradingHours => Promise::TradingHours(self.hours(notes)?),
            Kind::MaxOpens => Promise::MaxOpens {
                opens: count(OPENS, &self.opens, notes)?,
                per: self.per?,
            },
            Kind::MaxLeverage => self.leverages(notes)?,
            Kind::NoAddingToALoser => Promise::NoAddingToALoser,
            Kind::NoIncreaseWhileLosing => Promise::NoIncreaseWhileLosing,
            Kind::CrossNeedsAPlan => Promise::CrossNeedsAPlan,
            Kind::NoEmergencyRelease => Promise::NoEmergencyRelease,
            Kind::Wait(reason) => Promise::Wait(self.wait.read(reason, notes)?),
        })
    }

    /// An amount in the collateral of the accounts it is about, or a percentage.
    fn most(&self, state: &State, notes: &mut FormErrors) -> Option<LossLimit> {
        let typed = typed_number(
            Field::Other,
            &self.lost,
            Unit::MoneyOrPercent,
            NumberBounds::ANYWHERE,
        );
        let value = above_zero(LOST, typed.map_err(|p| p.problem), notes)?;
        let suffix = read(&self.lost, Unit::MoneyOrPercent).exact()?.suffix;
        if suffix != Some(Suffix::Percent) {
            return Some(LossLimit::Money {
                amount: Money::new(value),
                collateral: self.one_collateral(state, notes)?,
            });
        }
        if value > Decimal::ONE_HUNDRED {
            notes.wrong(LOST, "More than 100 % cannot be lost.");
            return None;
        }
        Some(LossLimit::Percent(value))
    }

    /// What an amount is counted in: of accounts in several currencies one is to be chosen.
    fn one_collateral(&self, state: &State, notes: &mut FormErrors) -> Option<String> {
        let collateral = self.collateral(state);
        let others = |account: &Account| account.set.collateral != collateral;
        if collateral.is_empty() {
            notes.wrong(
                ACCOUNT,
                "Set up an account first; an amount is in its currency.",
            );
            return None;
        }
        if self.account(state).is_none() && state.accounts().iter().any(others) {
            notes.wrong(
                ACCOUNT,
                "Your accounts are in several currencies. Choose the one that the amount is counted in.",
            );
            return None;
        }
        Some(collateral.to_owned())
    }

    fn hours(&self, notes: &mut FormErrors) -> Option<Hours> {
        let mut time = |name: &str, typed: &str| match read_time(typed) {
            Ok(time) => Some(time),
            Err(problem) => {
                notes.wrong(name, problem.to_string());
                None
            }
        };
        let (from, to) = (time(FROM, &self.from), time(TO, &self.to));
        if self.days == Days::default() {
            notes.wrong(DAYS, "Choose at least one day.");
        }
        Some(Hours {
            days: self.days,
            from: from?,
            to: to?,
        })
    }

    fn leverages(&self, notes: &mut FormErrors) -> Option<Promise> {
        let mut one = |name: &str, typed: &str| match typed_number(
            Field::Other,
            typed,
            Unit::Leverage,
            NumberBounds::LEVERAGE,
        ) {
            Ok(Some(most)) if most < Decimal::ONE => {
                notes.wrong(name, "A leverage is at least 1.");
                None
            }
            Ok(most) => most,
            Err(problem) => {
                notes.wrong(name, problem.problem);
                None
            }
        };
        let isolated = one(ISOLATED, &self.isolated);
        let cross = one(CROSS, &self.cross);
        if isolated.is_none() && cross.is_none() && notes.is_empty() {
            notes.wrong(ISOLATED, "Write the highest leverage here, or for cross.");
        }
        notes
            .is_empty()
            .then_some(Promise::MaxLeverage { isolated, cross })
    }

    fn scope(&self, kind: Kind, state: &State, notes: &mut FormErrors) -> Scope {
        if kind.is_about_everything() {
            return Scope::default();
        }
        let account = self.account(state).map(Account::scope);
        if !kind.takes_a_market() {
            return Scope {
                account,
                symbol: None,
            };
        }
        let typed = self.market.trim();
        let read = Symbol::read(typed, self.collateral(state));
        if read.is_none() && !typed.is_empty() {
            notes.wrong(
                MARKET,
                "Write the market with both its sides, like BTC/USDT, or leave it empty.",
            );
        }
        let mut symbol = read.map(|symbol| symbol.to_string());
        // While a position is open the promise is about its market, unless another is named.
        if let (Kind::NoSwitchToCross, Some(Length::WhileOpen(position)), None) =
            (kind, self.lock.chosen, &symbol)
        {
            let held = state.position(position);
            symbol = held.map(|(_, open)| open.position.symbol.to_string());
        }
        Scope { account, symbol }
    }
}

fn above_zero(
    name: &str,
    typed: Result<Option<Decimal>, String>,
    notes: &mut FormErrors,
) -> Option<Decimal> {
    match typed {
        Ok(Some(value)) if value > Decimal::ZERO => Some(value),
        Ok(_) => {
            notes.wrong(name, "Write a number above zero.");
            None
        }
        Err(problem) => {
            notes.wrong(name, problem);
            None
        }
    }
}
