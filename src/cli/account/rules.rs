//! The rules of a market: what its venue asks, how its contracts are counted and settled, its
//! steps. As a command of its own, and from within whatever needs them.

use std::io::stdout;

use super::named;
use crate::app::form::{Form as _, HandedIn};
use crate::app::rules_form::RulesForm;
use crate::app::{App, Command};
use crate::cli::answer::{CommandResult, Exit, Failure, refused};
use crate::cli::arguments::RulesTerms;
use crate::cli::open::{carry_out, open};
use crate::cli::print;
use crate::cli::prompt::{NoAnswer, PromptResult, Prompter, Quit, form, in_turn, until_saved};
use crate::engine::{Basis, Contract};
use crate::input::{Field, WRITE_THE_MARKET};
use crate::journal::Folders;
use crate::market::{AccountId, Symbol};
use crate::record::State;
use crate::wording::account as wording;
use crate::wording::text::sentence;

/// `account rules`: as named, or asked.
pub(super) fn run(folders: Folders, terms: &RulesTerms) -> CommandResult {
    if !terms.names_nothing() {
        let mut app = open(folders)?;
        let form = form_of(app.state(), terms)?;
        let set = form
            .read(app.state())
            .map_err(|problem| refused(sentence(&problem.to_string())))?;
        carry_out(&mut app, Command::SetAccount(set))?;
        return said(&app, &form);
    }
    let mut prompter = Prompter::over(
        folders,
        "With nothing named on the command line it is asked",
    )?;
    let form = form_of(prompter.app.state(), terms)?;
    prompter.say("Enter keeps what stands there. < goes back; q leaves without it.")?;
    let done = until_saved(&mut prompter, |prompter| {
        ask(prompter, Quit::Leaves, form.account, &terms.symbol)?;
        Ok(())
    });
    match done {
        Ok(()) => Ok(Exit::Done),
        Err(NoAnswer::Failed(failure)) => Err(failure),
        Err(_) => Err(refused("Nothing was written")),
    }
}

fn form_of(state: &State, terms: &RulesTerms) -> Result<RulesForm, Failure> {
    let account = named(state, terms.account.as_deref())?;
    let mut form = RulesForm::of_market(account.set.account, &terms.symbol);
    if form.market(state).is_none() {
        return Err(refused(WRITE_THE_MARKET));
    }
    if terms.published && form.example(state).is_none() {
        return Err(refused(format!(
            "--published: nothing that {} has published for this market is known here. Write a rate with --rate",
            account.set.venue
        )));
    }
    terms.fill(&mut form);
    Ok(form)
}

fn said(app: &App, form: &RulesForm) -> CommandResult {
    if let Some(line) = line(app.state(), form) {
        print::wrapped(&mut stdout().lock(), "", &line)?;
    }
    Ok(Exit::Done)
}

/// The rules as they stand now, in a line.
fn line(state: &State, form: &RulesForm) -> Option<String> {
    let symbol: Symbol = form.market(state)?;
    let terms = state.account(form.account)?.terms(&symbol);
    let rules = form.known(state)?;
    Some(wording::rules(&symbol, &rules, terms.unwrap_or_default()))
}

/// Asks for the rules of a market, and hands them in until they stand; `false` where she goes back
/// behind the first question.
pub(in crate::cli) fn ask(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    account: AccountId,
    market: &str,
) -> PromptResult<bool> {
    let mut form = RulesForm::of_market(account, market);
    let symbol = form.market(prompter.app.state()).map(|s| s.to_string());
    let name = prompter
        .app
        .state()
        .account(account)
        .map(|a| a.set.name.clone());
    prompter.say(&format!(
        "Rules of {} in {}",
        symbol.unwrap_or_default(),
        name.unwrap_or_default()
    ))?;
    if let Some(line) = line(prompter.app.state(), &form) {
        prompter.note(&format!("Until now {line}"))?;
    }
    let mut from = None;
    loop {
        let one = |prompter: &mut Prompter, form: &mut RulesForm, field| {
            form::one_of_form(prompter, quit, form, field)
        };
        if !in_turn(prompter, &mut form, from, form::asked, one)? {
            return Ok(false);
        }
        let changes = match form.hand_in(&prompter.app) {
            Ok(HandedIn::Send(command)) => {
                if !prompter.send(*command)? {
                    return Ok(false);
                }
                true
            }
            Ok(_) => false,
            Err(problems) => {
                for problem in &problems {
                    prompter.say(&problem.to_string())?;
                }
                from = problems.first().map(|problem| problem.field);
                continue;
            }
        };
        let line = line(prompter.app.state(), &form).unwrap_or_default();
        prompter.say(&if changes {
            format!("Saved. {line}")
        } else {
            format!("Nothing changes. {line}")
        })?;
        return Ok(true);
    }
}

impl RulesTerms {
    fn named(&self) -> [&Option<String>; 5] {
        let Self {
            symbol: _,
            account: _,
            published: _,
            rate,
            contract: _,
            size,
            valued: _,
            close_fee,
            tick,
            lot,
        } = self;
        [rate, size, close_fee, tick, lot]
    }

    fn names_nothing(&self) -> bool {
        let chosen = self.published || self.contract.is_some() || self.valued.is_some();
        !chosen && self.named().into_iter().all(Option::is_none)
    }

    fn fill(&self, form: &mut RulesForm) {
        let fields = [
            Field::Rate,
            Field::ContractSize,
            Field::CloseFee,
            Field::Tick,
            Field::Lot,
        ];
        let value = &mut form.value;
        for (named, field) in self.named().into_iter().zip(fields) {
            if let Some(named) = named {
                value.write(field, named);
            }
        }
        value.choose_of(Field::Published, &[true, false], &self.published);
        if let Some(contract) = self.contract.map(Contract::from) {
            let options = wording::SETTLED.map(|(contract, _)| contract);
            value.choose_of(Field::Settled, &options, &contract);
        }
        if let Some(basis) = self.valued.map(Basis::from) {
            value.choose_of(Field::Basis, &wording::VALUED, &basis);
        }
    }
}
