//! What can be written on the command line.
//!
//! - `account`: what is asked of accounts
//! - `promise`: what is asked of promises and plans

mod account;
mod promise;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};

use super::answer::EXIT_CODES;
use crate::interchange::export;

pub(super) use account::{Account, AccountTerms, RulesTerms};
pub(super) use promise::{ArmTerms, LoosenTerms, Promise, Thresholds};

/// Before a leveraged trade: three answers and a bound; only then the numbers.
///
/// Without a command it opens the window. Commands open none and need no display.
#[derive(Debug, Parser)]
#[command(name = "impulse-audit", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Keep journal and head in DIR/data and DIR/state instead of the usual folders.
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub data_dir: Option<PathBuf>,
    /// What is to be done; without it the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without the window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write an audit on the terminal: one question at a time, then the numbers.
    ///
    /// The same protocol as in the window, over the same journal: what was begun here can be
    /// gone on with there. `q` alone does nothing with the trade and is journaled like any other
    /// decision; `<` alone goes back; Ctrl+C leaves it lying, and what was answered is kept for
    /// 30 minutes. Refused where standard input is no terminal.
    Audit,
    /// Say what became of decisions to trade, and of positions that are open.
    ///
    /// What was opened, increased, switched, reduced or closed, as it came out: the next audit
    /// counts it, and a promise that holds while a position is open knows. Also what was closed,
    /// changed or opened outside an audit. Facts are never refused. `<` alone goes back, `q`
    /// alone leaves the rest for later. Refused where standard input is no terminal.
    Follow,
    /// Write down what your account holds: money, fees, the rules of its markets.
    Account {
        /// What is asked of accounts.
        #[command(subcommand)]
        what: Account,
    },
    /// Read the journal.
    Journal {
        /// What of it.
        #[command(subcommand)]
        what: Journal,
    },
    /// Bind yourself beforehand: locks, limits and plans that a bad moment cannot undo.
    Promise {
        /// What is asked of promises.
        #[command(subcommand)]
        what: Promise,
    },
    /// Check every line against its hash, its chain and the head. Writes nothing.
    #[command(after_help = EXIT_CODES)]
    Verify {
        /// A code that `seal` printed earlier: the journal must still hold what it held then.
        #[arg(long, value_name = "CODE")]
        expect: Option<String>,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write the journal out.
    Export {
        /// As what: every line as it stands, a table of audits, or a note for each decision.
        #[arg(long, value_enum)]
        format: Format,
        /// Leave out amounts and words: prices, sizes, money, answers and names.
        #[arg(long)]
        redact: bool,
        /// A new file, or for markdown a folder; nothing is overwritten. Standard output
        /// otherwise.
        #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
        out: Option<PathBuf>,
    },
    /// Copy the journal into a new file beside it, and check the copy.
    ///
    /// The newest 14 are kept, and any that holds what no newer one does.
    Backup {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Put a backup in the place of the journal.
    ///
    /// First it shows what would not be there any more, and asks. The present journal moves into
    /// a folder beside it, nothing is overwritten, and promises stay in force.
    Restore {
        /// The backup.
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Do it without asking.
        #[arg(long)]
        yes: bool,
        /// Print one line of JSON: without --yes what would be lost, and nothing is done.
        #[arg(long)]
        json: bool,
    },
    /// Go on where lines of the journal are missing or were changed.
    ///
    /// First it says what is missing, and asks. What is there stays as it is, the loss stays in the
    /// journal for ever, and promises stay in force. A backup is the other way: see `restore`.
    AcceptLoss {
        /// Do it without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Print a short code of how far the journal reaches, to keep elsewhere.
    Seal {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print where journal and head lie.
    Paths {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    Man,
}

/// What of the journal is read.
#[derive(Debug, Subcommand)]
pub enum Journal {
    /// List its entries, the newest first.
    List {
        /// At most so many.
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        /// Only this kind, such as audit.decided; audit takes all that begin so.
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one entry, and the whole story of the audit it belongs to.
    Show {
        /// The entry's number.
        seq: u64,
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
}

/// As what the journal is written out.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// JSON Lines: every line as it stands.
    Jsonl,
    /// A table with a row for each audit.
    Csv,
    /// A note for each decision, with front matter.
    Markdown,
}

impl From<Format> for export::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Jsonl => Self::JsonLines,
            Format::Csv => Self::Csv,
            Format::Markdown => Self::Markdown,
        }
    }
}
