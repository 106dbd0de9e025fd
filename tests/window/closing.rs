//! Getting out, by keys alone.

use egui::Key;
use impulse_audit::app::Command;
use impulse_audit::audit::Question;
use impulse_audit::audit::question::QuestionVariant;
use impulse_audit::engine::{Contract, Intent};
use impulse_audit::market::Terms;
use impulse_audit::record::PositionClosed;

use crate::common::{World, account, decimal, done, eth, money, price, symbol};
use crate::seat::Seat;

/// Before a window over an account with ETH long in cross.
pub(crate) fn with_eth() -> Seat {
    let (world, mut app, account) = World::with_account();
    done(&mut app, Command::OpenPosition(eth(account)));
    Seat::before(world, app)
}

#[test]
fn a_close_goes_through_with_one_key_at_every_question() {
    let mut seat = with_eth();
    seat.begin();
    seat.write_state();
    seat.tab_to("Close");
    seat.press(Key::Space);
    seat.tab_to("ETH/USDT long cross");
    seat.press(Key::Space);
    seat.must_read("the price now, if left empty");
    seat.next();
    for place in ["1 of 4", "2 of 4", "3 of 4", "4 of 4"] {
        seat.must_read(place);
        seat.next();
    }
    seat.must_read("not written");
    seat.next();
    // 5 · 100, less 0.05 % of 10,500.
    seat.must_read("Closing it at 2,100 realises +494.75 USDT after the fee.");
    seat.must_not_read("You accepted");
    seat.push("Proceed");
    seat.must_read("You decided to close");
    assert_eq!(seat.world.last("audit.decided")["choice"], "proceed");
}

#[test]
fn a_wallet_that_is_higher_while_the_pool_loses_is_asked_about_once() {
    for (answer, kind) in [
        ("Profit that was settled", "account.set"),
        ("A top-up, paid in already", "funds.paid_in"),
    ] {
        let mut seat = with_losing_eth();
        seat.push("Account");
        seat.push("Edit…");
        seat.fill("Wallet balance", "10750");
        seat.next();
        seat.must_read("The wallet is 750.00 USDT higher, and ETH/USDT long is losing.");
        let before = seat.world.kinds().len();
        seat.push(answer);
        seat.must_read("Wallet 10,750.00 USDT");
        assert!(seat.world.kinds()[before..].contains(&kind.to_owned()));
    }
    let mut seat = with_losing_eth();
    seat.push("Account");
    seat.push("Edit…");
    seat.fill("Wallet balance", "10750");
    seat.next();
    seat.push("A top-up: audit it first");
    seat.must_read("How are you right now?");
    seat.write_state();
    seat.must_read("Funds to pay in");
}

/// The same, losing 500.
fn with_losing_eth() -> Seat {
    let (world, mut app, account) = World::with_account();
    let mut open = eth(account);
    open.position.mark = price("1900");
    done(&mut app, Command::OpenPosition(open));
    Seat::before(world, app)
}

#[test]
fn a_close_by_hand_is_written_afterwards_from_the_account_and_read_in_the_journal() {
    let mut seat = with_eth();
    seat.push("Account");
    seat.push("It is closed: ETH/USDT long…");
    seat.fill("At which price", "2100");
    seat.next();
    seat.must_read("You closed ETH/USDT long at 2,100 without an audit");
    seat.push("Write it afterwards");
    seat.must_read("No numbers follow.");
    seat.next();
    seat.must_read("Nothing is written yet.");
    seat.fill(
        "What would I see if getting out now were wrong?",
        "I was tired",
    );
    seat.next();
    seat.must_not_read("without an audit");
    seat.push("Journal");
    seat.must_read("Written afterwards");
    assert_eq!(seat.world.audit_kinds(), ["audit.afterwards"]);
}

#[test]
fn what_is_written_afterwards_is_counted_as_in_an_audit_the_price_in_quote_the_loss_in_collateral()
{
    let (world, mut app, _) = World::with_account();
    let mut coin = account("Coin", "1");
    coin.collateral = "BTC".to_owned();
    let id = coin.account;
    done(&mut app, Command::SetAccount(coin));
    let (contract, size) = (Contract::Inverse, decimal("100"));
    let mut open = eth(id);
    let position = &mut open.position;
    position.symbol = symbol("BTC/USD");
    position.terms = Terms { contract, size };
    (position.entry, position.mark) = (price("2000"), price("2100"));
    let closed = PositionClosed {
        position: open.id,
        audit: None,
        price: price("2100"),
        wallet_balance: money("1"),
        estimated: false,
        liquidated: false,
    };
    done(&mut app, Command::OpenPosition(open));
    done(&mut app, Command::ClosePosition(closed));
    let mut seat = Seat::before(world, app);
    // From home it leads to the form itself.
    seat.push("Write it afterwards");
    let asked = QuestionVariant::for_audit(0);
    let heading = |question| asked.words_for(Intent::Close, question).heading;
    // Held against the price of the close, it can be read in one way only.
    seat.fill(heading(Question::Invalidation), "2.150");
    seat.must_read("2,150 USD");
    seat.fill(heading(Question::AcceptedLoss), "0.25");
    seat.must_read("0.25 BTC");
}
