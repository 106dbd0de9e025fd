//! Going on in the next file: never again in one whose sync failed.

use serde_json::json;

use super::super::anchor::Anchor;
use super::super::clock::journal_time::{JournalTime, advance};
use super::super::entry::{Entry, Record};
use super::super::error::{AppendError, DiskContext as _, DiskFault};
use super::super::files::Access;
use super::super::files::whole::{or_removed, write_all};
use super::super::head::HeadLock;
use super::super::index::LineStart;
use super::super::line::EncodedLine;
use super::super::loss::Loss;
use super::super::segment::{self, CONTINUED, ContinuesFrom, LOSS_ACCEPTED};
use super::own;
use super::{Current, Journal, JournalEnd, WriterState};

/// Why the journal goes on in the next file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::journal) enum NextFileReason {
    /// Writing to or saving the last one failed, or was never finished.
    Fault,
    /// The last one has so many bad lines among good ones.
    Damage(u64),
    /// So many events stand behind the head that this app did not write; what the head knew of
    /// time is the last that is believed before this line.
    Unsealed {
        events: u64,
        bad_lines: u64,
        since: JournalTime,
    },
}

impl Journal {
    /// Goes on after an error in the next file, chained to the last acknowledged
    /// event. What was not acknowledged is left behind and can be appended again.
    /// When the disk was full, the space kept aside for that is given back first.
    ///
    /// Answers the events the journal wrote itself. Does nothing when writing was
    /// not stopped.
    ///
    /// # Errors
    /// When the next file cannot be written either; writing stays stopped. When the disk
    /// does not hold what was acknowledged last, nothing is written until the journal is
    /// opened anew.
    pub fn resume(&mut self) -> Result<Vec<Record>, AppendError> {
        let WriterState::Stopped(fault) = &self.state else {
            self.may_write()?;
            return Ok(std::mem::take(&mut self.own));
        };
        if fault.is_full() {
            // The next write tells whether it was enough.
            self.give_back_reserve();
        }
        self.as_left().map_err(|error| self.halt(error))?;
        let record = if self.end.count == 0 {
            self.begin(&own::created(self.id, &self.held()))?
        } else {
            self.take_back_the_head()?;
            self.continue_in_next(NextFileReason::Fault)?
        };
        self.own.push(record);
        Ok(std::mem::take(&mut self.own))
    }

    /// Gives back the space that is kept aside for a full disk; `false` where none was.
    pub(in crate::journal) fn give_back_reserve(&self) -> bool {
        self.fs.remove(&self.folders.reserve()).is_ok()
    }

    /// Writing may have stopped behind the head's word for an event that was never acknowledged
    /// and is left out now: power that goes behind the next file's first line must not leave a
    /// head that knows another event there.
    fn take_back_the_head(&mut self) -> Result<(), AppendError> {
        let told = advance(self.time.as_ref(), &self.clock.now());
        let time = told.before_a_shift(self.time.as_ref());
        self.lock_holds()
            .and_then(|()| Ok(self.renew_head(self.end, &time)?))
            .map_err(|error| self.halt(error))?;
        self.time = Some(time);
        Ok(())
    }

    /// Goes on although events are missing or were changed. What is there stays as
    /// it is; the loss is logged for ever, and the head's locks hold on: they stand in
    /// that event too.
    ///
    /// Answers the events the journal wrote itself. Does nothing when nothing is lost.
    ///
    /// # Errors
    /// As [`Journal::append`]; the loss is then not accepted.
    pub fn accept_loss(&mut self) -> Result<Vec<Record>, AppendError> {
        let WriterState::LossNotAccepted(loss) = &self.state else {
            self.may_write()?;
            return Ok(std::mem::take(&mut self.own));
        };
        let loss = loss.clone();
        let mut data = self.held().beside(own::loss(&loss));
        if let (Some(fields), Some(old)) = (data.as_object_mut(), self.succeeds) {
            // By this a backup of the lost journal is known later.
            fields.insert("succeeds".to_owned(), json!(old));
        }
        if self.end.count == 0 {
            let created = self
                .begin(&own::created(self.id, &self.held()))
                .map_err(|e| self.still(&loss, e))?;
            self.own.push(created);
            let entry = own::event(LOSS_ACCEPTED, &data);
            let record = self.write(&entry).map_err(|e| self.still(&loss, e))?;
            self.own.push(record);
        } else {
            if let Some(fields) = data.as_object_mut() {
                fields.insert("from".to_owned(), json!(self.from()));
            }
            let entry = own::event(LOSS_ACCEPTED, &data);
            let record = self.begin(&entry).map_err(|e| self.still(&loss, e))?;
            self.own.push(record);
        }
        Ok(std::mem::take(&mut self.own))
    }

