//! The numbers cannot be put on the table by writing the type down.
use impulse_audit::audit::{Elapsed, Revealed, SealedPause, Ticket};
use impulse_audit::engine::{Account, Assessment};
use impulse_audit::journal::Moment;

fn peek(
    sealed: SealedPause,
    account: Account,
    ticket: Ticket,
    assessment: Assessment,
    (at, since): (Moment, Elapsed),
) -> Revealed {
    Revealed { sealed, account, ticket, assessment, goalposts: None, at, since, extended: false }
}

fn main() {}
