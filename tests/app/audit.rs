//! One audit from its first screen to its decision.

use impulse_audit::app::{Command, Refusal, Stage};
use impulse_audit::audit::{Choice, Flag, NotDecided, Step};
use impulse_audit::engine::{Finding, Mode};
use impulse_audit::input::Field;
use impulse_audit::record::{Followed, Outcome, State};

use crate::common::*;

#[test]
fn a_whole_audit_is_five_lines_in_their_order_and_a_restart_says_the_same() {
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    let draft = with_ticket(begin(&mut app));
    assert_eq!(stage(&app), "idle");
    done(&mut app, Command::Start(Box::new(draft)));
    assert_eq!(stage(&app), "pausing");
    let draft = with_answers(app.draft().unwrap().clone());
    let audit = draft.audit;
    app.send(Command::Seal(Box::new(draft))).unwrap();
    assert_eq!(
        stage(&app),
        "sealing",
        "nothing is sealed before the disk says so"
    );
    app.settle();
    assert_eq!(stage(&app), "sealed");
    world.wait(&mut app, 25);
    assert_eq!(stage(&app), "revealed");
    world.wait(&mut app, 5);
    done(&mut app, decide(Choice::Proceed));
    let Stage::Ended(ended) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(ended.audit, audit);
    let kinds = world.kinds();
    assert_eq!(
        kinds,
        [
            "journal.created",
            "account.set",
            "position.opened",
            "audit.started",
            "audit.sealed",
            "audit.revealed",
            "audit.decided",
        ]
    );
    assert_eq!(ended.seq, 6);
    let story = app.state().story(audit).unwrap();
    let decision = story.decision().unwrap();
    assert_eq!(decision.choice, Choice::Proceed);
    assert_eq!(decision.seconds_after_reveal, Some(5));
    assert_eq!(decision.flags, []);
    assert_eq!(decision.step, Step::Reveal);
    // 1,000 of margin is all that isolated mode can take.
    assert_eq!(decision.worst_case, Some(money("1000")));
    assert_eq!(story.sealed.as_ref().unwrap().payload.seconds, 0);

    let before = app.state().clone();
    let app = world.restart(app);
    assert_eq!(*app.state(), before);
    assert_eq!(stage(&app), "idle");
    assert_eq!(world.kinds(), kinds, "a restart writes nothing");
}

#[test]
fn the_numbers_that_were_shown_are_in_the_journal_as_the_worked_reveal_has_them() {
    let (world, mut app, account) = World::without_promises();
    done(&mut app, Command::OpenPosition(eth(account)));
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.choose_mode(Mode::Cross);
        draft.answers.invalidation = "94000".to_owned();
        draft.answers.accepted = "500".to_owned();
    });
    let shown = world.last("audit.revealed");
    let assessment = &shown["assessment"];
    let number = |path: &str| decimal(assessment.pointer(path).unwrap().as_str().unwrap());
    // 10,000 − 10 of fee + 500 of profit back it in cross; 1,000 of margin isolated.
    assert_eq!(number("/cross/max_loss"), decimal("10490"));
    assert_eq!(number("/isolated/max_loss"), decimal("1000"));
    // 0.2 · (100,000 − 94,000).
    assert_eq!(
        number("/cross/at_invalidation/closed/loss"),
        decimal("1200")
    );
    // (0.2 · 100,000 − 1,000) / (0.2 · 0.996) lies above 94,000: closed before wrong.
    let at = number("/isolated/survives/low");
    assert!((at - decimal("95381.52610441767")).abs() < decimal("0.00001"));
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert!(
        revealed
            .assessment()
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::ProfitableBystanders { .. }))
    );
    assert_eq!(shown["engine"], impulse_audit::engine::ENGINE_VERSION);
}

#[test]
fn no_number_appears_before_twenty_seconds_have_gone_by_since_the_first_screen() {
    let (world, mut app, _) = World::with_account();
    let draft = with_ticket(begin(&mut app));
    world.wait(&mut app, 7);
    done(&mut app, Command::Start(Box::new(draft)));
    world.wait(&mut app, 7);
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    world.wait(&mut app, 5);
    assert_eq!(stage(&app), "sealed", "after 19 s");
    assert!(!world.kinds().contains(&"audit.revealed".to_owned()));
    let left = app.next_wake().unwrap();
    assert!(
        left.as_millis() > 1000 && left.as_millis() < 1100,
        "{left:?}"
    );
    world.wait(&mut app, 1);
    assert_eq!(stage(&app), "revealed", "after 20 s");
    assert_eq!(world.last("audit.sealed")["seconds"], 14);
}

