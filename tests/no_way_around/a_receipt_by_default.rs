//! There is no receipt of nothing.
use impulse_audit::journal::Receipt;

fn main() {
    let _ = Receipt::default();
}
