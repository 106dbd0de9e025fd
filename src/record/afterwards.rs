//! Closes and reduces that were logged without an audit, and what is written of them afterwards.

use rust_decimal::Decimal;

use super::payload::{AuditAfterwards, PositionChanged, PositionClosed};
use super::state::{State, Unaudited};
use super::story::{Ending, Story};
use super::{Account, OpenPosition};
use crate::audit::looks::LooksAway;
use crate::audit::{HeldPosition, Ticket};
use crate::engine::{Backing, Intent, Money, Price, Quantity};
use crate::journal::{Moment, Record};

impl State {
    /// Closes and reduces that were logged without an audit and of which nothing is written,
    /// oldest first.
    pub fn unaudited(&self) -> &[Unaudited] {
        &self.unaudited
    }

    /// Before it is folded: what the venue closes by force was no decision.
    pub(super) fn notice_close(&mut self, record: &Record, closed: &PositionClosed) {
        if closed.audit.is_some() || closed.liquidated {
            return;
        }
        let known = self.position(closed.position);
        let ticket = known.and_then(|(account, open)| {
            let all = open.position.quantity;
            let is = (Intent::Close, self.is_experiment(open));
            ticket(account, open, is, closed.price, all)
        });
        self.notice(record, ticket);
    }

    /// Before it is folded.
    pub(super) fn notice_reduce(&mut self, record: &Record, change: &PositionChanged) {
        if change.audit.is_some() {
            return;
        }
        let known = self.position(change.position);
        let ticket = known.and_then(|(account, open)| {
            let before = open.position.quantity.get();
            let off = before.checked_sub(change.quantity?.get())?;
            let price = change.mark.unwrap_or(open.position.mark);
            let off = Some(off).filter(|off| *off > Decimal::ZERO)?;
            let is = (Intent::Reduce, self.is_experiment(open));
            ticket(account, open, is, price, Quantity::new(off))
        });
        self.notice(record, ticket);
    }

    fn notice(&mut self, record: &Record, ticket: Option<Ticket>) {
        self.unaudited.extend(ticket.map(|ticket| Unaudited {
            event: record.id,
            at: record.at,
            ticket,
        }));
    }

    /// It is written once: a second time is a line of the journal, but changes nothing.
    pub(super) fn write_afterwards(&mut self, record: &Record, written: AuditAfterwards) {
        let waits = self.unaudited.iter().position(|of| of.event == written.of);
        let Some(waits) = waits.filter(|_| !self.by_audit.contains_key(&written.audit)) else {
            return;
        };
        self.unaudited.remove(waits);
        let at = self.stories.len();
        self.by_audit.insert(written.audit, at);
        self.ended.push(at);
        self.stories.push(Story {
            audit: written.audit,
            began: Moment {
                wall: record.at,
                up: record.up,
                boot: record.boot.clone(),
                zone: record.zone.clone(),
            },
            started_seq: record.seq,
            started_at: record.at,
            zone: record.zone.clone(),
            state: None,
            ticket: Some(written.ticket),
            typed_symbol: String::new(),
            looks: LooksAway::default(),
            stamps: Default::default(),
            sealed: None,
            revealed: None,
            ending: Some(Ending::Afterwards {
                seq: record.seq,
                at: record.at,
                done_at: written.done_at,
                answers: Box::new(written.answers),
            }),
            followed: None,
            stop: None,
        });
    }
}

/// What was done, as the ticket that it would have been; none where it is out of range.
fn ticket(
    account: &Account,
    open: &OpenPosition,
    (intent, experiment): (Intent, bool),
    price: Price,
    quantity: Quantity,
) -> Option<Ticket> {
    let (set, position) = (&account.set, &open.position);
    let notional = position.notional_at(price)?.get();
    let (margin, leverage) = match position.backing {
        Backing::Isolated { margin } => (margin.get(), notional.checked_div(margin.get())?),
        Backing::Cross => {
            let leverage = position.leverage.unwrap_or(Decimal::ONE);
            (notional.checked_div(leverage)?, leverage)
        }
    };
    Some(Ticket {
        account: set.account,
        account_name: set.name.clone(),
        venue: set.venue.clone(),
        collateral: set.collateral.clone(),
        intent,
        experiment,
        symbol: position.symbol.clone(),
        terms: position.terms,
        side: position.side,
        mode: position.backing.mode(),
        quantity,
        entry: price,
        mark: None,
        leverage,
        margin: Money::new(margin),
        fees: set.fees,
        rules: position.rules.clone(),
        held: Some(HeldPosition {
            position: open.id(),
            quantity: position.quantity,
            entry: position.entry,
            backing: position.backing,
        }),
    })
}
