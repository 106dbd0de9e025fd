//! The one place where a command becomes an event. Holds the state, the clock and the line to
//! the thread that writes; knows nothing of what draws.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `command` | everything a button, a key or the terminal can ask for |
//! | `stage` | where the audit in hand stands |
//! | `protocol` | the audit's commands up to the last answer, in their order |
//! | `draft` | the one draft, edited in place and kept |
//! | `sealing` | the seal, and what is fixed with it |
//! | `time` | what time does by itself |
//! | `ticket_form` | the ticket as a form: its fields, and what the state knows beside them |
//! | `ticket_context` | what is known around a ticket that is typed |
//! | `price_now` | the price now of a ticket, kept for its market |
//! | `decide` | how an audit ends |
//! | `resume` | an audit that was in hand before a restart |
//! | `account_form`, `rules_form`, `position_form`, `close_form`, `plan_form` | an account, a market's rules, a position, its end, a plan as typed |
//! | `form` | what every form has in common |
//! | `position_schema`, `rules_schema` | their fields |
//! | `position_within` | what a position's numbers are held against |
//! | `import_form` | an account snapshot on its way in |
//! | `arm_form`, `arm_schema`, `lengths` | a promise as typed, its fields, and for how long |
//! | `wait_form` | a wait as typed, with its thresholds |
//! | `follow_up` | what becomes of a decision to trade, and the lock that is offered behind an open |
//! | `afterwards` | the audit of a close or a reduce that is done already |
//! | `funds` | what is paid into a pool, and what a higher wallet balance is |
//! | `accounts` | the commands about accounts and positions |
//! | `join` | two positions of one market, side and mode, and what they are together |
//! | `held_once` | that there are no two of it, whichever way they come in |
//! | `exporting` | writing the journal out |
//! | `promise` | the commands about promises, the clocks written for them, what the head keeps |
//! | `blocked` | what stands against a ticket, at each step of its audit |
//! | `planned` | the plan by which a ticket is allowed, line by line |
//! | `breaches` | what is recorded, held against the promises |
//! | `at_stake` | what an account can lose at once |
//! | `backups` | the commands about backups and opening, and what is known of backups |
//! | `copies` | making, looking at and restoring backups |
//! | `writer` | the line to the thread |
//! | `messages` | what the thread is asked, and what it says |
//! | `thread` | what the thread does: opens the journal, serves, follows, restores; lets go of it |
//! | `jobs` | what it does with an open journal, job by job |
//! | `background` | what holds up no line: backups and exports, on threads of their own |
//! | `saving` | what is on its way into the journal, and what was not saved |

pub mod account_form;
mod accounts;
pub mod afterwards;
pub mod arm_form;
mod arm_schema;
mod at_stake;
mod background;
mod backups;
mod blocked;
mod breaches;
pub mod close_form;
mod command;
mod copies;
mod decide;
mod draft;
mod exporting;
pub mod follow_up;
pub mod form;
pub mod funds;
mod held_once;
pub mod import_form;
mod jobs;
pub mod join;
pub mod lengths;
mod messages;
pub mod plan_form;
mod planned;
pub mod position_form;
mod position_schema;
mod position_within;
mod price_now;
mod promise;
mod protocol;
mod resume;
pub mod rules_form;
mod rules_schema;
mod saving;
mod sealing;
mod stage;
mod thread;
pub mod ticket_context;
mod ticket_form;
mod time;
pub mod wait_form;
mod writer;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub use backups::{BackUpError, BackupWork, Backups};
pub use command::{Command, Refusal, WalletIncrease};
pub use copies::KEPT as BACKUPS_KEPT;
pub use exporting::{Export, ExportError, Exported, ProgramError, Source, export_into, export_to};
pub use messages::Wake;
pub use planned::{PLAN_NOT_MET, TRIGGER_NOT_ANSWERED, TRIGGER_NOT_MET};
pub use saving::{NotSaved, Saving};
pub use stage::{Blocked, Ended, Stage};

use self::draft::KeptDraft;
use self::import_form::NoSnapshot;
use self::messages::{BackgroundTask, Opened, Report};
use self::planned::TriggerAnswers;
use self::saving::Pending;
use self::writer::Writer;
use crate::audit::Draft;
use crate::journal::{Clock, FileSystem, Finding, Folders, Moment, Progress};
use crate::market::AuditId;
use crate::record::State;

/// Whether the journal can be worked with.
#[derive(Debug)]
pub enum Phase {
    /// It is being read: so far.
    Opening(Progress),
    /// It is open.
    Ready,
    /// It cannot be opened, and why.
    Refused(String),
    /// Opening it was cancelled; nothing was changed.
    Cancelled,
}

/// The app.
#[derive(Debug)]
pub struct App {
    state: State,
    clock: Arc<dyn Clock>,
    writer: Writer,
    phase: Phase,
    findings: Vec<Finding>,
    read_only: bool,
    seal: String,
    folders: Folders,
    stage: Stage,
    draft: Option<Draft>,
    kept: KeptDraft,
    /// The audit whose first line is in the journal or on its way.
    begun: Option<AuditId>,
    /// What was said of the triggers of plans.
    answered: TriggerAnswers,
    pending: VecDeque<Pending>,
    saving: Saving,
    imported: Option<Result<String, NoSnapshot>>,
    exporting: bool,
    exported: Option<Result<Exported, ExportError>>,
    backups: Backups,
}

