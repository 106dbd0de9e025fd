//! A draft that was edited between two runs gives words back and decides nothing.

use impulse_audit::app::{App, Command, Refusal, Stage};
use impulse_audit::audit::{Arousal, Step, Tag};
use impulse_audit::engine::Mode;
use impulse_audit::input::Field;
use serde_json::{Value, json};

use crate::common::*;

const MINUTE: u64 = 60;

/// The program ends, its draft is edited, and it is started again.
fn edited(world: &World, app: App, edit: impl Fn(&mut Value)) -> App {
    drop(app);
    let path = folders().data.join("draft.json");
    let mut draft: Value = serde_json::from_slice(&world.fs.content(&path).unwrap()).unwrap();
    let before = draft.clone();
    edit(&mut draft);
    assert_ne!(draft, before, "nothing was edited");
    world.fs.put(&path, draft.to_string().as_bytes());
    world.app()
}

/// An audit with arousal 4, 0.2 BTC isolated, whose ticket stands.
fn aroused(app: &mut App) {
    let mut draft = with_ticket(begin(app));
    draft.arousal = Some(Arousal::try_from(4).unwrap());
    done(app, Command::Start(Box::new(draft)));
}

#[test]
fn a_beginning_that_is_moved_back_brings_no_number_sooner() {
    let hours_ago = |draft: &mut Value| {
        draft["started"]["wall"] = json!("2026-03-01T01:00:00Z");
        draft["started"]["up"] = json!(1);
    };
    // Before the journal knows of it, and after.
    for is_begun in [false, true] {
        let (world, mut app, _) = World::with_account();
        if is_begun {
            aroused(&mut app);
        } else {
            let draft = with_ticket(begin(&mut app));
            done(&mut app, Command::KeepDraft(Box::new(draft)));
        }
        let mut app = edited(&world, app, hours_ago);
        if !is_begun {
            let mut draft = with_ticket(app.draft().unwrap().clone());
            draft.arousal = Some(Arousal::try_from(4).unwrap());
            done(&mut app, Command::Start(Box::new(draft)));
        }
        let draft = with_answers(app.draft().unwrap().clone());
        done(&mut app, Command::Seal(Box::new(draft)));
        world.wait(&mut app, 15 * MINUTE - 1);
        assert_eq!(stage(&app), "sealed", "begun: {is_begun}");
        world.wait(&mut app, 1);
        assert_eq!(stage(&app), "revealed");
    }
}

#[test]
fn a_beginning_that_is_handed_in_is_not_the_one_that_counts() {
    let (world, mut app, _) = World::with_account();
    let mut draft = with_ticket(begin(&mut app));
    draft.started.up = std::time::Duration::ZERO;
    done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(with_answers(draft))));
    world.wait(&mut app, 19);
    assert_eq!(stage(&app), "sealed");
}

#[test]
fn a_ticket_that_is_put_into_cross_is_not_the_one_that_stands() {
    let (world, mut app, _) = World::without_promises();
    let mut draft = with_ticket(begin(&mut app));
    done(&mut app, Command::Start(Box::new(draft.clone())));
    // It was written again: that one stands.
    draft.ticket.value.write(Field::Quantity, "0.1");
    done(&mut app, Command::Start(Box::new(draft)));
    let mut app = edited(&world, app, |draft| {
        draft["ticket"]["mode"] = json!("cross");
        draft["ticket"]["quantity"] = json!("9");
    });
    let Stage::Pausing(pause) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(pause.ticket().mode, Mode::Isolated);
    assert_eq!(pause.ticket().quantity, quantity("0.1"));
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    let sealed = world.last("audit.sealed");
    assert_eq!(sealed["ticket"]["mode"], "isolated");
    assert_eq!(sealed["ticket"]["quantity"], "0.1");
}

