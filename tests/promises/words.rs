//! What stands above what stands: a rule that holds from the beginning is called that, and only what
//! was armed was promised.

use impulse_audit::engine::Mode;
use impulse_audit::promises::{
    Action, Holds, LossLimit, Period, Promise, PromiseSet, Scope, Violation,
};
use impulse_audit::waits::{WaitRule, WaitWhen};
use impulse_audit::wording::violation::{one_of, since, stands};

use crate::common::money;
use crate::support::*;

/// A wait of half an hour.
fn wait(when: WaitWhen) -> Promise {
    let secs = 30 * MINUTE;
    Promise::Wait(WaitRule { when, secs })
}

/// What stands against a losing position that is made larger in cross, behind these promises.
fn behind(made: &[Promise]) -> Vec<Violation> {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    for (lock, promise) in (100..).zip(made) {
        line(
            &mut promises,
            &machine,
            &arm(armed(lock, promise.clone(), Holds::Always)),
        );
    }
    let mut act = act(Action::Increase, Mode::Cross);
    act.losing = true;
    against(&promises, &machine, &act)
}

fn armed_since(against: &[Violation]) -> Vec<String> {
    against.iter().filter_map(since).collect()
}

#[test]
fn what_nobody_has_promised_is_never_called_a_promise_of_hers() {
    let rules = behind(&[]);
    assert_eq!(rules.len(), 2);
    assert_eq!(
        stands(&rules),
        "Rules that hold from the beginning stand against this."
    );
    assert_eq!(
        stands(&rules[..1]),
        "A rule that holds from the beginning stands against this."
    );
    for words in armed_since(&rules) {
        assert_eq!(words, "It holds from the beginning, until you loosen it.");
    }
    let both = behind(&[Promise::NoCross]);
    assert_eq!(
        stands(&both),
        "You promised not to, and a rule that holds from the beginning stands against it too."
    );
    let own: Vec<Violation> = both
        .into_iter()
        .filter(|against| !against.is_from_the_beginning())
        .collect();
    assert_eq!(stands(&own), "You promised not to.");
    assert!(armed_since(&own)[0].starts_with("Armed on "));
    let plan = behind(&[Promise::CrossNeedsAPlan]);
    let own: Vec<Violation> = plan
        .into_iter()
        .filter(|against| !against.is_from_the_beginning())
        .collect();
    assert_eq!(stands(&own), "You promised a plan first.");
    // Of a line that cannot be read nobody knows what it was.
    let unread = behind(&[Promise::Unknown]);
    assert_eq!(stands(&unread), "What cannot be read stands against this.");
}

#[test]
fn the_rules_from_the_beginning_are_known_by_their_ids_alone() {
    let promises = PromiseSet::default();
    let ids: Vec<_> = promises
        .locks()
        .iter()
        .map(impulse_audit::promises::Lock::id)
        .collect();
    assert_eq!(one_of(&ids), "a rule that holds from the beginning");
    assert_eq!(one_of(&[id(100)]), "a promise");
    assert_eq!(
        one_of(&[ids[0], id(100)]),
        "a promise and a rule that holds from the beginning"
    );
}

#[test]
fn each_limit_says_what_counts() {
    let usdt = || "USDT".to_owned();
    let lost = |most| Promise::MaxLoss {
        most,
        per: Period::Day,
    };
    let everything = Scope::default();
    for (promise, scope, words) in [
        (
            lost(LossLimit::Money {
                amount: money("1500.50"),
                collateral: usdt(),
            }),
            everything.clone(),
            "At most 1,500.5 USDT lost in 24 h by closes, reduces and liquidations",
        ),
        (
            lost(LossLimit::Percent("2.50".parse().unwrap())),
            on_account(1, "Binance"),
            "At most 2.5 % of the account lost in 24 h by closes, reduces and liquidations in Main",
        ),
        (
            lost(LossLimit::Percent(5.into())),
            everything.clone(),
            "At most 5 % of the accounts in one currency lost in 24 h by closes, reduces and liquidations",
        ),
        (
            Promise::MaxAtStake {
                amount: money("1000000"),
                collateral: usdt(),
            },
            everything.clone(),
            "At most 1,000,000 USDT at stake at once, the worst cases of all that is open together",
        ),
        (
            Promise::MaxLossesInARow { losses: 3 },
            on_symbol("BTC/USDT"),
            "No new risk until the next day after 3 losses in a row on BTC/USDT",
        ),
        (
            wait(WaitWhen::Aroused { from: 3 }),
            everything.clone(),
            "A wait of 30 min before the numbers at an arousal of 3 or 4",
        ),
        (
            wait(WaitWhen::Aroused { from: 4 }),
            everything.clone(),
            "A wait of 30 min before the numbers at an arousal of 4",
        ),
        (
            wait(WaitWhen::Aroused { from: 1 }),
            everything.clone(),
            "A wait of 30 min before the numbers at an arousal of 1 or more",
        ),
        (
            wait(WaitWhen::RecentLoss { within: 2 * HOUR }),
            everything.clone(),
            "A wait of 30 min before the numbers within 2 h of a logged loss or liquidation",
        ),
        (
            wait(WaitWhen::LookedAway { times: 1, away: 90 }),
            everything,
            "A wait of 30 min before the numbers where the window was left once, or for 1 min 30 s in all, while the answers were written",
        ),
    ] {
        assert_eq!(promise.sentence(&scope), words);
    }
}
