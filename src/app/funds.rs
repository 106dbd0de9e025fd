//! Money that comes into a pool: a top-up that was decided, and a wallet balance that is higher
//! while the pool loses.

use super::form::{Form, FormHeading, HandedIn};
use super::saving::OnSaved;
use super::{App, Command, Refusal, WalletIncrease};
use crate::engine::{Backing, Intent, Money};
use crate::input::number::Unit;
use crate::input::{
    Field, FieldError, FieldSchema, FormValue, NumberBounds, Reads, above_zero, typed_number,
};
use crate::market::{AccountId, AuditId};
use crate::record::{AccountSet, Event, FundsPaidIn, OpenPosition, State};
use crate::wording::{funds as wording, words};

/// The cross positions of an account that are losing at their marks.
pub(super) fn losing_in_the_pool(
    state: &State,
    account: AccountId,
) -> impl Iterator<Item = &OpenPosition> {
    let positions = state.account(account).map(|account| &account.positions);
    positions.into_iter().flatten().filter(|open| {
        let loses = open
            .position
            .profit()
            .is_some_and(|profit| profit < Money::ZERO);
        loses && open.position.backing == Backing::Cross
    })
}

/// By how much the wallet balance is higher while a cross position of the account loses, and one
/// that does; none where nothing is to be asked.
pub fn raised<'a>(state: &'a State, set: &AccountSet) -> Option<(Money, &'a OpenPosition)> {
    let before = state.account(set.account)?.set.wallet_balance;
    let more = set.wallet_balance.get().checked_sub(before.get())?;
    let losing = losing_in_the_pool(state, set.account).next()?;
    let more = Money::new(more);
    (more > Money::ZERO).then_some((more, losing))
}

/// What was paid in, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundsForm {
    /// The decision that led to it.
    pub audit: AuditId,
    /// What is written: how much; as decided where nothing is.
    pub value: FormValue,
}

impl FundsForm {
    /// An empty form.
    pub fn of_decision(audit: AuditId) -> Self {
        Self {
            audit,
            value: FormValue::default(),
        }
    }

    /// Reads the form against what the state knows.
    ///
    /// # Errors
    /// The field that does not stand.
    pub fn read(&self, state: &State) -> Result<FundsPaidIn, FieldError> {
        let gone = || FieldError::new(Field::Account, "This account is not known any more.");
        let ticket = state
            .story(self.audit)
            .and_then(|story| story.last_ticket());
        let (ticket, account) = ticket
            .and_then(|ticket| Some((ticket, state.account(ticket.account)?)))
            .ok_or_else(gone)?;
        let typed = typed_number(
            Field::Margin,
            self.value.text(Field::Margin),
            Unit::Money,
            NumberBounds::ANYWHERE,
        )?;
        let amount = above_zero(Field::Margin, "What was paid in", typed)?;
        let amount = amount.map_or(ticket.margin, Money::new);
        let wallet = account.set.wallet_balance.get().checked_add(amount.get());
        let too_large = || FieldError::new(Field::Margin, "This number is too large.");
        Ok(FundsPaidIn {
            account: ticket.account,
            audit: Some(self.audit),
            amount,
            wallet_balance: Money::new(wallet.ok_or_else(too_large)?),
        })
    }
}

impl Form for FundsForm {
    fn heading(&self, app: &App) -> Option<FormHeading> {
        let ticket = app.state().story(self.audit)?.last_ticket()?;
        Some(FormHeading::new(wording::PAID_IN).about(words::ticket_line(ticket)))
    }

    fn schema(&self, app: &App) -> Vec<FieldSchema> {
        let story = app.state().story(self.audit);
        let ticket = story.and_then(|story| story.last_ticket());
        let currency = ticket.map_or("", |ticket| ticket.collateral.as_str());
        let reads = Reads::number(Unit::Money, currency, NumberBounds::ANYWHERE);
        vec![
            FieldSchema::new(Field::Margin, wording::AMOUNT, reads)
                .if_left_empty(wording::AS_DECIDED),
        ]
    }

    fn value(&self) -> &FormValue {
        &self.value
    }

    fn value_mut(&mut self) -> &mut FormValue {
        &mut self.value
    }

    fn hand_in(&self, app: &App) -> Result<HandedIn, Vec<FieldError>> {
        let paid = self.read(app.state()).map_err(|error| vec![error])?;
        Ok(Command::PayIn(paid).into())
    }
}

impl App {
    pub(super) fn pay_in(&mut self, paid: FundsPaidIn) -> Result<(), Refusal> {
        self.note_top_up(&paid)?;
        self.append(&Event::FundsPaidIn(paid), OnSaved::Nothing)
    }

    /// Sets an account whose wallet is higher. Neither answer is refused.
    pub(super) fn raise_wallet(
        &mut self,
        set: AccountSet,
        from: WalletIncrease,
    ) -> Result<(), Refusal> {
        self.check_name(&set)?;
        let more = raised(&self.state, &set).map(|(more, _)| more);
        if let Some(amount) = more.filter(|_| from == WalletIncrease::ToppedUp) {
            self.pay_in(FundsPaidIn {
                account: set.account,
                audit: None,
                amount,
                wallet_balance: set.wallet_balance,
            })?;
        }
        self.append(&Event::AccountSet(set), OnSaved::Nothing)
    }

    /// An audit whose ticket is a top-up of the losing pool; how much is not filled in.
    pub(super) fn begin_top_up(&mut self, account: AccountId) -> Result<(), Refusal> {
        self.begin_audit()?;
        let losing = losing_in_the_pool(&self.state, account).next();
        let losing = losing.map(OpenPosition::id);
        if let Some(draft) = &mut self.draft {
            draft.ticket.account = Some(account);
            draft.ticket.intent = Intent::AddFunds;
            draft.ticket.position = losing;
        }
        Ok(())
    }
}
