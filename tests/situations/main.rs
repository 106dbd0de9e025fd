//! What the reveal says in the situations that traders are in, whole, as plain text. Each snapshot is
//! read with one question: is this true as it stands? Why it is stands beside it in a sentence.
//!
//! `cargo insta` is not needed: with `INSTA_UPDATE=always` the ordinary run writes what is said now.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failed unwrap or index is a failed test here"
)]

#[path = "../common/mod.rs"]
mod common;

mod figures;
mod heed;
mod held;
mod opens;
mod pools;

use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::{Draft, SealedPause, Step};
use impulse_audit::engine::{Backing, Contract, Mode, Side};
use impulse_audit::input::Field;
use impulse_audit::interchange::venues::line_about;
use impulse_audit::market::{AccountId, Position, Terms};
use impulse_audit::record::{AccountSet, PositionOpened};
use impulse_audit::wording::plain::plain;

use crate::common::*;

/// An account, what is open in it, and a ticket.
struct Situation {
    wallet: &'static str,
    account: fn(AccountSet) -> AccountSet,
    open: Vec<PositionOpened>,
    ticket: fn(&mut Draft),
    /// What is done after the numbers have appeared.
    then: fn(&mut App),
}

impl Default for Situation {
    fn default() -> Self {
        Self {
            wallet: "10000",
            account: |account| account,
            open: Vec::new(),
            ticket: |_| {},
            then: |_| {},
        }
    }
}

/// The reveal of a situation, whole.
fn told(situation: Situation) -> String {
    let (_world, app) = revealed_in(situation);
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    plain(revealed, line_about(revealed)).to_string()
}

/// A app with the numbers of a situation on the table.
fn revealed_in(situation: Situation) -> (World, App) {
    revealed_with(situation, |_| {}, |_| {})
}

/// The same where more is written than the situation says, and the wait is looked at on the way.
fn revealed_with(
    situation: Situation,
    also: impl Fn(&mut Draft),
    mut waiting: impl FnMut(&SealedPause),
) -> (World, App) {
    let (world, mut app, id) = World::without_promises();
    let set = AccountSet {
        account: id,
        ..account("Main", situation.wallet)
    };
    done(&mut app, Command::SetAccount((situation.account)(set)));
    let first = situation.open.first().map(|position| position.id);
    for position in situation.open {
        let position = PositionOpened {
            account: id,
            ..position
        };
        done(&mut app, Command::OpenPosition(position));
    }
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    draft.ticket.position = first;
    (situation.ticket)(&mut draft);
    also(&mut draft);
    draft.step = Step::Wrong;
    done(&mut app, Command::Start(Box::new(draft)));
    let draft = app.draft().unwrap().clone();
    done(&mut app, Command::Seal(Box::new(draft)));
    for _ in 0..50 {
        match app.stage() {
            Stage::Revealed(_) => break,
            Stage::Sealed(sealed) => waiting(sealed),
            other => panic!("{other:?}"),
        }
        world.wait(&mut app, 20);
    }
    (situation.then)(&mut app);
    (world, app)
}

/// A linear position at its entry, in cross unless changed.
fn position(
    market: &str,
    side: Side,
    quantity_typed: &str,
    entry: &str,
    rate: &str,
) -> PositionOpened {
    crate::common::opened_as(eth(AccountId::fresh()), |was| Position {
        symbol: symbol(market),
        side,
        quantity: quantity(quantity_typed),
        entry: price(entry),
        mark: price(entry),
        rules: flat(rate),
        ..was
    })
}

trait Changed: Sized {
    fn marked(self, mark: &str) -> Self;
    fn isolated(self, margin: &str) -> Self;
}

impl Changed for PositionOpened {
    fn marked(self, mark: &str) -> Self {
        crate::common::opened_as(self, |was| Position {
            mark: price(mark),
            ..was
        })
    }

    fn isolated(self, margin: &str) -> Self {
        crate::common::opened_as(self, |was| Position {
            backing: Backing::Isolated {
                margin: money(margin),
            },
            ..was
        })
    }
}

/// Fills in what is typed: field by field, as the form has them.
fn typed(draft: &mut Draft, fields: &[(&str, &str)]) {
    for (field, text) in fields {
        let place = match *field {
            "market" => Field::Symbol,
            "entry" => Field::Entry,
            "now" => Field::Mark,
            "quantity" => Field::Quantity,
            "margin" => Field::Margin,
            "leverage" => Field::Leverage,
            "rate" => Field::Rate,
            "wrong" => {
                (*text).clone_into(&mut draft.answers.invalidation);
                continue;
            }
            "accepted" => {
                (*text).clone_into(&mut draft.answers.accepted);
                continue;
            }
            other => panic!("{other}"),
        };
        draft.ticket.value.write(place, *text);
    }
}

/// A ticket about a position: nothing of the open's own numbers stands.
fn about(draft: &mut Draft, fields: &[(&str, &str)]) {
    let empty = ["entry", "now", "quantity", "margin", "leverage"].map(|field| (field, ""));
    typed(draft, &empty);
    typed(draft, fields);
}

fn coin(account: AccountSet) -> AccountSet {
    let terms = Terms {
        contract: Contract::Inverse,
        size: decimal("100"),
    };
    AccountSet {
        collateral: "BTC".to_owned(),
        rules: std::iter::once((symbol("BTC/USD"), flat("0.005"))).collect(),
        contracts: std::iter::once((symbol("BTC/USD"), terms)).collect(),
        ..account
    }
}

/// Keeps what is said in a situation, with the reason why it is true.
macro_rules! situation {
    ($name:ident, $why:literal, $situation:expr) => {
        #[test]
        fn $name() {
            insta::with_settings!({
                description => $why,
                omit_expression => true,
                prepend_module_to_snapshot => false,
            }, {
                insta::assert_snapshot!(stringify!($name), crate::told($situation));
            });
        }
    };
}
use situation;

/// The ticket in cross at ten times, wrong at 95,000, 500 accepted.
fn ten_times_in_cross(draft: &mut Draft) {
    in_cross(
        draft,
        &[("leverage", "10"), ("wrong", "95000"), ("accepted", "500")],
    );
}

/// The same of 0.05 BTC: 5,000 of notional.
fn a_twentieth_in_cross(draft: &mut Draft) {
    ten_times_in_cross(draft);
    typed(draft, &[("quantity", "0.05")]);
}

/// Fills in a ticket that is to be placed in cross.
fn in_cross(draft: &mut Draft, fields: &[(&str, &str)]) {
    draft.ticket.choose_mode(Mode::Cross);
    typed(draft, fields);
}
