//! Goalposts: what was written at the entry, held against what is written now.

use impulse_audit::app::{App, Command, Refusal, Stage};
use impulse_audit::audit::{Choice, Draft, Flag, NotDecided};
use impulse_audit::engine::{Backing, Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::PositionId;
use impulse_audit::record::{PositionChanged, PositionOpened};
use serde_json::json;

use crate::common::*;

const QUARTER: u64 = 15 * 60;
const WHY: &str = "The range was redrawn by the weekly close after the entry";

/// Other words for each audit behind the first.
const WORDS: [(&str, &str); 3] = [
    (
        "The weekly close falls back under the range it left in May",
        "My plan allows two of these and I have had both already",
    ),
    (
        "Volume dries up while price makes a lower high on the four hour chart",
        "There is nothing to fix that a day of rest would not fix better",
    ),
    (
        "Funding turns negative and stays there through three payments",
        "I can come back to this market whenever it offers a clean setup",
    ),
];

/// What became of the newest decision: BTC long 0.2 at 100,000, isolated with 1,000.
fn opens(app: &mut App) -> PositionId {
    let story = app.state().unfollowed().next().unwrap();
    let account = app.state().accounts()[0].set.account;
    let open = PositionOpened {
        audit: Some(story.audit),
        ..btc(account)
    };
    let position = open.id;
    done(app, Command::OpenPosition(open));
    position
}

/// A position whose entry was audited: wrong at 97,000, 1,060 accepted.
fn entered() -> (World, App, PositionId) {
    let (world, mut app, _) = World::without_promises();
    revealed_with(&world, &mut app, |draft| {
        "97000".clone_into(&mut draft.answers.invalidation);
        "1060".clone_into(&mut draft.answers.accepted);
    });
    world.wait(&mut app, 6);
    done(&mut app, decide(Choice::Proceed));
    done(&mut app, Command::LeaveAudit);
    let position = opens(&mut app);
    (world, app, position)
}

/// The numbers of an audit about that position, marked at 98,450: 0.2 · 1,550 = 310 are lost.
fn shown(
    world: &World,
    app: &mut App,
    position: PositionId,
    intent: Intent,
    answers: (&str, &str),
) {
    let words = WORDS[app.state().stories().len().saturating_sub(1)];
    let mut draft = with_answers(with_state(begin(app)));
    draft.ticket.intent = intent;
    draft.ticket.position = Some(position);
    draft.ticket.choose_mode(Mode::Cross);
    for (text, field) in [
        ("98450", Field::Mark),
        ("98450", Field::Entry),
        ("0.1", Field::Quantity),
        ("600", Field::Margin),
    ] {
        draft.ticket.value.write(field, text);
    }
    for (text, typed) in [
        (answers.0, &mut draft.answers.invalidation),
        (answers.1, &mut draft.answers.accepted),
        (words.0, &mut draft.answers.wrong),
        (words.1, &mut draft.answers.nothing),
    ] {
        text.clone_into(typed);
    }
    if intent == Intent::Increase {
        draft.ticket.value.write(Field::Margin, "");
        draft.ticket.value.write(Field::Leverage, "20");
    }
    put_in(world, app, draft);
}

fn put_in(world: &World, app: &mut App, draft: Draft) {
    done(app, Command::Start(Box::new(draft.clone())));
    done(app, Command::Seal(Box::new(draft)));
    world.wait(app, QUARTER);
    assert_eq!(stage(app), "revealed");
}

fn moved(app: &App) -> Option<serde_json::Value> {
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    revealed
        .goalposts()
        .map(|moved| serde_json::to_value(moved).unwrap())
}

#[test]
fn at_a_rescue_an_increase_and_a_switch_goalposts_that_moved_are_found_with_their_numbers() {
    for intent in [Intent::AddMargin, Intent::Increase, Intent::SwitchMode] {
        let (world, mut app, position) = entered();
        shown(&world, &mut app, position, intent, ("95000", "1700"));
        let expected = json!({
            "entered": "opened",
            "invalidation": {"then": "97000", "now": "95000"},
            "accepted": {"then": "1060", "now": "1700"},
            "lost": "310.0",
        });
        let found = moved(&app).unwrap();
        assert_eq!(
            found["invalidation"], expected["invalidation"],
            "{intent:?}"
        );
        assert_eq!(found["accepted"], expected["accepted"]);
        assert_eq!(
            decimal(found["lost"].as_str().unwrap()),
            decimal("310"),
            "0.2 · (100,000 − 98,450)"
        );
        assert_eq!(world.last("audit.revealed")["goalposts"], found);
        // The same after a restart, whatever was brought up to date meanwhile.
        let mark = PositionChanged {
            position,
            audit: None,
            mark: Some(price("90000")),
            quantity: None,
            entry: None,
            leverage: None,
            backing: None,
        };
        done(&mut app, Command::ChangePosition(mark));
        let app = world.restart(app);
        assert_eq!(moved(&app).unwrap(), found);
    }
}

#[test]
fn another_open_of_a_market_that_is_held_on_this_side_is_held_against_its_entry() {
    for (side, found) in [("long", true), ("short", false)] {
        let (world, mut app, _) = entered();
        let mut draft = with_answers(with_ticket(begin(&mut app)));
        draft.ticket.choose_mode(Mode::Cross);
        let side_typed = serde_json::from_value(json!(side)).unwrap();
        draft.ticket.choose_side(side_typed);
        let wrong_at = if found { "95000" } else { "105000" };
        draft.ticket.value.write(Field::Entry, "98450");
        for (text, typed) in [
            (wrong_at, &mut draft.answers.invalidation),
            ("1700", &mut draft.answers.accepted),
            (WORDS[0].0, &mut draft.answers.wrong),
            (WORDS[0].1, &mut draft.answers.nothing),
        ] {
            text.clone_into(typed);
        }
        put_in(&world, &mut app, draft);
        assert_eq!(moved(&app).is_some(), found, "{side}");
    }
}

#[test]
fn proceeding_takes_a_sentence_that_is_kept_with_a_flag() {
    let (world, mut app, position) = entered();
    // 1,000 + 600 − 310 = 1,290 of margin and its costs are within what is accepted now.
    shown(
        &world,
        &mut app,
        position,
        Intent::AddMargin,
        ("95000", "1700"),
    );
    world.wait(&mut app, 6);
    assert_eq!(
        refused(&mut app, decide(Choice::Proceed)),
        Refusal::NotDecided(NotDecided::OtherGoalposts)
    );
    done(
        &mut app,
        Command::Decide {
            choice: Choice::Proceed,
            sentence: Some(WHY.to_owned()),
        },
    );
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, [Flag::GoalpostsMoved]);
    assert_eq!(decision.sentence.as_deref(), Some(WHY));
}

