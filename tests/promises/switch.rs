//! A mode switch is an intent, not a button: no new name for an account, no spelling of a market
//! and no lost line makes one of it that is none.

use impulse_audit::promises::{Holds, Promise, PromiseSet};

use crate::support::*;

/// Two accounts are known; no switch for a day; then a third account becomes known.
fn locked() -> (Machine, PromiseSet) {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    let known = |promises: &mut PromiseSet, account| {
        promises.see(machine.seen(), machine.instant());
        promises.account_known(id(account));
    };
    known(&mut promises, 1);
    known(&mut promises, 2);
    let lock = armed(7, Promise::NoSwitchToCross, Holds::For(DAY));
    line(&mut promises, &machine, &arm(lock));
    known(&mut promises, 3);
    (machine, promises)
}

#[test]
fn closing_isolated_and_opening_in_cross_under_a_new_name_is_a_switch() {
    let (mut machine, mut promises) = locked();
    let mut act = cross();
    for (account, held) in [(1, true), (2, false), (3, true)] {
        act.account = id(account);
        act.place = format!("venue{account}/usdt");
        assert!(
            !stands(&promises, &machine, 7, &act),
            "nothing was isolated"
        );
        let mut beside = act.clone();
        beside.isolated_elsewhere = true;
        assert_eq!(stands(&promises, &machine, 7, &beside), account == 3);
        let mut closed = promises.clone();
        closed.see(machine.seen(), machine.instant());
        closed.closed(close(40));
        assert_eq!(
            stands(&closed, &machine, 7, &act),
            held,
            "account {account}"
        );
    }
    // A day after the close it is a trade of its own.
    promises.see(machine.seen(), machine.instant());
    let longer = armed(8, Promise::NoSwitchToCross, Holds::For(3 * DAY));
    line(&mut promises, &machine, &arm(longer));
    promises.closed(close(40));
    act.account = id(1);
    machine.pass(DAY - 1);
    assert!(stands(&promises, &machine, 8, &act));
    machine.pass(1);
    assert!(!stands(&promises, &machine, 8, &act));
}

#[test]
fn a_lock_on_a_market_holds_however_the_market_is_spelled() {
    let machine = Machine::new();
    for spelled in [
        "BTC/USDT",
        "btc/usdt",
        "BTCUSDT",
        "btc-usdt",
        "BTC_USDT",
        "BTCUSDT-USDT",
        "cmt_btcusdt",
        "binance BTCUSDT",
        "ＢＴＣ/USD₮",
        "ВТС/USDТ",
    ] {
        let mut promises = PromiseSet::default();
        let mut lock = armed(7, Promise::NoCross, Holds::For(DAY));
        lock.scope = on_symbol(spelled);
        line(&mut promises, &machine, &arm(lock));
        assert!(stands(&promises, &machine, 7, &cross()), "{spelled}");
        let mut other = cross();
        other.symbol = "ETH/USDT".to_owned();
        assert!(!stands(&promises, &machine, 7, &other), "{spelled}");
    }
}

#[test]
fn what_is_not_known_as_a_market_counts_as_every_market_of_its_base() {
    let machine = Machine::new();
    // What the lock is about, what is opened in cross, and whether it stands against that.
    for (locked, opened, held) in [
        ("BTC/USDT", "BTC/USDX", true),
        ("BTC/USDX", "BTC/USDT", true),
        ("BTC", "BTC/USDT", true),
        ("BTC/USDT", "BTC/USDC", false),
        ("BTC/USDX", "ETH/USDT", false),
    ] {
        let mut promises = PromiseSet::default();
        let mut lock = armed(7, Promise::NoCross, Holds::For(DAY));
        lock.scope = on_symbol(locked);
        line(&mut promises, &machine, &arm(lock));
        let mut act = cross();
        act.symbol = opened.to_owned();
        assert_eq!(
            stands(&promises, &machine, 7, &act),
            held,
            "{locked} {opened}"
        );
    }
    // Nor is one a way around the switch: closed isolated, opened again under no market's name.
    let (machine, mut promises) = locked();
    promises.closed(close(40));
    let mut act = cross();
    act.account = id(1);
    act.symbol = "BTC/USDX".to_owned();
    assert!(stands(&promises, &machine, 7, &act));
    act.symbol = "BTC/USDC".to_owned();
    assert!(!stands(&promises, &machine, 7, &act));
}

#[test]
fn where_lines_are_lost_any_cross_counts_as_the_switch() {
    let (machine, promises) = locked();
    let mut act = cross();
    act.account = id(2);
    assert!(!stands(&promises, &machine, 7, &act));
    let after = handed_on(&carried(&promises, &machine), &machine);
    assert!(stands(&after, &machine, 7, &act));
    assert!(!stands(&after, &machine, 7, &isolated()));
}
