//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::answer::EXIT_CODES;
use crate::interchange::export;
use crate::promises::Period;

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
    /// Read the journal.
    Journal {
        /// What of it.
        #[command(subcommand)]
        what: Journal,
    },
    /// Bind yourself beforehand: locks and limits that a bad moment cannot undo.
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

/// What is asked of promises.
#[derive(Debug, Subcommand)]
pub enum Promise {
    /// List every promise, where it stands, and its id.
    List {
        /// Print one line of JSON.
        #[arg(long)]
        json: bool,
    },
    /// Arm a promise. Without --yes it says what would hold until when, and arms nothing.
    Arm(ArmTerms),
    /// Take a promise back within its first 60 seconds.
    Undo {
        /// Its id, or how it ends.
        id: String,
    },
    /// Ask for a promise to be loosened: a wait of at least 24 h follows, then `confirm`.
    Loosen {
        /// Its id, or how it ends.
        id: String,
    },
    /// Confirm a loosening after its wait, within 24 h.
    Confirm {
        /// Its id, or how it ends.
        id: String,
    },
    /// Take back what was asked for: a loosening, or a release that is not over yet.
    Cancel {
        /// Its id, or how it ends.
        id: String,
    },
    /// Release a lock in an emergency: over 15 minutes later, one in seven days, on record for
    /// ever. The reason is one sentence, read from standard input.
    Release {
        /// Its id, or how it ends.
        id: String,
    },
}

/// What is promised.
#[derive(Debug, Args)]
pub struct ArmTerms {
    /// Which promise.
    #[arg(value_enum)]
    pub kind: Kind,
    /// For how long, like 4h or 2d; of a pause, how long it lasts.
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
    /// For max-opens: in a rolling day or week.
    #[arg(long, value_enum)]
    pub per: Option<Per>,
    /// For max-leverage: the highest in isolated mode.
    #[arg(long, value_name = "TIMES")]
    pub isolated: Option<String>,
    /// For max-leverage: the highest in cross mode.
    #[arg(long, value_name = "TIMES")]
    pub cross: Option<String>,
    /// What you would tell yourself in the moment in which you want to break it.
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// Arm it.
    #[arg(long)]
    pub yes: bool,
}

/// The promises that can be armed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// No switch from isolated to cross, in whatever guise.
    NoSwitchToCross,
    /// No cross at all.
    NoCross,
    /// No margin added to a losing position.
    #[value(name = "no-adding-to-a-loser")]
    NoAddingToALoser,
    /// No increase of a losing position.
    NoIncreaseWhileLosing,
    /// No new risk for a while after a logged loss.
    PauseAfterLoss,
    /// No new risk for a while after a logged liquidation.
    PauseAfterLiquidation,
    /// At most so many opens in a day or a week.
    MaxOpens,
    /// The highest leverage.
    MaxLeverage,
    /// Cross only with a plan that was written before.
    #[value(name = "cross-needs-a-plan")]
    CrossNeedsAPlan,
    /// No emergency release.
    NoEmergencyRelease,
}

/// A rolling time in which opens are counted.
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
