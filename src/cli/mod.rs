//! The terminal: the same app without a window. No command needs a display.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `arguments` | what can be written on the command line |
//! | `start` | from arguments to a window or one command |
//! | `answer` | exit codes, and the sentence that goes with a refusal |
//! | `confirm` | a yes before something that is not taken back |
//! | `print` | lines of at most 80 columns, and JSON for programs |
//! | `list`, `show` | `journal list`, `journal show` |
//! | `verify` | `verify` and `seal` |
//! | `export` | `export` |
//! | `backup` | `backup` and `restore` |
//! | `loss` | `accept-loss` |
//! | `paths` | `paths` |
//! | `shell` | `completions` and `man` |
//! | `promise` | `promise`: locks and limits |
//! | `open` | the app, for a command that writes |
//! | `prompt` | questions and answers on a terminal, one at a time |
//! | `account` | `account`: what an account holds, written and read |
//! | `follow` | `follow`: what became of decisions and positions |
//! | `audit` | `audit`: the whole protocol, one question at a time |
//!
//! Commands that read take no lock and write nothing, so they work beside an open window.

mod account;
mod answer;
mod arguments;
mod audit;
mod backup;
mod confirm;
mod export;
mod follow;
mod list;
mod loss;
mod open;
mod paths;
mod print;
mod promise;
mod prompt;
mod shell;
mod show;
mod start;
mod verify;

pub use arguments::{Arguments, Command, Format, Journal};
pub use start::{Window, start};
