//! The state of everything is a fold over the journal: whatever is asked for in whatever
//! order, folding the file again gives the same book.

use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::sync::Arc;

use impulse_audit::app::{App, Command, Saving, Stage};
use impulse_audit::audit::{Choice, Draft, Question, Step, TicketChange};
use impulse_audit::engine::Mode;
use impulse_audit::journal::{Journal, Record};
use impulse_audit::record::{AuditFollowed, Outcome, PositionChanged, PositionClosed, State};
use impulse_audit::review;
use proptest::prelude::*;

use crate::common::*;

/// Something that can happen at an app. Most are refused where they do not fit, which is a
/// part of what is tried.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Account(u8),
    Position,
    Mark(u8),
    Closed,
    Begin,
    Write(u8),
    Start,
    Seal,
    Numbers,
    Wait(u16),
    Decide(u8),
    Walk,
    Leave,
    Follow,
    Restart,
    WallClock(i16),
    Refuses,
    Asked,
}

fn happens() -> impl Strategy<Value = Happens> {
    use Happens as H;
    prop_oneof![
        1 => (0_u8..3).prop_map(H::Account),
        1 => Just(H::Position),
        1 => any::<u8>().prop_map(H::Mark),
        1 => Just(H::Closed),
        3 => Just(H::Begin),
        3 => any::<u8>().prop_map(H::Write),
        3 => Just(H::Start),
        3 => Just(H::Seal),
        2 => Just(H::Numbers),
        2 => (0_u16..700).prop_map(H::Wait),
        4 => (0_u8..6).prop_map(H::Decide),
        1 => Just(H::Walk),
        1 => Just(H::Leave),
        1 => Just(H::Follow),
        1 => Just(H::Restart),
        1 => (-600_i16..600).prop_map(H::WallClock),
        1 => Just(H::Refuses),
        1 => Just(H::Asked),
    ]
}

/// Words that are not the earlier ones again, one for each number.
fn words(number: u8, about: &str) -> String {
    const A: [&str; 4] = ["funding", "volume", "the shelf", "open interest"];
    const B: [&str; 4] = ["breaks under", "climbs over", "stalls below", "turns at"];
    const C: [&str; 4] = [
        "last week's close",
        "the morning range",
        "a round price",
        "the gap",
    ];
    let at = |shift: u32| usize::from((number >> shift) & 3);
    format!("{about} {} {} {} again", A[at(0)], B[at(2)], C[at(4)])
}

fn written(draft: Draft, number: u8) -> Draft {
    let mut draft = with_answers(with_ticket(draft));
    draft.answers.wrong = words(number, "I would see that");
    draft.answers.nothing = words(
        number.wrapping_mul(7).wrapping_add(3),
        "Cash can wait while",
    );
    if number.is_multiple_of(3) {
        draft.ticket.choose_mode(Mode::Cross);
    }
    draft
}

/// Everything that can be read from a book, to be thrown away.
fn asked(app: &App) {
    let record = app.state();
    for n in 0..record.ended_count() + 2 {
        let _ = record.newest_ended(n);
    }
    let _ = review::search(record, "btc long nothing");
    for story in record.stories() {
        if let (Some(ticket), Some(state)) = (&story.ticket, &story.state) {
            let _ = review::mirror(record, ticket, state);
        }
    }
    let _ = app.earlier_answers(Question::Wrong);
    let _ = (record.unfollowed().count(), record.unended().count());
}

