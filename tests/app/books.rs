//! Accounts and positions: set, opened, changed, closed, and what an audit makes of them.

use std::collections::BTreeMap;

use impulse_audit::app::rules_form::RulesForm;
use impulse_audit::app::{App, Command, Refusal, Stage};
use impulse_audit::engine::{Backing, Contract, Mode, Side};
use impulse_audit::input::Field;
use impulse_audit::market::{AccountId, Position, PositionId, Terms};
use impulse_audit::record::{Account, AccountSet, OpenPosition, PositionChanged, PositionClosed};

use crate::common::*;

fn unchanged(position: PositionId) -> PositionChanged {
    PositionChanged {
        position,
        mark: None,
        quantity: None,
        entry: None,
        backing: None,
        leverage: None,
        audit: None,
    }
}

fn of(app: &App, id: AccountId) -> &Account {
    app.state().account(id).unwrap()
}

#[test]
fn several_accounts_stand_side_by_side_and_no_two_share_a_name() {
    let (world, mut app, main) = World::with_account();
    done(&mut app, Command::SetAccount(account("Other", "5")));
    for name in ["Main", "main", "MAIN", " Main "] {
        let Refusal::Fields(problems) = refused(&mut app, Command::SetAccount(account(name, "1")))
        else {
            panic!("{name} was not refused by its field");
        };
        assert_eq!(problems[0].field, Field::Name);
    }
    // Its own name is no other's.
    let mut set = of(&app, main).set.clone();
    "MAIN".clone_into(&mut set.name);
    done(&mut app, Command::SetAccount(set));
    let names: Vec<&str> = app
        .state()
        .accounts()
        .iter()
        .map(|account| account.set.name.as_str())
        .collect();
    assert_eq!(names, ["MAIN", "Other"]);
    assert_eq!(world.kinds().len(), 4);
}

#[test]
fn an_audit_takes_the_account_that_its_ticket_names() {
    let (world, mut app, _) = World::without_promises();
    let other = account("Other", "3000");
    let id = other.account;
    done(&mut app, Command::SetAccount(other));
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.account = Some(id);
        draft.ticket.choose_mode(Mode::Cross);
    });
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    // 3,000 less the opening fee of 10.
    assert_eq!(revealed.worst_case(), money("2990"));
    assert_eq!(revealed.ticket().account_name, "Other");
}

/// Where it stands, which it is, and what it is.
fn stands(open: &OpenPosition) -> (AccountId, PositionId, &Position) {
    (open.account, open.id(), &open.position)
}

#[test]
fn a_position_is_opened_changed_and_closed_and_a_restart_says_the_same() {
    let (world, mut app, id) = World::with_account();
    let position = eth(id);
    let eth = position.id;
    done(&mut app, Command::OpenPosition(position.clone()));
    assert_eq!(
        stands(&of(&app, id).positions[0]),
        (position.account, position.id, &position.position)
    );
    assert_eq!(of(&app, id).equity().unwrap(), money("10500"));

    world.wait(&mut app, 3_600);
    let opened_at = of(&app, id).positions[0].mark_at;
    done(
        &mut app,
        Command::ChangePosition(PositionChanged {
            quantity: Some(quantity("4")),
            entry: Some(price("2010")),
            backing: Some(Backing::Isolated {
                margin: money("800"),
            }),
            ..unchanged(eth)
        }),
    );
    let open = &of(&app, id).positions[0];
    assert_eq!(open.mark_at, opened_at, "no mark was written");
    assert_eq!(
        open.position.profit().unwrap(),
        money("360"),
        "4 · (2,100 − 2,010)"
    );

    done(
        &mut app,
        Command::ChangePosition(PositionChanged {
            mark: Some(price("1990")),
            ..unchanged(eth)
        }),
    );
    let open = &of(&app, id).positions[0];
    assert_eq!(open.mark_at, app.now().wall);
    assert_eq!(open.position.profit().unwrap(), money("-80"));
    assert_eq!(open.opened_at, opened_at);

    let before = app.state().clone();
    let mut app = world.restart(app);
    assert_eq!(*app.state(), before);

    world.wait(&mut app, 60);
    let closed = Command::ClosePosition(PositionClosed {
        position: eth,
        price: price("1990"),
        wallet_balance: money("9918"),
        estimated: false,
        liquidated: false,
        audit: None,
    });
    done(&mut app, closed.clone());
    assert!(of(&app, id).positions.is_empty());
    assert_eq!(of(&app, id).set.wallet_balance, money("9918"));
    assert_eq!(of(&app, id).wallet_at, app.now().wall);
    for command in [
        closed,
        Command::ChangePosition(unchanged(eth)),
        Command::OpenPosition(crate::common::eth(AccountId::fresh())),
    ] {
        assert!(matches!(refused(&mut app, command), Refusal::NotNow(_)));
    }
    assert_eq!(
        world.kinds()[2..],
        [
            "position.opened",
            "position.changed",
            "position.changed",
            "position.closed"
        ]
    );
}

