//! Limits: so much lost, so much at stake, and what outlives the journal.

use impulse_audit::engine::Mode;
use impulse_audit::promises::{
    Action, AtStake, Holds, Loss, LossLimit, Period, Promise, PromiseSet, ProposedAction, place,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::common::money;
use crate::hours::{any_zone, close_of, with};
use crate::support::*;

fn most(amount: &str) -> LossLimit {
    LossLimit::Money {
        amount: money(amount),
        collateral: "USDT".to_owned(),
    }
}

fn max_loss(most: LossLimit, per: Period) -> Promise {
    Promise::MaxLoss { most, per }
}

fn lose(promises: &mut PromiseSet, machine: &Machine, account: u128, amount: u32) {
    promises.see(machine.seen(), machine.instant());
    promises.lost(Loss {
        account: id(account),
        place: place("Binance", "USDT"),
        symbol: "BTC/USDT".to_owned(),
        amount: money(&amount.to_string()),
    });
}

fn holds(promises: &mut PromiseSet, machine: &Machine, account: u128, equity: u32) {
    promises.see(machine.seen(), machine.instant());
    let equity = money(&equity.to_string());
    promises.account_holds(id(account), place("Binance", "USDT"), equity);
}

#[test]
fn what_is_lost_counts_for_a_day_or_a_week_from_each_loss_on() {
    for (per, period) in [(Period::Day, DAY), (Period::Week, 7 * DAY)] {
        let mut machine = Machine::new();
        let mut promises = with(&machine, max_loss(most("500"), per));
        lose(&mut promises, &machine, 1, 300);
        assert!(!stands(&promises, &machine, 7, &isolated()));
        machine.pass(2 * HOUR);
        lose(&mut promises, &machine, 1, 200);
        for deed in [
            Action::Open,
            Action::Increase,
            Action::AddMargin,
            Action::TopUp,
        ] {
            assert!(stands(&promises, &machine, 7, &act(deed, Mode::Isolated)));
        }
        assert!(!stands(
            &promises,
            &machine,
            7,
            &act(Action::Lowers, Mode::Cross)
        ));
        // The first of them is over.
        machine.pass(period - 2 * HOUR - 1);
        assert!(stands(&promises, &machine, 7, &isolated()));
        machine.pass(1);
        assert!(!stands(&promises, &machine, 7, &isolated()));
    }
}

#[test]
fn a_loss_in_another_collateral_or_market_does_not_count_and_one_under_another_name_does() {
    let machine = Machine::new();
    let mut promises = PromiseSet::default();
    promises.see(machine.seen(), machine.instant());
    promises.account_known(id(1));
    let promise = impulse_audit::promises::Armed {
        scope: on_account(1, "Binance"),
        ..armed(7, max_loss(most("500"), Period::Day), Holds::Always)
    };
    line(&mut promises, &machine, &arm(promise));
    let loss = |account: u128, venue: &str, collateral: &str| Loss {
        account: id(account),
        place: place(venue, collateral),
        symbol: "BTC/USDT".to_owned(),
        amount: money("500"),
    };
    promises.see(machine.seen(), machine.instant());
    promises.lost(loss(1, "Binance", "BTC"));
    assert!(!stands(&promises, &machine, 7, &isolated()));
    let mut same = promises.clone();
    same.lost(loss(2, "binance ", "usdt"));
    assert!(stands(&same, &machine, 7, &isolated()));
    // An account that became known only behind the promise, wherever it says that it is.
    let mut new = promises.clone();
    new.see(machine.seen(), machine.instant());
    new.account_known(id(3));
    new.lost(loss(3, "Elsewhere", "USDT"));
    assert!(stands(&new, &machine, 7, &isolated()));
}

#[test]
fn thirds_of_a_percentage_add_up_to_it() {
    let machine = Machine::new();
    let mut promises = with(
        &machine,
        max_loss(LossLimit::Percent(Decimal::ONE), Period::Day),
    );
    holds(&mut promises, &machine, 1, 3000);
    for _ in 0..3 {
        assert!(!stands(&promises, &machine, 7, &isolated()));
        lose(&mut promises, &machine, 1, 10);
    }
    assert!(stands(&promises, &machine, 7, &isolated()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: crate::support::seed(), ..ProptestConfig::default() })]

    #[test]
    fn a_limit_of_losses_stands_while_as_much_was_lost_within_the_period(
        losses in prop::collection::vec((0..30 * HOUR, 1..400_u32), 1..12),
        bound in 1..1000_u32,
        later in 0..30 * HOUR,
    ) {
        let mut machine = Machine::new();
        let mut promises = with(&machine, max_loss(most(&bound.to_string()), Period::Day));
        let (mut now, mut lost) = (0, Vec::new());
        for (wait, amount) in losses {
            machine.pass(wait);
            now += wait;
            lose(&mut promises, &machine, 1, amount);
            lost.push((now, amount));
        }
        machine.pass(later);
        now += later;
        let sum_at = |second: u64| -> u32 {
            let counting = lost.iter().filter(|(at, _)| second < at + DAY);
            counting.map(|(_, amount)| amount).sum()
        };
        let stand = against(&promises, &machine, &isolated());
        prop_assert_eq!(!stand.is_empty(), sum_at(now) >= bound);
        if let Some(stand) = stand.first() {
            let impulse_audit::promises::EndsAt::In(left) = stand.end else { panic!() };
            prop_assert!(sum_at(now + left - 1) >= bound);
            prop_assert!(sum_at(now + left) < bound);
        }
    }

    #[test]
    fn no_deposit_and_no_edit_of_the_wallet_within_the_period_changes_a_limit_in_percent(
        edits in prop::collection::vec((0..3 * HOUR, 1..1_000_000_u32), 0..6),
        losses in prop::collection::vec(1..400_u32, 1..6),
        percent in 1..8_u32,
    ) {
        // 10,000 are known a day and more before the first loss.
        let mut machine = Machine::new();
        let most = LossLimit::Percent(Decimal::from(percent));
        let mut promises = with(&machine, max_loss(most, Period::Day));
        holds(&mut promises, &machine, 1, 10_000);
        machine.pass(2 * DAY);
        let mut all = 0;
        let mut edits = edits.into_iter();
        for amount in losses {
            if let Some((wait, equity)) = edits.next() {
                machine.pass(wait);
                holds(&mut promises, &machine, 1, equity);
            }
            lose(&mut promises, &machine, 1, amount);
            all += amount;
            prop_assert_eq!(stands(&promises, &machine, 7, &isolated()), all >= percent * 100);
        }
        let before = against(&promises, &machine, &isolated());
        for (wait, equity) in edits {
            machine.pass(wait);
            holds(&mut promises, &machine, 1, equity);
        }
        let passed = machine.instant();
        let after = against(&promises, &machine, &isolated());
        prop_assert_eq!(before.first().map(|a| a.until), after.first().map(|a| a.until), "{}", passed);
    }

    #[test]
    fn what_was_reached_outlives_the_loss_of_the_journal(
        first in 0..DAY, later in 0..2 * DAY, row in any::<bool>(), zone in any_zone(),
    ) {
        let mut machine = Machine::new();
        machine.zone = zone;
        let promise = if row {
            Promise::MaxLossesInARow { losses: 2 }
        } else {
            max_loss(most("500"), Period::Day)
        };
        let mut promises = with(&machine, promise);
        for _ in 0..2 {
            machine.pass(first / 2);
            lose(&mut promises, &machine, 1, 250);
            close_of(&mut promises, &machine, true);
        }
        let after = handed_on(&carried(&promises, &machine), &machine);
        machine.pass(later);
        let stop = !against(&promises, &machine, &isolated()).is_empty();
        prop_assert_eq!(!against(&after, &machine, &isolated()).is_empty(), stop);
        prop_assert!(after.lock(id(7)).is_some(), "the promise itself as well");
    }

    #[test]
    fn more_at_stake_than_was_promised_is_met_and_less_is_not(
        before in 0..500_u32, after in 0..500_u32, bound in 1..500_u32,
        other in 0..500_u32, foreign in 0..500_u32,
    ) {
        let machine = Machine::new();
        let promise = Promise::MaxAtStake {
            amount: money(&bound.to_string()),
            collateral: "USDT".to_owned(),
        };
        let promises = with(&machine, promise);
        let stake = |account: u128, collateral: &str, before: u32, after: u32| AtStake {
            account: id(account),
            place: place("Binance", collateral),
            before: Some(money(&before.to_string())),
            after: Some(money(&after.to_string())),
        };
        let at_stake = vec![
            stake(1, "USDT", before, after),
            stake(2, "USDT", other, other),
            stake(3, "BTC", foreign, foreign),
        ];
        let act = ProposedAction { at_stake, ..isolated() };
        let too_much = after > before && after + other > bound;
        prop_assert_eq!(stands(&promises, &machine, 7, &act), too_much);
        let lowers = ProposedAction { deed: Action::Lowers, ..act.clone() };
        prop_assert!(!stands(&promises, &machine, 7, &lowers));
        // What cannot be valued is too much.
        let mut unknown = act;
        unknown.at_stake[0].after = None;
        prop_assert!(stands(&promises, &machine, 7, &unknown));
    }
}