#[test]
fn walking_away_needs_no_sentence_and_carries_no_flag() {
    let (world, mut app, position) = entered();
    shown(
        &world,
        &mut app,
        position,
        Intent::AddMargin,
        ("95000", "1700"),
    );
    done(&mut app, decide(Choice::DoNothing));
    let decision = app.state().newest_ended(0).unwrap().decision().unwrap();
    assert_eq!(decision.flags, []);
}

#[test]
fn what_moves_to_the_safer_side_or_stays_is_no_finding() {
    for answers in [("97000", "1060"), ("97500", "900")] {
        let (world, mut app, position) = entered();
        shown(&world, &mut app, position, Intent::AddMargin, answers);
        assert_eq!(moved(&app), None, "{answers:?}");
    }
}

#[test]
fn a_position_without_an_audited_entry_has_no_goalposts() {
    let (world, mut app, account) = World::without_promises();
    let open = btc(account);
    let position = open.id;
    done(&mut app, Command::OpenPosition(open));
    shown(
        &world,
        &mut app,
        position,
        Intent::AddMargin,
        ("91000", "5000"),
    );
    assert_eq!(moved(&app), None);
}

#[test]
fn the_last_increase_sets_the_goalposts_and_a_rescue_does_not() {
    let (world, mut app, position) = entered();
    let becomes = |app: &mut App, backing| {
        let story = app.state().unfollowed().next().unwrap();
        let change = PositionChanged {
            position,
            audit: Some(story.audit),
            mark: None,
            quantity: None,
            entry: None,
            leverage: None,
            backing,
        };
        done(app, Command::ChangePosition(change));
    };
    let goes_on = |world: &World, app: &mut App| {
        world.wait(app, 6);
        done(
            app,
            Command::Decide {
                choice: Choice::Proceed,
                sentence: Some(WHY.to_owned()),
            },
        );
        done(app, Command::LeaveAudit);
    };
    shown(
        &world,
        &mut app,
        position,
        Intent::AddMargin,
        ("96000", "2000"),
    );
    goes_on(&world, &mut app);
    let margin = Backing::Isolated {
        margin: money("1600"),
    };
    becomes(&mut app, Some(margin));
    // Still from the entry, not from the rescue.
    shown(
        &world,
        &mut app,
        position,
        Intent::Increase,
        ("95000", "2500"),
    );
    let found = moved(&app).unwrap();
    assert_eq!(found["invalidation"]["then"], "97000");
    assert_eq!(found["entered"], "opened");
    goes_on(&world, &mut app);
    becomes(&mut app, None);
    // From the increase now.
    shown(
        &world,
        &mut app,
        position,
        Intent::AddMargin,
        ("94500", "2500"),
    );
    let found = moved(&app).unwrap();
    assert_eq!(
        found["invalidation"],
        json!({"then": "95000", "now": "94500"})
    );
    assert_eq!(found["entered"], "increased");
    assert_eq!(found.get("accepted"), None);
}
