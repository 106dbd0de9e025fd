//! Nor by the constructor that the seal uses.
use impulse_audit::audit::{Elapsed, Revealed, SealedPause};
use impulse_audit::engine::Account;
use impulse_audit::journal::Moment;

fn peek(sealed: SealedPause, account: Account, at: Moment, since: Elapsed) {
    let _ = Revealed::new(sealed, account, None, (at, since));
}

fn main() {}
