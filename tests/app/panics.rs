//! An error of the program itself on the journal's thread: nobody waits for ever, what was on its
//! way is NOT SAVED and kept, and the journal can be opened again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use impulse_audit::app::{App, Command, Export, Phase, Saving};
use impulse_audit::interchange::export::{Format, Privacy};

use crate::between::Between;
use crate::common::*;

/// A app over a disk whose call of this number is where the program panics.
fn panicking(world: &World, at: u64) -> (App, Between, Arc<AtomicU64>) {
    let panics = Arc::new(AtomicU64::new(at));
    let when = Arc::clone(&panics);
    let door = Between::new(&world.fs, move |call| {
        assert!(
            call != when.load(Ordering::SeqCst),
            "an error of the program"
        );
    });
    let clock = Arc::new(world.clock.clone());
    let app = App::open(folders(), Arc::new(door.clone()), clock, Box::new(|| {}));
    (app, door, panics)
}

/// Settles as the terminal does before it does anything.
fn opened(app: &mut App) {
    while matches!(app.phase(), Phase::Opening(_)) {
        app.settle();
    }
}

#[test]
fn a_panic_at_any_call_ends_in_a_sentence_and_everything_that_was_on_its_way_is_kept() {
    let (world, app, _) = World::with_account();
    drop(app);
    let began = Instant::now();
    let (mut refused, mut not_saved) = (0, 0);
    for call in 0.. {
        let world = World {
            fs: world.fs.copy(),
            clock: world.clock.clone(),
        };
        let (mut app, door, panics) = panicking(&world, call);
        opened(&mut app);
        if let Phase::Refused(why) = app.phase() {
            assert!(why.contains("an error of its own"), "{why}");
            refused += 1;
            panics.store(u64::MAX, Ordering::SeqCst);
            done(&mut app, Command::OpenAgain);
            assert!(matches!(app.phase(), Phase::Ready), "call {call}");
        }
        let second = account("Second", "5");
        let sent = app.send(Command::SetAccount(second));
        assert!(sent.is_ok(), "call {call}: {sent:?}");
        app.settle();
        if let Saving::NotSaved(state) = app.saving() {
            assert!(state.why.contains("an error of its own"), "{}", state.why);
            assert!(state.text.contains("Second"), "{}", state.text);
            not_saved += 1;
            panics.store(u64::MAX, Ordering::SeqCst);
            done(&mut app, Command::OpenAgain);
            assert!(matches!(app.saving(), Saving::NotSaved(_)), "call {call}");
            done(&mut app, Command::TryAgain);
        }
        assert!(
            matches!(app.saving(), Saving::Quiet),
            "call {call}: {:?}",
            app.saving()
        );
        let names = |app: &App| app.state().accounts().len();
        assert_eq!(names(&app), 2, "call {call}");
        let over = door.calls() <= call;
        drop(app);
        assert_eq!(names(&world.app()), 2, "call {call}");
        if over {
            break;
        }
    }
    assert!(refused > 20 && not_saved > 10, "{refused} {not_saved}");
    // Each of them at once, and none by giving up after ten seconds.
    assert!(
        began.elapsed() < Duration::from_mins(1),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_panic_beside_the_thread_is_told_and_the_next_export_can_begin() {
    let (world, app, _) = World::with_account();
    drop(app);
    let (mut app, door, panics) = panicking(&world, u64::MAX);
    opened(&mut app);
    let export = |path: &str| Command::Export {
        export: Export {
            format: Format::Csv,
            privacy: Privacy::Whole,
        },
        path: path.into(),
    };
    panics.store(door.calls(), Ordering::SeqCst);
    done(&mut app, export("/h/out.csv"));
    let why = app.take_exported().unwrap().unwrap_err().to_string();
    assert!(why.contains("an error of its own"), "{why}");
    panics.store(door.calls(), Ordering::SeqCst);
    done(&mut app, Command::BackUp);
    assert!(app.backups().work().is_none());
    assert!(matches!(app.backups().made(), Some(Err(_))));
    done(&mut app, export("/h/out.csv"));
    assert!(app.take_exported().unwrap().is_ok());
    done(&mut app, Command::BackUp);
    assert!(matches!(app.backups().made(), Some(Ok(_))));
}
