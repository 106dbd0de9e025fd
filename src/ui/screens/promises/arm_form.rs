//! A promise that is to be armed, as it is typed.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use uuid::Uuid;

use super::lengths::{Length, Lengths};
use crate::audit::number::Unit;
use crate::audit::{AccountId, Field, PositionId, Symbol, Within, typed_number};
use crate::desk::notes::Notes;
use crate::journal::new_id;
use crate::promises::{Armed, Holds, Period, Promise, Scope};
use crate::record::{Account, Book};

/// What can be promised, in the order in which it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    NoSwitchToCross,
    NoCross,
    PauseAfterLoss,
    PauseAfterLiquidation,
    MaxOpens,
    MaxLeverage,
    NoAddingToALoser,
    NoIncreaseWhileLosing,
    CrossNeedsAPlan,
    NoEmergencyRelease,
}

impl Kind {
    pub(super) const ALL: [Self; 10] = [
        Self::NoSwitchToCross,
        Self::NoCross,
        Self::PauseAfterLoss,
        Self::PauseAfterLiquidation,
        Self::MaxOpens,
        Self::MaxLeverage,
        Self::NoAddingToALoser,
        Self::NoIncreaseWhileLosing,
        Self::CrossNeedsAPlan,
        Self::NoEmergencyRelease,
    ];

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::NoSwitchToCross => "No switch to cross",
            Self::NoCross => "No cross at all",
            Self::PauseAfterLoss => "A pause after a loss",
            Self::PauseAfterLiquidation => "A pause after a liquidation",
            Self::MaxOpens => "At most so many opens",
            Self::MaxLeverage => "A highest leverage",
            Self::NoAddingToALoser => "No margin to a loser",
            Self::NoIncreaseWhileLosing => "No increase while losing",
            Self::CrossNeedsAPlan => "Cross only with a plan",
            Self::NoEmergencyRelease => "No emergency release",
        }
    }

    /// What counts as breaking it.
    pub(super) fn explained(self) -> &'static str {
        match self {
            Self::NoSwitchToCross => {
                "Closing an isolated position and opening the same market in cross within 24 h, adding margin, and topping up the pool for it count as the switch."
            }
            Self::NoCross => "Nothing is opened, increased or switched in cross.",
            Self::PauseAfterLoss => "Each loss that is logged begins a pause from all new risk.",
            Self::PauseAfterLiquidation => {
                "Each close by the venue that is logged begins a pause from all new risk."
            }
            Self::MaxOpens => "Counted in the hours before each open, whatever the date.",
            Self::MaxLeverage => "A ticket above it is met; to lower the leverage stays possible.",
            Self::NoAddingToALoser => {
                "Only a plan that was written before the loss allows it nevertheless."
            }
            Self::NoIncreaseWhileLosing => {
                "A second position on the same side of the market counts as an increase."
            }
            Self::CrossNeedsAPlan => {
                "The plan is at least 60 minutes old and was written without an open loss in its market."
            }
            Self::NoEmergencyRelease => {
                "The way out within 15 minutes is closed, for every promise."
            }
        }
    }

    /// Whether it ends by itself after a time that is chosen.
    pub(super) fn is_lock(self) -> bool {
        matches!(self, Self::NoSwitchToCross | Self::NoCross)
    }
}

/// Whose account it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    All,
    One(AccountId),
}

/// The names of the fields, as they are said and as problems find them.
pub(super) const MARKET: &str = "Market";
pub(super) const OPENS: &str = "How many opens";
pub(super) const ISOLATED: &str = "Isolated, at most";
pub(super) const CROSS: &str = "Cross, at most";

/// Everything that is typed and chosen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ArmForm {
    pub(super) kind: Option<Kind>,
    pub(super) whose: Option<Whose>,
    pub(super) market: String,
    pub(super) lock: Lengths,
    pub(super) after_loss: Lengths,
    pub(super) after_liquidation: Lengths,
    pub(super) opens: String,
    pub(super) per: Option<Period>,
    pub(super) isolated: String,
    pub(super) cross: String,
    pub(super) words: String,
    /// What is wrong with it, once it was to be armed.
    pub(super) notes: Notes,
    /// Names the promise, so that pressing twice arms one.
    id: Uuid,
}

