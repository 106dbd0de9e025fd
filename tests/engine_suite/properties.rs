//! The invariants of the engine, over random accounts.

use impulse_audit::engine::{
    Account, Assessment, AtInvalidation, Backing, Basis, ByHand, Contract, CrossSize, Joint, Mode,
    Money, PositionInput, Price, Quantity, Rate, Side, Ticket, Tier, assess, before_after,
    unplaceable,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

use crate::build::{Change as _, d};
use crate::naive::{Naive, f};
use crate::random::{Scene, scene};

const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];

fn all(account: &Account, ticket: &Ticket) -> Assessment {
    assess(account, ticket, Some(&Joint::default())).unwrap()
}

fn close(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() <= d("0.000000000000001") * (Decimal::ONE + a.abs() + b.abs())
}

fn close_ends(a: Option<Price>, b: Option<Price>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => close(a.get(), b.get()),
        _ => false,
    }
}

/// How far an end is from the mark; an absent one is further than any.
fn reach(end: Option<Price>, mark: Price) -> Decimal {
    end.map_or(Decimal::MAX, |end| (end.get() - mark.get()).abs())
}

fn times(price: Price, factor: Decimal) -> Price {
    Price::new(price.get() * factor)
}

fn bigger(money: Money, factor: Decimal) -> Money {
    Money::new(money.get() * factor)
}

/// Everything counted in money or contracts grows; prices stay.
fn scale_position(position: &mut PositionInput, factor: Decimal) {
    position.quantity = Quantity::new(position.quantity.get() * factor);
    if let Backing::Isolated { margin } = &mut position.backing {
        *margin = bigger(*margin, factor);
    }
    scale_schedule(
        &mut position.maintenance.basis,
        &mut position.maintenance.tiers,
        factor,
    );
}

fn scale_schedule(basis: &mut Basis, tiers: &mut [Tier], factor: Decimal) {
    if let Basis::Fixed(amount) = basis {
        *amount = bigger(*amount, factor);
    }
    for tier in tiers {
        tier.floor = bigger(tier.floor, factor);
        tier.amount = bigger(tier.amount, factor);
    }
}

