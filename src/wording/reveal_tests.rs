//! The sentences of the pictures in the design: wallet 10,000; ETH long 5 at 2,000, mark
//! 2,100, 0.5 %; BTC long 0.2 at 100,000, margin 1,000, 0.4 %; wrong at 94,000, accepted 500.

use std::collections::BTreeMap;

use rust_decimal::dec;

use super::*;
use crate::engine::{
    Account, Backing, Basis, Contract, Fees, Finding, Funding, PositionInput, Price, Quantity,
    Rate, Schedule, Side, Tier, assess,
};
use crate::market::{AccountId, Rules, Symbol, Terms};
use crate::wording::finding;
use crate::wording::sizes::fits;

fn schedule(rate: Decimal) -> Schedule {
    Schedule {
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::ZERO,
        tiers: vec![Tier {
            floor: Money::ZERO,
            rate: Rate::new(rate),
            amount: Money::ZERO,
            max_leverage: None,
        }],
    }
}

fn account() -> Account {
    Account {
        collateral: "USDT".into(),
        wallet_balance: Money::new(dec!(10000)),
        positions: vec![PositionInput {
            symbol: "ETH/USDT".into(),
            contract: Contract::Linear,
            contract_size: Decimal::ONE,
            side: Side::Long,
            quantity: Quantity::new(dec!(5)),
            entry: Price::new(dec!(2000)),
            mark: Price::new(dec!(2100)),
            backing: Backing::Cross,
            leverage: None,
            maintenance: schedule(dec!(0.005)),
        }],
        mode_scope: crate::engine::ModeScope::Position,
    }
}

fn ticket(mode: Mode) -> Ticket {
    let fee = Rate::new(dec!(0.0005));
    Ticket {
        account: AccountId::fresh(),
        account_name: "Main".into(),
        venue: "Binance USDT-M".into(),
        collateral: "USDT".into(),
        intent: Intent::Open,
        experiment: false,
        symbol: Symbol::read("BTC", "USDT").unwrap(),
        terms: Terms::default(),
        side: Side::Long,
        mode,
        quantity: Quantity::new(dec!(0.2)),
        entry: Price::new(dec!(100000)),
        mark: None,
        leverage: dec!(20),
        margin: Money::new(dec!(1000)),
        fees: Fees {
            open: fee,
            close: fee,
        },
        rules: Rules {
            label: "example".into(),
            schedule: schedule(dec!(0.004)),
            tick: None,
            lot: Some(dec!(0.001)),
        },
        held: None,
    }
}

fn answers() -> Answers {
    Answers {
        wrong: String::new(),
        invalidation: Some(Price::new(dec!(94000))),
        nothing: String::new(),
        accepted: Some(Money::new(dec!(500))),
        accepted_percent: None,
    }
}

fn assessed(mode: Mode) -> (Assessment, Ticket, Answers) {
    let (ticket, answers) = (ticket(mode), answers());
    let engine_ticket = crate::engine::Ticket {
        intent: Intent::Open,
        symbol: "BTC/USDT".into(),
        contract: Contract::Linear,
        contract_size: Decimal::ONE,
        side: Side::Long,
        quantity: ticket.quantity,
        entry: ticket.entry,
        mark: None,
        mode,
        margin: Some(ticket.margin),
        leverage: Some(ticket.leverage),
        fees: ticket.fees,
        funding: Funding {
            rate: Rate::ZERO,
            intervals: 0,
            owed: Money::ZERO,
        },
        tick: None,
        lot: ticket.rules.lot,
        maintenance: ticket.rules.schedule.clone(),
        invalidation: answers.invalidation,
        acceptable_loss: answers.accepted,
    };
    (
        assess(&account(), &engine_ticket, None).unwrap(),
        ticket,
        answers,
    )
}

fn text(spans: &[Span]) -> String {
    spans.iter().map(|(words, _)| words.as_str()).collect()
}

#[test]
fn the_first_sentence_of_a_cross_ticket_names_the_account_and_what_goes_with_it() {
    let (assessment, ticket, answers) = assessed(Mode::Cross);
    assert_eq!(
        text(&first_sentence(&assessment, &ticket, &answers)),
        "If this goes wrong in cross it can take 10,490.00 USDT — all of the account, your ETH \
         with it: at −34.11 % together, at −52.00 % alone. You accepted 500.00; costs of 19.40 \
         count against it too."
    );
    assert_eq!(
        second_sentence(&assessment, &ticket, &answers),
        "Isolated it can take 1,000.00, but you would be closed at 95,381.53 before 94,000 could \
         prove you wrong."
    );
}

