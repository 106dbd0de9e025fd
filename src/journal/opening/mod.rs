//! Opening a journal: read, judge, and mend only what may be mended.
//!
//! - `repair`: what is mended, in its order.
//! - `quarantine`: bytes set aside, saved once more, or kept for a full disk.

mod quarantine;
mod repair;

use std::sync::Arc;

use self::repair::RepairContext;
use super::clock::journal_time::latest;
use super::clock::{Clock, Moment};
use super::diagnose;
use super::error::{AppendError, OpenError};
use super::files::FileSystem;
use super::finding::{Finding, Opening};
use super::folders::Folders;
use super::head::{Head, HeadLock, HeadStore};
use super::id::new_id;
use super::lock::Lock;
use super::ownership;
use super::progress::Progress;
use super::restore;
use super::scan::{EachRecord, Scan, scan};
use super::segment;
use super::view::View;
use super::writer::{Journal, JournalEnd, LastKnown, WriterState};

/// Answers the locks that the lines set, by what was found of the journal and by the clocks.
pub type LocksOfLines<'a> = dyn FnMut(&[Finding], &Moment) -> Vec<HeadLock> + 'a;

impl Journal {
    /// Opens the journal in `folders`, or makes a new one where there is none.
    ///
    /// Every line is read and checked, and each good event is handed to `each` in
    /// order, then the events the journal writes itself on opening. What is wrong is
    /// told in the [`Opening`], mended only where nothing acknowledged can be
    /// touched by it, and logged. When events are missing or were changed, nothing
    /// on disk is changed and nothing is written until [`Journal::accept_loss`].
    /// When another running copy holds the lock, this one only reads. A restore that was
    /// interrupted is finished first.
    ///
    /// # Errors
    /// When the folders or files are not safely one's own, cannot be read, were
    /// written by a newer version, another copy is restoring a backup, or `each` asks to
    /// stop.
    pub fn open(
        folders: &Folders,
        fs: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        each: &mut EachRecord<'_>,
    ) -> Result<(Self, Opening), OpenError> {
        Self::open_with_locks(folders, fs, clock, each, &mut |_, _| Vec::new(), None)
    }

    /// As [`Journal::open`], by one who knows the locks that the lines set. Where lines stand that
    /// the head does not know of, `locks` is asked for them behind the last line: the head then
    /// learns of both at once. Where the journal was open and is opened anew, `known` is what it
    /// acknowledged last: should that not stand there any more, it counts as the head.
    ///
    /// # Errors
    /// As [`Journal::open`].
    pub fn open_with_locks(
        folders: &Folders,
        fs: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        each: &mut EachRecord<'_>,
        locks: &mut LocksOfLines<'_>,
        known: Option<&LastKnown>,
    ) -> Result<(Self, Opening), OpenError> {
        ownership::prepare_folder(fs.as_ref(), &folders.data)?;
        ownership::prepare_folder(fs.as_ref(), &folders.head)?;
        let lock = Lock::take(fs.as_ref(), folders)?;
        let View { head, segments } = if lock.is_some() {
            restore::plan::finish(folders, &fs)?;
            View {
                head: Head::load(fs.as_ref(), &folders.head_file())?,
                segments: segment::open_all(fs.as_ref(), &folders.data)?,
            }
        } else {
            View::of(folders, fs.as_ref())?
        };
        let head = match known {
            Some(known) => known.or(head, fs.as_ref(), folders)?,
            None => head,
        };
        let mut last_progress = Progress::default();
        let mut walk = scan(segments, &head, &mut |record, progress| {
            last_progress = progress;
            each(record, progress)
        })?;
        let mut findings = synced(folders);
        let now = clock.now();
        findings.extend(diagnose::beside_the_lines(&head, &walk, &now));
        let unsealed = diagnose::beyond(&head, &walk, &now).map(|(events, _)| events);
        let locked = lock.is_some();
        let mut journal = Self::unopened(folders, fs, clock, &head, &mut walk, lock);
        if let (Some(_), Some(slot)) = (unsealed, head.newest()) {
            // Nor is the time believed that such lines say it is.
            journal.time = Some(slot.time.clone());
        }
        let known = head.newest().map_or(0, |slot| slot.count);
        if walk.count() > known {
            journal.keep_from_lines(locks(&findings, &now));
        }
        let (locks, unlisted_locks) = (journal.locks.clone(), journal.unlisted);
        if let Some(loss) = diagnose::loss(&head, &walk) {
            findings.push(Finding::Loss(loss.clone()));
            journal.state = WriterState::LossNotAccepted(loss);
        }
        if !locked {
            findings.push(Finding::AnotherWrites);
            journal.state = WriterState::AnotherWrites;
        }
        if journal.is_writable() {
            let found = RepairContext {
                unsealed,
                ..RepairContext::default()
            };
            if let Err(error) = journal.repair_with_reserve(&head, &walk, found, &mut findings) {
                journal.cannot_write(error, &mut findings)?;
            }
        }
        for record in std::mem::take(&mut journal.own) {
            // It is written: asking to stop comes too late now.
            let _ = each(&record, last_progress);
        }
        let count = journal.end.count;
        Ok((
            journal,
            Opening {
                findings,
                count,
                locks,
                unlisted_locks,
            },
        ))
    }