impl App {
    /// A app over the journal in `folders`. It is opened on its own thread: look at
    /// [`App::phase`]. `wake` is called from that thread whenever there is something new.
    pub fn open(
        folders: Folders,
        files: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        wake: Wake,
    ) -> Self {
        let writer = Writer::start(folders.clone(), files, Arc::clone(&clock), wake);
        Self {
            state: State::default(),
            clock,
            writer,
            phase: Phase::Opening(Progress::default()),
            findings: Vec::new(),
            read_only: false,
            seal: String::new(),
            folders,
            stage: Stage::Idle,
            draft: None,
            kept: KeptDraft::default(),
            begun: None,
            answered: TriggerAnswers::default(),
            pending: VecDeque::new(),
            saving: Saving::Quiet,
            imported: None,
            exporting: false,
            exported: None,
            backups: Backups::default(),
        }
    }

    /// Everything folded so far.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The present moment, by the app's clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Whether the journal is open.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// What was found when it was opened.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether nothing out of the ordinary was found; a journal that begins here is sound, and
    /// so is one without a backup of today.
    pub fn is_sound(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| matches!(finding, Finding::Created | Finding::NoBackup(_)))
    }

    /// Whether nothing can be written: another window has the journal, or a loss is not
    /// accepted yet.
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// The short code of the journal's last line.
    pub fn seal(&self) -> &str {
        &self.seal
    }

    /// Where the journal lies.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Where the audit in hand stands.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// Whether something is on its way into the journal, or was not saved.
    pub fn saving(&self) -> &Saving {
        &self.saving
    }

    /// The text of the file that was asked for last, or why it cannot be read; handed out
    /// once.
    pub fn take_imported(&mut self) -> Option<Result<String, NoSnapshot>> {
        self.imported.take()
    }

    /// What came of the export that was asked for last; handed out once.
    pub fn take_exported(&mut self) -> Option<Result<Exported, ExportError>> {
        self.exported.take()
    }

    fn export(&mut self, export: Export, path: PathBuf) -> Result<(), Refusal> {
        if self.exporting {
            return Err(Refusal::NotNow(
                "The journal is being written out. Wait for it.",
            ));
        }
        self.exporting = true;
        self.writer
            .in_background(BackgroundTask::Export(export, path));
        Ok(())
    }

    /// Takes in what the writing thread has to say and lets time do its part. Called once a
    /// frame, and whenever [`App::next_wake`] says.
    pub fn tick(&mut self) {
        while let Some(report) = self.writer.report() {
            self.take_in(report);
        }
        self.keep_edits();
        self.let_time_pass();
    }

    /// Waits for everything on its way, drafts included, takes it in and lets time do its
    /// part, until there is nothing left to wait for or something was not saved. For the
    /// terminal and for tests.
    ///
    /// Gives up after ten seconds: a disk that hangs must not hang the caller.
    pub fn settle(&mut self) {
        loop {
            let answered = self.hear_everything();
            self.tick();
            let waits = !self.pending.is_empty() && !matches!(self.saving, Saving::NotSaved(_));
            if !answered || !waits {
                break;
            }
        }
    }

    /// Takes in reports until the thread has done all it was given; `false` where it did not.
    fn hear_everything(&mut self) -> bool {
        let patience = Duration::from_secs(10);
        if !self.writer.ask_when_done() {
            return false;
        }
        loop {
            match self.writer.wait(patience) {
                Some(Report::Done) => return true,
                Some(report) => self.take_in(report),
                None => return false,
            }
        }
    }

    fn take_in(&mut self, report: Report) {
        match report {
            Report::Opening(progress) => self.phase = Phase::Opening(progress),
            Report::Opened(opened) => {
                let Opened {
                    state,
                    findings,
                    read_only,
                    seal,
                    draft,
                    locks,
                    unlisted_locks,
                    daily,
                } = *opened;
                self.state = state;
                let now = self.clock.now();
                self.state
                    .show_locks(&findings, &locks, unlisted_locks, &now);
                self.findings = findings;
                self.read_only = read_only;
                self.seal = seal;
                self.phase = Phase::Ready;
                if daily.is_some() {
                    self.backups.begin(BackupWork::Making, daily);
                }
                self.writer.forget_cancelling();
                self.keep_locks(!locks.is_empty());
                self.resume(draft);
            }
            Report::CannotOpen(why) => self.phase = Phase::Refused(why),
            Report::Stopped(why) => self.stopped(&why),
            Report::Cancelled => {
                self.phase = Phase::Cancelled;
                self.read_only = true;
            }
            Report::Copies(told) => self.told_about_copies(told),
            Report::Followed { records, seal } => {
                for record in &records {
                    self.state.apply(record);
                }
                self.seal = seal;
            }
            Report::Appended {
                event,
                records,
                receipt,
                seal,
            } => {
                for record in &records {
                    self.state.apply(record);
                }
                self.seal = seal;
                self.acknowledged(event, &receipt);
            }
            Report::Failed { event, why } => self.failed(event, why),
            Report::Done => {}
            Report::SavedElsewhere(result) => self.saved_elsewhere(result),
            Report::FileRead(text) => self.imported = Some(text),
            Report::Exported(result) => {
                self.exporting = false;
                self.exported = Some(result);
            }
            Report::LossNotAccepted(why) => {
                self.saving = Saving::NotSaved(NotSaved {
                    why,
                    text: String::new(),
                    elsewhere: None,
                });
            }
            Report::LossAccepted {
                records,
                seal,
                draft,
            } => {
                for record in &records {
                    self.state.apply(record);
                }
                self.seal = seal;
                self.read_only = false;
                self.findings
                    .retain(|finding| !matches!(finding, Finding::Loss(_)));
                if self.pending.is_empty() {
                    self.saving = Saving::Quiet;
                }
                // The head may have been of another time than the lines: it takes up theirs.
                self.keep_locks(true);
                self.resume(draft.map(|draft| *draft));
            }
        }
    }
}
