//! A promise that is to be armed, as it is typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;

use super::lengths::LengthOffer;
use super::wait_form::{self, WaitForm};
use crate::engine::{Mode, Money};
use crate::input::number::{Suffix, Unit, read};
use crate::input::{Field, FieldError, FormValue, NumberBounds, read_days, read_time};
use crate::market::{AccountId, LockId, PositionId, Symbol};
use crate::promises::{Armed, Days, Holds, Hours, Kind, LossLimit, Period, Promise, Scope};
use crate::record::{Account, State};
use crate::waits::{WaitReason, WaitRule};
use crate::wording::words;

/// What stands for all waits where it is chosen what is promised.
const A_WAIT: Kind = Kind::Wait(WaitReason::Rescue);
const HOUR: u64 = 3600;
/// The pauses that are offered after a loss.
const AFTER_A_LOSS: [u64; 3] = [Promise::USUAL_PAUSE, 4 * HOUR, 24 * HOUR];
/// And after a liquidation.
const AFTER_A_LIQUIDATION: [u64; 3] = [Promise::USUAL_LIQUIDATION_PAUSE, 72 * HOUR, 7 * 24 * HOUR];
/// In which time opens and losses are counted.
pub const PERIODS: [Period; 2] = [Period::Day, Period::Week];

/// A promise as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct ArmForm {
    /// What is written and chosen: what is promised with its numbers, over what, for how long, and
    /// what she would tell herself.
    pub value: FormValue,
    /// The isolated positions while which a promise can hold, each with its name.
    pub(super) positions: Vec<(PositionId, String)>,
    /// Names the promise, so that pressing twice arms one.
    id: LockId,
}

impl ArmForm {
    /// With nothing chosen but what is offered first.
    pub fn of(kind: Kind, state: &State) -> Self {
        let mut value = WaitForm::usual();
        let (kind, reason) = match kind {
            Kind::Wait(reason) => (A_WAIT, reason),
            kind => (kind, WaitReason::Aroused),
        };
        value.choose_of(Field::Kind, &Self::kinds(), &kind);
        value.choose_of(Field::Reason, &WaitReason::ALL, &reason);
        value.choose(Field::Account, 0);
        value.choose(Field::Per, 0);
        value.write(Field::Days, "Mon Tue Wed Thu Fri");
        let accounts = state.accounts().iter();
        let open = accounts.flat_map(|account| &account.positions);
        let isolated = open.filter(|open| open.position.backing.mode() == Mode::Isolated);
        let positions = isolated.map(|open| {
            let position = &open.position;
            let name = format!("{} {}", position.symbol, words::side(position.side));
            (open.id(), name)
        });
        let mut form = Self {
            value,
            positions: positions.collect(),
            id: LockId::fresh(),
        };
        form.usual_length();
        form
    }

    /// What can be chosen: the waits are one, with a choice of its own.
    pub(super) fn kinds() -> Vec<Kind> {
        let kinds = Kind::ALL.into_iter();
        let kinds = kinds.filter(|kind| *kind == A_WAIT || !matches!(kind, Kind::Wait(_)));
        kinds.collect()
    }

    /// What is chosen.
    pub fn kind(&self) -> Kind {
        match self.value.one_of(Field::Kind, &Self::kinds()) {
            Some(Kind::Wait(_)) => {
                let reason = self.value.one_of(Field::Reason, &WaitReason::ALL);
                Kind::Wait(reason.unwrap_or(WaitReason::Aroused))
            }
            kind => kind.unwrap_or(Kind::NoSwitchToCross),
        }
    }

    /// The lengths that are offered for what is chosen, and the place of the usual one.
    fn offer(&self) -> Option<(LengthOffer, usize)> {
        let (label, offered): (_, &[u64]) = match self.kind() {
            Kind::NoSwitchToCross | Kind::NoCross => ("For how long", &Promise::OFFERED),
            Kind::PauseAfterLoss => ("How long a pause", &AFTER_A_LOSS),
            Kind::PauseAfterLiquidation => ("How long a pause", &AFTER_A_LIQUIDATION),
            Kind::Wait(_) => return Some((WaitForm::LONGER, 0)),
            _ => return None,
        };
        let hint = "like 36h or 2d, at most 30 d";
        let usual = offered.iter().position(|secs| *secs == Promise::USUAL);
        let usual = usual.filter(|_| self.kind().is_lock());
        let offer = LengthOffer {
            label,
            offered,
            hint,
        };
        Some((offer, usual.unwrap_or_default()))
    }

    /// The lengths that are offered for what is chosen, where it has one.
    pub fn length(&self) -> Option<LengthOffer> {
        self.offer().map(|(offer, _)| offer)
    }

