//! One row for each audit, in the order in which they began.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use csv::{Terminator, WriterBuilder};
use rust_decimal::Decimal;

use super::Privacy;
use super::cell::Cell;
use super::local::{local, stamp};
use super::rough::class;
use crate::audit::Ticket;
use crate::engine::{Intent, Money, Price};
use crate::record::{Ending, Followed, State, Story};
use crate::wording::words;

/// What stands in a column for an audit.
type Tell = fn(&Story) -> Cell;

/// What a column tells.
#[derive(Clone, Copy)]
enum Tells {
    /// Neither an amount nor words of her own.
    Facts,
    /// A price, a size, money; or what she wrote.
    Private,
    /// A number of which only the class is no amount: this cell in its place.
    Roughly(Tell),
}

struct Column {
    name: &'static str,
    tells: Tells,
    cell: Tell,
}

const fn fact(name: &'static str, cell: Tell) -> Column {
    Column {
        name,
        tells: Tells::Facts,
        cell,
    }
}

const fn private(name: &'static str, cell: Tell) -> Column {
    Column {
        name,
        tells: Tells::Private,
        cell,
    }
}

const fn roughly(name: &'static str, cell: Tell, rough: Tell) -> Column {
    Column {
        name,
        tells: Tells::Roughly(rough),
        cell,
    }
}

/// The columns, in their order: it never changes, new ones come last.
const COLUMNS: [Column; 42] = [
    fact("entry", |s| ending(s, |e| Cell::count(e.seq()))),
    fact("audit", |s| Cell::text(s.audit.to_string())),
    fact("began_utc", |s| utc(s.started_at)),
    fact("began_local", |s| in_zone(s, s.started_at)),
    fact("ended_utc", |s| ending(s, |e| utc(e.at()))),
    fact("ended_local", |s| ending(s, |e| in_zone(s, e.at()))),
    fact("time_zone", |s| Cell::text(&s.zone)),
    fact("intent", |s| {
        ticket(s, |t| Cell::text(words::intent(t.intent).to_lowercase()))
    }),
    private("account", |s| ticket(s, |t| Cell::text(&t.account_name))),
    private("venue", |s| ticket(s, |t| Cell::text(&t.venue))),
    private("collateral", |s| ticket(s, |t| Cell::text(&t.collateral))),
    fact("market", |s| {
        ticket(s, |t| Cell::text(t.symbol.to_string()))
    }),
    private("market_as_typed", |s| Cell::text(&s.typed_symbol)),
    fact("side", |s| ticket(s, |t| Cell::text(words::side(t.side)))),
    fact("mode", |s| ticket(s, |t| Cell::text(words::mode(t.mode)))),
    roughly(
        "leverage",
        |s| adding(s, |t| Cell::Number(t.leverage)),
        |s| adding(s, |t| Cell::text(class(t.leverage))),
    ),
    private("quantity", |s| {
        ticket(s, |t| Cell::Number(t.quantity.get()))
    }),
    private("unit", |s| ticket(s, |t| Cell::text(t.unit()))),
    private("entry_price", |s| {
        ticket(s, |t| match (s.done_before(), t.intent) {
            (Some(_), Intent::Reduce) => Cell::Empty,
            _ => Cell::Number(t.entry.get()),
        })
    }),
    private("price_now", |s| {
        ticket(s, |t| t.mark.map(Price::get).into())
    }),
    private("margin", |s| adding(s, |t| Cell::Number(t.margin.get()))),
    fact("arousal", |s| {
        let arousal = s.state.as_ref().map(|state| state.arousal.get());
        arousal.map(Decimal::from).into()
    }),
    fact("tags", |s| {
        let tags = s.state.iter().flat_map(|state| &state.tags);
        listed(tags.map(|tag| tag.words()))
    }),
    private("wrong_if", |s| answers(s, |a| Cell::text(&a.wrong))),
    private("wrong_at", |s| {
        answers(s, |a| a.invalidation.map(Price::get).into())
    }),
    private("nothing_because", |s| {
        answers(s, |a| Cell::text(&a.nothing))
    }),
    private("accepted_loss", |s| {
        answers(s, |a| a.accepted.map(Money::get).into())
    }),
    private("worst_case", |s| s.worst_case().map(Money::get).into()),
    fact("decision", |s| ending(s, |e| Cell::text(e.words()))),
    fact("wait_until_utc", |s| match s.waits_until() {
        Some(until) => utc(until),
        None => Cell::Empty,
    }),
    private("proceeded_because", |s| {
        s.decision().and_then(|d| d.sentence.clone()).into()
    }),
    fact("flags", |s| listed(s.flags().iter().map(|f| f.words()))),
    fact("seconds_to_seal", |s| {
        sealed(s, |sealed| Cell::count(sealed.payload.seconds))
    }),
    fact("seconds_after_reveal", |s| {
        let seconds = s.decision().and_then(|d| d.seconds_after_reveal);
        seconds.map_or(Cell::Empty, Cell::count)
    }),
    fact("looks_away", |s| {
        sealed(s, |sealed| {
            Cell::count(sealed.payload.manner.looks.times().into())
        })
    }),
    fact("pasted_percent", |s| {
        sealed(s, |sealed| {
            let [first, second] = sealed.payload.manner.pasted;
            Cell::text(format!("{first}; {second}"))
        })
    }),
    fact("followed", |s| match s.followed {
        Some(Followed::Opened) => Cell::text("Opened"),
        Some(Followed::Nothing(outcome)) => Cell::text(outcome.words()),
        None => Cell::Empty,
    }),
    fact("wait_seconds", |s| {
        sealed(s, |sealed| Cell::count(sealed.payload.wait.seconds))
    }),
    fact("waited_because", |s| {
        sealed(s, |sealed| {
            let reasons = &sealed.payload.wait.reasons;
            listed(reasons.iter().map(|reason| reason.words()))
        })
    }),
    fact("stop", |s| {
        s.stop.map_or(Cell::Empty, |stop| Cell::text(stop.words()))
    }),
    fact("written_afterwards_of_utc", |s| {
        s.done_before().map_or(Cell::Empty, utc)
    }),
    fact("experiment", |s| {
        ticket(s, |t| t.experiment.then(|| "yes".to_owned()).into())
    }),
];

