//! What the lines are worth against the head.

use super::clock::Moment;
use super::finding::{BadLine, BadLineReason, Finding};
use super::head::Head;
use super::loss::Loss;
use super::scan::{AtHead, Behind, Scan};
use super::unconfirmed::may_be_ours;

/// How the journal falls short of its head, if it does.
pub(super) fn loss(head: &Head, walk: &Scan) -> Option<Loss> {
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

/// What the head itself and the lines behind it give to say, where the machine's clocks say `now`.
pub(super) fn beside_the_lines(head: &Head, walk: &Scan, now: &Moment) -> Vec<Finding> {
    let mut findings: Vec<Finding> = itself(head, walk.last.is_some()).into_iter().collect();
    if let Some((events, _)) = beyond(head, walk, now) {
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

/// What the head itself gives to say, beside lines or none.
pub(super) fn itself(head: &Head, has_lines: bool) -> Option<Finding> {
    match head {
        Head::Missing => has_lines.then_some(Finding::HeadMissing { damaged: false }),
        Head::Unreadable => Some(Finding::HeadMissing { damaged: true }),
        Head::Known { damaged, .. } => damaged.map(|slot| Finding::HeadSlotDamaged { slot }),
    }
}

/// Events behind the head that no interruption of this app explains, and the first of them. One
/// interruption leaves one line, and one more when the newest slot may be the unreadable one;
/// each by the clocks of that run.
pub(super) fn beyond(head: &Head, walk: &Scan, now: &Moment) -> Option<(u64, Option<BadLine>)> {
    let Head::Known {
        newest, damaged, ..
    } = head
    else {
        return None;
    };
    let explained = if damaged.is_some() { 2 } else { 1 };
    let events = walk.count().saturating_sub(newest.count);
    let behind = walk.behind.iter().zip(1_u64..);
    let unexplained = |(line, place): &(&Behind, u64)| {
        *place > explained || !may_be_ours(&line.time, &newest.time, now)
    };
    let first = behind.filter(unexplained).map(|(line, _)| line.line).next();
    (first.is_some() || events > explained).then_some((events, first))
}

/// How many locks there may be beside those that the head lists: those it only counts. Without
/// a head a line that cannot be read may have set one, and nothing else knows of it: then one is
/// counted, which whoever reads it takes for the strictest.
pub(super) fn unlisted(head: &Head, walk: &Scan) -> u32 {
    match head {
        Head::Known { newest, .. } => newest.unlisted,
        Head::Missing | Head::Unreadable => {
            let lines = walk.damage.lines.saturating_add(walk.tail.lines);
            u32::from(lines > 0)
        }
    }
}

/// The first line that is not as it should be.
pub(super) fn first_bad(head: &Head, walk: &Scan, now: &Moment) -> Option<BadLine> {
    let at_head = match &walk.at_head {
        AtHead::Other(_, line) => Some(*line),
        AtHead::Nothing | AtHead::Same => None,
    };
    let beyond = beyond(head, walk, now).and_then(|(_, first)| first);
    let known = [walk.damage.first, at_head, walk.tail.first, beyond];
    let first = known
        .into_iter()
        .flatten()
        .min_by_key(|bad| (bad.segment, bad.line));
    first.or_else(|| missing(head, walk))
}

/// The line that should follow the last one.
fn missing(head: &Head, walk: &Scan) -> Option<BadLine> {
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
