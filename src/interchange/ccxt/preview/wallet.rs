//! The wallet balance. ccxt's `total` holds open profit at some venues and not at others, so it
//! is taken without a question only where there is no open profit at all.

use rust_decimal::Decimal;

use super::question::{About, AnswerOption, Detail, ImportAnswer, QuestionCollector, offer};
use super::{Preview, ProposedChange, collateral};
use crate::engine::Money;
use crate::input::figures::format;
use crate::interchange::ccxt::snapshot::{ImportNote, ImportedBalance, Snapshot};
use crate::record::Account;

pub(super) fn add(
    snapshot: &Snapshot,
    account: &Account,
    asking: &mut QuestionCollector<'_>,
    preview: &mut Preview,
) {
    let own = collateral(&account.set);
    for (currency, balance) in &snapshot.balances {
        let holds = balance.total.or(balance.free).or(balance.settled);
        if *currency != own && holds.is_some_and(|amount| amount != Money::ZERO) {
            preview.notes.push(ImportNote {
                about: currency.clone(),
                words: format!(
                    "The balance holds {currency} too; this account is counted in {own}, so that is not read."
                ),
            });
        }
    }
    let Some(balance) = snapshot.balances.get(&own) else {
        if !snapshot.balances.is_empty() {
            preview.notes.push(ImportNote {
                about: own.clone(),
                words: format!("The balance names no {own}; the wallet balance stays as it is."),
            });
        }
        return;
    };
    if let Some((after, from)) = known(balance, snapshot, &own, asking) {
        preview.lines.push(ProposedChange::Wallet {
            before: account.set.wallet_balance,
            after,
            from,
        });
    }
}

fn known(
    balance: &ImportedBalance,
    snapshot: &Snapshot,
    own: &str,
    asking: &mut QuestionCollector<'_>,
) -> Option<(Money, String)> {
    let not_negative = |amount: &Money| *amount >= Money::ZERO;
    if let (Some(settled), Some(field)) =
        (balance.settled.filter(not_negative), balance.settled_field)
    {
        return Some((
            settled,
            format!("the venue's own {field}, which leaves open profit out"),
        ));
    }
    let profit = open_profit(snapshot, own);
    let total = balance.total.filter(not_negative);
    if let Some(total) = total.filter(|_| profit == Some(Decimal::ZERO)) {
        return Some((total, "the total; there is no open profit".to_owned()));
    }
    let answer = asking.ask(
        About::Account,
        Detail::Wallet,
        |answer| match answer {
            ImportAnswer::Number(amount) if amount >= Decimal::ZERO => Some(Money::new(amount)),
            _ => None,
        },
        || {
            let words = format!(
                "What is the wallet balance in {own}, without open profit and loss? Venues differ in whether their total holds it."
            );
            (words, offers(total, profit, own))
        },
    )?;
    Some((answer, "as you said".to_owned()))
}

fn offers(total: Option<Money>, profit: Option<Decimal>, own: &str) -> Vec<AnswerOption> {
    let mut offers = Vec::new();
    let Some(total) = total.map(Money::get) else {
        return offers;
    };
    offers.push(offer(
        format!(
            "{} {own}: the total as it stands, if your venue leaves open profit out of it",
            format(total)
        ),
        ImportAnswer::Number(total),
    ));
    let without = profit.and_then(|profit| total.checked_sub(profit));
    if let Some(without) = without.filter(|without| *without >= Decimal::ZERO) {
        offers.push(offer(
            format!(
                "{} {own}: the total less the open profit of the positions, if your venue counts it in",
                format(without)
            ),
            ImportAnswer::Number(without),
        ));
    }
    offers
}

/// The open profit of all positions that settle in a currency; none where one is not known, or
/// where the text does not say which positions are open.
fn open_profit(snapshot: &Snapshot, own: &str) -> Option<Decimal> {
    if !snapshot.says_positions {
        return None;
    }
    snapshot
        .positions
        .iter()
        .filter(|position| {
            position
                .settle
                .as_deref()
                .is_none_or(|settle| settle == own)
        })
        .try_fold(Decimal::ZERO, |sum, position| {
            sum.checked_add(position.unrealised?.get())
        })
}
