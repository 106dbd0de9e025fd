//! Opening a journal: read, judge, and mend only what may be mended.

use std::sync::Arc;

use uuid::Uuid;

use super::clock::Clock;
use super::clock::keeper::{Known, tell};
use super::error::{AppendError, DiskFault, Doing as _, OpenError};
use super::files::whole::write_all;
use super::files::{Access, FileSystem, OpenFile};
use super::finding::{Finding, Opening};
use super::folders::Folders;
use super::guard;
use super::hash::LineHash;
use super::head::{Head, HeadStore};
use super::judge;
use super::mend;
use super::progress::Progress;
use super::restore;
use super::segment;
use super::view::View;
use super::walk::{Each, LastSegment, Walk, walk};
use super::writer::own;
use super::writer::{Current, End, Journal, State, Why};

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
    /// written by a newer version, or `each` asks to stop.
    pub fn open(
        folders: &Folders,
        fs: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        each: &mut Each<'_>,
    ) -> Result<(Self, Opening), OpenError> {
        guard::prepare_folder(fs.as_ref(), &folders.data)?;
        guard::prepare_folder(fs.as_ref(), &folders.head)?;
        let lock = take_lock(fs.as_ref(), folders)?;
        let View { head, segments } = if lock.is_some() {
            restore::plan::finish(folders, &fs)?;
            View {
                head: Head::load(fs.as_ref(), &folders.head_file())?,
                segments: segment::open_all(fs.as_ref(), &folders.data)?,
            }
        } else {
            View::of(folders, fs.as_ref())?
        };
        let mut last_progress = Progress::default();
        let mut walk = walk(segments, &head, &mut |record, progress| {
            last_progress = progress;
            each(record, progress)
        })?;
        let mut findings = synced(folders);
        findings.extend(judge::beside(&head, &walk));
        let locked = lock.is_some();
        let mut journal = Self::unopened(folders, fs, clock, &head, &mut walk, lock);
        let (locks, unlisted_locks) = (journal.locks.clone(), journal.unlisted);
        if let Some(loss) = judge::loss(&head, &walk) {
            findings.push(Finding::Loss(loss.clone()));
            journal.state = State::LossNotAccepted(loss);
        }
        if !locked {
            findings.push(Finding::AnotherWrites);
            journal.state = State::AnotherWrites;
        }
        if journal.is_writable()
            && let Err(error) = journal.mend(&head, &walk, &mut findings)
        {
            journal.cannot_write(error, &mut findings)?;
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
        walk: &mut Walk,
        lock: Option<Box<dyn OpenFile>>,
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
            .unwrap_or_else(Uuid::now_v7);
        Self {
            head: HeadStore::new(Arc::clone(&fs), folders.head_file()),
            fs,
            clock,
            folders: folders.clone(),
            _lock: lock,
            state: State::Writable,
            id,
            succeeds: newest.map(|slot| slot.journal).filter(|old| *old != id),
            index: std::mem::take(&mut walk.index),
            end: End {
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
            unlisted: newest.map_or(0, |slot| slot.unlisted),
            own: Vec::new(),
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
            AppendError::NotSaved(fault) | AppendError::Stopped(fault) => fault,
            AppendError::AnotherWrites
            | AppendError::LossNotAccepted
            | AppendError::TooLong { .. } => return Ok(()),
        };
        if self.end.count == 0 {
            return Err(OpenError::Disk(fault));
        }
        self.stop(fault.again());
        findings.push(Finding::CannotWrite(fault));
        Ok(())
    }

    fn mend(
        &mut self,
        head: &Head,
        walk: &Walk,
        findings: &mut Vec<Finding>,
    ) -> Result<(), AppendError> {
        self.save_what_was_found(head, walk)?;
        let torn = match &walk.segment {
            Some(segment) if walk.last.is_some() => {
                let why = if segment.good_lines == 0 {
                    Some(Why::Fault)
                } else {
                    segment.damaged.then_some(Why::Damage(walk.damage.lines))
                };
                if let Some(why) = why {
                    // First what was found: a power cut behind the next line would
                    // leave two that the head does not know, as if someone else wrote.
                    self.write_head(head, walk)?;
                    let record = self.continue_in_next(why)?;
                    self.own.push(record);
                    None
                } else {
                    self.take_up(segment, findings)?
                }
            }
            Some(segment) => {
                let torn = self.clear_away(segment, findings)?;
                self.create(findings)?;
                torn
            }
            None => {
                self.create(findings)?;
                None
            }
        };
        self.write_head(head, walk)?;
        if let Some((segment, from, bytes, copy)) = torn {
            let record = self.write(&own::torn(segment, from, bytes, &copy))?;
            self.own.push(record);
        }
        if let Some(damaged) = missing(head, walk) {
            let record = self.write(&own::seal_missing(damaged, walk.count()))?;
            self.own.push(record);
        }
        self.log_shift()?;
        if mend::keep_reserve(self.fs.as_ref(), &self.folders.reserve()).is_err() {
            findings.push(Finding::NoReserve);
        }
        Ok(())
    }

    /// What was read may be known to the system and not yet be on the disk: names
    /// and lines whose saving failed before. Nothing is built on them until they are.
    fn save_what_was_found(&self, head: &Head, walk: &Walk) -> Result<(), DiskFault> {
        let fs = self.fs.as_ref();
        for folder in [&self.folders.data, &self.folders.head] {
            fs.sync_folder(folder).doing("save the names in", folder)?;
            if *head == Head::Missing {
                guard::save_names_above(fs, folder)?;
            }
        }
        let Some(last) = &walk.last else {
            return Ok(());
        };
        let newest = head.newest();
        if newest.is_some_and(|slot| slot.count >= walk.count()) {
            return Ok(());
        }
        let known = newest
            .filter(|slot| slot.segment == last.segment)
            .map(|slot| slot.bytes);
        let line = self.index.place(last.seq).map_or(0, |place| place.byte);
        let from = known.map_or(line, |known| known.min(line));
        let path = self.folders.data.join(segment::name(last.segment));
        mend::save_again(fs, &path, (from, last.end))
    }

    /// A new journal. The head comes first, so that a power cut between the two is
    /// not taken for a head that was removed.
    fn create(&mut self, findings: &mut Vec<Finding>) -> Result<(), AppendError> {
        let time = tell(self.time.as_ref(), &self.clock.now()).known;
        self.end = End {
            count: 0,
            hash: LineHash::NONE,
            segment: 0,
            bytes: 0,
        };
        self.renew_head(self.end, &time)
            .map_err(|fault| self.stop(fault))?;
        let record = self.begin(&own::created(self.id, &self.held()))?;
        self.own.push(record);
        findings.push(Finding::Created);
        Ok(())
    }

    /// Goes on at the end of the last file.
    fn take_up(
        &mut self,
        last: &LastSegment,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Torn>, DiskFault> {
        let path = self.folders.data.join(segment::name(last.number));
        let mut file = self.fs.open(&path, Access::Write).doing("open", &path)?;
        let mut bytes = last.good_end;
        let mut torn = None;
        if last.lacks_line_feed {
            write_all(file.as_mut(), bytes, b"\n").doing("write to", &path)?;
            file.sync_data().doing("save", &path)?;
            bytes = bytes.saturating_add(1);
            findings.push(Finding::AddedLineFeed);
        } else if last.length > bytes {
            torn = Some(self.cut(file.as_mut(), last, findings)?);
        }
        self.end.bytes = bytes;
        self.current = Some(Current {
            number: last.number,
            path,
            file,
            bytes,
        });
        Ok(torn)
    }

    /// Empties the only file of a journal whose first line was never finished.
    fn clear_away(
        &mut self,
        last: &LastSegment,
        findings: &mut Vec<Finding>,
    ) -> Result<Option<Torn>, DiskFault> {
        let path = self.folders.data.join(segment::name(last.number));
        let mut torn = None;
        if last.length > 0 {
            let mut file = self.fs.open(&path, Access::Write).doing("open", &path)?;
            torn = Some(self.cut(file.as_mut(), last, findings)?);
        }
        self.fs.remove(&path).doing("remove", &path)?;
        Ok(torn)
    }

    /// Sets aside what stands behind the last good line, and cuts it off.
    fn cut(
        &self,
        file: &mut dyn OpenFile,
        last: &LastSegment,
        findings: &mut Vec<Finding>,
    ) -> Result<Torn, DiskFault> {
        let folder = &self.folders.data;
        let path = folder.join(segment::name(last.number));
        let (from, to) = (last.good_end, last.length);
        let at = self.now().wall;
        let copy = mend::set_aside(self.fs.as_ref(), folder, (file, &path), (from, to), at)?;
        file.set_len(from).doing("cut", &path)?;
        file.sync_data().doing("save", &path)?;
        let bytes = to.saturating_sub(from);
        findings.push(Finding::Torn {
            copy: Some(folder.join(&copy)),
            bytes,
        });
        Ok((last.number, from, bytes, copy))
    }

    /// Writes the head for the journal as it was found, and so proves that it can
    /// be written.
    fn write_head(&mut self, head: &Head, walk: &Walk) -> Result<(), AppendError> {
        let told = tell(self.time.as_ref(), &self.clock.now());
        // A clock that was moved is logged as an event, and that writes the head.
        let time = match (&told.shift, &self.time) {
            (Some(_), Some(time)) => time.clone(),
            (Some(_), None) | (None, _) => told.known,
        };
        if self.end.count != walk.count() {
            // A file that was just begun has its new head already.
            return Ok(());
        }
        // In place only beside the newest slot, never over it: a power cut would take
        // the word of the last acknowledged event.
        let one_behind = head
            .newest()
            .is_some_and(|slot| self.end.count == slot.count.saturating_add(1));
        let whole = matches!(head, Head::Known { damaged: None, .. });
        let written = if whole && one_behind {
            self.head.write(&self.slot(self.end, time.clone()))
        } else {
            self.renew_head(self.end, &time)
        };
        written.map_err(|fault| self.stop(fault))?;
        self.time = Some(time);
        Ok(())
    }
}

/// File, first byte, number of bytes and the name of the copy.
type Torn = (u32, u64, u64, String);

pub(super) fn take_lock(
    fs: &dyn FileSystem,
    folders: &Folders,
) -> Result<Option<Box<dyn OpenFile>>, OpenError> {
    let path = folders.lock();
    let Some(mut file) = guard::open(fs, &path, Access::WriteOrCreate)? else {
        return Ok(None);
    };
    Ok(file.try_lock().doing("lock", &path)?.then_some(file))
}

fn synced(folders: &Folders) -> Vec<Finding> {
    [&folders.data, &folders.head]
        .into_iter()
        .filter_map(|path| {
            let service = guard::synced_by(path)?;
            Some(Finding::SyncedFolder {
                path: path.clone(),
                service,
            })
        })
        .collect()
}

/// Whether a journal has no head it should have, and whether that one is damaged.
fn missing(head: &Head, walk: &Walk) -> Option<bool> {
    match head {
        Head::Missing => walk.last.as_ref().map(|_| false),
        Head::Unreadable => Some(true),
        Head::Known { .. } => None,
    }
}

/// The later of what the head and the last line know of time. Of one boot, the head
/// knows better where its wall clock stood.
pub(super) fn latest(head: Option<&Known>, line: Option<&Known>) -> Option<Known> {
    match (head, line) {
        (Some(head), Some(line)) if line.at > head.at => {
            let zero = if head.boot == line.boot {
                head.zero
            } else {
                line.zero
            };
            Some(Known {
                zero,
                ..line.clone()
            })
        }
        (Some(head), _) => Some(head.clone()),
        (None, line) => line.cloned(),
    }
}