#[test]
fn a_trader_who_writes_longer_than_the_floor_does_not_wait_for_it() {
    let (world, mut app, _) = World::with_account();
    started(&mut app);
    world.wait(&mut app, 90);
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    app.settle();
    assert_eq!(stage(&app), "revealed");
}

#[test]
fn proceed_sleeps_five_seconds_and_doing_nothing_does_not() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    for _ in 0..5 {
        assert_eq!(
            refused(&mut app, decide(Choice::Proceed)),
            Refusal::NotDecided(NotDecided::Asleep)
        );
        world.wait(&mut app, 1);
    }
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(stage(&app), "ended");

    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    assert_eq!(world.last("audit.decided")["choice"], "do_nothing");
    assert_eq!(world.last("audit.decided")["seconds_after_reveal"], 0);
}

#[test]
fn waiting_is_a_decision_with_its_time() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    let until = app.now().wall + chrono::TimeDelta::hours(4);
    done(&mut app, decide(Choice::Wait { until }));
    let story = app.state().newest_ended(0).unwrap();
    assert_eq!(story.waits_until(), Some(until));
    assert!(!story.is_unfollowed());
}

#[test]
fn more_than_was_accepted_takes_a_sentence_and_is_flagged() {
    let (world, mut app, _) = World::with_account();
    revealed_with(&world, &mut app, |draft| {
        "999.99".clone_into(&mut draft.answers.accepted);
    });
    world.wait(&mut app, 6);
    let proceed = |sentence: Option<&str>| Command::Decide {
        choice: Choice::Proceed,
        sentence: sentence.map(str::to_owned),
    };
    for empty in [None, Some(""), Some("   ")] {
        assert_eq!(
            refused(&mut app, proceed(empty)),
            Refusal::NotDecided(NotDecided::NeedsSentence)
        );
    }
    assert!(matches!(
        refused(&mut app, proceed(Some("I want"))),
        Refusal::NotDecided(NotDecided::Sentence(_))
    ));
    assert_eq!(stage(&app), "revealed");
    let why = "The margin is a cent above and I size it down at the first target";
    done(&mut app, proceed(Some(why)));
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, [Flag::OverAccepted]);
    assert_eq!(decision.sentence.as_deref(), Some(why));
    assert_eq!(decision.accepted, Some(money("999.99")));
}

#[test]
fn walking_away_never_needs_the_sentence() {
    let (world, mut app, _) = World::with_account();
    revealed_with(&world, &mut app, |draft| {
        "1".clone_into(&mut draft.answers.accepted);
    });
    done(&mut app, decide(Choice::DoNothing));
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, []);
}

#[test]
fn answers_that_do_not_stand_are_named_field_by_field_and_nothing_is_written() {
    let (world, mut app, _) = World::with_account();
    let draft = started(&mut app);
    let before = world.kinds();
    let mut bad = with_answers(draft);
    "too short".clone_into(&mut bad.answers.wrong);
    "101000".clone_into(&mut bad.answers.invalidation);
    bad.answers.nothing.clear();
    "10001".clone_into(&mut bad.answers.accepted);
    let Refusal::Fields(problems) = refused(&mut app, Command::Seal(Box::new(bad))) else {
        panic!("not refused by its fields");
    };
    let fields: Vec<Field> = problems.iter().map(|p| p.field).collect();
    assert_eq!(
        fields,
        [
            Field::Wrong,
            Field::Invalidation,
            Field::Nothing,
            Field::Accepted
        ]
    );
    assert_eq!(stage(&app), "pausing");
    assert_eq!(world.kinds(), before);
}

#[test]
fn a_ticket_cannot_stand_before_the_trader_has_said_how_she_is() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut app));
    draft.arousal = None;
    let Refusal::Fields(problems) = refused(&mut app, Command::Start(Box::new(draft))) else {
        panic!("not refused by its fields");
    };
    assert_eq!(problems[0].field, Field::Arousal);
    assert!(world.audit_kinds().is_empty());
}