fn happen(world: &World, mut app: App, what: Happens) -> App {
    let first = app.state().accounts().first().map(|a| a.set.account);
    let position = app
        .state()
        .accounts()
        .iter()
        .flat_map(|account| &account.positions)
        .next()
        .cloned();
    let draft = app.draft().cloned();
    let command = match what {
        Happens::Account(n) => Some(Command::SetAccount(account(
            &format!("Account {n}"),
            "10000",
        ))),
        Happens::Position => first.map(|id| Command::OpenPosition(eth(id))),
        Happens::Mark(n) => position.map(|open| {
            Command::ChangePosition(PositionChanged {
                position: open.id(),
                mark: Some(price(&format!("{}", 1_900 + u32::from(n)))),
                quantity: None,
                entry: None,
                backing: None,
                leverage: None,
                audit: None,
            })
        }),
        Happens::Closed => position.map(|open| {
            Command::ClosePosition(PositionClosed {
                position: open.id(),
                price: open.position.mark,
                wallet_balance: money("10001"),
                estimated: true,
                liquidated: false,
                audit: None,
            })
        }),
        Happens::Begin => Some(Command::BeginAudit),
        Happens::Write(n) => draft.map(|d| Command::KeepDraft(Box::new(written(d, n)))),
        Happens::Start => draft.map(|d| Command::Start(Box::new(d))),
        Happens::Seal => draft.map(|d| Command::Seal(Box::new(d))),
        Happens::Numbers => {
            world.wait(&mut app, 21);
            None
        }
        Happens::Wait(seconds) => {
            world.wait(&mut app, u64::from(seconds));
            None
        }
        Happens::Decide(0) => Some(Command::Extend),
        Happens::Decide(1) => Some(Command::Lower(TicketChange {
            mode: Mode::Isolated,
            quantity: quantity("0.1"),
            margin: None,
        })),
        Happens::Decide(2) => Some(decide(Choice::Wait {
            until: app.now().wall,
        })),
        Happens::Decide(3) => Some(decide(Choice::DoNothing)),
        Happens::Decide(_) => Some(Command::Decide {
            choice: Choice::Proceed,
            sentence: Some(words(17, "I take more, for")),
        }),
        Happens::Walk => draft.map(|d| {
            Command::WalkAway(Box::new(Draft {
                step: Step::Ticket,
                ..d
            }))
        }),
        Happens::Leave => Some(Command::LeaveAudit),
        Happens::Follow => app.state().unfollowed().next().map(|story| {
            Command::Follow(AuditFollowed {
                audit: story.audit,
                outcome: Outcome::ChangedMind,
            })
        }),
        Happens::Restart => return world.restart(app),
        Happens::WallClock(seconds) => {
            world
                .clock
                .advance_wall(chrono::TimeDelta::seconds(i64::from(seconds)));
            None
        }
        Happens::Refuses => {
            world.fs.refuse_from_now(ErrorKind::StorageFull);
            let _ = app.send(Command::SetAccount(account("Refused", "1")));
            app.settle();
            world.fs.heal();
            matches!(app.saving(), Saving::NotSaved(_)).then_some(Command::TryAgain)
        }
        Happens::Asked => {
            asked(&app);
            None
        }
    };
    if let Some(command) = command {
        let _ = app.send(command);
    }
    app.settle();
    app.settle();
    app
}

/// All lines of the journal, read by itself.
fn read(world: &World) -> Vec<Record> {
    let mut records = Vec::new();
    Journal::open(
        &folders(),
        Arc::new(world.fs.copy()),
        Arc::new(world.clock.clone()),
        &mut |record, _| {
            records.push(record.clone());
            ControlFlow::Continue(())
        },
    )
    .unwrap();
    records
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn folding_the_file_again_gives_the_same_book(what in prop::collection::vec(happens(), 1..60)) {
        let (world, mut app, _) = World::with_account();
        for one in what {
            app = happen(&world, app, one);
            // One audit is in hand at most, and what is in hand has not ended.
            if let Stage::Pausing(_) | Stage::Sealed(_) | Stage::Revealed(_) = app.stage() {
                let audit = app.stage().audit().unwrap();
                prop_assert!(app.state().story(audit).unwrap().ending.is_none());
            }
        }
        prop_assert!(matches!(app.saving(), Saving::Quiet));
        let live = app.state().clone();
        drop(app);
        let records = read(&world);
        let mut folded = State::default();
        let known = usize::try_from(live.entries()).unwrap();
        records.iter().take(known).for_each(|record| folded.apply(record));
        prop_assert_eq!(&folded, &live);
        for record in records.iter().skip(known) {
            prop_assert!(
                record.kind.starts_with("clock.") || record.kind.starts_with("journal."),
                "{} is in the file and was never told",
                record.kind
            );
        }
        // Each audit began once, was sealed and revealed at most once, and ended at most once.
        let mut seen = std::collections::HashSet::new();
        for line in world.lines() {
            let kind = line["kind"].as_str().unwrap();
            if kind.starts_with("audit.") {
                let ending = matches!(kind, "audit.decided" | "audit.expired");
                let what = if ending { "ended" } else { kind };
                let audit = line["data"]["audit"].as_str().unwrap().to_owned();
                prop_assert!(seen.insert((audit, what.to_owned())), "{} twice", kind);
            }
        }
    }
}