    pub(super) fn usual_length(&mut self) {
        if let Some((_, usual)) = self.offer() {
            self.value.choose(Field::Length, usual);
        }
    }

    /// Chooses one account.
    pub fn choose_account(&mut self, account: AccountId, state: &State) {
        let mut accounts = state.accounts().iter();
        let place = accounts.position(|other| other.set.account == account);
        let place = place.and_then(|place| place.checked_add(1));
        self.value.choose(Field::Account, place.unwrap_or(0));
    }

    /// The account that is chosen, where it is one.
    fn account<'a>(&self, state: &'a State) -> Option<&'a Account> {
        let place = self.value.chosen(Field::Account)?.checked_sub(1)?;
        state.accounts().get(place)
    }

    /// The collateral that is meant where a market or an amount is typed without one.
    pub(super) fn collateral<'a>(&self, state: &'a State) -> &'a str {
        self.account(state)
            .or_else(|| state.accounts().first())
            .map_or("", |account| account.set.collateral.as_str())
    }

    /// Chooses to hold while a position is open.
    pub fn hold_while_open(&mut self, position: PositionId) {
        let mut positions = self.positions.iter();
        let place = positions.position(|(id, _)| *id == position);
        let lengths = Promise::OFFERED.len().saturating_add(1);
        if let Some(place) = place.and_then(|place| place.checked_add(lengths)) {
            self.value.choose(Field::Length, place);
        }
    }

    /// The position while which it holds, where one is chosen.
    fn while_open(&self) -> Option<PositionId> {
        let lengths = Promise::OFFERED.len().saturating_add(1);
        let place = self.value.chosen(Field::Length)?.checked_sub(lengths)?;
        let (position, _) = self.positions.get(place)?;
        (self.kind() == Kind::NoSwitchToCross).then_some(*position)
    }

    /// The promise, once everything about it can be read.
    ///
    /// # Errors
    /// What is wrong with each field that does not stand.
    pub fn read(&self, state: &State) -> Result<Armed, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let kind = self.kind();
        let secs = match self.length() {
            Some(offer) => FieldError::keep(&mut wrong, offer.read(&self.value)).flatten(),
            None => None,
        };
        let holds = match (kind.is_lock(), self.while_open()) {
            (false, _) => Some(Holds::Always),
            (true, Some(position)) => Some(Holds::WhileOpen(position)),
            (true, None) => secs.map(Holds::For),
        };
        let promise = self.promise(kind, secs, state, &mut wrong);
        let scope = FieldError::keep(&mut wrong, self.scope(kind, state));
        let armed = || {
            Some(Armed {
                lock: self.id,
                promise: promise?,
                scope: scope?,
                holds: holds?,
                words: self.value.text(Field::Words).trim().to_owned(),
                flat: state.accounts().iter().all(|a| a.positions.is_empty()),
                audit: None,
            })
        };
        armed().filter(|_| wrong.is_empty()).ok_or(wrong)
    }

    fn promise(
        &self,
        kind: Kind,
        secs: Option<u64>,
        state: &State,
        wrong: &mut Vec<FieldError>,
    ) -> Option<Promise> {
        let per = || self.value.one_of(Field::Per, &PERIODS);
        Some(match kind {
            Kind::NoSwitchToCross => Promise::NoSwitchToCross,
            Kind::NoCross => Promise::NoCross,
            Kind::PauseAfterLoss => Promise::PauseAfterLoss { secs: secs? },
            Kind::PauseAfterLiquidation => Promise::PauseAfterLiquidation { secs: secs? },
            Kind::MaxLoss => Promise::MaxLoss {
                most: FieldError::keep(wrong, self.most(state))?,
                per: per()?,
            },
            Kind::MaxAtStake => {
                let what = "What is at stake at most";
                let most = self.needed(Field::AtStake, what, Unit::Money);
                let (amount, collateral) = FieldError::keep(
                    wrong,
                    most.and_then(|most| Ok((Money::new(most), self.one_collateral(state)?))),
                )?;
                Promise::MaxAtStake { amount, collateral }
            }
            Kind::MaxLossesInARow => Promise::MaxLossesInARow {
                losses: FieldError::keep(wrong, self.value.count(Field::Losses))?,
            },
            Kind::TradingHours => Promise::TradingHours(self.hours(wrong)?),
            Kind::MaxOpens => Promise::MaxOpens {
                opens: FieldError::keep(wrong, self.value.count(Field::Opens))?,
                per: per()?,
            },
            Kind::MaxLeverage => self.leverages(wrong)?,
            Kind::NoAddingToALoser => Promise::NoAddingToALoser,
            Kind::NoIncreaseWhileLosing => Promise::NoIncreaseWhileLosing,
            Kind::CrossNeedsAPlan => Promise::CrossNeedsAPlan,
            Kind::NoEmergencyRelease => Promise::NoEmergencyRelease,
            Kind::Wait(reason) => Promise::Wait(WaitRule {
                when: wait_form::when(reason, &self.value, wrong)?,
                secs: secs?,
            }),
        })
    }

    fn needed(&self, field: Field, what: &str, unit: Unit) -> Result<Decimal, FieldError> {
        self.value.needed(field, what, unit, NumberBounds::ANYWHERE)
    }

    /// An amount in the collateral of the accounts it is about, or a percentage.
    fn most(&self, state: &State) -> Result<LossLimit, FieldError> {
        let field = Field::Loss;
        let value = self.needed(field, "What you lose at most", Unit::MoneyOrPercent)?;
        let number = read(self.value.text(field), Unit::MoneyOrPercent).exact();
        if number.and_then(|number| number.suffix) != Some(Suffix::Percent) {
            return Ok(LossLimit::Money {
                amount: Money::new(value),
                collateral: self.one_collateral(state)?,
            });
        }
        if value > Decimal::ONE_HUNDRED {
            return Err(FieldError::new(field, "More than 100 % cannot be lost."));
        }
        Ok(LossLimit::Percent(value))
    }

    /// What an amount is counted in: of accounts in several currencies one is to be chosen.
    fn one_collateral(&self, state: &State) -> Result<String, FieldError> {
        let collateral = self.collateral(state);
        let others = |account: &Account| account.set.collateral != collateral;
        let words = if collateral.is_empty() {
            "Set up an account first; an amount is in its currency."
        } else if self.account(state).is_none() && state.accounts().iter().any(others) {
            "Your accounts are in several currencies. Choose the one that the amount is counted in."
        } else {
            return Ok(collateral.to_owned());
        };
        Err(FieldError::new(Field::Account, words))
    }

    fn hours(&self, wrong: &mut Vec<FieldError>) -> Option<Hours> {
        let days = if self.value.is_empty(Field::Days) {
            Err("Choose at least one day.".to_owned())
        } else {
            read_days(self.value.text(Field::Days)).map_err(|problem| problem.to_string())
        };
        let days = days.map_err(|problem| FieldError::new(Field::Days, problem));
        let days = FieldError::keep(wrong, days);
        let [from, to] = [Field::From, Field::To].map(|field| {
            let time = read_time(self.value.text(field));
            let time = time.map_err(|problem| FieldError::new(field, problem.to_string()));
            FieldError::keep(wrong, time)
        });
        Some(Hours {
            days: Days::from(days?),
            from: from?,
            to: to?,
        })
    }

    fn leverages(&self, wrong: &mut Vec<FieldError>) -> Option<Promise> {
        let mut one = |field| {
            let most = self
                .value
                .number(field, "", Unit::Leverage, NumberBounds::LEVERAGE);
            let most = most.and_then(|most| match most {
                Some(most) if most < Decimal::ONE => {
                    Err(FieldError::new(field, "A leverage is at least 1."))
                }
                most => Ok(most),
            });
            FieldError::keep(wrong, most)
        };
        let (isolated, cross) = (one(Field::MostIsolated)?, one(Field::MostCross)?);
        if isolated.is_none() && cross.is_none() {
            let words = "Write the highest leverage here, or for cross.";
            wrong.push(FieldError::new(Field::MostIsolated, words));
        }
        Some(Promise::MaxLeverage { isolated, cross })
    }

    fn scope(&self, kind: Kind, state: &State) -> Result<Scope, FieldError> {
        if kind.is_about_everything() {
            return Ok(Scope::default());
        }
        let account = self.account(state).map(Account::scope);
        let typed = self.value.text(Field::Symbol).trim();
        let read = Symbol::read(typed, self.collateral(state));
        let symbol = match read.filter(|_| kind.takes_a_market()) {
            Some(symbol) => Some(symbol.to_string()),
            None if !kind.takes_a_market() => None,
            // While a position is open the promise is about its market, unless another is named.
            None if typed.is_empty() => self.while_open().and_then(|position| {
                let held = state.position(position);
                held.map(|(_, open)| open.position.symbol.to_string())
            }),
            None => {
                let words =
                    "Write the market with both its sides, like BTC/USDT, or leave it empty.";
                return Err(FieldError::new(Field::Symbol, words));
            }
        };
        Ok(Scope { account, symbol })
    }
}
