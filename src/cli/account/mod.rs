//! `account`: what an account holds, written and read without a window. The forms and their
//! sentences are those of the window.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `look` | `account list` and `show`, which only read |
//! | `write` | `account add` and `set` |
//! | `questions` | an account, question by question; the first one, where there is none yet |
//! | `rules` | `account rules`, and the same from within an audit |
//! | `import` | `account import` |
//! | `answers` | what a snapshot leaves open, question by question |

mod answers;
mod import;
mod look;
mod questions;
mod rules;
mod write;

use super::answer::{CommandResult, Failure, refused};
use super::arguments;
use crate::journal::Folders;
use crate::record::{Account, State};

pub(super) use self::questions::first;
pub(super) use self::rules::ask as ask_rules;

/// Does what is asked of accounts.
pub(super) fn run(folders: Folders, what: arguments::Account) -> CommandResult {
    match what {
        arguments::Account::List { json } => look::list(&folders, json),
        arguments::Account::Show { name, json } => look::show(&folders, name.as_deref(), json),
        arguments::Account::Add(terms) => write::add(folders, &terms),
        arguments::Account::Set { account, terms } => {
            write::set(folders, account.as_deref(), &terms)
        }
        arguments::Account::Rules(terms) => rules::run(folders, &terms),
        arguments::Account::Import {
            file,
            account,
            yes,
            json,
        } => import::run(folders, &file, account.as_deref(), yes, json),
    }
}

/// The account of this name; without one the only one.
pub(super) fn named<'a>(state: &'a State, name: Option<&str>) -> Result<&'a Account, Failure> {
    let spelled = |name: &str| name.trim().to_lowercase();
    let names = || -> String {
        let names = state.accounts().iter().map(|a| a.set.name.as_str());
        names.collect::<Vec<_>>().join(", ")
    };
    match (name, state.accounts()) {
        (_, []) => Err(refused(
            "There is no account yet. `impulse-audit account add` makes the first one",
        )),
        (None, [account]) => Ok(account),
        (None, _) => Err(refused(format!("Name one of the accounts: {}", names()))),
        (Some(name), accounts) => accounts
            .iter()
            .find(|account| spelled(&account.set.name) == spelled(name))
            .ok_or_else(|| refused(format!("There is no account {name}. There is {}", names()))),
    }
}