    fn unopened(
        folders: &Folders,
        fs: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        head: &Head,
        walk: &mut Scan,
        lock: Option<Lock>,
    ) -> Self {
        let newest = head.newest();
        let (segment, bytes) = walk
            .last
            .as_ref()
            .map_or((0, 0), |last| (last.segment, last.end));
        // A journal that was deleted does not get its id back: it is another one.
        let known = newest.filter(|slot| slot.count == 0 || walk.segment.is_some());
        let id = walk
            .journal
            .or(known.map(|slot| slot.journal))
            .unwrap_or_else(new_id);
        Self {
            head: HeadStore::new(Arc::clone(&fs), folders.head_file()),
            fs,
            clock,
            folders: folders.clone(),
            lock,
            state: WriterState::Writable,
            id,
            succeeds: newest.map(|slot| slot.journal).filter(|old| *old != id),
            index: std::mem::take(&mut walk.index),
            end: JournalEnd {
                count: walk.count(),
                hash: walk.hash(),
                segment,
                bytes,
            },
            time: latest(
                newest.map(|slot| &slot.time),
                walk.last.as_ref().map(|last| &last.time),
            ),
            current: None,
            locks: newest.map(|slot| slot.locks.clone()).unwrap_or_default(),
            unlisted: diagnose::unlisted(head, walk),
            from_lines: Vec::new(),
            own: Vec::new(),
        }
    }

    /// Mends it; where the disk is full, once more in the space that is kept aside for that.
    fn repair_with_reserve(
        &mut self,
        head: &Head,
        walk: &Scan,
        found: RepairContext,
        findings: &mut Vec<Finding>,
    ) -> Result<(), AppendError> {
        let before = findings.len();
        match self.repair(head, walk, found, findings) {
            Err(AppendError::NotSaved(fault) | AppendError::Stopped(fault))
                if fault.is_full() && self.give_back_reserve() =>
            {
                // What it did stays done: only what it could not do is tried anew.
                let tried = findings.split_off(before);
                findings.extend(tried.into_iter().filter(Finding::was_mended));
                findings.push(Finding::ReserveFreed);
                self.state = WriterState::Writable;
                let found = RepairContext {
                    no_room: true,
                    ..found
                };
                self.repair(head, walk, found, findings)
            }
            mended => mended,
        }
    }

    /// A journal that was read but cannot be written is still worth reading; a new
    /// one is not.
    fn cannot_write(
        &mut self,
        error: AppendError,
        findings: &mut Vec<Finding>,
    ) -> Result<(), OpenError> {
        let fault = match error {
            AppendError::NotSaved(fault)
            | AppendError::Stopped(fault)
            | AppendError::Stale(fault) => fault,
            AppendError::AnotherWrites
            | AppendError::LossNotAccepted
            | AppendError::TooLong { .. } => return Ok(()),
        };
        if self.end.count == 0 {
            return Err(OpenError::Disk(fault));
        }
        if self.swapped().is_none() {
            self.stop(fault.again());
        }
        findings.push(Finding::CannotWrite(fault));
        Ok(())
    }
}

fn synced(folders: &Folders) -> Vec<Finding> {
    [&folders.data, &folders.head]
        .into_iter()
        .filter_map(|path| {
            let service = ownership::synced_by(path)?;
            Some(Finding::SyncedFolder {
                path: path.clone(),
                service,
            })
        })
        .collect()
}
