//! `fetch_leverage_tiers`: for each market its brackets.

use rust_decimal::Decimal;

use super::error::ImportError;
use super::json::{JsonNode, Object};
use super::market::{Market, market};
use super::snapshot::{ImportNote, ImportedTiers, Snapshot};
use crate::engine::{Contract, Money, Rate, Tier};

/// Where venues give the maintenance amount: Binance, Bybit, Gate.
const AMOUNTS: [&str; 3] = ["cum", "mmDeduction", "deduction"];

/// Whether an object is one bracket as ccxt gives it.
pub(super) fn is_tier(object: &Object<'_>) -> bool {
    object.has("maintenanceMarginRate") && object.has("minNotional")
}

/// Reads an object of markets, or the brackets of one market.
pub(super) fn read(node: &JsonNode<'_>, into: &mut Snapshot) -> Result<(), ImportError> {
    if node.is_list() {
        return one(None, node, into);
    }
    for (spelled, brackets) in node.object()?.given_fields() {
        one(Some(spelled), &brackets, into)?;
    }
    Ok(())
}

fn one(spelled: Option<&str>, node: &JsonNode<'_>, into: &mut Snapshot) -> Result<(), ImportError> {
    let brackets = node
        .list()?
        .iter()
        .map(JsonNode::object)
        .collect::<Result<Vec<Object<'_>>, ImportError>>()?;
    let Some(first) = brackets.first() else {
        return Ok(());
    };
    let named = match spelled {
        Some(spelled) => Some(spelled.to_owned()),
        None => first.text("symbol")?,
    };
    let Some(spelled) = named else {
        into.left_out.push(ImportNote {
            about: node.path().to_owned(),
            words: "These tiers name no market; they are not read.".to_owned(),
        });
        return Ok(());
    };
    let read = match market(&spelled) {
        Err(reason) => Err(reason),
        Ok(market) => of_market(&market, &brackets)?.map(|(tiers, amounts_given)| {
            let symbol = market.symbol;
            let known = ImportedTiers {
                spelled: spelled.clone(),
                settle: market.settle,
                tiers,
                amounts_given,
            };
            (symbol, known)
        }),
    };
    match read {
        // A spot market and a contract can share a name here: the contract's tiers are meant.
        Ok((symbol, tiers)) => match into.tiers.get(&symbol) {
            Some(known) if known.settle.is_some() || tiers.settle.is_none() => {
                into.left_out.push(ImportNote {
                    about: spelled,
                    words: format!("{symbol} has tiers already, under {}.", known.spelled),
                });
            }
            Some(_) | None => {
                if let Some(replaced) = into.tiers.insert(symbol.clone(), tiers) {
                    into.left_out.push(ImportNote {
                        about: replaced.spelled,
                        words: format!("{symbol} has other tiers too, under {spelled}."),
                    });
                }
            }
        },
        Err(reason) => into.left_out.push(ImportNote {
            about: spelled,
            words: reason.to_owned(),
        }),
    }
    Ok(())
}

type Read = Result<(Vec<Tier>, bool), &'static str>;

fn of_market(market: &Market, brackets: &[Object<'_>]) -> Result<Read, ImportError> {
    let mut tiers: Vec<Tier> = Vec::with_capacity(brackets.len());
    let mut amounts_given = true;
    for (at, bracket) in brackets.iter().enumerate() {
        let info = bracket.given("info").and_then(|info| info.object().ok());
        if let Err(reason) = counted_in_money(market, bracket, info.as_ref())? {
            return Ok(Err(reason));
        }
        let amount = info.as_ref().and_then(|info| {
            AMOUNTS
                .into_iter()
                .find_map(|name| info.number(name).ok().flatten())
        });
        amounts_given &= at == 0 || amount.is_some();
        let (Some(floor), Some(rate)) = (
            bracket.number("minNotional")?,
            bracket.number("maintenanceMarginRate")?,
        ) else {
            return Ok(Err(
                "A bracket of it has no floor or no maintenance rate; its tiers are not read.",
            ));
        };
        tiers.push(Tier {
            floor: Money::new(floor),
            rate: Rate::new(rate),
            amount: Money::new(amount.unwrap_or_default()),
            max_leverage: bracket
                .number("maxLeverage")?
                .filter(|leverage| *leverage > Decimal::ZERO),
        });
    }
    if !amounts_given {
        for tier in &mut tiers {
            tier.amount = Money::ZERO;
        }
    }
    Ok(sound(&tiers).map(|()| (tiers, amounts_given)))
}

/// Some venues count brackets in contracts, and ccxt hands those on under the name of a notional.
fn counted_in_money(
    market: &Market,
    bracket: &Object<'_>,
    info: Option<&Object<'_>>,
) -> Result<Result<(), &'static str>, ImportError> {
    let has = |name| info.is_some_and(|info| info.has(name));
    if has("minSz") || has("maxSz") {
        return Ok(Err(
            "Its tiers are counted in contracts, not in money, so they can't be used as they are. Write the rate of your tier.",
        ));
    }
    let Some(currency) = bracket.text("currency")? else {
        return Ok(Ok(()));
    };
    // Binance names the quote for its inverse brackets, whose floors (`qtyFloor`) are in coin.
    let in_coin = market.contract == Some(Contract::Inverse) && has("qtyFloor");
    let settles_so = market
        .settle
        .as_ref()
        .is_none_or(|settle| *settle == currency.to_uppercase());
    if settles_so || in_coin {
        Ok(Ok(()))
    } else {
        Ok(Err(
            "Its tiers are counted in another currency than it settles in, so they can't be used as they are. Write the rate of your tier.",
        ))
    }
}

fn sound(tiers: &[Tier]) -> Result<(), &'static str> {
    let rises = tiers
        .iter()
        .zip(tiers.iter().skip(1))
        .all(|(before, after)| before.floor < after.floor);
    if !rises || tiers.first().is_none_or(|tier| tier.floor != Money::ZERO) {
        return Err("The floors of its tiers do not rise from 0; they are not read.");
    }
    let possible = tiers.iter().all(|tier| {
        let rate = tier.rate.get();
        let leaves = tier.max_leverage.is_none_or(|most| {
            rate.checked_mul(most)
                .is_some_and(|all| all <= Decimal::ONE)
        });
        rate > Decimal::ZERO && rate < Decimal::ONE && leaves
    });
    let amounts = tiers.iter().all(|tier| tier.amount >= Money::ZERO)
        && tiers.first().is_none_or(|tier| tier.amount == Money::ZERO);
    if !amounts {
        return Err(
            "The maintenance amounts of its tiers do not begin at 0 or fall below it; they are not read.",
        );
    }
    if possible {
        Ok(())
    } else {
        Err(
            "A maintenance rate of it is no fraction, or more than its highest leverage leaves; its tiers are not read.",
        )
    }
}
