//! Everything moving by one factor, and the ladder of what is closed when.

use std::collections::BTreeMap;

use super::{DetailTable, Row, TableError, share};
use crate::audit::Revealed;
use crate::engine::{self, Joint, Money, RungFrom};
use crate::input::figures;
use crate::input::number::{Unit, read};
use crate::wording::words;

/// Betas as typed in one line, `ETH 1.5 SOL 2`, each market by its base or whole.
///
/// # Errors
/// What is no market of the account.
pub fn typed_betas(
    revealed: &Revealed,
    text: &str,
) -> Result<BTreeMap<String, String>, TableError> {
    let own = revealed.ticket().symbol.as_str();
    let held = revealed.account().positions.iter();
    let markets: Vec<&str> = held.map(|p| p.symbol.as_str()).chain([own]).collect();
    let mut betas = BTreeMap::new();
    let mut parts = text.split_whitespace();
    while let Some(name) = parts.next() {
        let market = markets.iter().find(|market| {
            [**market, words::base_of(market)]
                .iter()
                .any(|m| m.eq_ignore_ascii_case(name))
        });
        let Some(market) = market else {
            return Err(TableError::NotAMarket(name.to_owned()));
        };
        let beta = parts.next().unwrap_or_default();
        betas.insert((*market).to_owned(), beta.to_owned());
    }
    Ok(betas)
}

/// Which position goes at which common move; `typed` holds how far each market moves, 1 where empty.
///
/// # Errors
/// What is no number, or the engine's sentence.
pub fn together(
    revealed: &Revealed,
    typed: &BTreeMap<String, String>,
) -> Result<DetailTable, TableError> {
    let mut joint = Joint::default();
    for (symbol, text) in typed.iter().filter(|(_, text)| !text.trim().is_empty()) {
        let beta = read(text, Unit::Leverage)
            .exact()
            .map(|number| number.value)
            .ok_or_else(|| TableError::NotABeta(symbol.clone()))?;
        joint.betas.insert(symbol.clone(), beta);
    }
    let mode = revealed.ticket().mode;
    let assessment = engine::assess(revealed.account(), &revealed.engine_ticket(), Some(&joint))?;
    let outcome = assessment.outcome(mode);
    let whole = outcome
        .backing
        .get()
        .checked_add(outcome.out_of_reach.get())
        .map(Money::new);
    let rows: Vec<Row> = outcome
        .joint
        .iter()
        .flat_map(|joint| &joint.ladder)
        .map(|rung| {
            let names: Vec<String> = rung
                .closes
                .iter()
                .map(|leg| format!("{} {}", leg.symbol, words::side(leg.side)))
                .collect();
            let from = match rung.from {
                RungFrom::Pool => "the pool: ",
                RungFrom::Isolated => "",
            };
            Row {
                name: figures::signed_percent(rung.at_move),
                cells: vec![
                    format!("{from}{}", names.join(", ")),
                    figures::money(rung.equity_after),
                ],
                bars: vec![
                    None,
                    whole.and_then(|whole| share(rung.equity_after, whole)),
                ],
            }
        })
        .collect();
    let sentence = if rows.is_empty() {
        "No common move closes anything.".to_owned()
    } else {
        format!(
            "Which position goes at which common move, in {}; what is left of the account after it.",
            words::mode(mode)
        )
    };
    Ok(DetailTable {
        sentence,
        columns: vec![
            ("Goes".to_owned(), None),
            ("Account after".to_owned(), Some(mode)),
        ],
        rows,
    })
}
