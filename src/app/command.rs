//! Everything that can be asked for: one enum for buttons, keys and the terminal.

use std::path::PathBuf;

use thiserror::Error;

use super::Export;
use super::join::{Join, Joining};
use crate::audit::{Choice, Draft, NotDecided, RaisesRisk, TicketChange};
use crate::input::FieldError;
use crate::market::{AccountId, PlanId};
use crate::promises::{PromiseCommand, Refused};
use crate::record::{
    AccountSet, AuditAfterwards, AuditFollowed, AuditStop, FundsPaidIn, PositionChanged,
    PositionClosed, PositionOpened,
};

/// Where the money is from that a wallet balance is higher by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalletIncrease {
    /// Profit that was settled.
    ProfitSettled,
    /// It was paid in.
    ToppedUp,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Sets an account, new or known.
    SetAccount(AccountSet),
    /// The same, with what a wallet balance is that is higher while the pool loses.
    RaiseWallet {
        /// The account as it is from now on.
        set: AccountSet,
        /// Where the money is from.
        from: WalletIncrease,
    },
    /// The pool was topped up, as was decided.
    PayIn(FundsPaidIn),
    /// A position joins an account: by hand, or as what became of a decision.
    OpenPosition(PositionOpened),
    /// A mark, a size or a margin is another one now.
    ChangePosition(PositionChanged),
    /// Two positions of one market, side and mode are one from now on.
    Join(Joining),
    /// A position is gone.
    ClosePosition(PositionClosed),
    /// Begins an audit: its clock runs from here.
    BeginAudit,
    /// Begins the audit of a top-up of this account's losing pool.
    BeginTopUp(AccountId),
    /// Keeps what is typed so far, so that a restart loses nothing.
    KeepDraft(Box<Draft>),
    /// The ticket stands; the questions follow.
    Start(Box<Draft>),
    /// The four answers stand; they are frozen and go into the journal.
    Seal(Box<Draft>),
    /// Lowers the risk after the reveal.
    Lower(TicketChange),
    /// Back to the ticket as it was sealed.
    AsSealed,
    /// Extends the permission, once.
    Extend,
    /// Says whether the trigger of the plan has happened that the numbers go by.
    AnswerTrigger {
        /// Which plan.
        plan: PlanId,
        /// Whether it has.
        happened: bool,
    },
    /// Ends the audit after the reveal.
    Decide {
        /// What is done.
        choice: Choice,
        /// The sentence that is asked for where more is at stake than was accepted.
        sentence: Option<String>,
    },
    /// Ends the audit before the reveal by doing nothing.
    WalkAway(Box<Draft>),
    /// Leaves the screen that says that it is saved, or that a promise stands against it.
    LeaveAudit,
    /// Back from a promise to the ticket as it was typed.
    BackToTicket,
    /// Asks something of promises and plans.
    Promise(Box<PromiseCommand>),
    /// Says what became of a decision to trade.
    Follow(AuditFollowed),
    /// Writes the audit of something that is done already.
    WriteAfterwards(Box<AuditAfterwards>),
    /// Says whether the stop stands, once it was opened.
    TellStop(AuditStop),
    /// Tries again to write what was not saved.
    TryAgain,
    /// Writes what was not saved into another file.
    SaveElsewhere(PathBuf),
    /// Reads a file for an import; see [`App::take_imported`](super::App::take_imported).
    ReadFile(PathBuf),
    /// Writes the journal out into a file or folder; see
    /// [`App::take_exported`](super::App::take_exported).
    Export {
        /// How, and how much of it.
        export: Export,
        /// A new file; or a folder, for notes.
        path: PathBuf,
    },
    /// Goes on although a part of the journal is lost.
    AcceptLoss,
    /// Stops reading a journal that is being opened; nothing is changed by it.
    CancelOpening,
    /// Opens a journal that is not open.
    OpenAgain,
    /// Makes a backup now.
    BackUp,
    /// Looks at a backup: what is in it, and what would be missing after restoring it.
    LookAtBackup(PathBuf),
    /// Gives up making or looking at a backup; nothing is left of it.
    CancelBackup,
    /// Restores the backup that was looked at last.
    Restore(PathBuf),
}

/// Why a command was not carried out. Nothing typed is lost by it.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Refusal {
    /// Fields that do not stand.
    #[error("{}", sentences(.0))]
    Fields(Vec<FieldError>),
    /// A change that would need a new pause.
    #[error("{0}")]
    RaisesRisk(#[from] RaisesRisk),
    /// A decision to trade that cannot be taken yet, or no more.
    #[error("{0}")]
    NotDecided(#[from] NotDecided),
    /// Something asked of promises that they do not allow.
    #[error("{0}")]
    Refused(Refused),
    /// A position of this market, side and mode stands already.
    #[error("{}", .0.stands)]
    HeldAlready(Box<Join>),
    /// Not possible where things stand.
    #[error("{0}")]
    NotNow(&'static str),
    /// The event cannot be written.
    #[error("{0}")]
    Unwritable(String),
}

fn sentences(problems: &[FieldError]) -> String {
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}
