//! What is asked of accounts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use crate::engine::{Basis, Contract};

/// What is asked of accounts.
#[derive(Debug, Subcommand)]
pub enum Account {
    /// List the accounts: wallet, how old it is, and what is open.
    List {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show an account whole: its money and fees, its positions, the rules of its markets.
    Show {
        /// Its name, where there is more than one.
        name: Option<String>,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add an account.
    ///
    /// With nothing named it asks, one question at a time; otherwise what is named is taken as it
    /// stands, and nothing is asked. Numbers as you write them.
    Add(AccountTerms),
    /// Change an account; what is not named stays as it is.
    ///
    /// With nothing named it asks, one question at a time. A wallet balance that is written is one
    /// of now.
    Set {
        /// Which one, where there is more than one.
        account: Option<String>,
        /// What is another one now.
        #[command(flatten)]
        terms: AccountTerms,
    },
    /// Write the rules of a market: maintenance, how contracts are counted and settled, steps.
    ///
    /// With nothing named it asks, one question at a time. What is not named stays as it is known.
    Rules(RulesTerms),
    /// Bring an account up to date from a file that ccxt wrote.
    ///
    /// What would change is shown, and what is missing is asked. Nothing is taken in while a
    /// question is open. Where standard input is no terminal nothing is asked, and without --yes
    /// nothing is taken in.
    Import {
        /// Positions, balance and leverage tiers in the JSON of the ccxt library.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Into which account, where there is more than one.
        #[arg(long, value_name = "NAME")]
        account: Option<String>,
        /// Take it in without asking once more.
        #[arg(long)]
        yes: bool,
        /// Print one line of JSON, and ask nothing.
        #[arg(long)]
        json: bool,
    },
}

/// An account, as far as it is named.
#[derive(Debug, Args)]
pub struct AccountTerms {
    /// What it is called.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where it is, like "Binance USDT-M".
    #[arg(long, value_name = "VENUE")]
    pub venue: Option<String>,
    /// What it is counted in: USDT, or the coin of a coin-margined account.
    #[arg(long, value_name = "CURRENCY")]
    pub currency: Option<String>,
    /// Settled money: without the open profit and loss, with the margins of isolated positions.
    #[arg(long, value_name = "AMOUNT")]
    pub wallet: Option<String>,
    /// The taker fee, in percent of the notional.
    #[arg(long, value_name = "PERCENT")]
    pub fee: Option<String>,
    /// Begin with the maintenance tiers that the venue has published.
    #[arg(long)]
    pub published: bool,
}

/// The rules of a market, as far as they are named.
#[derive(Debug, Args)]
pub struct RulesTerms {
    /// The market, in any spelling of a venue; a coin alone is completed by the account.
    pub symbol: String,
    /// In which account, where there is more than one.
    #[arg(long, value_name = "NAME")]
    pub account: Option<String>,
    /// The tiers that the venue has published for it.
    #[arg(long, conflicts_with = "rate")]
    pub published: bool,
    /// One maintenance rate, in percent of the notional.
    #[arg(long, value_name = "PERCENT")]
    pub rate: Option<String>,
    /// In what it settles.
    #[arg(long, value_enum)]
    pub contract: Option<Settled>,
    /// The coin in one contract; its face value in the quote currency where inverse.
    #[arg(long, value_name = "SIZE")]
    pub size: Option<String>,
    /// When the venue values the requirement.
    #[arg(long, value_enum)]
    pub valued: Option<Valued>,
    /// The taker fee counted in the requirement, in percent; 0 where none is.
    #[arg(long, value_name = "PERCENT")]
    pub close_fee: Option<String>,
    /// The smallest step of the price.
    #[arg(long, value_name = "STEP")]
    pub tick: Option<String>,
    /// The smallest step of the quantity.
    #[arg(long, value_name = "STEP")]
    pub lot: Option<String>,
}

/// In what a market settles.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Settled {
    /// In the quote currency.
    Linear,
    /// In the coin.
    Inverse,
}

impl From<Settled> for Contract {
    fn from(settled: Settled) -> Self {
        match settled {
            Settled::Linear => Self::Linear,
            Settled::Inverse => Self::Inverse,
        }
    }
}

/// When a requirement is valued.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Valued {
    /// As the price moves.
    Price,
    /// At the entry.
    Entry,
    /// At the price now.
    Mark,
}

impl From<Valued> for Basis {
    fn from(valued: Valued) -> Self {
        match valued {
            Valued::Price => Self::AtSolvedPrice,
            Valued::Entry => Self::AtEntry,
            Valued::Mark => Self::AtMark,
        }
    }
}
