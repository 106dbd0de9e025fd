use rust_decimal::dec;

use super::*;

fn account() -> AccountFacts {
    let rate = Rate::new(dec!(0.0005));
    AccountFacts {
        id: AccountId::fresh(),
        name: "Main".into(),
        venue: "Binance USDT-M".into(),
        collateral: "USDT".into(),
        fees: Fees {
            open: rate,
            close: rate,
        },
        basis: Basis::AtSolvedPrice,
        close_fee: Rate::ZERO,
    }
}

fn typed(entry: &str, quantity: &str, notional: &str, margin: &str, leverage: &str) -> TicketForm {
    TicketForm {
        symbol: "btc".into(),
        side: Some(Side::Long),
        entry: entry.into(),
        quantity: quantity.into(),
        notional: notional.into(),
        margin: margin.into(),
        leverage: leverage.into(),
        own_rate: "0.4".into(),
        ..TicketForm::default()
    }
}

fn read_form(form: &TicketForm) -> Result<Ticket, Vec<FieldProblem>> {
    form.read(Some(&account()), None, &|_| None)
}

#[test]
fn any_two_of_notional_margin_and_leverage_give_the_third() {
    // Document 002: 10x with 1,000 of margin makes a notional of 10,000.
    for form in [
        typed("100000", "0.1", "", "", "10x"),
        typed("100000", "0.1", "", "1,000.00", ""),
        typed("100000", "", "10k", "", "10"),
        typed("100000", "", "10k", "1000", ""),
        typed("100000", "", "", "1000", "10x"),
    ] {
        let ticket = read_form(&form).unwrap();
        assert_eq!(ticket.notional().unwrap().get(), dec!(10000));
        assert_eq!(ticket.margin.get(), dec!(1000));
        assert_eq!(ticket.leverage, dec!(10));
        assert_eq!(ticket.quantity.get(), dec!(0.1));
    }
}

#[test]
fn sizes_at_odds_with_each_other_are_refused_by_name() {
    let problems = read_form(&typed("100000", "0.2", "10k", "", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Notional);
    assert!(
        problems[0].problem.contains("20,000"),
        "{}",
        problems[0].problem
    );
}

#[test]
fn each_missing_field_is_named_and_none_is_guessed() {
    let problems = TicketForm::default()
        .read(None, None, &|_| None)
        .unwrap_err();
    let fields: Vec<Field> = problems.iter().map(|p| p.field).collect();
    assert_eq!(
        fields,
        [Field::Account, Field::Symbol, Field::Side, Field::Entry]
    );
    let mut form = typed("100000", "0.1", "", "", "10");
    form.own_rate.clear();
    assert_eq!(read_form(&form).unwrap_err()[0].field, Field::Rate);
}

#[test]
fn a_number_with_two_readings_is_asked_with_both() {
    let problems = read_form(&typed("1,234", "1", "", "", "10")).unwrap_err();
    assert_eq!(problems[0].field, Field::Entry);
    assert_eq!(problems[0].two_ways, Some((dec!(1234), dec!(1.234))));
}

#[test]
fn isolated_is_the_mode_unless_changed() {
    assert_eq!(
        read_form(&typed("100", "1", "", "", "5")).unwrap().mode,
        Mode::Isolated
    );
}
