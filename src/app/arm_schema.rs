//! The fields of a promise that is armed.

use super::arm_form::{ArmForm, PERIODS};
use super::form::{Form, FormHeading, HandedIn};
use super::{App, Command, wait_form};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads};
use crate::promises::{Kind, Period, PromiseCommand};
use crate::record::State;
use crate::waits::WaitReason;
use crate::wording::kinds;

/// The longest of a first lock, in seconds, and why.
const FIRST: u64 = 24 * 3600;
const FIRST_IS_SHORT: &str = "A first lock is at most 24 h. The next one may be longer.";

impl ArmForm {
    /// How long a lock holds: by a time, or while a position is open.
    fn lock(&self, kind: Kind, state: &State) -> Vec<FieldSchema> {
        let Some(offer) = self.length() else {
            return Vec::new();
        };
        let positions = match kind {
            Kind::NoSwitchToCross => &self.positions[..],
            _ => &[],
        };
        let names = positions.iter().map(|(_, name)| name);
        let names: Vec<_> = names.map(|name| format!("While {name} is open")).collect();
        let mut schema = offer.schema(&self.value, &names);
        let first = !state.promises().had_a_lock();
        let too_long = (0..).zip(offer.offered);
        let too_long = too_long.filter(|(_, secs)| first && **secs > FIRST);
        let beside = offer.offered.len().saturating_add(1);
        let gone = (beside..)
            .zip(positions)
            .filter(|(_, (position, _))| first || state.position(*position).is_none());
        if let Some(length) = schema.first_mut() {
            length.closed = too_long.map(|(place, _)| place).collect();
            length.closed.extend(gone.map(|(place, _)| place));
            if first {
                length.beneath.push(FIRST_IS_SHORT.to_owned());
            }
        }
        schema
    }

    fn particulars(&self, kind: Kind, state: &State) -> Vec<FieldSchema> {
        let collateral = self.collateral(state);
        let number = |field, label: &str, unit, suffix: &str| {
            let reads = Reads::number(unit, suffix, NumberBounds::ANYWHERE);
            FieldSchema::new(field, label, reads)
        };
        let period = || {
            let periods = PERIODS.map(|per| match per {
                Period::Day => "24 h".to_owned(),
                Period::Week => "Seven days".to_owned(),
            });
            let periods = Reads::Choice(periods.to_vec());
            FieldSchema::new(Field::Per, "In which time", periods).beside()
        };
        let leverage = |field, label: &str| {
            let reads = Reads::number(Unit::Leverage, "x", NumberBounds::LEVERAGE);
            FieldSchema::new(field, label, reads).if_left_empty("not bounded, if left empty")
        };
        let hour = |field, label: &str, like: &str| {
            FieldSchema::new(field, label, Reads::TimeOfDay).hint(like)
        };
        match kind {
            Kind::NoSwitchToCross | Kind::NoCross => self.lock(kind, state),
            Kind::PauseAfterLoss | Kind::PauseAfterLiquidation => {
                let offer = self.length();
                offer.map_or_else(Vec::new, |offer| offer.schema(&self.value, &[]))
            }
            Kind::MaxLoss => vec![
                number(
                    Field::Loss,
                    "Lost, at most",
                    Unit::MoneyOrPercent,
                    collateral,
                )
                .hint("an amount, or a percentage like 2 %"),
                period(),
            ],
            Kind::MaxAtStake => vec![number(
                Field::AtStake,
                "At stake, at most",
                Unit::Money,
                collateral,
            )],
            Kind::MaxLossesInARow => vec![FieldSchema::new(
                Field::Losses,
                "How many losses",
                Reads::count("in a row"),
            )],
            Kind::TradingHours => vec![
                FieldSchema::new(Field::Days, "On which days", Reads::Days),
                hour(Field::From, "From", "like 09:00"),
                hour(Field::To, "To", "like 17:30").beside(),
            ],
            Kind::MaxOpens => vec![
                FieldSchema::new(Field::Opens, "How many opens", Reads::count("")),
                period(),
            ],
            Kind::MaxLeverage => vec![
                leverage(Field::MostIsolated, "Isolated, at most"),
                leverage(Field::MostCross, "Cross, at most").beside(),
            ],
            Kind::NoAddingToALoser
            | Kind::NoIncreaseWhileLosing
            | Kind::CrossNeedsAPlan
            | Kind::NoEmergencyRelease => Vec::new(),
            Kind::Wait(reason) => {
                let reasons = WaitReason::ALL.map(|reason| kinds::reason(reason).to_owned());
                let reasons = Reads::Choice(reasons.to_vec());
                let why = FieldSchema::new(Field::Reason, "For which reason", reasons);
                let offer = self.length();
                let wait = offer.map(|offer| wait_form::schema(reason, offer, &self.value));
                [vec![why], wait.unwrap_or_default()].concat()
            }
        }
    }
}

impl Form for ArmForm {
    fn heading(&self, _: &App) -> Option<FormHeading> {
        Some(FormHeading::new("Arm a promise"))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let (kind, state) = (self.kind(), app.state());
        let kinds = Self::kinds()
            .into_iter()
            .map(|kind| kinds::words(kind).to_owned());
        let mut schema = vec![
            FieldSchema::new(Field::Kind, "What", Reads::Choice(kinds.collect()))
                .beneath([kinds::explained(kind).to_owned()]),
        ];
        schema.extend(self.particulars(kind, state));
        if !kind.is_about_everything() {
            let named = state
                .accounts()
                .iter()
                .map(|account| account.set.name.clone());
            let accounts = ["All accounts".to_owned()].into_iter().chain(named);
            let accounts = Reads::Choice(accounts.collect());
            schema.push(FieldSchema::new(Field::Account, "Account", accounts));
        }
        if kind.takes_a_market() {
            let market = Reads::market(self.collateral(state));
            let market = FieldSchema::new(Field::Symbol, "Market", market);
            schema.push(market.if_left_empty("every market, if left empty").beside());
        }
        let words = "What would you tell yourself in the moment in which you want to break it?";
        schema.push(
            FieldSchema::new(Field::Words, words, Reads::rows(2))
                .note("May stay empty. It is shown to you then."),
        );
        schema
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    /// Each kind has its own lengths.
    fn follow_on(&mut self, _: &App, field: Field) {
        if field == Field::Kind {
            self.usual_length();
        }
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let ask = PromiseCommand::Arm(Box::new(self.read(app.state())?));
        Ok(Command::Promise(Box::new(ask)).into())
    }
}
