//! A market, side and mode is held once in an account: whichever way a second one comes in it is
//! refused, and offered as a join.

use impulse_audit::app::import_form::ImportForm;
use impulse_audit::app::join::{Join, Joining};
use impulse_audit::app::{App, Command, Refusal};
use impulse_audit::engine::{Backing, Contract, Price, Side};
use impulse_audit::interchange::ccxt::ImportAnswer;
use impulse_audit::market::{AccountId, Position, Terms};
use impulse_audit::promises::{Holds, LockState, Promise};
use impulse_audit::record::{Event, OpenPosition, PositionChanged, PositionOpened, seen};
use proptest::prelude::*;

use crate::common::*;
use crate::crowded::behind_the_app;
use crate::promises::{arm, armed, close};

fn isolated(margin: &str) -> Backing {
    Backing::Isolated {
        margin: money(margin),
    }
}

/// BTC long 0.1 at 103,000, marked at 104,000, isolated with 300.
fn more_btc(account: AccountId) -> PositionOpened {
    opened_as(btc(account), |was| Position {
        quantity: quantity("0.1"),
        entry: price("103000"),
        mark: price("104000"),
        backing: isolated("300"),
        ..was
    })
}

fn join_of(app: &mut App, command: Command) -> Join {
    match refused(app, command) {
        Refusal::HeldAlready(join) => *join,
        other => panic!("{other:?}"),
    }
}

fn open(app: &App, account: AccountId) -> Vec<&OpenPosition> {
    app.state()
        .account(account)
        .unwrap()
        .positions
        .iter()
        .collect()
}

#[test]
fn a_second_position_is_refused_by_the_name_of_the_first_and_joins_it_where_that_is_said() {
    let (world, mut app, account) = World::with_account();
    let first = btc(account);
    done(&mut app, Command::OpenPosition(first.clone()));
    let lines = world.lines().len();
    let join = join_of(&mut app, Command::OpenPosition(more_btc(account)));
    assert_eq!(
        join.stands,
        "BTC/USDT long isolated stands in Main already: 0.2 BTC at 100,000, isolated with \
         1,000.00 USDT. A market is held once on a side and in a mode."
    );
    // (0.2 · 100,000 + 0.1 · 103,000) / 0.3 = 101,000
    assert_eq!(
        join.together,
        ["Together: 0.3 BTC at 101,000, isolated with 1,300.00 USDT."]
    );
    assert_eq!(world.lines().len(), lines, "nothing is written");
    done(&mut app, Command::Join(join.joining));
    let app = world.restart(app);
    let held = open(&app, account);
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].id(), first.id);
    assert_eq!(held[0].position.quantity, quantity("0.3"));
    assert_eq!(held[0].position.entry, price("101000"));
    assert_eq!(held[0].position.mark, price("104000"), "the newest");
    assert_eq!(held[0].position.backing, isolated("1300"));
    // 10,000 and 0.3 · (104,000 − 101,000)
    let account = app.state().account(account).unwrap();
    assert_eq!(account.equity().unwrap(), money("10900"));
    assert_eq!(world.last("positions.joined")["quantity"], "0.3");
}