#[test]
fn where_liquidation_comes_first_the_first_sentence_says_so() {
    let (assessment, ticket, answers) = assessed(Mode::Isolated);
    let first = text(&first_sentence(&assessment, &ticket, &answers));
    assert!(
        first.starts_with("You would be closed at 95,381.53 before 94,000 could prove you wrong."),
        "{first}"
    );
    assert!(
        first.contains("1,000.00 USDT") && first.contains("You accepted 500.00; costs of 19.40"),
        "{first}"
    );
}

#[test]
fn sizes_that_fit_are_said_with_their_bound() {
    let (assessment, ticket, answers) = assessed(Mode::Cross);
    let fits = fits(&assessment, &ticket, &answers);
    let words: Vec<&str> = fits.iter().map(|fit| fit.words.as_str()).collect();
    assert_eq!(
        words,
        [
            "0.082 BTC loses no more than 500.00 at 94,000, if you close it there.",
            "Isolated, 0.077 BTC with 492.53 behind it cannot lose more than 500.00, and is not \
             closed before 94,000.",
            // 0.2 × (100,000 − 92,120) lost there, and 0.4 % of 0.2 × 92,120 asked for.
            "As it is, isolated, 1,649.70 behind it puts the liquidation 2 % beyond 94,000; so much \
             it could take then.",
            "In cross no size keeps the worst case within 500.00: the whole pool backs it.",
        ]
    );
    assert_eq!(
        fits[0].take.map(|(mode, q, _)| (mode, q.get())),
        Some((Mode::Cross, dec!(0.082)))
    );
}

#[test]
fn a_size_larger_than_the_one_asked_for_is_never_offered() {
    let (mut assessment, mut ticket, answers) = assessed(Mode::Cross);
    assessment.chosen = Mode::Cross;
    ticket.quantity = Quantity::new(dec!(0.05));
    let fits = fits(&assessment, &ticket, &answers);
    assert!(fits.iter().all(|fit| fit.take.is_none()));
    assert_eq!(
        fits[0].words,
        "Your size loses no more than 500.00 at 94,000, if you close it there."
    );
}

#[test]
fn every_finding_has_words_without_exclamation_or_question_of_certainty() {
    let money = Money::new(dec!(1));
    let price = Price::new(dec!(1));
    let rate = Rate::new(dec!(0.5));
    let all = [
        Finding::AlreadyLiquidatable {
            equity: money,
            requirement: money,
        },
        Finding::LiquidatedBeforeWrong {
            liquidation: price,
            invalidation: price,
        },
        Finding::WholeAccountAtStake {
            max_loss: money,
            share: rate,
        },
        Finding::OverAcceptedLoss {
            max_loss: money,
            costs: money,
            accepted: money,
        },
        Finding::OthersCloser {
            closer: crate::engine::Closer::Pool {
                from: None,
                to: rate,
            },
        },
        Finding::TogetherNearer {
            together: rate,
            alone: None,
        },
        Finding::InsufficientMargin {
            needed: money,
            free: money,
        },
        Finding::LeverageAboveTier {
            leverage: rate,
            most: rate,
            notional: money,
        },
        Finding::HighLeverageDirectionalCross {
            leverage: rate,
            directional_share: rate,
        },
        Finding::ModeChangeToSurvive {
            unrealised: money,
            isolated: None,
            cross: None,
        },
        Finding::AddingToALoser { unrealised: money },
        Finding::ProfitableBystanders {
            positions: 2,
            unrealised: money,
        },
        Finding::FalseMoveRisk {
            liquidation: price,
            distance: rate,
        },
        Finding::NoLiquidationAboveZero { max_loss: money },
        Finding::HedgeOffsets {
            own: Quantity::new(dec!(1)),
            opposite: Quantity::new(dec!(1)),
        },
    ];
    let mut leads = BTreeMap::new();
    for finding in all {
        let (lead, rest) = finding::finding(&finding, &ticket(Mode::Cross));
        assert!(!format!("{lead}{rest}").contains('!'));
        assert!(!rest.to_lowercase().contains("are you sure"));
        assert_eq!(
            leads.insert(lead, finding.code()),
            None,
            "each has its own lead"
        );
    }
}