#[test]
fn nothing_is_filled_in_beforehand_but_the_account_and_the_mode() {
    let (world, mut app, account) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(Choice::DoNothing));
    done(&mut app, Command::LeaveAudit);
    let draft = begin(&mut app);
    assert_eq!(draft.ticket.account, Some(account));
    assert_eq!(draft.ticket.mode(), Mode::Isolated);
    let ticket = impulse_audit::audit::TicketForm {
        account: Some(account),
        ..Default::default()
    };
    assert_eq!(draft.ticket, ticket);
    assert_eq!(draft.answers, impulse_audit::audit::AnswersForm::default());
    assert_eq!((draft.arousal, draft.tags.len()), (None, 0));
}

#[test]
fn the_steps_cannot_be_taken_out_of_their_order() {
    let (world, mut app, _) = World::with_account();
    let draft = with_answers(with_ticket(begin(&mut app)));
    let seal = || Command::Seal(Box::new(draft.clone()));
    for command in [
        seal(),
        decide(Choice::Proceed),
        decide(Choice::DoNothing),
        Command::Extend,
        Command::AsSealed,
        Command::LeaveAudit,
        Command::BeginAudit,
    ] {
        assert!(matches!(refused(&mut app, command), Refusal::NotNow(_)));
    }
    done(&mut app, Command::Start(Box::new(draft.clone())));
    app.send(seal()).unwrap();
    // The seal is on its way: neither the ticket nor the answers can be touched any more.
    for command in [
        seal(),
        Command::Start(Box::new(draft.clone())),
        Command::KeepDraft(Box::new(draft.clone())),
        walk(&draft),
        decide(Choice::DoNothing),
    ] {
        assert!(matches!(app.send(command), Err(Refusal::NotNow(_))));
    }
    app.settle();
    assert_eq!(stage(&app), "sealed");
    assert!(matches!(
        refused(&mut app, decide(Choice::Proceed)),
        Refusal::NotNow(_)
    ));
    world.wait(&mut app, 30);
    assert!(matches!(refused(&mut app, seal()), Refusal::NotNow(_)));
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.sealed", "audit.revealed"]
    );
}

#[test]
fn a_ticket_that_is_written_again_before_the_seal_is_the_one_that_is_sealed() {
    let (world, mut app, _) = World::with_account();
    let mut draft = started(&mut app);
    draft.ticket.value.write(Field::Quantity, "0.1");
    done(&mut app, Command::Start(Box::new(draft)));
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(
        world.audit_kinds(),
        ["audit.started", "audit.rewritten", "audit.sealed"]
    );
    let sealed = world.last("audit.sealed");
    assert_eq!(sealed["ticket"]["quantity"], "0.1");
    let story = app.state().unended().next().unwrap();
    assert_eq!(story.ticket.as_ref().unwrap().quantity, quantity("0.1"));
}

#[test]
fn what_became_of_a_decision_is_asked_once() {
    let (world, mut app, account) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    let waiting = |state: &State| state.unfollowed().count();
    assert_eq!(waiting(app.state()), 1);
    let audit = app.state().newest_ended(0).unwrap().audit;
    let follow = Command::Follow(impulse_audit::record::AuditFollowed {
        audit,
        outcome: Outcome::NotFilled,
    });
    done(&mut app, follow.clone());
    assert_eq!(waiting(app.state()), 0);
    assert_eq!(
        app.state().story(audit).unwrap().followed,
        Some(Followed::Nothing(Outcome::NotFilled))
    );
    assert!(matches!(refused(&mut app, follow), Refusal::NotNow(_)));
    assert!(app.state().account(account).unwrap().positions.is_empty());
}

#[test]
fn a_decision_that_was_opened_is_a_position_and_is_asked_no_more() {
    let (world, mut app, account) = World::with_account();
    revealed(&world, &mut app);
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    let audit = app.state().newest_ended(0).unwrap().audit;
    let mut opened = eth(account);
    opened.position.symbol = symbol("BTC/USDT");
    opened.audit = Some(audit);
    done(&mut app, Command::OpenPosition(opened));
    let story = app.state().story(audit).unwrap();
    assert_eq!(story.followed, Some(Followed::Opened));
    assert_eq!(app.state().unfollowed().count(), 0);
    assert_eq!(app.state().account(account).unwrap().positions.len(), 1);
}
