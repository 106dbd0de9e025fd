use chrono::DateTime;
use rust_decimal::{Decimal, dec};

use super::ImportAnswer::Number;
use super::read_tests::{BINANCE, HYPERLIQUID, OKX};
use super::test_accounts::{account, asked, opening, symbol, with};
use super::*;
use crate::engine::Backing::Cross;
use crate::engine::Side::{Long, Short};
use crate::engine::{Backing, Basis, Contract, Mode, Money, Price};
use crate::interchange::venues::Amounts;
use crate::market::PositionId;
use crate::record::{Event, OpenPosition};

#[test]
fn an_empty_account_gets_wallet_tiers_and_positions() {
    let account = account("Binance USDT-M", "USDT", dec!(9000));
    let preview = preview(&read(BINANCE).unwrap(), &account);
    assert_eq!(asked(&preview), []);
    let [
        ProposedChange::Wallet { before, after, .. },
        ProposedChange::Rules {
            symbol: market,
            before: None,
            after: rules,
        },
        ProposedChange::Opened(btc),
        ProposedChange::Opened(eth),
    ] = preview.lines.as_slice()
    else {
        panic!("{:?}", preview.lines);
    };
    assert_eq!((before.get(), after.get()), (dec!(9000), dec!(10250.75)));
    assert_eq!(market.as_str(), "BTC/USDT");
    assert_eq!(rules.schedule.basis, Basis::AtSolvedPrice);
    assert_eq!(rules.label, "Binance USDT-M, imported with ccxt");
    assert_eq!(btc.quantity.get(), dec!(0.1));
    let margin = Money::new(dec!(500.25));
    assert_eq!(btc.backing, Backing::Isolated { margin });
    assert_eq!(btc.rules, *rules);
    // 6,275 / (2.5 × 1) = 2,510: the mark that ccxt left out.
    assert_eq!(eth.mark, Price::new(dec!(2510)));
    assert_eq!((eth.side, eth.backing), (Short, Cross));
    // No tiers came for ETH: the venue's example is taken, under its own label.
    assert_eq!(eth.rules.label, "Binance USDT-M, example of 2025-08-19");
    assert_eq!(preview.other_markets, [symbol("DOGE/USDT")]);
    assert!(preview.notes.iter().any(|note| note.about == "BNB"));

    let events = preview.events(&account, PositionId::fresh);
    let [
        Event::AccountSet(set),
        Event::PositionOpened(_),
        Event::PositionOpened(opened),
    ] = events.as_slice()
    else {
        panic!("{events:?}");
    };
    assert_eq!(set.wallet_balance.get(), dec!(10250.75));
    assert_eq!(set.rules.len(), 1);
    assert_eq!(opened.account, account.set.account);
}

#[test]
fn what_is_imported_is_worth_what_the_venue_says_it_is() {
    let mut account = account("Binance USDT-M", "USDT", dec!(0));
    let preview = preview(&read(BINANCE).unwrap(), &account);
    for event in preview.events(&account, PositionId::fresh) {
        match event {
            Event::AccountSet(set) => account.set = set,
            Event::PositionOpened(position) => {
                let open = OpenPosition::of(position, DateTime::UNIX_EPOCH);
                account.positions.push(open);
            }
            other => panic!("{other:?}"),
        }
    }
    // The total of the export: 10,250.75 + 0.1·(69,505 − 68,000) − 2.5·(2,510 − 2,500).
    assert_eq!(account.equity(), Ok(Money::new(dec!(10376.25))));
}