#[test]
fn a_closed_position_leaves_every_other_one_where_it_was() {
    let (_world, mut app, id) = World::with_account();
    let other = account("Other", "5");
    let other_id = other.account;
    done(&mut app, Command::SetAccount(other));
    let (one, mut two, three) = (eth(id), eth(id), eth(other_id));
    two.position.side = Side::Short;
    for position in [&one, &two, &three] {
        done(&mut app, Command::OpenPosition(position.clone()));
    }
    done(
        &mut app,
        Command::ClosePosition(PositionClosed {
            position: one.id,
            price: price("2000"),
            wallet_balance: money("7"),
            estimated: true,
            liquidated: false,
            audit: None,
        }),
    );
    assert_eq!(
        stands(&of(&app, id).positions[0]),
        (two.account, two.id, &two.position)
    );
    assert_eq!(
        stands(&of(&app, other_id).positions[0]),
        (three.account, three.id, &three.position)
    );
    assert_eq!(of(&app, other_id).set.wallet_balance, money("5"));
    assert_eq!(app.state().position(one.id), None);
    assert!(app.state().position(three.id).is_some());
}

#[test]
fn a_wallet_balance_is_as_old_as_its_last_writing() {
    let (world, mut app, id) = World::with_account();
    let first = of(&app, id).wallet_at;
    world.wait(&mut app, 3_600);
    let mut set = of(&app, id).set.clone();
    set.rules.insert(symbol("ETH/USDT"), flat("0.005"));
    done(&mut app, Command::SetAccount(set.clone()));
    assert_eq!(of(&app, id).wallet_at, first, "only another market's rules");
    assert_eq!(of(&app, id).set.rules.len(), 2);
    // The same again is the word that it still holds.
    done(&mut app, Command::SetAccount(set.clone()));
    assert_eq!(of(&app, id).wallet_at, app.now().wall);
    world.wait(&mut app, 3_600);
    set.wallet_balance = money("9999");
    done(&mut app, Command::SetAccount(set));
    assert_eq!(of(&app, id).wallet_at, app.now().wall);
    assert_eq!(of(&app, id).oldest_mark(None), None, "nothing is open");
}

#[test]
fn a_mark_of_the_ticket_counts_for_every_leg_of_its_market_and_for_no_other() {
    let (world, mut app, id) = World::with_account();
    let mut short = eth(id);
    short.position.symbol = symbol("BTC/USDT");
    short.position.side = Side::Short;
    short.position.quantity = quantity("0.1");
    short.position.entry = price("98000");
    short.position.mark = price("98000");
    done(&mut app, Command::OpenPosition(short.clone()));
    done(&mut app, Command::OpenPosition(eth(id)));
    revealed_with(&world, &mut app, |draft| {
        draft.ticket.value.write(Field::Mark, "99000");
    });
    let shown = world.last("audit.revealed");
    let marks: Vec<&str> = shown["account"]["positions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|position| position["mark"].as_str().unwrap())
        .collect();
    assert_eq!(marks, ["99000", "2100"]);
    // In cross at the fill of 100,000: 10,000 − 10 − 0.1 · 2,000 + 500.
    let backing = &shown["assessment"]["cross"]["backing"];
    assert_eq!(decimal(backing.as_str().unwrap()), decimal("10290"));
    // One market has one price: the one in the ticket is the mark of what is held there.
    short.position.mark = price("99000");
    assert_eq!(
        stands(&of(&app, id).positions[0]),
        (short.account, short.id, &short.position)
    );
}

#[test]
fn an_audit_counts_the_account_as_it_is_when_the_numbers_appear() {
    let (world, mut app, id) = World::without_promises();
    sealed_with(&mut app, |draft| draft.ticket.choose_mode(Mode::Cross));
    done(&mut app, Command::OpenPosition(eth(id)));
    world.wait(&mut app, 20);
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    assert_eq!(revealed.worst_case(), money("10490"));
    assert_eq!(revealed.outcome(Mode::Cross).closed_with_it.len(), 1);
}

#[test]
fn a_market_is_known_by_the_account_or_by_an_open_position() {
    let (_world, mut app, id) = World::with_account();
    assert_eq!(of(&app, id).rules(&symbol("BTC/USDT")), Some(flat("0.004")));
    assert_eq!(of(&app, id).rules(&symbol("ETH/USDT")), None);
    done(&mut app, Command::OpenPosition(eth(id)));
    assert_eq!(of(&app, id).rules(&symbol("ETH/USDT")), Some(flat("0.005")));
    // What is set for the account goes before what a position has.
    let mut set = of(&app, id).set.clone();
    set.rules.insert(symbol("ETH/USDT"), flat("0.01"));
    done(&mut app, Command::SetAccount(set));
    assert_eq!(of(&app, id).rules(&symbol("ETH/USDT")), Some(flat("0.01")));
}

#[test]
fn a_percent_of_the_account_is_taken_of_its_equity_at_the_marks() {
    let (world, mut app, id) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(id)));
    sealed_with(&mut app, |draft| {
        "2%".clone_into(&mut draft.answers.accepted);
    });
    let answers = &world.last("audit.sealed")["answers"];
    // 2 % of 10,000 + 5 · 100.
    assert_eq!(
        decimal(answers["accepted"].as_str().unwrap()),
        decimal("210")
    );
    assert_eq!(answers["accepted_percent"], "2");
}

