//! What the lines are worth against the head.

use super::finding::{BadLine, BadLineReason, Finding, Loss};
use super::head::Head;
use super::walk::{AtHead, Walk};

/// How the journal falls short of its head, if it does.
pub(super) fn loss(head: &Head, walk: &Walk) -> Option<Loss> {
    let newest = head.newest()?;
    let (acknowledged, last) = (newest.count, newest.time.at);
    let present = walk.count();
    if acknowledged > 0 && walk.segment.is_none() {
        return Some(Loss::Deleted { acknowledged, last });
    }
    if walk
        .journal
        .is_some_and(|journal| journal != newest.journal)
    {
        let seq = acknowledged.saturating_sub(1);
        return Some(Loss::Rewritten {
            seq,
            expected: newest.hash,
            found: None,
        });
    }
    if present < acknowledged {
        return Some(Loss::Lost {
            acknowledged,
            present,
            last,
        });
    }
    match walk.at_head {
        AtHead::Other(found, _) => {
            let seq = acknowledged.saturating_sub(1);
            Some(Loss::Rewritten {
                seq,
                expected: newest.hash,
                found: Some(found),
            })
        }
        AtHead::Nothing | AtHead::Same => None,
    }
}

/// What the head itself and the lines behind it give to say.
pub(super) fn beside(head: &Head, walk: &Walk) -> Vec<Finding> {
    let mut findings = Vec::new();
    match head {
        Head::Missing if walk.last.is_some() => {
            findings.push(Finding::HeadMissing { damaged: false });
        }
        Head::Missing => {}
        Head::Unreadable => findings.push(Finding::HeadMissing { damaged: true }),
        Head::Known { damaged, .. } => {
            findings.extend(damaged.map(|slot| Finding::HeadSlotDamaged { slot }));
        }
    }
    if let Some(events) = beyond(head, walk) {
        findings.push(Finding::BeyondHead { events });
    }
    if let Some(first) = walk.damage.first {
        findings.push(Finding::Damaged {
            lines: walk.damage.lines,
            first,
        });
    }
    findings
}

/// Events behind the head, when they are more than one interruption explains: one,
/// and one more when the newest slot may be the unreadable one.
fn beyond(head: &Head, walk: &Walk) -> Option<u64> {
    let Head::Known {
        newest, damaged, ..
    } = head
    else {
        return None;
    };
    let explained = if damaged.is_some() { 2 } else { 1 };
    let events = walk.count().saturating_sub(newest.count);
    (events > explained).then_some(events)
}

/// The first line that is not as it should be.
pub(super) fn first_bad(head: &Head, walk: &Walk) -> Option<BadLine> {
    let at_head = match &walk.at_head {
        AtHead::Other(_, line) => Some(*line),
        AtHead::Nothing | AtHead::Same => None,
    };
    let beyond = beyond(head, walk).and(walk.second_beyond);
    let known = [walk.damage.first, at_head, walk.tail.first, beyond];
    let first = known
        .into_iter()
        .flatten()
        .min_by_key(|bad| (bad.segment, bad.line));
    first.or_else(|| missing(head, walk))
}

/// The line that should follow the last one.
fn missing(head: &Head, walk: &Walk) -> Option<BadLine> {
    loss(head, walk)?;
    let reason = BadLineReason::Missing;
    let Some(segment) = &walk.segment else {
        return Some(BadLine {
            segment: 1,
            line: 1,
            byte: 0,
            reason,
        });
    };
    Some(BadLine {
        segment: segment.number,
        line: segment.lines.saturating_add(1),
        byte: segment.good_end,
        reason,
    })
}
