//! The types leave no way around the pause: each file in `no_way_around/` tries one, and the
//! compiler has to refuse it for the reason that stands beside it.
//!
//! The way that is meant goes through: `tests/app_audit.rs` takes it.

#[test]
fn no_numbers_exist_without_a_receipt_of_the_journal() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/no_way_around/*.rs");
}
