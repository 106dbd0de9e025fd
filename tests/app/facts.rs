//! No rule that is not asked at every door: each way in which a fact comes in.

use impulse_audit::app::{App, Command};
use impulse_audit::audit::{Choice, Draft};
use impulse_audit::engine::{Backing, Intent, Mode};
use impulse_audit::input::Field;
use impulse_audit::market::{AuditId, Position, PositionId};
use impulse_audit::promises::{Holds, Period, Promise};
use impulse_audit::record::{PositionChanged, PositionOpened};

use crate::common::*;
use crate::promises::{always, arm, armed, btc, close, no_cross, put_forward};

const DAY: u64 = 24 * 3600;

/// Everything that was marked, each as it was written down.
fn marked(world: &World) -> Vec<String> {
    let lines = world.lines().into_iter();
    lines
        .filter(|line| line["kind"] == "promise.breached")
        .map(|line| line["data"]["what"].as_str().unwrap().to_owned())
        .collect()
}

fn at_most(isolated: &str) -> Promise {
    Promise::MaxLeverage {
        isolated: Some(decimal(isolated)),
        cross: None,
    }
}

/// A decision to trade this ticket, and its audit.
fn decided(world: &World, app: &mut App, change: impl Fn(&mut Draft)) -> AuditId {
    revealed_with(world, app, change);
    world.wait(app, 6);
    let sentence = "The plan was written yesterday and nothing changed";
    let command = Command::Decide {
        choice: Choice::Proceed,
        sentence: Some(sentence.to_owned()),
    };
    done(app, command);
    assert_eq!(stage(app), "ended");
    done(app, Command::LeaveAudit);
    app.state().newest_ended(0).unwrap().audit
}

fn change(position: PositionId) -> PositionChanged {
    PositionChanged {
        position,
        audit: None,
        mark: None,
        quantity: None,
        entry: None,
        backing: None,
        leverage: None,
    }
}

fn isolated(margin: &str) -> Backing {
    Backing::Isolated {
        margin: money(margin),
    }
}

fn losing_btc(app: &mut App, account: impulse_audit::market::AccountId) -> PositionOpened {
    let open = btc(account, "99000");
    done(app, Command::OpenPosition(open.clone()));
    open
}

