//! An account as typed, and how it is read: for window and terminal alike.

use rust_decimal::Decimal;

use super::form::{Form, FormHeading, HandedIn};
use super::funds::raised;
use super::{App, Command};
use crate::engine::{Fees, Money, Rate};
use crate::input::figures;
use crate::input::number::{Unit, format_unmistakably};
use crate::input::{
    Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads, above_zero, typed_number,
};
use crate::interchange::venues::{Venue, mode_scope, venue_named, venues};
use crate::market::{AccountId, currency};
use crate::record::{Account, AccountSet, Requirement, State};
use crate::wording::{account as wording, venue as venue_words};

/// An account as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountForm {
    /// Which account; none for a new one.
    pub id: Option<AccountId>,
    /// Its name, its venue, what it is counted in, settled money, the taker fee in percent, and
    /// whether to begin with the tiers that the venue has published.
    pub value: FormValue,
}

impl AccountForm {
    /// An empty form.
    pub fn new_account() -> Self {
        Self {
            id: None,
            value: FormValue::default(),
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
        let mut value = FormValue::default();
        value.write(Field::Name, &set.name);
        value.write(Field::Venue, &set.venue);
        value.write(Field::Currency, &set.collateral);
        value.write(Field::Fee, format_unmistakably(percent));
        Self {
            id: Some(set.account),
            value,
        }
    }

    fn known<'a>(&self, state: &'a State) -> Option<&'a Account> {
        state.account(self.id?)
    }

    /// The venue, where it is known.
    pub fn venue(&self) -> Option<&'static Venue> {
        venue_named(self.value.text(Field::Venue).trim())
    }

    /// What a wallet balance is held against where it can be read in two ways: the isolated
    /// margins are part of it.
    pub fn wallet_within(known: Option<&Account>) -> NumberBounds {
        NumberBounds::ANYWHERE.at_least(known.and_then(Account::isolated_margins))
    }

    /// Whether what was read leaves the account as it is: then nothing is to be written, since the
    /// same balance again would be the word that it still holds.
    pub fn leaves(&self, known: Option<&Account>, set: &AccountSet) -> bool {
        self.value.is_empty(Field::Wallet) && known.is_some_and(|account| account.set == *set)
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
        let wallet = match (known, self.value.is_empty(Field::Wallet)) {
            (Some(account), true) => account.set.wallet_balance.get(),
            _ => keep(
                needed(
                    "The wallet balance",
                    self.value.text(Field::Wallet),
                    Unit::Money,
                    Self::wallet_within(known),
                )
                .map_err(about(Field::Wallet)),
            ),
        };
        let fee = keep(
            typed("The taker fee", self.value.text(Field::Fee), Unit::Percent, NumberBounds::PERCENT).and_then(|fee| {
                fee.ok_or_else(|| {
                    FieldError::new(Field::Fee, "The taker fee is not written yet. Your venue names it; write 0 if there is none.")
                })
            }).map_err(about(Field::Fee)),
        );
        for (what, field) in [
            ("A name", Field::Name),
            ("The venue", Field::Venue),
            ("The currency", Field::Currency),
        ] {
            if self.value.is_empty(field) {
                problems.push(FieldError::new(
                    field,
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
        let contracts = known.map(|account| account.set.contracts.clone());
        let fees = Fees {
            open: rate,
            close: rate,
        };
        let venue = self.venue();
        let written = |field| self.value.text(field).trim().to_owned();
        if let Some(venue) = venue.filter(|_| self.value.is_first(Field::Published) == Some(true)) {
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
            name: written(Field::Name),
            venue: written(Field::Venue),
            collateral: currency(self.value.text(Field::Currency)),
            wallet_balance: Money::new(wallet),
            fees,
            rules,
            contracts: contracts.unwrap_or_default(),
            requirement,
            mode_scope: mode_scope(&written(Field::Venue)).unwrap_or_default(),
        })
    }
}

impl Form for AccountForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        Some(FormHeading::new(match self.known(app.state()) {
            Some(_) => "The account now",
            None => "Your account",
        }))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let known = self.known(app.state());
        let venue = self.venue();
        let currency = currency(self.value.text(Field::Currency));
        let offered = venues().iter().map(|venue| venue.name.clone()).collect();
        let of_venue = match venue {
            Some(venue) => venue_words::about(&venue.profile()),
            None if self.value.is_empty(Field::Venue) => Vec::new(),
            None => vec![wording::UNKNOWN_VENUE.to_owned()],
        };
        let wallet = Reads::number(Unit::Money, currency, Self::wallet_within(known));
        let mut wallet = FieldSchema::new(Field::Wallet, "Wallet balance", wallet)
            .question("Wallet balance: settled money, without the open profit and loss, with the margins of isolated positions")
            .beneath([wording::WALLET_IS.to_owned()])
            .beside();
        if let Some(account) = known {
            let balance = figures::money(account.set.wallet_balance);
            wallet = wallet
                .note(format!("{balance} until now; empty leaves it"))
                .empty(format!("Enter leaves it: {balance} until now"));
        }
        let fee = venue.and_then(|venue| venue.taker_fee.as_ref());
        let published = fee.map(|fee| {
            let percent = figures::percent(fee.value, 4);
            format!("Published on {}: {percent}", fee.date)
        });
        let mut schema = vec![
            FieldSchema::new(Field::Name, "Name", Reads::WORDS)
                .hint("Main")
                .question("Name of the account, like Main"),
            FieldSchema::new(Field::Venue, "Venue", Reads::Text { rows: 1, offered })
                .hint("Binance USDT-M")
                .question("Venue: its number, or its name as you write it")
                .follows(&of_venue)
                .beside(),
            FieldSchema::new(Field::Currency, "Currency it is counted in", Reads::WORDS)
                .hint("USDT")
                .question(
                    "Currency it is counted in, like USDT, or BTC where it is margined in it",
                ),
            wallet,
            FieldSchema::new(Field::Fee, "Taker fee", Reads::percent())
                .note(wording::fee_note(
                    fee.map(|fee| (fee.value, fee.date.as_str())),
                ))
                .question("Taker fee, in percent of the notional, like 0.05")
                .told(published),
        ];
        let fresh = known.is_none_or(|account| account.set.rules.is_empty());
        if let Some((venue, tiers)) = venue
            .filter(|_| fresh)
            .and_then(|v| Some((v, v.offered()?)))
        {
            let options = Reads::Choice(vec![tiers, wording::NO_TIERS.to_owned()]);
            let label = "Maintenance rules to begin with";
            schema.push(
                FieldSchema::new(Field::Published, label, options)
                    .beneath(venue.days())
                    .told(venue.days()),
            );
        }
        schema
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn follow_on(&mut self, _app: &App, field: Field) {
        let collateral = self.venue().and_then(|venue| venue.collateral.as_ref());
        if let Some(collateral) = collateral.filter(|_| field == Field::Venue)
            && self.value.text(Field::Currency).is_empty()
        {
            self.value.write(Field::Currency, collateral);
        }
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let known = self.known(app.state());
        let set = self.read(known)?;
        Ok(if self.leaves(known, &set) {
            // A balance that is not written is no balance of now.
            HandedIn::Nothing
        } else if raised(app.state(), &set).is_some() {
            HandedIn::Raised(Box::new(set))
        } else {
            Command::SetAccount(set).into()
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
    let typed = typed(what, text, unit, within)?;
    above_zero(Field::Other, what, typed)?
        .ok_or_else(|| FieldError::new(Field::Other, format!("{what} is not written yet.")))
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
    typed_number(Field::Other, text, unit, within).map_err(|problem| FieldError {
        name: what.to_owned(),
        ..problem
    })
}

pub(crate) fn fraction(percent: Decimal) -> Decimal {
    percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent)
}