#[test]
fn a_known_position_is_changed_field_by_field() {
    let mut account = account("Binance USDT-M", "USDT", dec!(10250.75));
    let margin = Money::new(dec!(400));
    with(
        &mut account,
        "BTC/USDT",
        Long,
        dec!(0.1),
        Backing::Isolated { margin },
    );
    let preview = preview(&read(BINANCE).unwrap(), &account);
    let (differences, change) = preview
        .lines
        .iter()
        .find_map(|line| match line {
            ProposedChange::Changed {
                differences,
                change,
                ..
            } => Some((differences, change)),
            _ => None,
        })
        .unwrap();
    let after = Backing::Isolated {
        margin: Money::new(dec!(500.25)),
    };
    assert_eq!(
        differences.as_slice(),
        [
            Difference::Mark(Price::new(dec!(69000)), Price::new(dec!(69505))),
            Difference::Backing(Backing::Isolated { margin }, after),
            Difference::Leverage(None, dec!(20)),
        ]
    );
    assert_eq!(change.position, account.positions[0].id());
    assert_eq!((change.quantity, change.entry), (None, None));
    assert_eq!(change.backing, Some(after));
    // What the trader has set is kept; only the brackets are newer, and that is said.
    let note = preview.notes.iter().find(|note| note.about == "BTC/USDT");
    assert!(
        note.unwrap()
            .words
            .contains("hold for what is open in it too")
    );
}

#[test]
fn a_missing_position_is_asked_and_never_closed_silently() {
    let mut account = account("Binance USDT-M", "USDT", dec!(10000));
    with(&mut account, "SOL/USDT", Long, dec!(10), Cross);
    let id = account.positions[0].id();
    let snapshot = read(BINANCE).unwrap();
    let first = preview(&snapshot, &account);
    assert_eq!(asked(&first), [(About::Open(id), Detail::Gone)]);
    assert!(
        !first
            .lines
            .iter()
            .any(|line| matches!(line, ProposedChange::Closed { .. }))
    );

    let question = first.questions[0].asked.clone();
    let mut answers = ImportAnswers::default();
    answers.give(question.clone(), ImportAnswer::StillOpen);
    let left = preview_with(&snapshot, &account, &answers);
    assert_eq!(asked(&left), []);
    assert!(
        !left
            .lines
            .iter()
            .any(|line| matches!(line, ProposedChange::Closed { .. }))
    );

    answers.give(question, Number(dec!(170)));
    let closed = preview_with(&snapshot, &account, &answers);
    let events = closed.events(&account, PositionId::fresh);
    let Some(Event::PositionClosed(event)) = events.first() else {
        panic!("{events:?}");
    };
    // The text says what the wallet holds now, so nothing is estimated.
    assert_eq!(event.wallet_balance.get(), dec!(10250.75));
    assert!(!event.estimated);
}

#[test]
fn without_a_balance_in_the_text_a_closing_is_an_estimate() {
    let mut account = account("Binance USDT-M", "USDT", dec!(10000));
    with(&mut account, "BTC/USDT", Long, dec!(0.1), Cross);
    with(&mut account, "ETH/USDT", Short, dec!(1), Cross);
    let snapshot = read("[]").unwrap();
    let mut answers = ImportAnswers::default();
    for question in preview(&snapshot, &account).questions {
        answers.give(question.asked, Number(dec!(68100)));
    }
    let preview = preview_with(&snapshot, &account, &answers);
    let wallets: Vec<Decimal> = preview
        .events(&account, PositionId::fresh)
        .iter()
        .map(|event| match event {
            Event::PositionClosed(closed) if closed.estimated => closed.wallet_balance.get(),
            other => panic!("{other:?}"),
        })
        .collect();
    // Entries at 68,000: 0.1 × 100 = +10, then 1 × −100 = −100.
    assert_eq!(wallets, [dec!(10010), dec!(9910)]);
}

#[test]
fn a_text_that_does_not_say_positions_asks_after_none() {
    let mut account = account("Binance USDT-M", "USDT", dec!(10000));
    with(&mut account, "SOL/USDT", Long, dec!(10), Cross);
    let snapshot = read("{\"total\":{\"USDT\":5000}}").unwrap();
    // Whether the total holds open profit can't be known: asked, with what can be offered.
    let preview = preview(&snapshot, &account);
    assert_eq!(asked(&preview), [(About::Account, Detail::Wallet)]);
    assert_eq!(preview.questions[0].offers.len(), 1);
    assert_eq!(preview.lines, []);
}

