//! What the thread does with an open journal, job by job.

use std::path::{Path, PathBuf};

use super::background::Background;
use super::import_form::read_snapshot;
use super::messages::{Job, JournalLocation, Report};
use crate::audit::Draft;
use crate::journal::{
    AppendError, Appended, AtomicText, DiskFault, Entry, FileSystem, HeadLock, Journal, write_copy,
};
use crate::wording::text::sentence;

/// Does what one job asks for.
pub(super) fn carry_out(
    journal: &mut Journal,
    place: &JournalLocation,
    beside: &mut Background,
    kept: &AtomicText,
    job: Job,
) {
    let (files, say) = (place.files.as_ref(), &place.say);
    match job {
        Job::Append(entry, locks) => match append(journal, &entry, locks) {
            Ok(appended) => {
                let mut records = appended.before;
                // An entry that was there already was folded when it was read or written.
                if !appended.already {
                    records.push(appended.record);
                }
                say.say(Report::Appended {
                    event: entry.id(),
                    records,
                    receipt: appended.receipt,
                    seal: journal.seal(),
                });
            }
            Err(error) => say.say(Report::Failed {
                event: entry.id(),
                why: sentence(&error),
            }),
        },
        // They are kept with the next event where this fails.
        Job::SetLocks(locks) => {
            let _ = journal.set_locks(locks);
        }
        // Where it fails, the append that follows says so.
        Job::Resume => {
            if let Ok(records) = journal.resume()
                && !records.is_empty()
            {
                say.say(Report::Followed {
                    records,
                    seal: journal.seal(),
                });
            }
        }
        Job::AcceptLoss(locks) => match journal.accept_loss_with_locks(locks) {
            Ok(records) => say.say(Report::LossAccepted {
                records,
                seal: journal.seal(),
                draft: load(kept).map(Box::new),
            }),
            Err(error) => say.say(Report::LossNotAccepted(sentence(&error))),
        },
        // A draft that cannot be kept costs nothing that was promised to be kept: the words
        // are on the screen, and the seal says loudly when the disk refuses.
        Job::SaveDraft(draft) => {
            if let Ok(text) = serde_json::to_string(&draft) {
                let _ = kept.save(&text);
            }
        }
        Job::RemoveDraft => {
            let _ = kept.remove();
        }
        Job::SaveElsewhere(path, text) => {
            say.say(Report::SavedElsewhere(elsewhere(files, &path, &text)));
        }
        Job::Read(path) => say.say(Report::FileRead(read_snapshot(files, &path))),
        Job::SayWhenDone => {
            beside.finish();
            say.say(Report::Done);
        }
        Job::Beside(task, stop) => beside.begin(place, task, stop),
        // Here another copy writes, and it says so.
        Job::Restore(path) => say.say(Report::Copies(place.restore(&path))),
        // Ends the round before it comes here.
        Job::OpenAgain => {}
    }
}

fn append(
    journal: &mut Journal,
    entry: &Entry,
    locks: Option<Vec<HeadLock>>,
) -> Result<Appended, AppendError> {
    match locks {
        Some(locks) => journal.append_with_locks(entry, locks),
        None => journal.append(entry),
    }
}

fn elsewhere(files: &dyn FileSystem, path: &Path, text: &str) -> Result<PathBuf, DiskFault> {
    write_copy(files, path, &mut |out| out.write_all(text.as_bytes()))?;
    Ok(path.to_owned())
}

/// A draft that cannot be read is as good as none: it decides nothing.
pub(super) fn load(kept: &AtomicText) -> Option<Draft> {
    let text = kept.load().ok().flatten()?;
    serde_json::from_str(&text).ok()
}
