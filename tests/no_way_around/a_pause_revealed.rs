//! A pause that is not sealed has no numbers.
use impulse_audit::audit::Pause;
use impulse_audit::engine::Account;
use impulse_audit::journal::Moment;

fn peek(pause: Pause, account: Account, now: &Moment) {
    let _ = pause.reveal(account, now);
}

fn main() {}
