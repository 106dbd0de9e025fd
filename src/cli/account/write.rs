//! `account add` and `account set`: what is named on the command line is taken as it stands;
//! where nothing is named it is asked.

use std::io::stdout;

use super::questions::written;
use super::{look, named};
use crate::app::account_form::AccountForm;
use crate::app::form::Form as _;
use crate::app::{App, Command};
use crate::cli::answer::{CommandResult, Exit, Failure, refused};
use crate::cli::arguments::AccountTerms;
use crate::cli::open::{carry_out, open};
use crate::cli::prompt::{NoAnswer, Prompter, until_saved};
use crate::input::Field;
use crate::journal::Folders;
use crate::market::AccountId;
use crate::wording::text::sentence;

/// What is a person's to write, where nothing is named.
const YOURS: &str = "With nothing named on the command line it is asked";

pub(super) fn add(folders: Folders, terms: &AccountTerms) -> CommandResult {
    if terms.names_nothing() {
        let prompter = Prompter::over(folders, YOURS)?;
        prompter.say("An account in a few answers. < goes back; q leaves without it.")?;
        return ask(prompter, AccountForm::new_account());
    }
    let mut app = open(folders)?;
    let mut form = AccountForm::new_account();
    terms.fill(&mut form);
    form.follow_on(&app, Field::Venue);
    hand_in(&mut app, &form)
}

pub(super) fn set(folders: Folders, account: Option<&str>, terms: &AccountTerms) -> CommandResult {
    if terms.names_nothing() {
        let prompter = Prompter::over(folders, YOURS)?;
        let form = AccountForm::of(named(prompter.app.state(), account)?);
        prompter.say("Enter keeps what stands there. < goes back; q leaves without a change.")?;
        return ask(prompter, form);
    }
    let mut app = open(folders)?;
    let mut form = AccountForm::of(named(app.state(), account)?);
    terms.fill(&mut form);
    hand_in(&mut app, &form)
}

fn ask(mut prompter: Prompter, mut form: AccountForm) -> CommandResult {
    let mut handed_in = None;
    let done = until_saved(&mut prompter, |prompter| {
        written(prompter, &mut form, &mut handed_in)
    });
    match (done, handed_in) {
        (Ok(()), Some(set)) => say(&prompter.app, set.account),
        (Ok(()), None) => nothing_changes(&prompter),
        (Err(NoAnswer::Failed(failure)), _) => Err(failure),
        (Err(_), _) => Err(refused("Nothing was written")),
    }
}

fn nothing_changes(prompter: &Prompter) -> CommandResult {
    prompter.say("Nothing changes.")?;
    Ok(Exit::Done)
}

/// Reads what was named and writes it.
fn hand_in(app: &mut App, form: &AccountForm) -> CommandResult {
    let known = form.id.and_then(|id| app.state().account(id));
    let set = form.read(known).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(|p| sentence(&p.to_string())).collect();
        refused(problems.join(" "))
    })?;
    let id = set.account;
    // The same balance again is the word that it still holds; without one nothing changes.
    if !form.leaves(known, &set) {
        carry_out(app, Command::SetAccount(set))?;
    }
    say(app, id)
}

fn say(app: &App, id: AccountId) -> CommandResult {
    let account = app.state().account(id);
    let account = account.ok_or_else(|| -> Failure { refused("This account is not known") })?;
    look::say(&mut stdout().lock(), account, &app.now())?;
    Ok(Exit::Done)
}

impl AccountTerms {
    fn named(&self) -> [&Option<String>; 5] {
        let Self {
            name,
            venue,
            currency,
            wallet,
            fee,
            published: _,
        } = self;
        [name, venue, currency, wallet, fee]
    }

    fn names_nothing(&self) -> bool {
        self.named().into_iter().all(Option::is_none) && !self.published
    }

    fn fill(&self, form: &mut AccountForm) {
        let fields = [
            Field::Name,
            Field::Venue,
            Field::Currency,
            Field::Wallet,
            Field::Fee,
        ];
        for (named, field) in self.named().into_iter().zip(fields) {
            if let Some(named) = named {
                form.value.write(field, named);
            }
        }
        form.value
            .choose(Field::Published, usize::from(!self.published));
    }
}