impl ArmForm {
    /// With nothing chosen but what is offered first.
    pub(super) fn empty() -> Self {
        Self {
            kind: Some(Kind::NoSwitchToCross),
            whose: Some(Whose::All),
            market: String::new(),
            lock: Lengths::of(Promise::USUAL),
            after_loss: Lengths::of(Promise::USUAL_PAUSE),
            after_liquidation: Lengths::of(Promise::USUAL_LIQUIDATION_PAUSE),
            opens: String::new(),
            per: Some(Period::Day),
            isolated: String::new(),
            cross: String::new(),
            words: String::new(),
            notes: Notes::default(),
            id: new_id(),
        }
    }

    /// The account that is chosen, where it is one.
    fn account<'a>(&self, book: &'a Book) -> Option<&'a Account> {
        match self.whose? {
            Whose::All => None,
            Whose::One(id) => book.account(id),
        }
    }

    /// The collateral that is meant where a market is typed without one.
    pub(super) fn collateral<'a>(&self, book: &'a Book) -> &'a str {
        self.account(book)
            .or_else(|| book.accounts().first())
            .map_or("", |account| account.set.collateral.as_str())
    }

    /// The promise, once everything about it can be read.
    pub(super) fn read(&self, book: &Book) -> Result<Armed, Notes> {
        let mut notes = Notes::default();
        let Some(kind) = self.kind else {
            return Err(notes);
        };
        let holds = self.holds(kind, &mut notes);
        let promise = self.promise(kind, &mut notes);
        let scope = match kind {
            Kind::NoEmergencyRelease => Scope::default(),
            _ => self.scope(kind, book, &mut notes),
        };
        match (promise, holds) {
            (Some(promise), Some(holds)) if notes.is_empty() => Ok(Armed {
                lock: self.id,
                promise,
                scope,
                holds,
                words: self.words.trim().to_owned(),
                flat: book.accounts().iter().all(|a| a.positions.is_empty()),
                audit: None,
            }),
            _ => Err(notes),
        }
    }

    fn holds(&self, kind: Kind, notes: &mut Notes) -> Option<Holds> {
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

    fn promise(&self, kind: Kind, notes: &mut Notes) -> Option<Promise> {
        Some(match kind {
            Kind::NoSwitchToCross => Promise::NoSwitchToCross,
            Kind::NoCross => Promise::NoCross,
            Kind::PauseAfterLoss => Promise::PauseAfterLoss {
                secs: self.after_loss.secs(notes)?,
            },
            Kind::PauseAfterLiquidation => Promise::PauseAfterLiquidation {
                secs: self.after_liquidation.secs(notes)?,
            },
            Kind::MaxOpens => Promise::MaxOpens {
                opens: self.opens(notes)?,
                per: self.per?,
            },
            Kind::MaxLeverage => self.leverages(notes)?,
            Kind::NoAddingToALoser => Promise::NoAddingToALoser,
            Kind::NoIncreaseWhileLosing => Promise::NoIncreaseWhileLosing,
            Kind::CrossNeedsAPlan => Promise::CrossNeedsAPlan,
            Kind::NoEmergencyRelease => Promise::NoEmergencyRelease,
        })
    }

    fn opens(&self, notes: &mut Notes) -> Option<u32> {
        let read =
            typed_number(Field::Other, &self.opens, Unit::Quantity, Within::ANYWHERE).ok()?;
        let whole = read.filter(Decimal::is_integer).and_then(|n| n.to_u32());
        let opens = whole.filter(|opens| *opens > 0);
        if opens.is_none() {
            notes.wrong(OPENS, "Write a whole number, at least 1.");
        }
        opens
    }

    fn leverages(&self, notes: &mut Notes) -> Option<Promise> {
        let mut one = |name: &str, typed: &str| match typed_number(
            Field::Other,
            typed,
            Unit::Leverage,
            Within::LEVERAGE,
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

    fn scope(&self, kind: Kind, book: &Book, notes: &mut Notes) -> Scope {
        let account = self.account(book).map(Account::scope);
        let typed = self.market.trim();
        let read = Symbol::read(typed, self.collateral(book));
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
            let held = book.position(PositionId::of(position));
            symbol = held.map(|(_, open)| open.position.symbol.to_string());
        }
        Scope { account, symbol }
    }
}
