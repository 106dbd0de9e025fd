//! An error of the program itself on the journal's thread: nobody waits for ever, what was on its
//! way is NOT SAVED and kept, and the journal can be opened again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use impulse_audit::app::{App, Command, Export, Phase, Saving};
use impulse_audit::interchange::export::{Format, Privacy};

use crate::between::Between;
use crate::common::*;

/// A desk over a disk whose call of this number is where the program panics.
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
    let desk = App::open(folders(), Arc::new(door.clone()), clock, Box::new(|| {}));
    (desk, door, panics)
}

/// Settles as the terminal does before it does anything.
fn opened(desk: &mut App) {
    while matches!(desk.phase(), Phase::Opening(_)) {
        desk.settle();
    }
}

#[test]
fn a_panic_at_any_call_ends_in_a_sentence_and_everything_that_was_on_its_way_is_kept() {
    let (world, desk, _) = World::with_account();
    drop(desk);
    let began = Instant::now();
    let (mut refused, mut not_saved) = (0, 0);
    for call in 0.. {
        let world = World {
            fs: world.fs.copy(),
            clock: world.clock.clone(),
        };
        let (mut desk, door, panics) = panicking(&world, call);
        opened(&mut desk);
        if let Phase::Refused(why) = desk.phase() {
            assert!(why.contains("an error of its own"), "{why}");
            refused += 1;
            panics.store(u64::MAX, Ordering::SeqCst);
            done(&mut desk, Command::OpenAgain);
            assert!(matches!(desk.phase(), Phase::Ready), "call {call}");
        }
        let second = account("Second", "5");
        let sent = desk.send(Command::SetAccount(second));
        assert!(sent.is_ok(), "call {call}: {sent:?}");
        desk.settle();
        if let Saving::NotSaved(state) = desk.saving() {
            assert!(state.why.contains("an error of its own"), "{}", state.why);
            assert!(state.text.contains("Second"), "{}", state.text);
            not_saved += 1;
            panics.store(u64::MAX, Ordering::SeqCst);
            done(&mut desk, Command::OpenAgain);
            assert!(matches!(desk.saving(), Saving::NotSaved(_)), "call {call}");
            done(&mut desk, Command::TryAgain);
        }
        assert!(
            matches!(desk.saving(), Saving::Quiet),
            "call {call}: {:?}",
            desk.saving()
        );
        let names = |desk: &App| desk.state().accounts().len();
        assert_eq!(names(&desk), 2, "call {call}");
        let over = door.calls() <= call;
        drop(desk);
        assert_eq!(names(&world.desk()), 2, "call {call}");
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
    let (world, desk, _) = World::with_account();
    drop(desk);
    let (mut desk, door, panics) = panicking(&world, u64::MAX);
    opened(&mut desk);
    let export = |path: &str| Command::Export {
        export: Export {
            format: Format::Csv,
            privacy: Privacy::Whole,
        },
        path: path.into(),
    };
    panics.store(door.calls(), Ordering::SeqCst);
    done(&mut desk, export("/h/out.csv"));
    let why = desk.take_exported().unwrap().unwrap_err();
    assert!(why.contains("an error of its own"), "{why}");
    panics.store(door.calls(), Ordering::SeqCst);
    done(&mut desk, Command::BackUp);
    assert!(desk.backups().work().is_none());
    assert!(matches!(desk.backups().made(), Some(Err(_))));
    done(&mut desk, export("/h/out.csv"));
    assert!(desk.take_exported().unwrap().is_ok());
    done(&mut desk, Command::BackUp);
    assert!(matches!(desk.backups().made(), Some(Ok(_))));
}
