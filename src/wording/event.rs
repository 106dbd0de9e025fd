//! One line of the journal in a few words, whatever it is.

use crate::journal::Record;
use crate::promises::PromiseEvent;
use crate::record::{DecodedEvent, Event, Expiry, PositionOpened};

use super::{text, violation, words};
use crate::input::figures;
use crate::market::{AuditId, LockId};

/// What a line that a newer version wrote is called.
pub const NEWER: &str = "Written by a newer version";

/// A line in a few words.
pub fn line(record: &Record) -> String {
    match Event::read(record) {
        DecodedEvent::Known(event) => known(&event),
        DecodedEvent::Journal => about_itself(&record.kind).to_owned(),
        DecodedEvent::Newer => NEWER.to_owned(),
        DecodedEvent::Unreadable(why) => format!("Its content cannot be read: {why}"),
    }
}

fn known(event: &Event) -> String {
    match event {
        Event::AccountSet(set) => format!(
            "{}, {} {}",
            set.name,
            figures::money(set.wallet_balance),
            set.collateral
        ),
        Event::PositionOpened(PositionOpened { position, .. }) => format!(
            "{} {}, {} at {}",
            position.symbol,
            words::side(position.side),
            figures::quantity(position.quantity),
            figures::typed_price(position.entry)
        ),
        Event::PositionChanged(changed) => match changed.mark {
            Some(mark) => format!("The price now is {}", figures::typed_price(mark)),
            None => "A position was brought up to date".to_owned(),
        },
        Event::PositionClosed(closed) => {
            format!("Closed at {}", figures::typed_price(closed.price))
        }
        Event::PositionsJoined(joined) => format!(
            "Two positions joined, {} at {}",
            figures::quantity(joined.quantity),
            figures::typed_price(joined.entry)
        ),
        Event::AuditStarted(started) => match &started.ticket {
            Some(ticket) => words::ticket_line(ticket),
            None if started.typed_symbol.is_empty() => "No market yet".to_owned(),
            None => started.typed_symbol.clone(),
        },
        Event::AuditRewritten(rewritten) => {
            format!("{}, written again", words::ticket_line(&rewritten.ticket))
        }
        Event::AuditLookedAway(away) => away
            .looks
            .fact()
            .unwrap_or_else(|| "The window was not left".to_owned()),
        Event::AuditSentBack(_) => "An answer was sent back".to_owned(),
        Event::AuditSealed(sealed) => {
            format!("{}, answers sealed", words::ticket_line(&sealed.ticket))
        }
        Event::AuditRevealed(revealed) => {
            let worst = revealed
                .assessment
                .outcome(revealed.assessment.chosen)
                .max_loss;
            format!("Numbers shown, worst case {}", figures::money(worst))
        }
        Event::AuditLowered(lowered) => match &lowered.to {
            Some(to) => format!(
                "Lowered to {} {}",
                figures::quantity(to.quantity),
                words::mode(to.mode)
            ),
            None => "Back to what was sealed".to_owned(),
        },
        Event::AuditExtended(_) => "The numbers hold longer, once".to_owned(),
        Event::AuditDecided(decision) => match &decision.ticket {
            Some(ticket) => format!(
                "{}, {}",
                decision.choice.words(),
                words::ticket_line(ticket)
            ),
            None => decision.choice.words().to_owned(),
        },
        Event::AuditExpired(expired) => match expired.expiry {
            Expiry::LeftLying => format!("Left lying {}", expired.step.words()),
            Expiry::PermissionLapsed => "Permission lapsed".to_owned(),
        },
        Event::AuditFollowed(followed) => followed.outcome.words().to_owned(),
        Event::FundsPaidIn(paid) => format!(
            "{} paid in, wallet {}",
            figures::money(paid.amount),
            figures::money(paid.wallet_balance)
        ),
        Event::AuditAfterwards(written) => format!(
            "{}, written afterwards",
            words::ticket_line(&written.ticket)
        ),
        Event::AuditStop(said) => format!("The stop: {}", text::within(said.stop.words())),
        Event::Promise(turn) => promised(turn),
    }
}

