//! Small values by themselves: the largest number, the worth of a size, moves.

use impulse_audit::engine::{
    Contract, ErrorCode, Rate, Side, default_moves, read_decimal, same_move,
};
use rust_decimal::Decimal;

use crate::build::{account, d, flat, money, open, price};

#[test]
fn the_largest_number_is_read_and_one_digit_more_is_not() {
    assert_eq!(
        read_decimal("79228162514264337593543950335"),
        Ok(Decimal::MAX)
    );
    assert!(read_decimal("792281625142643375935439503350").is_err());
}

/// 0.2 coins at 50,000 are 10,000 contracts of 1; 200 at 50 are 4 coins.
#[test]
fn the_size_of_a_worth_is_the_other_way_round_of_the_worth_of_a_size() {
    let inverse = Contract::Inverse.size_worth(money("0.2"), price("50000"));
    assert_eq!(inverse, Some(d("10000")));
    let linear = Contract::Linear.size_worth(money("200"), price("50"));
    assert_eq!(linear, Some(d("4")));
}

#[test]
fn the_moves_that_are_shown_at_first_go_as_far_down_as_up() {
    let moves: Vec<Decimal> = default_moves().into_iter().map(Rate::get).collect();
    assert_eq!(moves.len(), 10);
    assert!(moves.is_sorted());
    for one in &moves {
        assert!(moves.contains(&-*one), "{one} has no opposite");
    }
}

#[test]
fn a_move_that_leaves_no_price_is_refused() {
    let wallet = account("1000", Vec::new());
    let ticket = open("X", Side::Long, "1", "100", flat("0.01"));
    let whole = same_move(&wallet, &ticket, &[Rate::new(d("-1"))]);
    assert_eq!(whole.unwrap_err().code, ErrorCode::NotPositive);
}