#[test]
fn a_state_that_is_calmed_down_waits_as_it_was_written() {
    let (world, mut app, _) = World::with_account();
    aroused(&mut app);
    let mut app = edited(&world, app, |draft| {
        draft["arousal"] = json!(0);
        draft["tags"] = json!([Tag::Plan]);
    });
    let draft = with_answers(app.draft().unwrap().clone());
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(world.last("audit.sealed")["state"]["arousal"], 4);
    world.wait(&mut app, 14 * MINUTE);
    assert_eq!(stage(&app), "sealed");
}

#[test]
fn a_step_that_is_set_on_passes_no_question() {
    for (answered, stands_at) in [
        (0, Step::Wrong),
        (1, Step::Invalidation),
        (2, Step::Nothing),
        (3, Step::Accepted),
    ] {
        let (world, mut app, _) = World::with_account();
        let mut draft = started(&mut app);
        let whole = with_answers(draft.clone()).answers;
        let texts = [whole.wrong, whole.invalidation, whole.nothing];
        let [wrong, invalidation, nothing] = texts;
        for (n, (text, place)) in [
            (wrong, &mut draft.answers.wrong),
            (invalidation, &mut draft.answers.invalidation),
            (nothing, &mut draft.answers.nothing),
        ]
        .into_iter()
        .enumerate()
        {
            if n < answered {
                *place = text;
            }
        }
        done(&mut app, Command::KeepDraft(Box::new(draft)));
        let mut app = edited(&world, app, |draft| {
            draft["step"] = json!("together");
            draft["together"] = json!(true);
        });
        let draft = app.draft().unwrap().clone();
        assert_eq!(draft.step, stands_at);
        assert!(!draft.together, "the questions are gone through in turn");
        assert!(matches!(
            refused(&mut app, Command::Seal(Box::new(draft))),
            Refusal::Fields(_)
        ));
    }
}

#[test]
fn a_step_before_the_ticket_stood_is_not_behind_it() {
    let (world, mut app, _) = World::with_account();
    let draft = with_ticket(begin(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    let mut app = edited(&world, app, |draft| draft["step"] = json!("together"));
    assert_eq!(stage(&app), "idle");
    let draft = with_answers(app.draft().unwrap().clone());
    assert!(matches!(
        refused(&mut app, Command::Seal(Box::new(draft))),
        Refusal::NotNow(_)
    ));
    assert!(world.audit_kinds().is_empty());
}

#[test]
fn looks_away_that_are_struck_out_are_waited_for_all_the_same() {
    let (world, mut app, _) = World::with_account();
    let mut draft = started(&mut app);
    let begins = app.now().up;
    for second in 0..3 {
        let at = begins + std::time::Duration::from_secs(second);
        draft.looks.focus_changed(true, at);
        draft.looks.focus_changed(false, at);
        done(&mut app, Command::KeepDraft(Box::new(draft.clone())));
    }
    let mut app = edited(&world, app, |draft| {
        draft["looks"] = json!({"left": 0, "away_ms": 0, "closed": 0, "focus": "not_yet"});
    });
    let draft = with_answers(app.draft().unwrap().clone());
    assert_eq!(draft.looks.times(), 3);
    done(&mut app, Command::Seal(Box::new(draft)));
    assert_eq!(
        world.last("audit.sealed")["wait"]["reasons"],
        json!(["looked_away"])
    );
}

#[test]
fn a_refusal_that_is_written_in_passes_no_answer() {
    let (world, mut app, _) = World::with_account();
    revealed(&world, &mut app);
    done(&mut app, decide(impulse_audit::audit::Choice::DoNothing));
    done(&mut app, Command::LeaveAudit);
    // The same answers again: refused for their likeness.
    let draft = with_answers(started(&mut app));
    done(&mut app, Command::KeepDraft(Box::new(draft)));
    let mut app = edited(&world, app, |draft| {
        for stamp in draft["stamps"].as_array_mut().unwrap() {
            stamp["refusals"] = json!(2);
        }
    });
    assert_eq!(app.draft().unwrap().step, Step::Wrong);
    let draft = app.draft().unwrap().clone();
    assert!(matches!(
        refused(&mut app, Command::Seal(Box::new(draft))),
        Refusal::Fields(_)
    ));
}
