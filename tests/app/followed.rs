//! What became of decisions: the forms that window and terminal share.

use std::time::Duration;

use impulse_audit::app::close_form::CloseForm;
use impulse_audit::app::follow_up::{FollowUpForm, became, offered};
use impulse_audit::app::position_form::PositionForm;
use impulse_audit::app::{App, Command};
use impulse_audit::audit::Choice;
use impulse_audit::engine::{Backing, Intent, Mode, Money, Price, Quantity, Side};
use impulse_audit::input::Field;
use impulse_audit::market::PositionId;
use impulse_audit::promises::Holds;
use impulse_audit::record::{State, Story};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::*;

/// A decision about an isolated position in ETH.
fn decided(intent: Intent) -> (World, App, PositionId) {
    let (world, mut app, account) = World::without_promises();
    let mut open = eth(account);
    open.position.backing = Backing::Isolated {
        margin: money("1000"),
    };
    let position = open.id;
    done(&mut app, Command::OpenPosition(open));
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    draft.ticket.intent = intent;
    draft.ticket.position = Some(position);
    draft.ticket.choose_mode(Mode::Cross);
    for (text, field) in [
        ("2100", Field::Entry),
        ("1", Field::Quantity),
        ("500", Field::Margin),
    ] {
        draft.ticket.value.write(field, text);
    }
    for (text, typed) in [
        ("1900", &mut draft.answers.invalidation),
        ("10500", &mut draft.answers.accepted),
    ] {
        text.clone_into(typed);
    }
    if intent == Intent::Increase {
        draft.ticket.value.write(Field::Margin, "");
    } else {
        draft.ticket.value.write(Field::Leverage, "");
    }
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(draft)));
    // A rescue and a switch to cross wait a quarter of an hour.
    world.wait(&mut app, 20);
    if stage(&app) == "sealed" {
        world.wait(&mut app, 15 * 60);
    }
    world.wait(&mut app, 5);
    done(&mut app, with_a_sentence());
    assert_eq!(stage(&app), "ended", "{intent:?}");
    (world, app, position)
}

/// Costs come on top of a whole account that is at stake, so that proceeding takes a sentence.
fn with_a_sentence() -> Command {
    Command::Decide {
        choice: Choice::Proceed,
        sentence: Some("It is what I came for and I watch it".to_owned()),
    }
}

fn waiting(state: &State) -> &Story {
    state.unfollowed().next().unwrap()
}

#[test]
fn every_decision_about_a_position_is_followed_by_the_form_of_what_it_can_become() {
    for intent in [
        Intent::Increase,
        Intent::AddMargin,
        Intent::SwitchMode,
        Intent::Reduce,
        Intent::Close,
    ] {
        let (_, mut app, position) = decided(intent);
        let story = waiting(app.state());
        let (audit, ticket) = (story.audit, story.last_ticket().unwrap());
        assert!(offered(story).is_none(), "it opens nothing");
        let command = match became(app.state(), audit, ticket).unwrap() {
            FollowUpForm::Position(form) => {
                assert_ne!(intent, Intent::Close);
                assert_eq!(form.known, Some(position));
                let switched = intent == Intent::SwitchMode;
                assert_eq!(form.mode() == Some(Mode::Cross), switched, "{intent:?}");
                form.read(app.state()).unwrap()
            }
            FollowUpForm::Closed(mut form) => {
                assert_eq!(intent, Intent::Close);
                form.value.write(Field::Entry, "2100");
                Command::ClosePosition(form.read(app.state()).unwrap())
            }
            FollowUpForm::PaidIn(form) => panic!("{intent:?}: {form:?}"),
        };
        done(&mut app, command);
        assert_eq!(app.state().unfollowed().count(), 0, "{intent:?}");
    }
}

#[test]
fn of_a_position_that_is_gone_no_decision_becomes_a_new_one() {
    let (_, mut app, position) = decided(Intent::Increase);
    let mut form = CloseForm::of(position);
    form.value.write(Field::Entry, "2100");
    let closed = form.read(app.state()).unwrap();
    assert_eq!(closed.audit, None, "another decision than to close it");
    done(&mut app, Command::ClosePosition(closed));
    let story = waiting(app.state());
    let ticket = story.last_ticket().unwrap();
    assert!(became(app.state(), story.audit, ticket).is_none());
}

