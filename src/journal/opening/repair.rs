//! What is mended of a journal that was read, in its order: nothing acknowledged can be touched
//! by it.

use super::super::anchor::Anchor;
use super::super::clock::journal_time::advance;
use super::super::error::{AppendError, DiskContext as _, DiskFault};
use super::super::files::Access;
use super::super::files::whole::write_all;
use super::super::finding::Finding;
use super::super::hash::LineHash;
use super::super::head::Head;
use super::super::ownership;
use super::super::scan::{LastSegment, Scan};
use super::super::segment;
use super::super::writer::own;
use super::super::writer::{Current, Journal, JournalEnd, NextFileReason};
use super::quarantine;

/// What decides how it is mended, beside head and lines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RepairContext {
    /// Events behind the head that this app did not write.
    pub(super) unsealed: Option<u64>,
    /// It was tried before, and the disk was full: the space kept aside is given back.
    pub(super) no_room: bool,
}

/// File, first byte, number of bytes and the name of the copy.
type Torn = (u32, u64, u64, String);

impl Journal {
    pub(super) fn repair(
        &mut self,
        head: &Head,
        walk: &Scan,
        found: RepairContext,
        findings: &mut Vec<Finding>,
    ) -> Result<(), AppendError> {
        self.save_what_was_found(head, walk)?;
        let torn = match &walk.segment {
            Some(segment) if walk.last.is_some() => {
                if let Some(why) = why_in_next(head, walk, segment, found) {
                    if !matches!(why, NextFileReason::Unsealed { .. }) {
                        // First what was found: a power cut behind the next line would
                        // leave two that the head does not know, as if someone else wrote.
                        self.write_head(head, walk)?;
                    }
                    // Where someone did, the head says nothing of it before a line does.
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
        let mut lost = missing(head, walk);
        if let Some(damaged) = lost.filter(|_| self.end.count == walk.count()) {
            // No head says anything of lines that somebody else may have written before one of
            // them says that it was missing.
            let entry = own::seal_missing(damaged, walk.count(), &self.held());
            let record = self.write_with_new_head(&entry)?;
            self.own.push(record);
            lost = None;
        } else {
            self.write_head(head, walk)?;
        }
        if let Some((segment, from, bytes, copy)) = torn {
            let record = self.write(&own::torn(segment, from, bytes, &copy))?;
            self.own.push(record);
        }
        if let Some(damaged) = lost {
            let record = self.write(&own::seal_missing(damaged, walk.count(), &self.held()))?;
            self.own.push(record);
        }
        self.log_shift()?;
        if found.no_room {
            return Ok(());
        }
        if quarantine::keep_reserve(self.fs.as_ref(), &self.folders.reserve()).is_err() {
            findings.push(Finding::NoReserve);
        }
        Ok(())
    }

    /// What was read may be known to the system and not yet be on the disk: names
    /// and lines whose saving failed before. Nothing is built on them until they are.
    fn save_what_was_found(&self, head: &Head, walk: &Scan) -> Result<(), DiskFault> {
        let fs = self.fs.as_ref();
        for folder in [&self.folders.data, &self.folders.head] {
            fs.sync_folder(folder).doing("save the names in", folder)?;
            if *head == Head::Missing {
                ownership::save_names_above(fs, folder)?;
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
        quarantine::save_again(fs, &path, (from, last.end))
    }

    /// A new journal. The head comes first, so that a power cut between the two is
    /// not taken for a head that was removed.
    fn create(&mut self, findings: &mut Vec<Finding>) -> Result<(), AppendError> {
        let time = advance(self.time.as_ref(), &self.clock.now()).known;
        self.end = JournalEnd {
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
        let mut bytes = last.good_end;
        let mut torn = None;
        if last.lacks_line_feed {
            let mut file = self.fs.open(&path, Access::Write).doing("open", &path)?;
            write_all(file.as_mut(), bytes, b"\n").doing("write to", &path)?;
            file.sync_data().doing("save", &path)?;
            bytes = bytes.saturating_add(1);
            findings.push(Finding::AddedLineFeed);
        } else if last.length > bytes {
            torn = Some(self.cut(last, findings)?);
        }
        self.end.bytes = bytes;
        let mut file = self.fs.open(&path, Access::Append).doing("open", &path)?;
        let anchor = Anchor::of(&path, file.as_mut())?;
        self.current = Some(Current {
            number: last.number,
            path,
            file,
            anchor,
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
            torn = Some(self.cut(last, findings)?);
        }
        self.fs.remove(&path).doing("remove", &path)?;
        Ok(torn)
    }

    /// Sets aside what stands behind the last good line, and cuts it off.
    fn cut(&self, last: &LastSegment, findings: &mut Vec<Finding>) -> Result<Torn, DiskFault> {
        let folder = &self.folders.data;
        let path = folder.join(segment::name(last.number));
        let mut file = self.fs.open(&path, Access::Write).doing("open", &path)?;
        let (from, to) = (last.good_end, last.length);
        let at = self.now().wall;
        let copy = quarantine::quarantine(
            self.fs.as_ref(),
            folder,
            (file.as_mut(), &path),
            (from, to),
            at,
        )?;
        if let Err(fault) = file.set_len(from).doing("cut", &path) {
            // They stand where they stood.
            drop(self.fs.remove(&folder.join(&copy)));
            return Err(fault);
        }
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
    fn write_head(&mut self, head: &Head, walk: &Scan) -> Result<(), AppendError> {
        // A clock that was moved is logged as an event, and that writes the head.
        let told = advance(self.time.as_ref(), &self.clock.now());
        let time = told.before_a_shift(self.time.as_ref());
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

/// Why the journal goes on in the next file, if it must.
fn why_in_next(
    head: &Head,
    walk: &Scan,
    segment: &LastSegment,
    found: RepairContext,
) -> Option<NextFileReason> {
    let bad_lines = walk.damage.lines;
    if let (Some(events), Some(slot)) = (found.unsealed, head.newest()) {
        let since = slot.time.clone();
        return Some(NextFileReason::Unsealed {
            events,
            bad_lines,
            since,
        });
    }
    if segment.good_lines > 0 && segment.damaged {
        return Some(NextFileReason::Damage(bad_lines));
    }
    // What a full disk left half written is not written behind.
    (segment.good_lines == 0 || found.no_room).then_some(NextFileReason::Fault)
}

/// Whether a journal has no head it should have, and whether that one is damaged.
fn missing(head: &Head, walk: &Scan) -> Option<bool> {
    match head {
        Head::Missing => walk.last.as_ref().map(|_| false),
        Head::Unreadable => Some(true),
        Head::Known { .. } => None,
    }
}