// The ordinary run asks the same cases each time, so that a change is judged by itself;
// `PROPTEST_RNG_SEED` asks others. Known there: where a tier border that jumps meets the tick
// within one lot of the invalidation, the capped size can stay a lot below the largest.
proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(20_261_121), ..ProptestConfig::default() })]

    #[test]
    fn the_mode_changes_only_which_money_backs_the_position(Scene { account, ticket } in scene()) {
        let one = all(&account, &ticket);
        prop_assert_eq!(one.isolated.costs, one.cross.costs);
        prop_assert!(close(
            one.isolated.backing.get() + one.isolated.out_of_reach.get(),
            one.cross.backing.get() + one.cross.out_of_reach.get(),
        ));
        // The numbers of both modes are there whichever is chosen.
        let other = Ticket { mode: ticket.mode.other(), ..ticket };
        let taken = account.positions.iter().any(|held| {
            held.symbol == other.symbol
                && held.side == other.side
                && held.backing.mode() == other.mode
        });
        if !taken {
            let other = all(&account, &other);
            prop_assert_eq!(other.isolated, one.isolated);
            prop_assert_eq!(other.cross, one.cross);
        }
    }

    #[test]
    fn more_backing_never_brings_the_liquidation_nearer(
        Scene { account, ticket } in scene(),
        more in 1_i64..100,
    ) {
        let more = bigger(ticket.margin.unwrap(), Decimal::new(more, 2)).get();
        let before = all(&account, &ticket);
        let mark = ticket.effective_price();
        let margin = ticket.clone().with(|ticket| {
            ticket.margin = ticket.margin.map(|margin| Money::new(margin.get() + more));
        });
        let richer = account.clone().with(|account| {
            account.wallet_balance = Money::new(account.wallet_balance.get() + more);
        });
        for (mode, after) in [
            (Mode::Isolated, all(&account, &margin).isolated),
            (Mode::Cross, all(&richer, &ticket).cross),
        ] {
            let before = before.outcome(mode);
            if before.already {
                continue;
            }
            prop_assert!(!after.already);
            prop_assert!(reach(after.liquidation.low, mark) >= reach(before.liquidation.low, mark));
            prop_assert!(reach(after.liquidation.high, mark) >= reach(before.liquidation.high, mark));
        }
    }

    #[test]
    fn what_is_lost_at_the_invalidation_is_never_more_than_the_worst_case(
        Scene { account, ticket } in scene(),
    ) {
        let assessment = all(&account, &ticket);
        for mode in MODES {
            let outcome = assessment.outcome(mode);
            if let Some(AtInvalidation::Closed { loss }) = outcome.at_invalidation {
                prop_assert!(loss <= outcome.max_loss, "{} > {}", loss, outcome.max_loss);
            }
        }
    }

    #[test]
    fn an_isolated_loss_changes_no_other_position(
        Scene { account, ticket } in scene(),
        fall in 1_i64..99,
    ) {
        let mut worse = account.clone();
        for position in &mut worse.positions {
            if position.backing.mode() == Mode::Isolated && position.symbol != ticket.symbol {
                position.mark = times(position.mark, Decimal::new(fall, 2));
            }
        }
        let (before, after) = (all(&account, &ticket), all(&worse, &ticket));
        for mode in MODES {
            let (before, after) = (before.outcome(mode), after.outcome(mode));
            prop_assert_eq!(before.backing, after.backing);
            prop_assert_eq!(before.liquidation, after.liquidation);
            prop_assert_eq!(before.max_loss, after.max_loss);
            prop_assert_eq!(before.at_invalidation, after.at_invalidation);
        }
    }

    #[test]
    fn the_order_of_the_positions_changes_nothing(Scene { account, ticket } in scene()) {
        let mut turned = account.clone();
        turned.positions.reverse();
        let (straight, turned) = (all(&account, &ticket), all(&turned, &ticket));
        prop_assert_eq!(&straight.findings.len(), &turned.findings.len());
        for mode in MODES {
            let (a, b) = (straight.outcome(mode), turned.outcome(mode));
            // Sums in another order may differ in the last of 28 digits.
            prop_assert!(close_ends(a.liquidation.low, b.liquidation.low));
            prop_assert!(close_ends(a.liquidation.high, b.liquidation.high));
            prop_assert!(close(a.max_loss.get(), b.max_loss.get()));
            prop_assert_eq!(&a.closed_with_it, &b.closed_with_it);
            let (a, b) = (a.joint.as_ref().unwrap(), b.joint.as_ref().unwrap());
            prop_assert_eq!(a.ladder.len(), b.ladder.len());
            for (a, b) in a.ladder.iter().zip(&b.ladder) {
                prop_assert_eq!(&a.closes, &b.closes);
                prop_assert!(close(a.at_move.get(), b.at_move.get()));
                prop_assert!(close(a.equity_after.get(), b.equity_after.get()));
            }
        }
    }

    #[test]
    fn counting_in_other_units_scales_the_money_and_leaves_the_prices(
        Scene { account, ticket } in scene(),
        factor in 2_i64..50,
    ) {
        let factor = Decimal::from(factor);
        let mut large = account.clone();
        large.wallet_balance = bigger(large.wallet_balance, factor);
        for position in &mut large.positions {
            scale_position(position, factor);
        }
        let big = ticket.clone().with(|ticket| {
            ticket.quantity = Quantity::new(ticket.quantity.get() * factor);
            ticket.margin = ticket.margin.map(|margin| bigger(margin, factor));
            ticket.funding.owed = bigger(ticket.funding.owed, factor);
            ticket.acceptable_loss = ticket.acceptable_loss.map(|loss| bigger(loss, factor));
            scale_schedule(&mut ticket.maintenance.basis, &mut ticket.maintenance.tiers, factor);
        });
        let (small, large) = (all(&account, &ticket), all(&large, &big));
        for mode in MODES {
            let (a, b) = (small.outcome(mode), large.outcome(mode));
            prop_assert!(close(a.backing.get() * factor, b.backing.get()));
            prop_assert!(close(a.max_loss.get() * factor, b.max_loss.get()));
            prop_assert!(close(a.costs.get() * factor, b.costs.get()));
            prop_assert_eq!(a.already, b.already);
            prop_assert!(close_ends(a.liquidation.low, b.liquidation.low));
            prop_assert!(close_ends(a.liquidation.high, b.liquidation.high));
        }
    }

    /// With a frozen requirement nothing but the sign of a side tells up from down.
    #[test]
    fn a_short_is_a_long_in_the_mirror(Scene { mut account, mut ticket } in scene()) {
        prop_assume!(ticket.contract == Contract::Linear);
        let fixed = |basis: &mut Basis| *basis = Basis::Fixed(Money::new(Decimal::ONE));
        fixed(&mut ticket.maintenance.basis);
        ticket.tick = None;
        // Fees are shares of the notional, which the mirror changes.
        ticket.fees.open = Rate::ZERO;
        for position in &mut account.positions {
            fixed(&mut position.maintenance.basis);
        }
        let glass = Decimal::from(1000);
        let turn = |price: Price| Price::new(glass - price.get());
        let mut mirrored = account.clone();
        for position in &mut mirrored.positions {
            position.side = position.side.opposite();
            position.entry = turn(position.entry);
            position.mark = turn(position.mark);
        }
        let reflection = ticket.clone().with(|ticket| {
            ticket.side = ticket.side.opposite();
            ticket.entry = turn(ticket.entry);
            ticket.mark = ticket.mark.map(turn);
            ticket.invalidation = ticket.invalidation.map(turn);
        });
        let (image, mirrored) = (all(&account, &ticket), all(&mirrored, &reflection));
        for mode in MODES {
            let (a, b) = (image.outcome(mode), mirrored.outcome(mode));
            prop_assert!(close(a.backing.get(), b.backing.get()));
            prop_assert_eq!(a.already, b.already);
            for (low, high) in
                [(a.liquidation.low, b.liquidation.high), (b.liquidation.low, a.liquidation.high)]
            {
                // A price that can't be on one side of the glass may well be on the other.
                match (low, high) {
                    (Some(low), high) => prop_assert!(close_ends(Some(turn(low)), high)),
                    (None, Some(high)) => prop_assert!(high.get() >= glass),
                    (None, None) => {}
                }
            }
        }
    }

    /// An inverse short of face value q is, at the reciprocal prices, a linear long of q.
    #[test]
    fn an_inverse_contract_is_a_linear_one_at_reciprocal_prices(
        Scene { mut account, mut ticket } in scene(),
    ) {
        prop_assume!(ticket.contract == Contract::Linear);
        ticket.tick = None;
        // Prices whose reciprocals are exact.
        let exact = |price: Price| {
            Price::new([d("64"), d("80"), d("100"), d("125"), d("160"), d("200")]
                [(price.get().mantissa().unsigned_abs() % 6) as usize])
        };
        let reciprocal = |price: Price| Price::new(Decimal::ONE / price.get());
        ticket.entry = exact(ticket.entry);
        ticket.mark = ticket.mark.map(exact);
        let (entry, mark) = (ticket.entry, ticket.mark.unwrap());
        ticket.invalidation = Some(match ticket.side {
            Side::Long => times(entry.min(mark), d("0.5")),
            Side::Short => times(entry.max(mark), d("2")),
        });
        for position in &mut account.positions {
            position.entry = exact(position.entry);
            position.mark = exact(position.mark);
        }
        let mut inverse = account.clone();
        for position in &mut inverse.positions {
            position.contract = Contract::Inverse;
            position.side = position.side.opposite();
            position.entry = reciprocal(position.entry);
            position.mark = reciprocal(position.mark);
        }
        let reflection = ticket.clone().with(|ticket| {
            ticket.contract = Contract::Inverse;
            ticket.side = ticket.side.opposite();
            ticket.entry = reciprocal(ticket.entry);
            ticket.mark = ticket.mark.map(reciprocal);
            ticket.invalidation = ticket.invalidation.map(reciprocal);
            // What a long pays for, now a short does.
            ticket.funding.rate = Rate::new(-ticket.funding.rate.get());
        });
        let (linear, inverse) = (
            assess(&account, &ticket, None).unwrap(),
            assess(&inverse, &reflection, None).unwrap(),
        );
        for mode in MODES {
            let (a, b) = (linear.outcome(mode), inverse.outcome(mode));
            prop_assert!(close(a.backing.get(), b.backing.get()));
            // What is within reach is not the same on both sides of the reciprocal, and in a pool
            // of coins a common move is not told.
            if mode == Mode::Isolated && !a.liquidation.within_reach(ticket.entry).is_open() {
                let reached = !b.liquidation.within_reach(reflection.entry).is_open();
                prop_assert!(!reached || close(a.max_loss.get(), b.max_loss.get()));
            }
            prop_assert!(close(a.costs.get(), b.costs.get()));
            prop_assert_eq!(a.already, b.already);
            prop_assert!(close_ends(a.liquidation.low.map(reciprocal), b.liquidation.high));
            prop_assert!(close_ends(a.liquidation.high.map(reciprocal), b.liquidation.low));
        }
    }

    #[test]
    fn at_the_returned_price_it_is_closed_within_a_tick_and_a_tick_nearer_it_is_not(
        Scene { account, ticket } in scene(),
        tick in 1_i64..200,
    ) {
        let tick = Decimal::new(tick, 3);
        let ticket = Ticket { tick: Some(tick), ..ticket };
        let mark = ticket.effective_price().get();
        let assessment = all(&account, &ticket);
        let exact = all(&account, &Ticket { tick: None, ..ticket.clone() });
        for mode in MODES {
            let naive = Naive::of(&account, &ticket, mode);
            let survives = assessment.outcome(mode).liquidation;
            let solved = exact.outcome(mode).liquidation;
            let away = [(survives.low, solved.low, -tick), (survives.high, solved.high, tick)];
            for (end, solved, away) in away {
                let Some(end) = end.map(Price::get) else { continue };
                prop_assert!(end == mark || (end % tick).is_zero());
                let (beyond, nearer) = (end + away, end - away);
                if beyond > Decimal::ZERO && end != mark {
                    // Where a tier border lowers the requirement by a jump, the stretch in which
                    // the position is closed can be shorter than a tick: then the solved price
                    // itself, within that tick, must be in it.
                    let solved = solved.map(Price::get).unwrap_or_default();
                    let within = (solved - end).abs() <= tick;
                    prop_assert!(
                        naive.is_liquidated(f(beyond))
                            || naive.is_close_call(f(beyond))
                            || (within
                                && (naive.is_liquidated(f(solved)) || naive.is_close_call(f(solved)))),
                        "within a tick beyond {end} it is open"
                    );
                }
                if (nearer - mark).is_sign_positive() == away.is_sign_positive() && nearer != mark {
                    prop_assert!(
                        !naive.is_liquidated(f(nearer)) || naive.is_close_call(f(nearer)),
                        "a tick nearer than {end} it is closed"
                    );
                }
            }
        }
    }

    #[test]
    fn the_capped_size_keeps_its_promise_and_a_lot_more_would_break_it(
        Scene { account, mut ticket } in scene(),
        lot in 1_i64..100,
    ) {
        let lot = Decimal::new(lot, 2);
        ticket.lot = Some(lot);
        let Some(capped) = all(&account, &ticket).sizing.capped else { return Ok(()) };
        prop_assert!((capped.quantity.get() % lot).is_zero());
        let opened = |quantity: Decimal, margin: Decimal| {
            let ticket = ticket.clone().with(|ticket| {
                ticket.quantity = Quantity::new(quantity);
                ticket.margin = Some(Money::new(margin));
            });
            assess(&account, &ticket, None).unwrap().isolated
        };
        let outcome = opened(capped.quantity.get(), capped.margin.get());
        let closes = matches!(outcome.at_invalidation, Some(AtInvalidation::Closed { .. }));
        prop_assert!(closes, "{:?}", outcome.at_invalidation);
        prop_assert_eq!(outcome.liquidation.against(ticket.side), capped.liquidation);
        let accepted = ticket.acceptable_loss.unwrap().get();
        prop_assert!(close(capped.margin.get() + outcome.costs.get(), accepted));
        let more = capped.quantity.get() + lot;
        let costs = opened(more, Decimal::ONE).costs.get();
        if costs < accepted {
            let closes = matches!(
                opened(more, accepted - costs).at_invalidation,
                Some(AtInvalidation::Closed { .. })
            );
            prop_assert!(!closes, "a lot more than {} is not closed before", capped.quantity);
        }
    }

    #[test]
    fn the_size_by_hand_is_the_largest_within_the_accepted_loss(
        Scene { account, mut ticket } in scene(),
        lot in 1_i64..100,
    ) {
        let lot = Decimal::new(lot, 2);
        ticket.lot = Some(lot);
        let naive = Naive::of(&account, &ticket, Mode::Isolated);
        let one = ticket.clone().with(|ticket| ticket.quantity = Quantity::new(Decimal::ONE));
        let unit = Naive::of(&account, &one, Mode::Isolated);
        let wrong = f(ticket.invalidation.unwrap().get());
        let costs = f(all(&account, &one).isolated.costs.get());
        let per_contract = unit.equity(naive.mark()) - unit.equity(wrong) + costs;
        let accepted = f(ticket.acceptable_loss.unwrap().get());
        let largest = |quantity: Quantity| {
            let quantity = f(quantity.get());
            quantity * per_contract <= accepted * (1.0 + 1e-9)
                && (quantity + f(lot)) * per_contract > accepted * (1.0 - 1e-9)
        };
        match all(&account, &ticket).sizing.by_hand {
            Some(ByHand::Fits { quantity, loss, margin }) => {
                prop_assert!(loss <= ticket.acceptable_loss.unwrap());
                let lost = f(quantity.get()) * per_contract;
                prop_assert!((f(loss.get()) - lost).abs() <= 1e-6 * accepted);
                prop_assert!(largest(quantity));
                prop_assert_eq!(margin.is_some(), ticket.mode == Mode::Isolated);
            }
            Some(ByHand::ClosedBefore { quantity } | ByHand::NotFree { quantity, .. }) => {
                prop_assert!(largest(quantity));
            }
            Some(ByHand::NoLot) => prop_assert!(f(lot) * per_contract > accepted * (1.0 - 1e-9)),
            Some(ByHand::AnySize) => prop_assert!(per_contract <= 1e-9),
            // A size that cannot be written down.
            None => {}
        }
    }

    /// Taken, a size does what its sentence says: it is open at the invalidation, costs no more there
    /// than was accepted, and can be placed.
    #[test]
    fn an_offered_size_taken_does_what_is_said_of_it(
        Scene { account, mut ticket } in scene(),
        lot in 1_i64..100,
    ) {
        ticket.lot = Some(Decimal::new(lot, 2));
        let sizing = all(&account, &ticket).sizing;
        let accepted = ticket.acceptable_loss.unwrap().get();
        if let Some(ByHand::Fits { quantity, margin, .. }) = sizing.by_hand {
            let share = quantity.get() / ticket.quantity.get();
            let taken = ticket.clone().with(|ticket| {
                ticket.quantity = quantity;
                ticket.margin = margin.or(ticket.margin.map(|margin| bigger(margin, share)));
            });
            let outcome = all(&account, &taken);
            let outcome = outcome.outcome(ticket.mode);
            let Some(AtInvalidation::Closed { loss }) = outcome.at_invalidation else {
                return Err(TestCaseError::fail("closed before the invalidation"));
            };
            prop_assert!(loss.get() + outcome.costs.get() <= accepted + d("0.000000001"));
            prop_assert_eq!(unplaceable(&account, &taken).unwrap(), None);
        }
        if let Some(CrossSize::UpTo { quantity }) = sizing.cross {
            let taken = |quantity: Decimal| {
                let ticket = ticket.clone().with(|ticket| ticket.quantity = Quantity::new(quantity));
                all(&account, &ticket).cross.at_risk().get()
            };
            prop_assert!(taken(quantity.get()) <= accepted + d("0.000000001"));
            prop_assert!(taken(quantity.get() + ticket.lot.unwrap()) > accepted);
        }
        if let Some(capped) = sizing.capped {
            let taken = ticket.clone().with(|ticket| {
                ticket.quantity = capped.quantity;
                ticket.margin = Some(capped.margin);
            });
            let outcome = all(&account, &taken).isolated;
            let closes = matches!(outcome.at_invalidation, Some(AtInvalidation::Closed { .. }));
            prop_assert!(closes, "{:?}", outcome.at_invalidation);
            // Funding owed is paid out of the margin, and what is owed to it comes on top.
            let owed = ticket.funding.owed.get().min(Decimal::ZERO);
            prop_assert!(outcome.at_risk().get() + owed <= accepted + d("0.000000001"));
            prop_assert_eq!(unplaceable(&account, &taken).unwrap(), None);
        }
    }

    #[test]
    fn the_buffered_margin_puts_the_liquidation_beyond_the_invalidation(
        Scene { account, ticket } in scene(),
    ) {
        let Some(buffered) = all(&account, &ticket).sizing.buffered else { return Ok(()) };
        let away = match ticket.side {
            Side::Long => Decimal::ONE - buffered.buffer.get(),
            Side::Short => Decimal::ONE + buffered.buffer.get(),
        };
        let target = ticket.invalidation.unwrap().get() * away;
        let ticket = Ticket { margin: Some(buffered.margin), ..ticket };
        let outcome = all(&account, &ticket).isolated;
        prop_assert!(!outcome.already);
        prop_assert_eq!(outcome.liquidation.against(ticket.side), buffered.liquidation);
        let tick = ticket.tick.unwrap_or_default() + d("0.0000000001");
        if let Some(liquidation) = buffered.liquidation {
            let short_of = match ticket.side {
                Side::Long => liquidation.get() - target,
                Side::Short => target - liquidation.get(),
            };
            prop_assert!(short_of <= tick, "{liquidation} is {short_of} short of {target}");
        }
    }

    #[test]
    fn a_ticket_moves_the_band_of_its_pool_and_of_no_isolated_position(
        Scene { account, ticket } in scene(),
    ) {
        let cross = all(&account, &ticket).cross;
        for mode in MODES {
            for change in before_after(&account, &ticket, mode).unwrap() {
                let after = change.after.unwrap();
                if change.mode == Mode::Isolated {
                    prop_assert_eq!(change.before, after);
                } else if mode == Mode::Cross && change.symbol == ticket.symbol {
                    prop_assert_eq!(after.already, cross.already);
                    prop_assert!(close_ends(after.liquidation.low, cross.liquidation.low));
                    prop_assert!(close_ends(after.liquidation.high, cross.liquidation.high));
                }
            }
        }
    }
}
