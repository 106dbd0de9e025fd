//! Backups: what was made, what is in one, what would be missing after it is restored.

use chrono::{DateTime, Utc};

use super::when;
use crate::journal::{Backup, BackupFile, BackupPreview, Progress, Restored};

/// "Today 14:30", "Thu 19 Nov 2025 14:30".
pub fn moment(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let day = when::day_heading(when::day(at), when::day(now));
    format!("{day} {}", when::time(at))
}

/// "1 entry", "412 entries".
pub fn entries(count: u64) -> String {
    match count {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    }
}

/// One of the list: "Today 14:30 · 412 entries · 0412-7F3A-91C0".
pub fn listed(backup: &BackupFile, now: DateTime<Utc>) -> String {
    let at = moment(backup.at, now);
    format!("{at} · {} · {}", entries(backup.count), backup.seal)
}

/// "Making a backup… 45 %, 252 of 560 MB"; the words alone while it is not known how much there is.
pub fn so_far(words: &str, progress: Progress) -> String {
    let Progress { bytes, of } = progress;
    let (unit, name) = if of < 1_000_000 {
        (1_000, "kB")
    } else {
        (1_000_000, "MB")
    };
    let in_units = |bytes: u64| bytes.checked_div(unit).unwrap_or_default();
    if of == 0 {
        return format!("{words}…");
    }
    format!(
        "{words}… {} %, {} of {} {name}",
        progress.percent(),
        in_units(bytes),
        in_units(of)
    )
}

/// What came of making one.
pub fn made(backup: &Backup) -> String {
    if backup.already {
        return format!(
            "Nothing was written since the last backup, and it reads back whole: {}, seal {}.",
            entries(backup.count),
            backup.seal
        );
    }
    let made = format!(
        "Made, and read back whole: {}, seal {}, in {}.",
        entries(backup.count),
        backup.seal,
        backup.path.display()
    );
    match backup.bad_lines {
        0 => made,
        1 => format!("{made} The journal's damaged line is in it as it is."),
        many => format!("{made} The journal's {many} damaged lines are in it as they are."),
    }
}

/// What is in a backup, and what restoring it would do: one sentence a line.
pub fn preview(seen: &BackupPreview, now: DateTime<Utc>) -> Vec<String> {
    let BackupPreview {
        count,
        seal,
        first,
        last,
        bad_lines,
        first_bad,
        missing,
        other_journal,
        ..
    } = seen;
    let mut lines = vec![format!(
        "{}, from {} to {}, seal {seal}.",
        entries(*count),
        moment(*first, now),
        moment(*last, now)
    )];
    lines.push(match first_bad.filter(|_| *bad_lines > 0) {
        None => "Every line in it is as it was written.".to_owned(),
        Some((line, reason)) => {
            let damaged = match bad_lines {
                1 => "One line in it is damaged".to_owned(),
                many => format!("{many} lines in it are damaged"),
            };
            format!("{damaged}, and would be passed over. Line {line} {reason}.")
        }
    });
    if *other_journal {
        lines.push(
            "It belongs to another journal than the one here, so it cannot take its place. Open it in a folder of its own, with --data-dir."
                .to_owned(),
        );
        return lines;
    }
    lines.push(match missing {
        None => "It holds everything that is in the journal now.".to_owned(),
        Some(missing) if missing.events == 1 => format!(
            "1 entry of the journal is not in it: that of {}.",
            moment(missing.first, now)
        ),
        Some(missing) => format!(
            "{} entries of the journal are not in it: from {} to {}.",
            missing.events,
            moment(missing.first, now),
            moment(missing.last, now)
        ),
    });
    lines.push(
        "Nothing is overwritten: the journal that is here now moves into a folder beside it. Promises in force stay in force."
            .to_owned(),
    );
    lines
}

pub fn restored(restored: &Restored) -> String {
    let now = format!(
        "Restored: {}, seal {}.",
        entries(restored.count),
        restored.seal
    );
    match &restored.aside {
        None => now,
        Some(aside) => format!("{now} What was here lies in {}.", aside.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{BadLineReason, MissingEvents};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_772_375_400, 0).unwrap()
    }

    fn seen() -> BackupPreview {
        BackupPreview {
            file: "/b".into(),
            count: 412,
            seal: "0412-7F3A-91C0".to_owned(),
            // 400 days before.
            first: DateTime::from_timestamp(1_737_815_400, 0).unwrap(),
            last: now(),
            bad_lines: 0,
            first_bad: None,
            missing: None,
            other_journal: false,
        }
    }

    #[test]
    fn how_far_it_is_is_said_in_percent_and_bytes() {
        let told = |bytes, of| so_far("Making a backup", Progress { bytes, of });
        assert_eq!(told(0, 0), "Making a backup…");
        assert_eq!(
            told(252_400_000, 560_000_000),
            "Making a backup… 45 %, 252 of 560 MB"
        );
        assert_eq!(
            told(999_999, 999_999),
            "Making a backup… 100 %, 999 of 999 kB"
        );
    }

    #[test]
    fn a_preview_says_what_is_there_what_is_missing_and_that_promises_stay() {
        let whole = preview(&seen(), now());
        assert_eq!(whole.len(), 4);
        assert!(whole[0].starts_with("412 entries, from "));
        assert!(whole[0].ends_with(&format!(
            "to Today {}, seal 0412-7F3A-91C0.",
            when::time(now())
        )));
        assert_eq!(whole[2], "It holds everything that is in the journal now.");
        assert!(whole[3].ends_with("Promises in force stay in force."));

        let missing = Some(MissingEvents {
            events: 3,
            first: now(),
            last: now(),
        });
        let lacks = preview(&BackupPreview { missing, ..seen() }, now());
        assert!(lacks[2].starts_with("3 entries of the journal are not in it: from Today"));

        let other = preview(
            &BackupPreview {
                other_journal: true,
                bad_lines: 2,
                first_bad: Some((7, BadLineReason::Changed)),
                ..seen()
            },
            now(),
        );
        assert!(other[1].starts_with("2 lines in it are damaged"));
        assert!(other[1].ends_with("Line 7 is not what was written: its hash does not match."));
        assert!(other[2].starts_with("It belongs to another journal"));
        assert_eq!(other.len(), 3);
    }
}
