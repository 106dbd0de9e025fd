//! The draft is edited in place: what was edited is kept a second after it was kept last, at once
//! where another step is entered.

use std::time::Duration;

use impulse_audit::app::App;
use impulse_audit::audit::Step;
use serde_json::Value;

use crate::common::*;

fn write(app: &mut App, words: &str) {
    app.edit_draft(|draft| {
        draft.answers.wrong = words.to_owned();
        true
    });
    app.settle();
}

fn on_disk(world: &World, app: &mut App) -> Value {
    app.settle();
    let path = folders().data.join("draft.json");
    serde_json::from_slice(&world.fs.content(&path).unwrap()).unwrap()
}

#[test]
fn an_edit_is_kept_within_a_second_and_at_once_where_another_step_is_entered() {
    let (world, mut app, _) = World::with_account();
    started(&mut app);
    write(&mut app, "first");
    assert_eq!(on_disk(&world, &mut app)["answers"]["wrong"], "");
    assert!(app.next_wake().unwrap() < Duration::from_millis(1_100));
    world.wait(&mut app, 1);
    assert_eq!(on_disk(&world, &mut app)["answers"]["wrong"], "first");
    write(&mut app, "second");
    assert_eq!(on_disk(&world, &mut app)["answers"]["wrong"], "first");
    app.edit_draft(|draft| {
        draft.turn_to(Step::Invalidation);
        true
    });
    let kept = on_disk(&world, &mut app);
    assert_eq!(kept["answers"]["wrong"], "second");
    assert_eq!(kept["step"], "invalidation");
    assert!(app.next_wake().unwrap() > Duration::from_mins(1));
}

#[test]
fn what_was_looked_at_and_not_edited_is_not_written_again() {
    let (world, mut app, _) = World::with_account();
    started(&mut app);
    let before = on_disk(&world, &mut app);
    world.wait(&mut app, 5);
    let lent = app.lend_draft().unwrap();
    app.put_back(lent, false);
    app.edit_draft(|_| false);
    world.wait(&mut app, 5);
    assert_eq!(on_disk(&world, &mut app), before);
}

#[test]
fn answers_that_are_sealed_are_lent_to_nobody() {
    let (_world, mut app, _) = World::with_account();
    sealed_with(&mut app, |_| {});
    assert!(app.lend_draft().is_none());
    app.edit_draft(|_| panic!("there is none to edit"));
}