#[test]
fn an_inverse_account_counts_contracts_and_derives_the_mark_in_quote() {
    let account = account("OKX", "BTC", dec!(0.4));
    let snapshot = read(OKX).unwrap();
    let first = preview(&snapshot, &account);
    // No tiers in money: the rate is asked, and what the venue reports is offered.
    assert_eq!(asked(&first), [(About::Imported(0), Detail::Rate)]);
    assert_eq!(first.questions[0].offers[0].answer, Number(dec!(0.004)));
    let mut answers = ImportAnswers::default();
    answers.give(first.questions[0].asked.clone(), Number(dec!(0.004)));
    let preview = preview_with(&snapshot, &account, &answers);
    let btc = opening(&preview, "BTC/USD").unwrap();
    assert_eq!(btc.terms.contract, Contract::Inverse);
    assert_eq!((btc.quantity.get(), btc.terms.size), (dec!(50), dec!(100)));
    // 50 × 100 / 0.08 BTC = 62,500
    assert_eq!(btc.mark, Price::new(dec!(62500)));
    // OKX counts the fee to close in what must be left.
    assert_eq!(btc.rules.schedule.close_fee.get(), dec!(0.0005));
    let wallet = preview.lines.iter().find_map(|line| match line {
        ProposedChange::Wallet { after, .. } => Some(after.get()),
        _ => None,
    });
    assert_eq!(wallet, Some(dec!(0.5)));
    // The other coin is another account.
    assert!(opening(&preview, "ETH/USD").is_none());
    assert!(preview.notes.iter().any(|note| note.about == "ETH/USD:ETH"));
}

#[test]
fn a_notional_in_the_wrong_currency_gives_no_mark() {
    // 5,000 would be the face value in USD; read as coin it would put BTC at 1.
    let text = OKX.replacen("\"notional\": 0.08", "\"notional\": 5000", 1);
    let preview = preview(&read(&text).unwrap(), &account("OKX", "BTC", dec!(1)));
    assert!(asked(&preview).contains(&(About::Imported(0), Detail::Mark)));
}

#[test]
fn what_is_null_is_asked_and_the_answers_make_the_line() {
    let account = account("Hyperliquid", "USDC", dec!(2000));
    // A market without published brackets, so that its rate is asked too.
    let snapshot = read(&HYPERLIQUID.replace("kPEPE", "kNEIRO")).unwrap();
    let first = preview(&snapshot, &account);
    let (btc, neiro) = (About::Imported(0), About::Imported(1));
    // The mark of BTC follows from the notional once the contract size is known; the mode of
    // NEIRO decides whether a margin is asked.
    assert_eq!(
        asked(&first),
        [
            (About::Account, Detail::Wallet),
            (neiro.clone(), Detail::Side),
            (btc.clone(), Detail::ContractSize),
        ]
    );
    assert_eq!(first.lines, []);

    let mut answers = ImportAnswers::default();
    let give = |answers: &mut ImportAnswers, about: &About, detail, answer| {
        let about = about.clone();
        answers.give(ImportQuestion { about, detail }, answer);
    };
    give(&mut answers, &btc, Detail::ContractSize, Number(dec!(1)));
    give(
        &mut answers,
        &neiro,
        Detail::Side,
        ImportAnswer::Side(Short),
    );
    give(
        &mut answers,
        &neiro,
        Detail::Mode,
        ImportAnswer::Mode(Mode::Isolated),
    );
    let second = preview_with(&snapshot, &account, &answers);
    // 3,370.5 / 0.05 = 67,410
    let opened = opening(&second, "BTC/USDC").unwrap();
    assert_eq!(opened.mark, Price::new(dec!(67410)));
    let margin = Money::new(dec!(400));
    assert_eq!(opened.backing, Backing::Isolated { margin });
    assert_eq!(opened.rules.label, "Hyperliquid, example of 2026-09-27");
    assert_eq!(
        asked(&second),
        [
            (About::Account, Detail::Wallet),
            (neiro.clone(), Detail::Mark),
            (neiro.clone(), Detail::Margin),
            (neiro.clone(), Detail::Rate),
        ]
    );
    let offered: Vec<ImportAnswer> = second.questions[2]
        .offers
        .iter()
        .map(|offer| offer.answer)
        .collect();
    assert_eq!(offered, [Number(dec!(1100)), Number(dec!(1050))]);
    give(&mut answers, &neiro, Detail::Mark, Number(dec!(0.011)));
    // An answer that does not fit leaves the question standing.
    give(&mut answers, &neiro, Detail::Margin, Number(dec!(0)));
    give(&mut answers, &neiro, Detail::Rate, Number(dec!(0.05)));
    let third = preview_with(&snapshot, &account, &answers);
    assert!(asked(&third).contains(&(neiro.clone(), Detail::Margin)));
    give(&mut answers, &neiro, Detail::Margin, Number(dec!(1050)));
    let last = preview_with(&snapshot, &account, &answers);
    assert_eq!(asked(&last), [(About::Account, Detail::Wallet)]);
    assert_eq!(
        opening(&last, "KNEIRO/USDC").unwrap().quantity.get(),
        dec!(1000000)
    );
}

