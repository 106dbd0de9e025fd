//! The sentences for promises.

use super::action::Action;
use super::duration::duration;
use super::lock::Lock;
use super::promise::{LossLimit, Period, Promise, Scope};
use super::waits::before_the_numbers;
use crate::engine::Money;
use crate::input::figures::{format, typed_percent};

/// What stays possible under every promise.
pub const STAYS_POSSIBLE: &str =
    "You can still reduce, close, place or tighten a stop, or lower the leverage.";

/// Said when a promise is armed.
pub const WITH_A_RECORD: &str =
    "This is a promise with a record. You can delete it. The app cannot stop your exchange.";

impl Scope {
    fn words(&self) -> String {
        let symbol = self.symbol.as_ref().map(|symbol| format!(" on {symbol}"));
        let account = self.account.as_ref().map(|a| format!(" in {}", a.name));
        [symbol, account].into_iter().flatten().collect()
    }
}

impl Period {
    const fn words(self) -> &'static str {
        match self {
            Self::Day => "24 h",
            Self::Week => "seven days",
        }
    }
}

/// "1,500 USDT".
fn money(amount: Money, collateral: &str) -> String {
    format!("{} {collateral}", format(amount.get()))
}

impl Promise {
    /// What is promised, as a sentence without its end: "No switch from isolated to cross on
    /// BTC/USDT".
    pub fn sentence(&self, scope: &Scope) -> String {
        let what = match self {
            Self::NoSwitchToCross => "No switch from isolated to cross".to_owned(),
            Self::NoCross => "No cross at all".to_owned(),
            Self::NoAddingToALoser => "No margin added to a losing position".to_owned(),
            Self::NoIncreaseWhileLosing => "No increase while losing".to_owned(),
            Self::PauseAfterLoss { secs } => {
                format!("No new risk for {} after a loss", duration(*secs))
            }
            Self::PauseAfterLiquidation { secs } => {
                format!("No new risk for {} after a liquidation", duration(*secs))
            }
            Self::MaxOpens { opens, per } => {
                let times = if *opens == 1 { "open" } else { "opens" };
                format!("At most {opens} {times} in {}", per.words())
            }
            Self::MaxLeverage { isolated, cross } => {
                let one = |word: &str, most: &Option<rust_decimal::Decimal>| {
                    most.map(|most| format!("{}x {word}", format(most)))
                };
                let both: Vec<String> = [one("isolated", isolated), one("cross", cross)]
                    .into_iter()
                    .flatten()
                    .collect();
                format!("Leverage at most {}", both.join(", "))
            }
            Self::MaxLoss { most, per } => {
                let most = match most {
                    LossLimit::Money { amount, collateral } => money(*amount, collateral),
                    LossLimit::Percent(percent) if scope.account.is_some() => {
                        format!("{} of the account", typed_percent(*percent))
                    }
                    LossLimit::Percent(percent) => {
                        format!(
                            "{} of the accounts in one currency",
                            typed_percent(*percent)
                        )
                    }
                };
                let per = per.words();
                format!("At most {most} lost in {per} by closes, reduces and liquidations")
            }
            Self::MaxAtStake { amount, collateral } => {
                let most = money(*amount, collateral);
                format!(
                    "At most {most} at stake at once, the worst cases of all that is open together"
                )
            }
            Self::MaxLossesInARow { losses: 1 } => {
                "No new risk until the next day after a loss".to_owned()
            }
            Self::MaxLossesInARow { losses } => {
                format!("No new risk until the next day after {losses} losses in a row")
            }
            Self::TradingHours(hours) => format!("New risk only {}", hours.words()),
            Self::CrossNeedsAPlan => "Cross only with a plan that was written before".to_owned(),
            Self::NoEmergencyRelease => "No emergency release".to_owned(),
            Self::Wait(rule) => {
                let (length, when) = (duration(rule.secs), before_the_numbers(rule.when));
                format!("A wait of {length} {when}")
            }
            Self::Paused => "No new risk after a loss".to_owned(),
            Self::Unknown => {
                "A promise that this version cannot read: no new risk until it ends".to_owned()
            }
        };
        format!("{what}{}", scope.words())
    }
}

impl Lock {
    /// What is promised, as a sentence without its end.
    pub fn sentence(&self) -> String {
        self.armed.promise.sentence(&self.armed.scope)
    }
}

impl Action {
    /// What was wanted when a promise met it, for the journal's list.
    pub const fn wanted(self) -> &'static str {
        match self {
            Self::Open => "Wanted to open; waited",
            Self::Increase => "Wanted to increase; waited",
            Self::AddMargin => "Wanted to add margin; waited",
            Self::TopUp => "Wanted to top up; waited",
            Self::SwitchToCross => "Wanted to switch; waited",
            Self::RaiseLeverage => "Wanted to take margin off; waited",
            Self::Lowers => "Waited",
        }
    }
}