    /// As [`Journal::accept_loss`], by one who knows `locks` that the lines set: the head then keeps
    /// them beside its own.
    ///
    /// # Errors
    /// As [`Journal::accept_loss`].
    pub fn accept_loss_with_locks(
        &mut self,
        locks: Vec<HeadLock>,
    ) -> Result<Vec<Record>, AppendError> {
        self.keep_from_lines(locks);
        self.accept_loss()
    }

    /// A loss that could not be logged is not accepted.
    fn still(&mut self, loss: &Loss, error: AppendError) -> AppendError {
        self.state = WriterState::LossNotAccepted(loss.clone());
        error
    }

    /// Where the present file ends for the next one.
    fn from(&self) -> ContinuesFrom {
        ContinuesFrom {
            segment: self.end.segment,
            bytes: self.end.bytes,
        }
    }

    pub(in crate::journal) fn continue_in_next(
        &mut self,
        why: NextFileReason,
    ) -> Result<Record, AppendError> {
        let from = self.from();
        let data = match why {
            NextFileReason::Fault => json!({ "from": from, "why": "fault", "bad_lines": 0 }),
            NextFileReason::Damage(lines) => {
                let data = json!({ "from": from, "why": "damage", "bad_lines": lines });
                self.held().beside(data)
            }
            NextFileReason::Unsealed {
                events,
                bad_lines,
                since: JournalTime { at, boot, up, .. },
            } => self.held().beside(json!({
                "from": from, "why": "unsealed", "bad_lines": bad_lines, "events": events,
                "since": { "boot": boot, "up": up.as_secs(), "at": at },
            })),
        };
        self.begin(&own::event(CONTINUED, &data))
    }

    /// Makes the next file with `entry` as its first line, and a new head.
    ///
    /// The names are synced before the head is written, so that no head ever knows
    /// a file that a power cut can take.
    pub(in crate::journal) fn begin(&mut self, entry: &Entry) -> Result<Record, AppendError> {
        let told = advance(self.time.as_ref(), &self.clock.now());
        let (written, record) = self.line_of(entry, &told)?;
        let (current, end) = self
            .put_first(&written, &told.known)
            .map_err(|error| self.halt(error))?;
        self.current = Some(current);
        self.state = WriterState::Writable;
        self.acknowledge(
            &record,
            end,
            told,
            LineStart {
                segment: end.segment,
                byte: 0,
            },
        );
        Ok(record)
    }

    /// Puts the first line of the next file, and a new head.
    fn put_first(
        &mut self,
        line: &EncodedLine,
        time: &JournalTime,
    ) -> Result<(Current, JournalEnd), AppendError> {
        self.lock_holds()?;
        let current = self.next_file(&line.bytes)?;
        let end = JournalEnd {
            count: self.end.count.saturating_add(1),
            hash: line.hash,
            segment: current.number,
            bytes: current.bytes,
        };
        let in_place = |journal: &Self| {
            journal.lock_holds()?;
            current
                .anchor
                .holds(journal.fs.as_ref(), Some(current.bytes))
        };
        in_place(self)?;
        self.renew_head(end, time)?;
        in_place(self)?;
        Ok((current, end))
    }

    /// Puts a new head in place, with the slot before it.
    pub(in crate::journal) fn renew_head(
        &mut self,
        end: JournalEnd,
        time: &JournalTime,
    ) -> Result<(), DiskFault> {
        let newest = self.slot(end, time.clone());
        let before = self.slot(self.end, self.time.clone().unwrap_or_else(|| time.clone()));
        self.head.replace(&newest, &before)
    }

    fn next_file(&self, line: &[u8]) -> Result<Current, DiskFault> {
        let folder = &self.folders.data;
        let names = self.fs.names(folder).doing("list", folder)?;
        let last = segment::last_number(&names).max(self.end.segment);
        let number = last.saturating_add(1);
        let path = folder.join(segment::name(number));
        let mut file = self
            .fs
            .open(&path, Access::CreateToAppend)
            .doing("create", &path)?;
        let saved = write_all(file.as_mut(), 0, line)
            .doing("write to", &path)
            .and_then(|()| file.sync_data().doing("save", &path))
            .and_then(|()| {
                self.fs
                    .sync_folder(folder)
                    .doing("save the names in", folder)
            });
        let anchored = saved.and_then(|()| Anchor::of(&path, file.as_mut()));
        let anchor = or_removed(anchored, self.fs.as_ref(), &path)?;
        Ok(Current {
            number,
            path,
            file,
            anchor,
            bytes: line.len() as u64,
        })
    }
}
