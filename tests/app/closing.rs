//! Getting out: one key to go on at every step, and nothing said of what was not written.

use impulse_audit::app::afterwards::{AfterwardsForm, offered};
use impulse_audit::app::close_form::CloseForm;
use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::{Choice, Draft, Question, Step};
use impulse_audit::engine::{Backing, Intent};
use impulse_audit::input::Field;
use impulse_audit::market::AuditId;
use impulse_audit::record::PositionChanged;
use impulse_audit::wording::plain::plain;
use impulse_audit::wording::{afterwards, reveal_notes, story};

use crate::common::*;

/// BTC long 0.2 at 100,000, marked at 99,000; its ticket stands with nothing typed but how much.
fn getting_out(intent: Intent, backing: Backing) -> (World, App, Draft) {
    let (world, mut app, account) = World::without_promises();
    let mut open = eth(account);
    open.position.symbol = symbol("BTC/USDT");
    open.position.quantity = quantity("0.2");
    open.position.entry = price("100000");
    open.position.mark = price("99000");
    open.position.backing = backing;
    open.position.rules = flat("0.004");
    done(&mut app, Command::OpenPosition(open.clone()));
    let mut draft = with_state(begin(&mut app));
    draft.ticket.intent = intent;
    draft.ticket.position = Some(open.id);
    if intent == Intent::Reduce {
        draft.ticket.value.write(Field::Quantity, "0.1");
    }
    done(&mut app, Command::Start(Box::new(draft)));
    let draft = app.draft().unwrap().clone();
    (world, app, draft)
}

fn isolated() -> Backing {
    Backing::Isolated {
        margin: money("1000"),
    }
}

/// What is told of the numbers on the table, and of the audit once it is over.
fn told(app: &mut App, audit: AuditId) -> String {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let mut told = plain(revealed, None).to_string();
    done(app, decide(Choice::Proceed));
    let parts = story::parts(app.state().story(audit).unwrap());
    for part in parts {
        told = format!("{told}\n{}: {}", part.name, part.words);
    }
    told
}

#[test]
fn getting_out_goes_through_with_every_answer_left_empty_and_says_nothing_of_them() {
    for (intent, backing) in [
        (Intent::Close, isolated()),
        (Intent::Close, Backing::Cross),
        (Intent::Reduce, isolated()),
        (Intent::Reduce, Backing::Cross),
    ] {
        let (world, mut app, mut draft) = getting_out(intent, backing);
        for question in Question::ALL {
            assert_eq!(app.check_answer(&mut draft, question), Ok(()));
        }
        draft.step = Step::Accepted;
        let audit = draft.audit;
        done(&mut app, Command::Seal(Box::new(draft)));
        assert_eq!(stage(&app), "revealed", "{intent:?}");
        let answers = world.last("audit.sealed")["answers"].clone();
        assert_eq!(answers, serde_json::json!({ "wrong": "", "nothing": "" }));
        let told = told(&mut app, audit);
        for words in ["You accepted", "you are wrong", "Wrong at", "prove you"] {
            assert!(!told.contains(words), "{intent:?} {words}: {told}");
        }
        let decided = world.last("audit.decided");
        assert_eq!(decided["choice"], "proceed");
        assert_eq!(decided["accepted"], serde_json::Value::Null);
        assert_eq!(decided["flags"], serde_json::Value::Null);
        assert_eq!(stage(&app), "ended", "{intent:?}");
    }
}

#[test]
fn an_odd_answer_passes_as_it_is_and_what_is_no_number_is_left_out() {
    let (world, mut app, mut draft) = getting_out(Intent::Close, isolated());
    "x".clone_into(&mut draft.answers.wrong);
    "x".clone_into(&mut draft.answers.nothing);
    "never".clone_into(&mut draft.answers.invalidation);
    "900%".clone_into(&mut draft.answers.accepted);
    for question in Question::ALL {
        assert_eq!(app.check_answer(&mut draft, question), Ok(()));
    }
    done(&mut app, Command::Seal(Box::new(draft)));
    let sealed = world.last("audit.sealed");
    let answers = serde_json::json!({ "wrong": "x", "nothing": "x" });
    assert_eq!(sealed["answers"], answers);
    assert_eq!(sealed["manner"]["thin"], false);
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    let said = reveal_notes::answers(revealed.ticket(), revealed.answers());
    let said = said.map(|(_, words)| words);
    assert_eq!(said, ["x", "not written", "x", "not written"]);
}

