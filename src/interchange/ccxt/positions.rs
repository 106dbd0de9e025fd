//! `fetch_positions`: a list of positions, or an object of them.

use rust_decimal::Decimal;

use super::error::{ImportError, Problem};
use super::json::{JsonNode, Object};
use super::market::{Market, market};
use super::snapshot::{ImportNote, ImportedPosition, MarginReading, MarginSource, Snapshot};
use crate::engine::{Mode, Money, Price, Rate, Side};

/// Whether an object is a position as ccxt gives it.
pub(super) fn is_position(object: &Object<'_>) -> bool {
    object.has("symbol") && (object.has("contracts") || object.has("entryPrice"))
}

/// Reads every position of a list or of an object of positions.
pub(super) fn read(node: &JsonNode<'_>, into: &mut Snapshot) -> Result<(), ImportError> {
    into.says_positions = true;
    if node.is_list() {
        for element in node.list()? {
            one(&element.object()?, into)?;
        }
        return Ok(());
    }
    let object = node.object()?;
    if is_position(&object) {
        return one(&object, into);
    }
    for (_, element) in object.given_fields() {
        one(&element.object()?, into)?;
    }
    Ok(())
}

fn one(object: &Object<'_>, into: &mut Snapshot) -> Result<(), ImportError> {
    let Some(spelled) = object.text("symbol")? else {
        into.left_out.push(ImportNote {
            about: object.at().path().to_owned(),
            words: "This position names no market; it is not read.".to_owned(),
        });
        return Ok(());
    };
    let leave_out = |into: &mut Snapshot, words: &str| {
        into.left_out.push(ImportNote {
            about: spelled.clone(),
            words: words.to_owned(),
        });
    };
    let contracts = object.number("contracts")?;
    if contracts.is_some_and(|contracts| contracts.is_zero()) {
        leave_out(
            into,
            "This position has no contracts: nothing is open there.",
        );
        return Ok(());
    }
    if contracts.is_some_and(|contracts| contracts < Decimal::ZERO) {
        leave_out(
            into,
            "The number of its contracts is below zero, which ccxt does not give; it is not read.",
        );
        return Ok(());
    }
    let Market {
        symbol,
        settle,
        contract,
    } = match market(&spelled) {
        Ok(market) => market,
        Err(reason) => {
            leave_out(into, reason);
            return Ok(());
        }
    };
    let unrealised = object.number("unrealizedPnl")?.map(Money::new);
    let position = ImportedPosition {
        symbol,
        settle,
        contract,
        side: word(object, "side", "long, short, null", |word| match word {
            "long" => Some(Side::Long),
            "short" => Some(Side::Short),
            _ => None,
        })?,
        contracts,
        contract_size: positive(object, "contractSize")?,
        entry: positive(object, "entryPrice")?.map(Price::new),
        mark: positive(object, "markPrice")?.map(Price::new),
        notional: object
            .number("notional")?
            .map(|notional| notional.abs())
            .filter(|notional| !notional.is_zero())
            .map(Money::new),
        mode: word(
            object,
            "marginMode",
            "cross, isolated, null",
            |word| match word {
                "cross" => Some(Mode::Cross),
                "isolated" => Some(Mode::Isolated),
                _ => None,
            },
        )?,
        margins: margins(object, unrealised)?,
        unrealised,
        maintenance_rate: positive(object, "maintenanceMarginPercentage")?
            .filter(|rate| *rate < Decimal::ONE)
            .map(Rate::new),
        leverage: positive(object, "leverage")?,
        liquidation: positive(object, "liquidationPrice")?.map(Price::new),
        hedged: object.flag("hedged")?,
        spelled: spelled.clone(),
    };
    // One of the same market with other figures may be a second one: that is asked.
    if into.positions.contains(&position) {
        leave_out(
            into,
            "This position is in the text twice; the first one is read, the second is not.",
        );
    } else {
        into.positions.push(position);
    }
    Ok(())
}

fn positive(object: &Object<'_>, name: &str) -> Result<Option<Decimal>, ImportError> {
    Ok(object.number(name)?.filter(|value| *value > Decimal::ZERO))
}

fn word<T>(
    object: &Object<'_>,
    name: &str,
    allowed: &'static str,
    meaning: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, ImportError> {
    let Some(node) = object.given(name) else {
        return Ok(None);
    };
    let found = node.text()?;
    match meaning(&found) {
        Some(value) => Ok(Some(value)),
        None => Err(node.error(Problem::UnknownWord { found, allowed })),
    }
}

fn margins(
    object: &Object<'_>,
    unrealised: Option<Money>,
) -> Result<Vec<MarginReading>, ImportError> {
    let collateral = object.number("collateral")?;
    let less_profit = match (collateral, unrealised) {
        (Some(collateral), Some(profit)) => collateral.checked_sub(profit.get()),
        _ => None,
    };
    let readings = [
        (
            object.number("positionMargin")?,
            MarginSource::PositionMargin,
        ),
        (less_profit, MarginSource::CollateralLessProfit),
        (collateral, MarginSource::Collateral),
        (object.number("initialMargin")?, MarginSource::InitialMargin),
    ];
    Ok(readings
        .into_iter()
        .filter_map(|(amount, source)| {
            let amount = amount.filter(|amount| *amount > Decimal::ZERO)?;
            Some(MarginReading {
                amount: Money::new(amount),
                source,
            })
        })
        .collect())
}
