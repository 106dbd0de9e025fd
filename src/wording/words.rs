//! The trade's own words for what a ticket holds.

use crate::audit::Ticket;
use crate::engine::{Intent, Mode, Outcome, Side};
use crate::input::figures::leverage;

/// "isolated", "cross".
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Isolated => "isolated",
        Mode::Cross => "cross",
    }
}

/// "Isolated", "Cross".
pub fn mode_heading(mode: Mode) -> &'static str {
    match mode {
        Mode::Isolated => "Isolated",
        Mode::Cross => "Cross",
    }
}

/// "long", "short".
pub fn side(side: Side) -> &'static str {
    match side {
        Side::Long => "long",
        Side::Short => "short",
    }
}

/// "Long", "Short".
pub fn side_heading(side: Side) -> &'static str {
    match side {
        Side::Long => "Long",
        Side::Short => "Short",
    }
}

/// What the trader wants to do, as a choice.
pub fn intent(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "Open",
        Intent::Increase => "Increase",
        Intent::AddMargin => "Add margin",
        Intent::AddFunds => "Add funds",
        Intent::SwitchMode => "Switch mode",
        Intent::Reduce => "Reduce",
        Intent::Close => "Close",
    }
}

/// "You decided to open": what a decision to trade was.
pub fn decided(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "You decided to open",
        Intent::Increase => "You decided to increase",
        Intent::AddMargin => "You decided to add margin",
        Intent::AddFunds => "You decided to add funds",
        Intent::SwitchMode => "You decided to switch the mode",
        Intent::Reduce => "You decided to reduce",
        Intent::Close => "You decided to close",
    }
}

/// The button that says that it came to pass.
pub fn it_is_done(intent: Intent) -> &'static str {
    match intent {
        Intent::Open => "I opened it…",
        Intent::Increase => "I increased it…",
        Intent::AddMargin => "I added it…",
        Intent::AddFunds => "I paid it in…",
        Intent::SwitchMode => "I switched it…",
        Intent::Reduce => "I reduced it…",
        Intent::Close => "It is closed…",
    }
}

/// What a ticket is tagged that tries something out.
pub const EXPERIMENT: &str = "experiment";

/// "BTC/USDT long · cross · 20x", with what is to be done where that is not to open, and its tag
/// where it is an experiment.
pub fn ticket_line(ticket: &Ticket) -> String {
    let line = untagged(ticket);
    if ticket.experiment {
        format!("{line} · {EXPERIMENT}")
    } else {
        line
    }
}

fn untagged(ticket: &Ticket) -> String {
    let line = format!(
        "{} {} · {} · {}",
        ticket.symbol,
        side(ticket.side),
        mode(ticket.mode),
        leverage(ticket.leverage)
    );
    match (ticket.intent, ticket.mode) {
        (Intent::Open, _) => line,
        (Intent::SwitchMode, Mode::Cross) => {
            format!(
                "{} {} · switch isolated → cross",
                ticket.symbol,
                side(ticket.side)
            )
        }
        (Intent::SwitchMode, Mode::Isolated) => {
            format!(
                "{} {} · switch cross → isolated",
                ticket.symbol,
                side(ticket.side)
            )
        }
        // Nothing is levered by getting out.
        (Intent::Reduce | Intent::Close, mode) => format!(
            "{} · {} {} · {}",
            intent(ticket.intent),
            ticket.symbol,
            side(ticket.side),
            self::mode(mode)
        ),
        (other, _) => format!("{} · {line}", intent(other)),
    }
}

/// "BTC" of "BTC/USDT".
pub fn base_of(symbol: &str) -> &str {
    symbol.split('/').next().unwrap_or(symbol)
}

/// "your ETH", "your ETH and SOL", "your ETH and 3 more": who shares the pool; none where nobody does.
pub fn others(outcome: &Outcome, ticket: &Ticket) -> Option<String> {
    let name = |symbol: &str| {
        if symbol == ticket.symbol.as_str() {
            format!("other {}", base_of(symbol))
        } else {
            base_of(symbol).to_owned()
        }
    };
    let mut names: Vec<String> = outcome
        .closed_with_it
        .iter()
        .map(|other| name(&other.symbol))
        .collect();
    names.dedup();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("your {one}")),
        [one, two] => Some(format!("your {one} and {two}")),
        [one, rest @ ..] => Some(format!("your {one} and {} more", rest.len())),
    }
}