#[test]
fn what_was_decided_isolated_and_opened_in_cross_is_marked() {
    let (world, mut app, account) = World::without_promises();
    let lock = arm(&mut app, no_cross());
    let audit = decided(&world, &mut app, |_| {});
    let opened = PositionOpened {
        audit: Some(audit),
        ..crate::common::opened_as(btc(account, "100000"), |was| Position {
            backing: Backing::Cross,
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(opened));
    assert_eq!(marked(&world), ["BTC/USDT opened in cross"]);
    let noted = world.last("promise.breached");
    assert_eq!(noted["locks"][0], lock.to_string());
}

#[test]
fn what_became_of_a_decision_as_it_was_decided_is_not_marked_whatever_was_logged_since() {
    let (world, mut app, account) = World::without_promises();
    let before = losing_btc(&mut app, account);
    let opens = Promise::MaxOpens {
        opens: 1,
        per: Period::Day,
    };
    world.wait(&mut app, DAY);
    arm(&mut app, always(opens));
    arm(&mut app, always(Promise::PauseAfterLoss { secs: DAY }));
    arm(&mut app, always(at_most("20")));
    let eth = |draft: &mut Draft| {
        draft.ticket.value.write(Field::Symbol, "eth");
        draft.ticket.value.write(Field::Entry, "2000");
        draft.ticket.value.write(Field::Quantity, "10");
        "1900".clone_into(&mut draft.answers.invalidation);
        draft.ticket.value.write(Field::Rate, "0.5");
    };
    let audit = decided(&world, &mut app, eth);
    done(&mut app, close(before.id, "98000", false));
    let opened = PositionOpened {
        audit: Some(audit),
        ..crate::common::opened_as(crate::common::eth(account), |was| Position {
            quantity: quantity("10"),
            mark: price("2000"),
            // A hair less margin than was decided: 20.02 times.
            backing: isolated("999"),
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(opened));
    assert_eq!(marked(&world), Vec::<String>::new());
}

#[test]
fn what_became_of_a_decision_is_marked_where_a_promise_was_armed_since() {
    let (world, mut app, account) = World::without_promises();
    let audit = decided(&world, &mut app, |draft| {
        draft.ticket.choose_mode(Mode::Cross);
    });
    world.wait(&mut app, 60);
    arm(&mut app, no_cross());
    let opened = PositionOpened {
        audit: Some(audit),
        ..crate::common::opened_as(btc(account, "100000"), |was| Position {
            backing: Backing::Cross,
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(opened));
    assert_eq!(marked(&world), ["BTC/USDT opened in cross"]);
}

#[test]
fn more_leverage_than_was_decided_is_marked() {
    let (world, mut app, account) = World::without_promises();
    arm(&mut app, always(at_most("20")));
    let audit = decided(&world, &mut app, |_| {});
    let opened = PositionOpened {
        audit: Some(audit),
        ..crate::common::opened_as(btc(account, "100000"), |was| Position {
            backing: isolated("800"),
            ..was
        })
    };
    done(&mut app, Command::OpenPosition(opened));
    assert_eq!(marked(&world), ["BTC/USDT opened isolated"]);
}

#[test]
fn a_reduce_that_came_back_with_a_margin_of_8000_is_marked() {
    let (world, mut app, account) = World::with_account();
    let open = losing_btc(&mut app, account);
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    draft.ticket.intent = Intent::Reduce;
    draft.ticket.position = Some(open.id);
    draft.ticket.value.write(Field::Symbol, "");
    draft.ticket.value.write(Field::Leverage, "");
    draft.ticket.value.write(Field::Quantity, "0.1");
    draft.ticket.value.write(Field::Entry, "99000");
    let audit = draft.audit;
    done(&mut app, Command::Start(Box::new(draft.clone())));
    done(&mut app, Command::Seal(Box::new(draft)));
    done(&mut app, decide(Choice::Proceed));
    assert_eq!(stage(&app), "ended");
    // The rule that no margin is added to a loser holds from the beginning.
    let followed = PositionChanged {
        audit: Some(audit),
        quantity: Some(quantity("0.1")),
        backing: Some(isolated("8000")),
        ..change(open.id)
    };
    done(&mut app, Command::ChangePosition(followed));
    assert_eq!(marked(&world), ["BTC/USDT margin added"]);
}

#[test]
fn an_increase_as_it_was_decided_is_not_marked_and_a_margin_beyond_it_is() {
    for (margin, expected) in [("2000", 0), ("2500", 1)] {
        let (world, mut app, account) = World::without_promises();
        let open = btc(account, "101000");
        done(&mut app, Command::OpenPosition(open.clone()));
        arm(&mut app, armed(Promise::NoSwitchToCross, Holds::For(DAY)));
        // 0.1 more at 10 times: less leverage than the 20 it has.
        let audit = decided(&world, &mut app, |draft| {
            draft.ticket.intent = Intent::Increase;
            draft.ticket.position = Some(open.id);
            draft.ticket.value.write(Field::Symbol, "");
            draft.ticket.value.write(Field::Quantity, "0.1");
            draft.ticket.value.write(Field::Leverage, "10");
            draft.ticket.value.write(Field::Entry, "101000");
        });
        let followed = PositionChanged {
            audit: Some(audit),
            quantity: Some(quantity("0.3")),
            entry: Some(price("100333.3")),
            backing: Some(isolated(margin)),
            ..change(open.id)
        };
        done(&mut app, Command::ChangePosition(followed));
        assert_eq!(marked(&world).len(), expected, "{margin}");
    }
}

#[test]
fn a_position_written_by_hand_during_a_pause_is_marked() {
    let (world, mut app, account) = World::without_promises();
    arm(&mut app, always(Promise::PauseAfterLoss { secs: DAY }));
    let lost = losing_btc(&mut app, account);
    done(&mut app, close(lost.id, "98000", false));
    assert_eq!(marked(&world), Vec::<String>::new());
    let open = btc(account, "100000");
    done(&mut app, Command::OpenPosition(open));
    assert_eq!(marked(&world), ["BTC/USDT opened isolated"]);
}

#[test]
fn positions_written_by_hand_count_as_opens_and_are_marked_beyond_the_most() {
    let (world, mut app, account) = World::without_promises();
    let opens = Promise::MaxOpens {
        opens: 2,
        per: Period::Day,
    };
    arm(&mut app, always(opens));
    for (market, expected) in [("ETH", 0), ("SOL", 0), ("XRP", 1), ("ADA", 2)] {
        let open = crate::common::opened_as(eth(account), |was| Position {
            symbol: symbol(market),
            backing: isolated("1000"),
            ..was
        });
        done(&mut app, Command::OpenPosition(open));
        assert_eq!(marked(&world).len(), expected);
    }
    assert_eq!(put_forward(&mut app, |_| {}), "met");
}

#[test]
fn each_further_position_of_one_audit_counts_as_an_open_and_is_marked_beyond_the_most() {
    let (world, mut app, account) = World::without_promises();
    let opens = Promise::MaxOpens {
        opens: 2,
        per: Period::Day,
    };
    arm(&mut app, always(opens));
    let audit = decided(&world, &mut app, |_| {});
    for (market, expected) in [("BTC", 0), ("ETH", 0), ("SOL", 1)] {
        let open = PositionOpened {
            audit: Some(audit),
            ..crate::common::opened_as(btc(account, "100000"), |was| Position {
                symbol: symbol(market),
                ..was
            })
        };
        done(&mut app, Command::OpenPosition(open));
        assert_eq!(marked(&world).len(), expected);
    }
    let another = |draft: &mut Draft| {
        draft.ticket.value.write(Field::Symbol, "xrp");
        draft.ticket.value.write(Field::Rate, "0.5");
    };
    assert_eq!(put_forward(&mut app, another), "met");
}

#[test]
fn leverage_by_hand_and_a_margin_that_is_taken_off_are_marked() {
    let (world, mut app, account) = World::without_promises();
    arm(&mut app, always(at_most("25")));
    let open = btc(account, "100000");
    done(&mut app, Command::OpenPosition(open.clone()));
    let margin = |app: &mut App, margin| {
        let change = PositionChanged {
            backing: Some(isolated(margin)),
            ..change(open.id)
        };
        done(app, Command::ChangePosition(change));
    };
    margin(&mut app, "800");
    assert_eq!(marked(&world), Vec::<String>::new(), "25 times");
    margin(&mut app, "700");
    assert_eq!(marked(&world), ["BTC/USDT leverage raised"]);
    margin(&mut app, "1000");
    assert_eq!(marked(&world).len(), 1, "less leverage is no breach");
    let higher = crate::common::opened_as(eth(account), |was| Position {
        backing: isolated("100"),
        ..was
    });
    done(&mut app, Command::OpenPosition(higher));
    assert_eq!(marked(&world).len(), 2);
}

#[test]
fn rules_from_the_beginning_are_held_against_facts_as_well() {
    let (world, mut app, account) = World::with_account();
    // What stood before the account was known is written down on its first day.
    let first = btc(account, "99000");
    done(&mut app, Command::OpenPosition(first.clone()));
    done(&mut app, Command::OpenPosition(eth(account)));
    assert_eq!(marked(&world), Vec::<String>::new());
    let more = PositionChanged {
        quantity: Some(quantity("0.3")),
        ..change(first.id)
    };
    done(&mut app, Command::ChangePosition(more));
    let switched = PositionChanged {
        backing: Some(Backing::Cross),
        ..change(first.id)
    };
    done(&mut app, Command::ChangePosition(switched));
    world.wait(&mut app, DAY);
    let another = crate::common::opened_as(eth(account), |was| Position {
        symbol: symbol("SOL/USDT"),
        ..was
    });
    done(&mut app, Command::OpenPosition(another));
    assert_eq!(
        marked(&world),
        [
            "BTC/USDT increased",
            "BTC/USDT switched from isolated to cross",
            "SOL/USDT opened in cross"
        ]
    );
}

#[test]
fn what_lowers_the_risk_is_never_marked() {
    let (world, mut app, account) = World::without_promises();
    let cross = btc(account, "99000");
    let cross = crate::common::opened_as(cross, |was| Position {
        backing: Backing::Cross,
        ..was
    });
    done(&mut app, Command::OpenPosition(cross.clone()));
    let alone = crate::common::opened_as(eth(account), |was| Position {
        backing: isolated("1000"),
        ..was
    });
    done(&mut app, Command::OpenPosition(alone.clone()));
    arm(&mut app, no_cross());
    arm(&mut app, always(Promise::PauseAfterLoss { secs: DAY }));
    arm(&mut app, always(Promise::MaxLossesInARow { losses: 1 }));
    for change in [
        PositionChanged {
            backing: Some(isolated("2000")),
            ..change(cross.id)
        },
        PositionChanged {
            quantity: Some(quantity("0.1")),
            mark: Some(price("98000")),
            ..change(cross.id)
        },
    ] {
        done(&mut app, Command::ChangePosition(change));
    }
    done(&mut app, close(cross.id, "97000", true));
    done(&mut app, close(alone.id, "1900", false));
    assert_eq!(marked(&world), Vec::<String>::new());
}