#[test]
fn what_is_open_is_counted_as_it_was_opened_whatever_the_next_contract_is() {
    let (_, mut app, id) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(id)));
    // From now on ETH is counted in contracts of a tenth.
    let mut set = of(&app, id).set.clone();
    let tenth = Terms {
        size: decimal("0.1"),
        ..Terms::default()
    };
    set.rules.insert(symbol("ETH/USDT"), flat("0.01"));
    set.contracts.insert(symbol("ETH/USDT"), tenth);
    done(&mut app, Command::SetAccount(set));
    let open = &of(&app, id).positions[0];
    let words = impulse_audit::wording::ticket::stands(open, "USDT");
    assert_eq!(words, "5 ETH at 2,000, cross, +500.00 USDT at 2,100");
    assert_eq!(open.position.terms, Terms::default());
    assert_eq!(open.position.rules.label, "flat 0.01", "its table is newer");
    let mut draft = with_ticket(begin(&mut app));
    draft.ticket.value.write(Field::Symbol, "eth");
    draft.ticket.value.write(Field::Entry, "2000");
    draft.ticket.value.write(Field::Quantity, "10");
    let ticket = app.read_ticket(&draft).unwrap();
    // Ten contracts of a tenth at 2,000.
    assert_eq!(ticket.notional(), Some(money("2000")));
    assert_eq!(ticket.unit(), "contracts");
}

#[test]
fn saving_the_rules_of_an_inverse_market_again_leaves_it_inverse() {
    let (_, mut app, _) = World::with_account();
    let coin = AccountSet {
        collateral: "BTC".to_owned(),
        rules: BTreeMap::new(),
        ..account("Coin", "1")
    };
    let id = coin.account;
    done(&mut app, Command::SetAccount(coin));
    let inverse = Terms {
        contract: Contract::Inverse,
        size: decimal("100"),
    };
    let opened = opened_as(btc(id), |was| Position {
        symbol: symbol("BTC/USD"),
        terms: inverse,
        quantity: quantity("50"),
        ..was
    });
    done(&mut app, Command::OpenPosition(opened));
    let mut draft = with_ticket(begin(&mut app));
    draft.ticket.account = Some(id);
    draft.ticket.value.write(Field::Symbol, "btc");
    draft.ticket.value.write(Field::Quantity, "200");
    draft.ticket.value.write(Field::Rate, "1");
    let is_inverse = |app: &App| {
        let ticket = app.read_ticket(&draft).unwrap();
        assert_eq!(ticket.terms, inverse);
        // 200 contracts of 100 USD at 100,000.
        assert_eq!(ticket.notional(), Some(money("0.2")));
    };
    is_inverse(&app);
    // A table that says nothing of contracts: a flat rate, or what a venue publishes.
    let mut set = of(&app, id).set.clone();
    set.rules.insert(symbol("BTC/USD"), flat("0.01"));
    done(&mut app, Command::SetAccount(set));
    is_inverse(&app);
    // And on the form, with nothing but a tick written.
    let mut form = RulesForm::of_market(id, "btc");
    form.value.write(Field::Tick, "0.5");
    let set = form.read(app.state()).unwrap();
    done(&mut app, Command::SetAccount(set));
    is_inverse(&app);
    assert_eq!(of(&app, id).positions[0].position.terms, inverse);
}
