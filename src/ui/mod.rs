//! The window: screens and widgets. They read the state and send commands; no file is known
//! here, and no rule of the protocol.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `command` | what keys ask for, and the buttons that do the same: words and key |
//! | `screen` | the screens of the rail |
//! | `window` | the frame around every screen: rail, banners, keys, the app's clock |
//! | `screens` | one file or folder a screen |
//! | `widgets` | the window's own few widgets |
//! | `files` | files that are chosen in a dialog or dropped on the window |
//! | `tokens`, `style`, `text` | colours, sizes, spaces; what egui makes of them; kinds of text |

mod command;
mod files;
mod screen;
mod screens;
mod style;
mod text;
pub mod tokens;
mod widgets;
mod window;

pub(crate) use command::UiCommand;
pub use screen::Screen;
pub use style::install;
pub use window::{Preferences, Theme, Window, WindowLayout};

use self::screens::promises::About;
use crate::app::afterwards::AfterwardsForm;
use crate::app::{App, Command};
use crate::audit::Ticket;
use crate::journal::Moment;
use crate::market::{AccountId, AuditId, LockId, PositionId, Symbol};
use crate::promises::{Kind, PlanUse};

/// What a screen reads.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) app: &'a App,
    /// The present moment, the same for the whole frame.
    pub(crate) now: &'a Moment,
    /// What was asked of promises last and was not done, and why.
    pub(crate) refused: Option<&'a (About, String)>,
    /// What the keys of this frame ask for.
    pub(crate) pressed: &'a [UiCommand],
}

impl View<'_> {
    pub(crate) fn asks(&self, command: UiCommand) -> bool {
        self.pressed.contains(&command)
    }

    /// Why something about this was not done, where it was asked last.
    pub(crate) fn refused_about(&self, about: About) -> Option<&str> {
        self.refused
            .filter(|(what, _)| *what == about)
            .map(|(_, why)| why.as_str())
    }
}

/// What a screen asks for.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "at most one in a frame, handed straight on to the app"
)]
pub(crate) enum Action {
    /// Something to be done.
    Do(Command),
    /// Several things, in this order.
    All(Vec<Command>),
    Go(Screen),
    ToBackups,
    /// Rules, waits and thresholds, in the settings.
    ToRules,
    ShowPromise(LockId),
    /// The form in which a promise of this kind is armed.
    Promise(Kind),
    /// The promise that was armed last is taken back, by the key that does it everywhere.
    TakeBack(LockId),
    /// An audit begins, or the one in hand is gone on with.
    Audit,
    /// The form of a plan that would allow what a ticket wants.
    WritePlan(PlanUse, Box<Ticket>),
    /// The form for the end of a position.
    ClosePosition(PositionId),
    /// The form for what became of a decision to trade.
    FollowUp(AuditId),
    /// The form for the audit of what is done already.
    WriteAfterwards(Box<AfterwardsForm>),
    /// The form for the rules of a market that a ticket needs.
    WriteRules(AccountId, Symbol),
    /// The system's dialog to choose a file to import.
    ChooseFile,
    /// Text for the clipboard.
    Copy(String),
}
