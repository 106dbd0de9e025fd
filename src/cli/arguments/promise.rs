//! What is asked of promises and plans.

use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use crate::promises::{Kind, Period, before_the_numbers};
use crate::waits::WaitWhen;
use crate::wording::kinds;

/// What is asked of promises.
#[derive(Debug, Subcommand)]
pub enum Promise {
    /// List every promise and plan, where it stands, and its id.
    List {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Arm a promise. Without --yes it says what would hold until when, and arms nothing.
    Arm(Box<ArmTerms>),
    /// Take a promise back within its first 60 seconds.
    Undo {
        /// Its id, or how it ends.
        id: String,
    },
    /// Ask for a promise to be loosened: a wait of at least 24 h follows, then `confirm`.
    ///
    /// A wait can be loosened to a shorter one, or to thresholds that are met later; what is not
    /// named stays as it is. Without any of it, it is to be over.
    Loosen(LoosenTerms),
    /// Confirm a loosening after its wait, within 24 h.
    Confirm {
        /// Its id, or how it ends; or a kind, for all of it.
        id: String,
    },
    /// Take back what was asked for: a loosening, or a release that is not over yet.
    Cancel {
        /// Its id, or how it ends; or a kind, for all of it.
        id: String,
    },
    /// Release a lock in an emergency: over 15 minutes later, one in seven days, on record for
    /// ever. The reason is one sentence, read from standard input.
    Release {
        /// Its id, or how it ends.
        id: String,
    },
    /// Write a plan, one question at a time.
    ///
    /// It allows cross, a rescue or a switch, from 60 minutes after it was written. Nothing is
    /// written until that is asked for. Refused where standard input is no terminal.
    Plan,
    /// Renew a plan for seven days, while nothing is open in its market.
    Renew {
        /// The plan's id, or how it ends.
        id: String,
    },
    /// Take a plan back.
    Withdraw {
        /// The plan's id, or how it ends.
        id: String,
    },
}

/// What is to be loosened, and to what.
#[derive(Debug, Args)]
pub struct LoosenTerms {
    /// Its id, or how it ends; or a kind, for all of it.
    pub id: String,
    /// Of a wait: to this length, like 10min.
    #[arg(long = "for", value_name = "TIME")]
    pub length: Option<String>,
    /// Of a wait: to these thresholds.
    #[command(flatten)]
    pub thresholds: Thresholds,
}

/// From which thresholds on a wait counts; as from the beginning, where nothing is said.
#[derive(Debug, Args)]
pub struct Thresholds {
    /// For wait-aroused: from which arousal on, 1 to 4.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=4))]
    pub arousal: Option<u8>,
    /// For wait-after-a-loss: for how long after one, like 2h.
    #[arg(long, value_name = "TIME")]
    pub within: Option<String>,
    /// For wait-looked-away: once the window was left so often.
    #[arg(long, value_name = "N")]
    pub times: Option<String>,
    /// For wait-looked-away: or for so many seconds in all.
    #[arg(long, value_name = "SECONDS")]
    pub away: Option<String>,
}

impl Thresholds {
    /// Whether none was named.
    pub fn is_empty(&self) -> bool {
        let Self {
            arousal,
            within,
            times,
            away,
        } = self;
        arousal.is_none() && within.is_none() && times.is_none() && away.is_none()
    }
}

/// What is promised.
#[derive(Debug, Args)]
pub struct ArmTerms {
    /// Which promise.
    #[arg(value_enum)]
    pub kind: Kind,
    /// For how long, like 4h or 2d; of a pause or a wait, how long it lasts.
    #[arg(long = "for", value_name = "TIME", conflicts_with = "while_open")]
    pub length: Option<String>,
    /// While the isolated position of this market is open.
    #[arg(long)]
    pub while_open: bool,
    /// Only in this market, in any spelling of a venue.
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,
    /// Only in this account.
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// For max-opens: how many.
    #[arg(long, value_name = "N")]
    pub opens: Option<u32>,
    /// For max-loss: an amount, or a percentage like 2%. For max-at-stake: an amount.
    #[arg(long, value_name = "AMOUNT")]
    pub most: Option<String>,
    /// For max-losses-in-a-row: how many.
    #[arg(long, value_name = "N")]
    pub losses: Option<u32>,
    /// For trading-hours: the days, like mon-fri or mon,wed,sat; every day, if left out.
    #[arg(long, value_name = "DAYS")]
    pub days: Option<String>,
    /// For trading-hours: from when to when, like 09:00-17:30; all day, if left out.
    #[arg(long, value_name = "HOURS")]
    pub hours: Option<String>,
    /// For max-opens and max-loss: in a rolling day or week.
    #[arg(long, value_enum)]
    pub per: Option<Per>,
    /// For max-leverage: the highest in isolated mode.
    #[arg(long, value_name = "TIMES")]
    pub isolated: Option<String>,
    /// For max-leverage: the highest in cross mode.
    #[arg(long, value_name = "TIMES")]
    pub cross: Option<String>,
    /// Of a wait, from which thresholds on it counts.
    #[command(flatten)]
    pub thresholds: Thresholds,
    /// What you would tell yourself in the moment in which you want to break it.
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Arm it.
    #[arg(long)]
    pub yes: bool,
}

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Wait(reason) => format!(
                "A wait {}",
                before_the_numbers(WaitWhen::from_the_beginning(*reason))
            ),
            kind => kinds::words(*kind).to_owned(),
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

/// A rolling time in which opens and losses are counted.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Per {
    /// 24 hours.
    Day,
    /// Seven days.
    Week,
}

impl From<Per> for Period {
    fn from(per: Per) -> Self {
        match per {
            Per::Day => Self::Day,
            Per::Week => Self::Week,
        }
    }
}
