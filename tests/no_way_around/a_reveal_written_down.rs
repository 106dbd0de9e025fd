//! The numbers cannot be put on the table by writing the type down.
use impulse_audit::audit::{Revealed, SealedPause, Ticket};
use impulse_audit::engine::{Account, Assessment};
use impulse_audit::journal::Moment;

fn peek(sealed: SealedPause, account: Account, ticket: Ticket, assessment: Assessment, at: Moment) -> Revealed {
    Revealed { sealed, account, ticket, assessment, at, extended: false }
}

fn main() {}
