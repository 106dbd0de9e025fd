//! An account as typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;

use crate::audit::AccountId;
use crate::engine::{Fees, Money, Rate};
use crate::input::number::{Unit, format_unmistakably};
use crate::input::{Field, FieldError, NumberBounds, typed_number};
use crate::interchange::venues::{mode_scope, venue_named};
use crate::market::currency;
use crate::record::{Account, AccountSet, Requirement};

/// An account as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm {
    /// Which account; none for a new one.
    pub id: Option<AccountId>,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub venue: String,
    /// What it is counted in.
    pub collateral: String,
    /// Settled money.
    pub wallet: String,
    /// The taker fee, in percent.
    pub fee: String,
    /// Whether to begin with the tiers that the venue has published, once chosen.
    pub examples: Option<bool>,
}

impl AccountForm {
    /// An empty form.
    pub fn new_account() -> Self {
        Self {
            id: None,
            name: String::new(),
            venue: String::new(),
            collateral: String::new(),
            wallet: String::new(),
            fee: String::new(),
            examples: None,
        }
    }

    /// A known account: everything but the wallet stands there already, since a balance
    /// that is written is a balance of now.
    pub fn of(account: &Account) -> Self {
        let set = &account.set;
        let percent = set
            .fees
            .open
            .get()
            .checked_mul(Decimal::ONE_HUNDRED)
            .unwrap_or_default();
        Self {
            id: Some(set.account),
            name: set.name.clone(),
            venue: set.venue.clone(),
            collateral: set.collateral.clone(),
            wallet: String::new(),
            fee: format_unmistakably(percent),
            examples: None,
        }
    }

    /// What a wallet balance is held against where it can be read in two ways: the isolated
    /// margins are part of it.
    pub fn wallet_within(known: Option<&Account>) -> NumberBounds {
        NumberBounds::ANYWHERE.at_least(known.and_then(Account::isolated_margins))
    }

    /// Whether what was read leaves the account as it is: then nothing is to be written, since the
    /// same balance again would be the word that it still holds.
    pub fn leaves(&self, known: Option<&Account>, set: &AccountSet) -> bool {
        self.wallet.trim().is_empty() && known.is_some_and(|account| account.set == *set)
    }

    /// Reads the form. `known` is the account as it stands, where it is no new one.
    ///
    /// # Errors
    /// One problem for each field that does not stand.
    pub fn read(&self, known: Option<&Account>) -> Result<AccountSet, Vec<FieldError>> {
        let mut problems = Vec::new();
        let mut keep = |result: Result<Decimal, FieldError>| match result {
            Ok(value) => value,
            Err(problem) => {
                problems.push(problem);
                Decimal::ZERO
            }
        };
        let wallet = match (known, self.wallet.trim().is_empty()) {
            (Some(account), true) => account.set.wallet_balance.get(),
            _ => keep(needed(
                "The wallet balance",
                &self.wallet,
                Unit::Money,
                Self::wallet_within(known),
            )),
        };
        let fee = keep(
            typed("The taker fee", &self.fee, Unit::Percent, NumberBounds::PERCENT).and_then(|fee| {
                fee.ok_or_else(|| {
                    FieldError::new(Field::Other, "The taker fee is not written yet. Your venue names it; write 0 if there is none.")
                })
            }),
        );
        for (what, text) in [
            ("A name", &self.name),
            ("The venue", &self.venue),
            ("The currency", &self.collateral),
        ] {
            if text.trim().is_empty() {
                problems.push(FieldError::new(
                    Field::Other,
                    format!("{what} is not written yet."),
                ));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let rate = Rate::new(fraction(fee));
        let mut rules = known
            .map(|account| account.set.rules.clone())
            .unwrap_or_default();
        let fees = Fees {
            open: rate,
            close: rate,
        };
        let venue = venue_named(self.venue.trim());
        if let Some(venue) = venue.filter(|_| self.examples == Some(true)) {
            for (symbol, example) in venue.rules_with(fees) {
                rules.entry(symbol).or_insert(example);
            }
        }
        let requirement = venue.map_or_else(Requirement::default, |venue| Requirement {
            basis: venue.shared_basis(),
            counts_fee: venue.fee_in_requirement,
        });
        Ok(AccountSet {
            account: self.id.unwrap_or_else(AccountId::fresh),
            name: self.name.trim().to_owned(),
            venue: self.venue.trim().to_owned(),
            collateral: currency(&self.collateral),
            wallet_balance: Money::new(wallet),
            fees,
            rules,
            requirement,
            mode_scope: mode_scope(self.venue.trim()).unwrap_or_default(),
        })
    }
}

/// A number that must be there, above zero.
pub(crate) fn needed(
    what: &str,
    text: &str,
    unit: Unit,
    within: NumberBounds,
) -> Result<Decimal, FieldError> {
    match typed(what, text, unit, within)? {
        Some(value) if value > Decimal::ZERO => Ok(value),
        Some(_) => Err(FieldError::new(
            Field::Other,
            format!("{what} is a number above zero."),
        )),
        None => Err(FieldError::new(
            Field::Other,
            format!("{what} is not written yet."),
        )),
    }
}

/// Says which field a problem is about.
pub(crate) fn about(field: Field) -> impl Fn(FieldError) -> FieldError {
    move |problem| FieldError { field, ..problem }
}

/// A number that may be left out.
pub(crate) fn typed(
    what: &str,
    text: &str,
    unit: Unit,
    within: NumberBounds,
) -> Result<Option<Decimal>, FieldError> {
    typed_number(Field::Other, text, unit, within)
        .map_err(|problem| FieldError::new(Field::Other, format!("{what}: {}", problem.problem)))
}

/// A percent as a fraction.
pub(crate) fn fraction(percent: Decimal) -> Decimal {
    percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent)
}