#[test]
fn contracts_settled_in_the_coin_are_averaged_by_what_a_price_is_the_inverse_of() {
    let coin = Terms {
        contract: Contract::Inverse,
        size: decimal("100"),
    };
    let (_, mut app, account) = World::with_account();
    let held = |entry: &str, mark: &str| {
        opened_as(eth(account), |was| Position {
            terms: coin,
            quantity: quantity("10"),
            entry: price(entry),
            mark: price(mark),
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(held("2000", "2100")));
    let join = join_of(&mut app, Command::OpenPosition(held("4000", "2100")));
    // 1,000 at 2,000 are 0.5 of the coin, at 4,000 0.25: 2,000 / 0.75.
    assert_eq!(
        join.together,
        ["Together: 20 contracts at 2,666.66666666667, cross".to_owned() + "."]
    );
    done(&mut app, Command::Join(join.joining));
    let position = &open(&app, account)[0].position;
    assert_eq!(position.quantity, quantity("20"));
    // 2,000 / 2,666.67 − 2,000 / 2,100
    let profit = position.profit().unwrap().get().round_dp(9);
    assert_eq!(profit, decimal("-0.202380952"));
}

#[test]
fn another_market_side_mode_or_account_is_another_position() {
    let (_, mut app, account) = World::with_account();
    let other = common_account(&mut app);
    done(&mut app, Command::OpenPosition(btc(account)));
    done(&mut app, Command::OpenPosition(btc(other)));
    let short = opened_as(btc(account), |was| Position {
        side: Side::Short,
        ..was
    });
    done(&mut app, Command::OpenPosition(short));
    let cross = opened_as(btc(account), |was| Position {
        backing: Backing::Cross,
        ..was
    });
    done(&mut app, Command::OpenPosition(cross));
    done(&mut app, Command::OpenPosition(eth(account)));
    assert_eq!(open(&app, account).len(), 4);
}

fn common_account(app: &mut App) -> AccountId {
    let set = account("Other", "3000");
    let id = set.account;
    done(app, Command::SetAccount(set));
    id
}

#[test]
fn a_change_of_the_mode_that_would_make_two_is_refused_and_joins_them_where_that_is_said() {
    let (world, mut app, account) = World::without_promises();
    let cross = opened_as(btc(account), |was| Position {
        backing: Backing::Cross,
        ..was
    });
    done(&mut app, Command::OpenPosition(cross.clone()));
    let isolated = more_btc(account);
    done(&mut app, Command::OpenPosition(isolated.clone()));
    let to_cross = PositionChanged {
        backing: Some(Backing::Cross),
        ..PositionChanged::mark(isolated.id, price("104000"))
    };
    let join = join_of(&mut app, Command::ChangePosition(to_cross));
    done(&mut app, Command::Join(join.joining));
    let held = open(&app, account);
    assert_eq!((held.len(), held[0].id()), (1, cross.id));
    assert_eq!(held[0].position.backing, Backing::Cross);
    assert_eq!(held[0].position.entry, price("101000"));
    assert_eq!(world.lines().last().unwrap()["kind"], "positions.joined");
}

#[test]
fn of_two_that_are_sent_at_once_one_is_taken() {
    let (_, mut app, account) = World::with_account();
    app.send(Command::OpenPosition(btc(account))).unwrap();
    let second = app.send(Command::OpenPosition(more_btc(account)));
    assert!(second.is_err(), "{second:?}");
    app.settle();
    assert_eq!(open(&app, account).len(), 1);
}

#[test]
fn another_leverage_and_another_maintenance_are_said() {
    let (_, mut app, account) = World::with_account();
    let with = |leverage: &str, maintenance: &str| {
        opened_as(btc(account), |was| Position {
            leverage: Some(decimal(leverage)),
            rules: flat(maintenance),
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(with("20", "0.004")));
    let join = join_of(&mut app, Command::OpenPosition(with("10", "0.005")));
    assert_eq!(
        join.together[1..],
        [
            "The leverage stays 20x; the other has 10x.",
            "The maintenance stays “flat 0.004”; the other has “flat 0.005”.",
        ]
    );
    done(&mut app, Command::Join(join.joining));
    let position = &open(&app, account)[0].position;
    assert_eq!(position.leverage, Some(decimal("20")));
    assert_eq!(position.rules.label, "flat 0.004");
}

/// A journal of before, in which both stand.
fn with_a_pair() -> (World, App, PositionOpened, PositionOpened) {
    let (world, mut app, account) = World::without_promises();
    let (first, second) = (btc(account), more_btc(account));
    done(&mut app, Command::OpenPosition(first.clone()));
    drop(app);
    let entry = Event::PositionOpened(second.clone()).entry().unwrap();
    behind_the_app(&world, &[entry]);
    let app = world.app();
    (world, app, first, second)
}

#[test]
fn an_account_that_holds_two_opens_with_the_offer_to_join_them() {
    let (_, mut app, first, second) = with_a_pair();
    assert_eq!(open(&app, first.account).len(), 2);
    let draft = with_answers(with_ticket(begin(&mut app)));
    let ticket = Command::Start(Box::new(draft));
    let refusal = refused(&mut app, ticket.clone()).to_string();
    assert!(
        refusal.contains("BTC/USDT long isolated stands in Main twice"),
        "{refusal}"
    );
    let join = Join::offered(app.state()).unwrap();
    assert_eq!(join.joining, Joining::Held(second.id));
    done(&mut app, Command::Join(join.joining));
    assert_eq!(Join::offered(app.state()), None);
    assert_eq!(
        open(&app, first.account)[0].position.quantity,
        quantity("0.3")
    );
    // The ticket is refused as one that is held already, which it is.
    let refusal = refused(&mut app, ticket).to_string();
    assert!(refusal.contains("You hold this already"), "{refusal}");
}

#[test]
fn what_holds_while_the_joined_one_is_open_holds_while_both_are() {
    let (world, mut app, first, second) = with_a_pair();
    let other = armed(Promise::NoSwitchToCross, Holds::For(60));
    arm(&mut app, other);
    let lock = armed(Promise::NoSwitchToCross, Holds::WhileOpen(second.id));
    let lock = arm(&mut app, lock);
    done(&mut app, Command::Join(Joining::Held(second.id)));
    let holds = |app: &App| {
        let promises = app.state().promises();
        let state = promises.state(promises.lock(lock).unwrap(), &seen(&app.now()));
        !matches!(state, LockState::Ended(_))
    };
    let mut app = world.restart(app);
    assert!(holds(&app));
    done(&mut app, close(first.id, "104000", false));
    assert!(!holds(&app));
}

#[test]
fn a_text_that_holds_one_twice_is_asked_about_and_taken_in_as_one() {
    let (_, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(btc(account)));
    let one = |contracts: &str, entry: &str| {
        format!(
            r#"{{"symbol":"BTC/USDT:USDT","contracts":{contracts},"contractSize":1,"side":"long",
            "entryPrice":{entry},"markPrice":104000,"marginMode":"isolated","initialMargin":0,
            "collateral":500,"unrealizedPnl":0,"info":{{"isolatedMargin":"500"}}}}"#
        )
    };
    let text = format!("[{},{}]", one("0.2", "100000"), one("0.1", "103000"));
    let mut form = ImportForm::of(account);
    form.take(Ok(text));
    let mut asked = Vec::new();
    loop {
        let known = app.state().account(account).unwrap();
        let preview = form.preview(known).unwrap();
        let Some(question) = preview.questions.first() else {
            break;
        };
        asked.push(question.words.clone());
        let offer = question.offers.first().map(|offer| offer.answer);
        form.give(
            &question.asked,
            offer.unwrap_or(ImportAnswer::Number(decimal("500"))),
        );
    }
    assert!(
        asked.iter().any(|words| words.contains("holds it twice")),
        "{asked:?}"
    );
    let known = app.state().account(account).unwrap().clone();
    for command in form.commands(&known).unwrap() {
        done(&mut app, command);
    }
    let held = open(&app, account);
    assert_eq!(held.len(), 1);
    assert_eq!(held[0].position.quantity, quantity("0.3"));
    assert_eq!(held[0].position.entry, price("101000"));
}

proptest! {
    #[test]
    fn joined_they_gain_and_lose_at_every_price_what_both_did(
        inverse in any::<bool>(),
        short in any::<bool>(),
        figures in prop::array::uniform5(1_u32..1_000_000),
    ) {
        let [own, more, entry, other, at] = figures;
        let terms = if inverse {
            Terms { contract: Contract::Inverse, size: decimal("10") }
        } else {
            Terms::default()
        };
        let position = |quantity: u32, entry: u32| Position {
            terms,
            side: if short { Side::Short } else { Side::Long },
            quantity: impulse_audit::engine::Quantity::new(quantity.into()),
            entry: Price::new(entry.into()),
            ..eth(AccountId::fresh()).position
        };
        let (one, two) = (position(own, entry), position(more, other));
        let together = one.joined_with(&two).unwrap();
        let at = Price::new(at.into());
        let sum = one.profit_at(at).unwrap().get() + two.profit_at(at).unwrap().get();
        let joined = together.profit_at(at).unwrap().get();
        // The entry is kept to fifteen digits.
        let size = one.notional_at(Price::new(1.into())).unwrap().get()
            + two.notional_at(Price::new(1.into())).unwrap().get();
        let near = decimal("0.000000000001") * size * rust_decimal::Decimal::from(entry.max(other));
        prop_assert!((sum - joined).abs() <= near, "{sum} {joined}");
    }
}