fn one(locks: &[LockId]) -> String {
    let mut words = violation::one_of(locks).to_owned();
    words.replace_range(..1, "A");
    words
}

fn promised(turn: &PromiseEvent) -> String {
    match turn {
        PromiseEvent::Armed(armed) => format!("Promised: {}", armed.promise.sentence(&armed.scope)),
        PromiseEvent::Undone(_) => "A promise was taken back within its first minute".to_owned(),
        PromiseEvent::Loosening(of) => {
            let asked = format!("{} was asked to be loosened", one(&[of.lock]));
            match &of.to {
                Some(to) => format!("{asked} to “{}”", to.promise.sentence(&to.scope)),
                None => asked,
            }
        }
        PromiseEvent::LooseningCancelled(of) => format!("{} stays as it was", one(&[of.lock])),
        PromiseEvent::Loosened(of) => {
            format!("{} was loosened by the waiting way", one(&[of.lock]))
        }
        PromiseEvent::Released(_) => "A promise was released in an emergency".to_owned(),
        PromiseEvent::StillOpen(_) => "The position of a promise is still open".to_owned(),
        PromiseEvent::ClosedOn(_) => "The position of a promise was closed, unverified".to_owned(),
        PromiseEvent::Tried(tried) => format!("{} stood against the ticket", one(&tried.locks)),
        PromiseEvent::Breached(overstepped) => {
            let stood = violation::one_of(&overstepped.locks);
            format!("Recorded against {stood}: {}", overstepped.what)
        }
        PromiseEvent::Clock(_) => "What the clocks say, for what is in force".to_owned(),
        PromiseEvent::PlanWritten(plan) => format!("A plan for {} was written", plan.symbol),
        PromiseEvent::PlanRenewed(_) => "A plan was renewed".to_owned(),
        PromiseEvent::PlanWithdrawn(_) => "A plan was taken back".to_owned(),
    }
}

/// What the journal wrote about itself or the clock.
fn about_itself(kind: &str) -> &'static str {
    match kind {
        "journal.created" => "History begins here",
        "journal.torn" => "Unfinished bytes were set aside",
        "journal.continued" => "Went on in the next file",
        "journal.loss_accepted" => "Went on without what is missing",
        "seal.missing" => "The head was missing and was written anew",
        "clock.rollback" => "The clock was set back",
        "clock.jump" => "The clock jumped",
        _ => "The journal about itself",
    }
}

/// The audit that a line belongs to, if it belongs to one.
pub fn audit(record: &Record) -> Option<AuditId> {
    let DecodedEvent::Known(event) = Event::read(record) else {
        return None;
    };
    match *event {
        Event::PositionOpened(opened) => opened.audit,
        Event::PositionChanged(changed) => changed.audit,
        Event::PositionClosed(closed) => closed.audit,
        Event::AuditStarted(started) => Some(started.audit),
        Event::AuditRewritten(rewritten) => Some(rewritten.audit),
        Event::AuditLookedAway(away) => Some(away.audit),
        Event::AuditSentBack(back) => Some(back.audit),
        Event::AuditSealed(sealed) => Some(sealed.audit),
        Event::AuditRevealed(revealed) => Some(revealed.audit),
        Event::AuditLowered(lowered) => Some(lowered.audit),
        Event::AuditExtended(extended) => Some(extended.audit),
        Event::AuditDecided(decision) => Some(decision.audit),
        Event::AuditExpired(expired) => Some(expired.audit),
        Event::AuditFollowed(followed) => Some(followed.audit),
        Event::AuditAfterwards(written) => Some(written.audit),
        Event::AuditStop(said) => Some(said.audit),
        Event::FundsPaidIn(paid) => paid.audit,
        Event::Promise(PromiseEvent::Tried(tried)) => Some(tried.audit),
        Event::AccountSet(_) | Event::PositionsJoined(_) | Event::Promise(_) => None,
    }
}
