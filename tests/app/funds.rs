//! Money that comes into a losing pool: a top-up that was decided, and a wallet that is higher.

use impulse_audit::app::WalletIncrease;
use impulse_audit::app::follow_up::{FollowUpForm, became};
use impulse_audit::app::funds::raised;
use impulse_audit::app::{App, Command, Stage};
use impulse_audit::audit::Choice;
use impulse_audit::engine::Intent;
use impulse_audit::input::Field;
use impulse_audit::market::AccountId;
use impulse_audit::record::{AccountSet, Followed};

use crate::common::*;

/// ETH long 5 at 2,000 in cross, marked at 1,900: a loss of 500 on 10,000.
fn losing(world: (World, App, AccountId)) -> (World, App, AccountId) {
    let (world, mut app, account) = world;
    let mut open = eth(account);
    open.position.mark = price("1900");
    done(&mut app, Command::OpenPosition(open));
    (world, app, account)
}

fn with_wallet(app: &App, account: AccountId, wallet: &str) -> AccountSet {
    AccountSet {
        wallet_balance: money(wallet),
        ..app.state().account(account).unwrap().set.clone()
    }
}

fn overstepped(world: &World) -> usize {
    let kinds = world.kinds();
    let of = |kind: &&String| kind.as_str() == "promise.breached";
    kinds.iter().filter(of).count()
}

#[test]
fn what_was_paid_in_after_an_audit_raises_the_wallet_and_follows_the_decision() {
    let (world, mut app, account) = losing(World::without_promises());
    done(&mut app, Command::BeginTopUp(account));
    let mut draft = with_answers(with_state(app.draft().unwrap().clone()));
    assert_eq!(draft.ticket.intent, Intent::AddFunds);
    assert!(draft.ticket.position.is_some());
    assert_eq!(
        draft.ticket.value.text(Field::Margin),
        "",
        "how much is never filled in"
    );
    draft.ticket.value.write(Field::Margin, "1000");
    "1700".clone_into(&mut draft.answers.invalidation);
    "9500".clone_into(&mut draft.answers.accepted);
    let audit = draft.audit;
    done(&mut app, Command::Start(Box::new(draft)));
    let draft = app.draft().unwrap().clone();
    done(&mut app, Command::Seal(Box::new(draft)));
    world.wait(&mut app, 15 * 60);
    assert!(matches!(app.stage(), Stage::Revealed(_)), "{}", stage(&app));
    world.wait(&mut app, 5);
    done(
        &mut app,
        Command::Decide {
            choice: Choice::Proceed,
            sentence: Some("The pool is meant to hold through the week of the report".to_owned()),
        },
    );
    let story = app.state().story(audit).unwrap();
    let form = became(app.state(), audit, story.last_ticket().unwrap());
    let Some(FollowUpForm::PaidIn(mut form)) = form else {
        panic!("{form:?}");
    };
    // As decided, if left empty; else what it was.
    assert_eq!(form.read(app.state()).unwrap().amount, money("1000"));
    form.value.write(Field::Margin, "0");
    assert!(form.read(app.state()).is_err());
    form.value.write(Field::Margin, "800");
    let paid = form.read(app.state()).unwrap();
    done(&mut app, Command::PayIn(paid));
    let written = world.last("funds.paid_in");
    assert_eq!(written["amount"], "800");
    assert_eq!(written["wallet_balance"], "10800");
    assert_eq!(written["audit"], serde_json::json!(audit.get()));
    assert_eq!(overstepped(&world), 0);
    let told = |app: &App| {
        let wallet = app.state().account(account).unwrap().set.wallet_balance;
        let story = app.state().story(audit).unwrap();
        (wallet, story.followed, story.is_unfollowed())
    };
    let now = (money("10800"), Some(Followed::Opened), false);
    assert_eq!(told(&app), now);
    drop(app);
    let mut app = world.app();
    app.settle();
    assert_eq!(told(&app), now, "a restart says the same");
}

#[test]
fn a_wallet_is_asked_about_only_where_it_is_higher_while_the_pool_loses() {
    let (_world, mut app, account) = losing(World::with_account());
    let asked = |app: &App, wallet: &str| {
        let set = with_wallet(app, account, wallet);
        raised(app.state(), &set).map(|(more, _)| more)
    };
    assert_eq!(asked(&app, "10750"), Some(money("750")));
    assert_eq!(asked(&app, "10000"), None);
    assert_eq!(asked(&app, "9000"), None);
    let position = app.state().account(account).unwrap().positions[0].id();
    let mark = impulse_audit::record::PositionChanged::mark(position, price("2000"));
    done(&mut app, Command::ChangePosition(mark));
    assert_eq!(asked(&app, "10750"), None, "it does not lose any more");
}

#[test]
fn profit_that_was_settled_is_taken_as_that_and_a_top_up_is_marked_against_the_rule() {
    for (from, paid_in, marked) in [
        (WalletIncrease::ProfitSettled, 0, 0),
        (WalletIncrease::ToppedUp, 1, 1),
    ] {
        // The rules that hold from the beginning: none adds to what loses.
        let (world, mut app, account) = losing(World::with_account());
        let before = overstepped(&world);
        let set = with_wallet(&app, account, "10750");
        done(&mut app, Command::RaiseWallet { set, from });
        let kinds = world.kinds();
        let paid = kinds.iter().filter(|kind| *kind == "funds.paid_in").count();
        assert_eq!(paid, paid_in, "{from:?}");
        assert_eq!(overstepped(&world) - before, marked, "{from:?}");
        let account = app.state().account(account).unwrap();
        assert_eq!(account.set.wallet_balance, money("10750"), "{from:?}");
        assert_eq!(account.wallet_at, app.now().wall);
    }
}