#[test]
fn a_total_with_open_profit_is_offered_in_both_readings_and_taken_in_none() {
    let text = HYPERLIQUID.replacen("\"unrealizedPnl\": null", "\"unrealizedPnl\": -50", 1);
    let account = account("Hyperliquid", "USDC", dec!(2000));
    let preview = preview(&read(&text).unwrap(), &account);
    let offered: Vec<ImportAnswer> = preview.questions[0]
        .offers
        .iter()
        .map(|offer| offer.answer)
        .collect();
    // 2,020.5 as it stands; less open profit 20.5 − 50 = −29.5 it is 2,050.
    assert_eq!(offered, [Number(dec!(2020.5)), Number(dec!(2050))]);
    assert!(
        !preview
            .lines
            .iter()
            .any(|line| matches!(line, ProposedChange::Wallet { .. }))
    );
}

#[test]
fn tiers_without_amounts_are_asked_unless_the_venue_is_known_for_them() {
    let text = r#"{"BTC/USDC:USDC": [
        {"currency":"USDC","minNotional":0,"maintenanceMarginRate":0.01,"maxLeverage":50},
        {"currency":"USDC","minNotional":1000,"maintenanceMarginRate":0.02,"maxLeverage":25}]}"#;
    let snapshot = read(text).unwrap();
    let amount = |preview: &Preview| {
        preview.lines.iter().find_map(|line| match line {
            ProposedChange::Rules { after, .. } => Some(after.schedule.tiers[1].amount.get()),
            _ => None,
        })
    };
    let mut known = account("Hyperliquid", "USDC", dec!(1));
    with(&mut known, "BTC/USDC", Long, dec!(1), Cross);
    // Continuous, as it documents: 1,000 × (0.02 − 0.01).
    assert_eq!(amount(&preview(&snapshot, &known)), Some(dec!(10)));

    let mut unknown = known.clone();
    unknown.set.venue = "Corner shop".to_owned();
    let first = preview(&snapshot, &unknown);
    let market = About::Market(symbol("BTC/USDC"));
    assert_eq!(asked(&first), [(market.clone(), Detail::Amounts)]);
    for (amounts, expected) in [(Amounts::Continuous, dec!(10)), (Amounts::Whole, dec!(0))] {
        let mut answers = ImportAnswers::default();
        answers.give(
            first.questions[0].asked.clone(),
            ImportAnswer::Amounts(amounts),
        );
        let after = preview_with(&snapshot, &unknown, &answers);
        assert_eq!(amount(&after), Some(expected));
    }
}