#[test]
fn a_close_without_a_price_is_at_the_price_now() {
    for (typed, at) in [("", "99000"), ("98500", "98500")] {
        let (world, mut app, mut draft) = getting_out(Intent::Close, Backing::Cross);
        done(&mut app, walk(&draft));
        done(&mut app, Command::LeaveAudit);
        let position = draft.ticket.position;
        draft = with_state(begin(&mut app));
        draft.ticket.intent = Intent::Close;
        draft.ticket.position = position;
        draft.ticket.value.write(Field::Mark, typed);
        done(&mut app, Command::Start(Box::new(draft)));
        assert_eq!(world.last("audit.started")["ticket"]["entry"], at);
    }
}

#[test]
fn what_was_left_empty_at_a_close_is_no_earlier_answer_to_be_alike() {
    let (_world, mut app, draft) = getting_out(Intent::Close, isolated());
    done(&mut app, Command::Seal(Box::new(draft)));
    done(&mut app, decide(Choice::Proceed));
    assert!(app.earlier_answers(Question::Wrong).is_empty());
}

/// What is offered to be written afterwards, as it is told.
fn offers(app: &App) -> Vec<String> {
    let now = app.now().wall;
    let said = |words: String| words.split(" without").next().unwrap().to_owned();
    offered(app.state(), now)
        .map(|of| said(afterwards::done(of)))
        .collect()
}

#[test]
fn what_was_closed_or_reduced_by_hand_is_written_afterwards_once_and_marked_as_that() {
    let (world, mut app, account) = World::with_account();
    let open = eth(account);
    done(&mut app, Command::OpenPosition(open.clone()));
    let reduced = PositionChanged {
        quantity: Some(quantity("2")),
        ..PositionChanged::mark(open.id, price("2100"))
    };
    done(&mut app, Command::ChangePosition(reduced));
    let mut form = CloseForm::of(open.id);
    form.value.write(Field::Entry, "2050");
    let closed = form.read(app.state()).unwrap();
    let closed_at = app.now().wall;
    done(&mut app, Command::ClosePosition(closed));
    let both = [
        "You closed ETH/USDT long at 2,050",
        "You reduced ETH/USDT long by 3 ETH",
    ];
    assert_eq!(offers(&app), both);

    world.wait(&mut app, 3600);
    let of = offered(app.state(), app.now().wall).next().unwrap();
    let mut form = AfterwardsForm::of(app.state(), of);
    assert!(form.read(app.state()).is_err(), "nothing is written yet");
    form.value
        .write(Field::Wrong, "I wanted to be done with it");
    form.value.write(Field::Invalidation, "1900");
    let written = form.read(app.state()).unwrap();
    let audit = written.audit;
    let again = Command::WriteAfterwards(Box::new(written));
    done(&mut app, again.clone());
    refused(&mut app, again);
    assert_eq!(stage(&app), "idle", "nothing is revealed");
    assert_eq!(offers(&app), both[1..]);
    assert_eq!(world.audit_kinds(), ["audit.afterwards"]);

    let check = |app: &App| {
        let it = app.state().story(audit).unwrap();
        assert_eq!(it.done_before(), Some(closed_at));
        assert_eq!(story::ended(it), "Written afterwards");
        let told: Vec<String> = story::parts(it).into_iter().map(|p| p.words).collect();
        let told = told.join("\n");
        assert!(told.contains("2 ETH at 2,050, flat"), "{told}");
        assert!(told.contains("I wanted to be done with it"), "{told}");
        assert!(told.contains("answers written afterwards"), "{told}");
        // Counted apart: no decision, no earlier answer, none that resembles another.
        assert!(it.decision().is_none() && it.sealed.is_none());
        assert!(app.earlier_answers(Question::Wrong).is_empty());
    };
    check(&app);
    drop(app);
    let mut app = world.app();
    app.settle();
    check(&app);
    // It is offered for a week, and never asked for.
    world.wait(&mut app, 7 * 24 * 3600);
    assert!(offers(&app).is_empty());
}

#[test]
fn what_the_venue_closed_or_an_audit_decided_is_not_offered_to_be_written_afterwards() {
    for by_the_venue in [true, false] {
        let (_world, mut app, draft) = getting_out(Intent::Close, Backing::Cross);
        done(&mut app, Command::Seal(Box::new(draft.clone())));
        let choice = if by_the_venue {
            Choice::DoNothing
        } else {
            Choice::Proceed
        };
        done(&mut app, decide(choice));
        let mut form = CloseForm::of(draft.ticket.position.unwrap());
        form.value.write(Field::Entry, "90000");
        form.value
            .choose(Field::ClosedBy, usize::from(by_the_venue));
        let closed = form.read(app.state()).unwrap();
        done(&mut app, Command::ClosePosition(closed));
        assert!(offers(&app).is_empty(), "{by_the_venue}");
    }
}