#[test]
fn a_close_by_hand_is_what_became_of_the_decision_to_close() {
    let (_, mut app, position) = decided(Intent::Close);
    let audit = waiting(app.state()).audit;
    let mut form = CloseForm::of(position);
    form.value.write(Field::Entry, "2100");
    let closed = form.read(app.state()).unwrap();
    assert_eq!(closed.audit, Some(audit));
    done(&mut app, Command::ClosePosition(closed));
    assert_eq!(app.state().unfollowed().count(), 0);
}

#[test]
fn after_an_isolated_open_a_lock_of_a_day_on_its_market_is_offered_and_after_a_cross_one_none() {
    for mode in [Mode::Isolated, Mode::Cross] {
        let (world, mut app, _) = World::without_promises();
        revealed_with(&world, &mut app, |draft| {
            draft.ticket.choose_mode(mode);
            "10000".clone_into(&mut draft.answers.accepted);
        });
        world.wait(&mut app, 5);
        done(&mut app, with_a_sentence());
        let lock = offered(waiting(app.state()));
        assert_eq!(lock.is_some(), mode == Mode::Isolated);
        if let Some(lock) = lock {
            assert_eq!(lock.scope.symbol.as_deref(), Some("BTC/USDT"));
            let day = Duration::from_hours(24).as_secs();
            assert_eq!(lock.holds, Holds::For(day));
        }
    }
}

fn positive() -> impl Strategy<Value = Decimal> {
    (1_i64..5_000_000, 0_u32..4).prop_map(|(digits, scale)| Decimal::new(digits, scale))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The estimate is the wallet with profit and closing fee settled, and never below nothing;
    /// a balance that is written counts as it is.
    #[test]
    fn a_close_leaves_wallet_and_profit_without_the_fee(
        price in positive(),
        entry in positive(),
        quantity in positive(),
        long in any::<bool>(),
        margin in prop::option::of(positive()),
        written in prop::option::of(positive()),
    ) {
        let (_, mut app, account) = World::with_account();
        let mut open = eth(account);
        open.position.side = if long { Side::Long } else { Side::Short };
        (open.position.entry, open.position.mark) = (Price::new(entry), Price::new(entry));
        open.position.quantity = Quantity::new(quantity);
        if let Some(margin) = margin {
            open.position.backing = Backing::Isolated {
                margin: Money::new(margin),
            };
        }
        let position = open.id;
        done(&mut app, Command::OpenPosition(open));
        let mut form = CloseForm::of(position);
        form.value.write(Field::Entry, format!("{price:.4}"));
        let wallet = written.map_or_else(String::new, |wallet| format!("{wallet:.4}"));
        form.value.write(Field::Wallet, wallet);
        let closed = form.read(app.state()).unwrap();
        let move_of_it = if long { price - entry } else { entry - price };
        let fee = price * quantity * decimal("0.0005");
        let settled = move_of_it * quantity - fee;
        // Isolated, no more is lost than the margin behind it.
        let settled = margin.map_or(settled, |margin| settled.max(-margin));
        let after = (decimal("10000") + settled).max(Decimal::ZERO);
        let expected = written.unwrap_or(after);
        prop_assert_eq!(closed.wallet_balance.get(), expected);
        prop_assert_eq!(closed.estimated, written.is_none());
    }

    /// What is left empty is left as it was, and what is written replaces it: nothing else changes.
    #[test]
    fn only_what_is_written_changes(
        quantity in prop::option::of(positive()),
        entry in prop::option::of(positive()),
        mark in prop::option::of(positive()),
    ) {
        let (_, mut app, account) = World::with_account();
        let open = eth(account);
        let id = open.id;
        done(&mut app, Command::OpenPosition(open.clone()));
        let mut form = PositionForm::of(app.state().position(id).unwrap().1);
        let text = |number: Option<Decimal>| {
            number.map_or_else(String::new, |number| format!("{number:.4}"))
        };
        form.value.write(Field::Quantity, text(quantity));
        form.value.write(Field::Entry, text(entry));
        form.value.write(Field::Mark, text(mark));
        let command = form.read(app.state()).unwrap();
        done(&mut app, command);
        let now = &app.state().position(id).unwrap().1.position;
        prop_assert_eq!(now.quantity.get(), quantity.unwrap_or(open.position.quantity.get()));
        prop_assert_eq!(now.entry.get(), entry.unwrap_or(open.position.entry.get()));
        prop_assert_eq!(now.mark.get(), mark.unwrap_or(open.position.mark.get()));
        prop_assert_eq!(&now.backing, &open.position.backing);
    }
}