/// Writes every audit of the state, one row each under a row of names: UTF-8, commas, CR LF,
/// quotes where they are needed. Amounts are plain numbers in the account's currency; a text
/// that begins like a formula has an apostrophe before it.
///
/// # Errors
/// What `out` answers.
pub fn write_table(record: &State, privacy: Privacy, out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<(&str, Tell)> = COLUMNS
        .iter()
        .filter_map(|column| match (privacy, column.tells) {
            (Privacy::Whole, _) | (Privacy::Redacted, Tells::Facts) => {
                Some((column.name, column.cell))
            }
            (Privacy::Redacted, Tells::Roughly(rough)) => Some((column.name, rough)),
            (Privacy::Redacted, Tells::Private) => None,
        })
        .collect();
    let mut rows = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    rows.write_record(columns.iter().map(|(name, _)| name))?;
    for story in record.stories() {
        rows.write_record(columns.iter().map(|(_, cell)| cell(story).written()))?;
    }
    rows.flush()
}

fn ticket(story: &Story, cell: impl FnOnce(&Ticket) -> Cell) -> Cell {
    story.last_ticket().map_or(Cell::Empty, cell)
}

/// Of what is only taken off nothing is levered.
fn adding(story: &Story, cell: impl FnOnce(&Ticket) -> Cell) -> Cell {
    let ticket = story.last_ticket();
    ticket
        .filter(|ticket| !ticket.intent.takes_off())
        .map_or(Cell::Empty, cell)
}

fn sealed(story: &Story, cell: impl FnOnce(&crate::record::Sealed) -> Cell) -> Cell {
    story.sealed.as_deref().map_or(Cell::Empty, cell)
}

fn answers(story: &Story, cell: impl FnOnce(&crate::audit::Answers) -> Cell) -> Cell {
    story.answers().map_or(Cell::Empty, cell)
}

fn ending(story: &Story, cell: impl FnOnce(&Ending) -> Cell) -> Cell {
    story.ending.as_ref().map_or(Cell::Empty, cell)
}

fn utc(at: DateTime<Utc>) -> Cell {
    Cell::text(stamp(at.naive_utc()))
}

fn in_zone(story: &Story, at: DateTime<Utc>) -> Cell {
    local(at, &story.zone).map(stamp).into()
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> Cell {
    let list: Vec<&str> = words.collect();
    if list.is_empty() {
        Cell::Empty
    } else {
        Cell::text(list.join("; "))
    }
}
