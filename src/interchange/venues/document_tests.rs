//! `docs/venues.md` holds what the profiles hold: a row for each figure and each way.

use super::*;
use crate::audit::Practices;
use crate::input::figures;
use crate::market::Symbol;
use crate::wording::venue::{valued, ways};

const DOCUMENT: &str = include_str!("../../../docs/venues.md");

fn row(venue: &Venue, what: &str, value: &str, of: &str, from: &str) -> String {
    format!("| {} | {what} | {value} | {of} | {from} |", venue.name)
}

/// Each way on its own, so that its sentence stands beside its own source.
fn each_way(practices: &Practices) -> Vec<(Practices, String)> {
    let none = Practices::default;
    let mut each = Vec::new();
    macro_rules! one {
        ($($field:ident),+) => {
            $(if let Some(fact) = &practices.$field {
                let alone = Practices { $field: Some(fact.clone()), ..none() };
                each.push((alone, fact.source.clone()));
            })+
        };
    }
    one!(
        mode_scope,
        closes_in_steps,
        settles_at,
        isolated_funding,
        adds_margin_itself,
        hedge_counts
    );
    each
}

fn rows(venue: &Venue) -> Vec<String> {
    let fee = if venue.fee_in_requirement {
        "with the fee to close"
    } else {
        "without a fee"
    };
    let when = format!("{}, {fee}", valued(venue.basis));
    let (of, from) = venue
        .valued
        .as_ref()
        .map_or(("", "not found published"), |cited| {
            (cited.date.as_str(), cited.source.as_str())
        });
    let mut rows = vec![row(venue, "requirement", &when, of, from)];
    if let Some(fee) = &venue.taker_fee {
        let rate = figures::percent(fee.value, 4);
        rows.push(row(venue, "taker fee", &rate, &fee.date, &fee.source));
    }
    for (alone, source) in each_way(&venue.practices) {
        let words = ways(&alone).concat();
        let (words, day) = words.rsplit_once(" (").unwrap();
        let day = day.trim_end_matches(").");
        rows.push(row(venue, "way", words, day, &source));
    }
    for table in &venue.tables {
        let markets: Vec<&str> = table.rules.keys().map(Symbol::base).collect();
        let (of, from) = (&table.citation.date, &table.citation.source);
        rows.push(row(venue, "brackets", &markets.join(" "), of, from));
    }
    rows
}

#[test]
fn the_table_of_the_document_is_that_of_the_profiles() {
    let expected: Vec<String> = venues().iter().flat_map(rows).collect();
    let names: Vec<String> = venues()
        .iter()
        .map(|venue| format!("| {} | ", venue.name))
        .collect();
    let written: Vec<&str> = DOCUMENT
        .lines()
        .filter(|line| names.iter().any(|name| line.starts_with(name)))
        .collect();
    assert_eq!(written, expected, "\n{}", expected.join("\n"));
}
