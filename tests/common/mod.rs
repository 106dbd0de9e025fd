//! A app over a disk in memory and a clock moved by hand, and an audit to send through it.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "test support shared by several test programs"
)]

mod gate;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use impulse_audit::app::{App, Command, Phase, Refusal, Stage};
use impulse_audit::audit::{Arousal, Choice, Draft, Step, Tag};
use impulse_audit::engine::{
    Backing, Basis, Fees, Money, Price, Quantity, Rate, Schedule, Side, Tier,
};
use impulse_audit::input::Field;
use impulse_audit::journal::{FaultyFs, Folders, HandClock};
use impulse_audit::market::{AccountId, Position, PositionId, Rules, Symbol, Terms};
use impulse_audit::promises::{Lock, LooseningRequested, PromiseCommand};
use impulse_audit::record::{AccountSet, PositionOpened};
use rust_decimal::Decimal;

pub use gate::Gate;

pub const WRONG: &str = "A daily close under the shelf that held all week";
/// A lock that is armed behind another one.
pub const ARM_MORE: [&str; 6] = [
    "promise",
    "arm",
    "no-switch-to-cross",
    "--for",
    "1h",
    "--yes",
];
pub const NOTHING: &str = "Another entry comes every week and cash has no deadline";

pub fn folders() -> Folders {
    Folders::under("/h")
}

/// A disk and a clock that outlive any app over them.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub fs: FaultyFs,
    pub clock: HandClock,
}

impl World {
    /// A world with one account, and the app over it.
    pub fn with_account() -> (Self, App, AccountId) {
        let world = Self::default();
        let mut app = world.app();
        let set = account("Main", "10000");
        let id = set.account;
        done(&mut app, Command::SetAccount(set));
        (world, app, id)
    }

    /// The same with no promise in force: for what is not about them.
    pub fn without_promises() -> (Self, App, AccountId) {
        let (world, mut app, id) = Self::with_account();
        loosen_all(&world, &mut app);
        (world, app, id)
    }

    /// A app over this disk, opened and settled: a start of the program.
    pub fn app(&self) -> App {
        let mut app = self.opening();
        app.settle();
        assert!(matches!(app.phase(), Phase::Ready), "{:?}", app.phase());
        app
    }

    /// A app that is still being opened.
    pub fn opening(&self) -> App {
        App::open(
            folders(),
            Arc::new(self.fs.clone()),
            Arc::new(self.clock.clone()),
            Box::new(|| {}),
        )
    }

    /// A app that is being opened for as long as the gate is closed.
    pub fn behind_a_gate(&self) -> (App, Gate) {
        let gate = Gate::before(&self.fs);
        let clock = Arc::new(self.clock.clone());
        let app = App::open(folders(), Arc::new(gate.clone()), clock, Box::new(|| {}));
        (app, gate)
    }

    /// A app that is open, over a disk that can be made to stand still.
    pub fn before_a_gate(&self) -> (App, Gate) {
        let (mut app, gate) = self.behind_a_gate();
        gate.open();
        app.settle();
        (app, gate)
    }

    /// The program ends and is started again.
    pub fn restart(&self, app: App) -> App {
        drop(app);
        self.app()
    }

    /// Time goes by while the app stands open.
    pub fn wait(&self, app: &mut App, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        app.settle();
    }

    /// Every line of the journal as JSON, in order, over all its files.
    pub fn lines(&self) -> Vec<serde_json::Value> {
        self.fs
            .files()
            .iter()
            .filter(|path| path.parent() == Some(folders().data.as_path()))
            .filter(|path| path.extension().is_some_and(|e| e == "jsonl"))
            .flat_map(|path| {
                let text = String::from_utf8(self.fs.content(path).unwrap()).unwrap();
                text.lines()
                    .map(|line| serde_json::from_str(line).unwrap())
                    .collect::<Vec<serde_json::Value>>()
            })
            .collect()
    }

    /// The kinds of all lines, in order.
    pub fn kinds(&self) -> Vec<String> {
        self.lines()
            .iter()
            .map(|line| line["kind"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The kinds of the lines about audits, in order.
    pub fn audit_kinds(&self) -> Vec<String> {
        self.kinds()
            .into_iter()
            .filter(|kind| kind.starts_with("audit."))
            .collect()
    }

    /// The payload of the last line of a kind.
    pub fn last(&self, kind: &str) -> serde_json::Value {
        self.lines()
            .iter()
            .rfind(|line| line["kind"] == kind)
            .map_or_else(|| panic!("no {kind}"), |line| line["data"].clone())
    }
}

/// Loosens all promises that always hold and can stand against something, by the waiting way.
pub fn loosen_all(world: &World, app: &mut App) {
    loosen_by(&world.clock, app);
}

/// The same by whatever clock the app goes by.
pub fn loosen_by(clock: &HandClock, app: &mut App) {
    let now = impulse_audit::record::seen(&app.now());
    let locks: Vec<_> = app
        .state()
        .promises()
        .in_force(&now)
        .map(Lock::id)
        .collect();
    for lock in &locks {
        done(
            app,
            Command::Promise(Box::new(PromiseCommand::Loosen(LooseningRequested::off(
                *lock,
            )))),
        );
    }
    clock.advance(Duration::from_hours(24));
    app.settle();
    for lock in locks {
        done(
            app,
            Command::Promise(Box::new(PromiseCommand::Confirm(lock))),
        );
    }
}

/// Sends a command that must be carried out, and waits for the disk.
pub fn done(app: &mut App, command: Command) {
    app.send(command).unwrap();
    app.settle();
}

/// Takes in what comes until this is so; what is done beside the app is not waited for.
pub fn until(app: &mut App, what: &str, is_so: impl Fn(&App) -> bool) {
    for _ in 0..6_000 {
        app.tick();
        if is_so(app) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("it never came to this: {what}");
}

/// Sends a command that must be refused, and answers why.
pub fn refused(app: &mut App, command: Command) -> Refusal {
    let why = app.send(command).unwrap_err();
    app.settle();
    why
}

pub fn stage(app: &App) -> &'static str {
    match app.stage() {
        Stage::Idle => "idle",
        Stage::Pausing(_) => "pausing",
        Stage::Sealing(_) => "sealing",
        Stage::Sealed(_) => "sealed",
        Stage::Stuck { .. } => "stuck",
        Stage::Revealed(_) => "revealed",
        Stage::Blocked(_) => "met",
        Stage::Ended(_) => "ended",
    }
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn price(text: &str) -> Price {
    Price::new(decimal(text))
}

pub fn money(text: &str) -> Money {
    Money::new(decimal(text))
}

pub fn quantity(text: &str) -> Quantity {
    Quantity::new(decimal(text))
}

pub fn rate(text: &str) -> Rate {
    Rate::new(decimal(text))
}

pub fn symbol(text: &str) -> Symbol {
    Symbol::read(text, "USDT").unwrap()
}

/// One tier from 0 with this maintenance rate.
pub fn flat(maintenance: &str) -> Rules {
    Rules {
        label: format!("flat {maintenance}"),
        schedule: Schedule {
            basis: Basis::AtSolvedPrice,
            close_fee: rate("0"),
            tiers: vec![Tier {
                floor: money("0"),
                rate: rate(maintenance),
                amount: money("0"),
                max_leverage: None,
            }],
        },
        tick: None,
        lot: Some(decimal("0.001")),
    }
}

/// An account of USDT with taker fees of 0.05 % that knows BTC's maintenance of 0.4 %.
pub fn account(name: &str, wallet: &str) -> AccountSet {
    AccountSet {
        account: AccountId::fresh(),
        name: name.to_owned(),
        venue: "Binance".to_owned(),
        collateral: "USDT".to_owned(),
        wallet_balance: money(wallet),
        fees: Fees {
            open: rate("0.0005"),
            close: rate("0.0005"),
        },
        rules: BTreeMap::from([(symbol("BTC/USDT"), flat("0.004"))]),
        contracts: BTreeMap::new(),
        requirement: impulse_audit::record::Requirement::default(),
        mode_scope: impulse_audit::engine::ModeScope::Position,
    }
}

/// The same with other figures.
pub fn opened_as(
    opened: PositionOpened,
    change: impl FnOnce(Position) -> Position,
) -> PositionOpened {
    PositionOpened {
        position: change(opened.position),
        ..opened
    }
}

/// ETH long 5 at 2,000, mark 2,100, in cross with 0.5 %: the position of the worked reveal.
pub fn eth(account: AccountId) -> PositionOpened {
    PositionOpened {
        id: PositionId::fresh(),
        account,
        audit: None,
        fee: None,
        position: Position {
            symbol: symbol("ETH/USDT"),
            terms: Terms::default(),
            side: Side::Long,
            quantity: quantity("5"),
            entry: price("2000"),
            mark: price("2100"),
            backing: Backing::Cross,
            leverage: None,
            rules: flat("0.005"),
        },
    }
}

/// BTC long 0.2 from 100,000, marked there, isolated with 1,000 and with 0.4 %.
pub fn btc(account: AccountId) -> PositionOpened {
    opened_as(eth(account), |was| Position {
        symbol: symbol("BTC/USDT"),
        quantity: quantity("0.2"),
        entry: price("100000"),
        mark: price("100000"),
        backing: Backing::Isolated {
            margin: money("1000"),
        },
        rules: flat("0.004"),
        ..was
    })
}

pub fn begin(app: &mut App) -> Draft {
    done(app, Command::BeginAudit);
    app.draft().unwrap().clone()
}

/// Arousal 2, fear of missing out: nothing that is waited for.
pub fn with_state(mut draft: Draft) -> Draft {
    draft.arousal = Some(Arousal::try_from(2).unwrap());
    draft.tags = [Tag::FearOfMissingOut].into();
    draft.step = Step::Ticket;
    draft
}

/// BTC long 0.2 at 100,000, isolated with a margin of 1,000.
pub fn with_ticket(draft: Draft) -> Draft {
    let mut draft = with_state(draft);
    draft.ticket.value.write(Field::Symbol, "btc");
    draft.ticket.choose_side(Side::Long);
    draft.ticket.value.write(Field::Entry, "100000");
    draft.ticket.value.write(Field::Quantity, "0.2");
    draft.ticket.value.write(Field::Leverage, "20");
    draft.step = Step::Wrong;
    draft
}

/// Wrong at 96,000, and all of the isolated margin with its costs accepted.
pub fn with_answers(mut draft: Draft) -> Draft {
    WRONG.clone_into(&mut draft.answers.wrong);
    "96000".clone_into(&mut draft.answers.invalidation);
    NOTHING.clone_into(&mut draft.answers.nothing);
    "1050".clone_into(&mut draft.answers.accepted);
    draft.turn_to(Step::Together);
    draft
}

/// An audit whose ticket stands.
pub fn started(app: &mut App) -> Draft {
    let draft = with_ticket(begin(app));
    done(app, Command::Start(Box::new(draft)));
    app.draft().unwrap().clone()
}

/// An audit whose answers are in the journal, changed by `change` before the ticket stood.
pub fn sealed_with(app: &mut App, change: impl Fn(&mut Draft)) {
    let mut draft = with_answers(with_ticket(begin(app)));
    change(&mut draft);
    draft.step = Step::Wrong;
    done(app, Command::Start(Box::new(draft)));
    let mut draft = app.draft().unwrap().clone();
    draft.turn_to(Step::Together);
    done(app, Command::Seal(Box::new(draft)));
    assert_eq!(stage(app), "sealed");
}

pub fn sealed(app: &mut App) {
    sealed_with(app, |_| {});
}

/// An audit with its numbers on the table, just now.
pub fn revealed_with(world: &World, app: &mut App, change: impl Fn(&mut Draft)) {
    sealed_with(app, change);
    world.wait(app, 20);
    assert_eq!(stage(app), "revealed");
}

pub fn revealed(world: &World, app: &mut App) {
    revealed_with(world, app, |_| {});
}

pub fn decide(choice: Choice) -> Command {
    Command::Decide {
        choice,
        sentence: None,
    }
}

/// The 0.2 BTC of the ticket in isolated, where it was sealed in cross.
pub fn isolated_instead() -> Command {
    Command::Lower(impulse_audit::audit::TicketChange {
        mode: impulse_audit::engine::Mode::Isolated,
        quantity: quantity("0.2"),
        margin: None,
    })
}

/// Whether something stands against this ticket; the audit is left again.
pub fn meets(app: &mut App, change: impl FnOnce(&mut Draft)) -> bool {
    let mut draft = with_ticket(begin(app));
    change(&mut draft);
    done(app, Command::Start(Box::new(draft)));
    let met = stage(app) == "met";
    if met {
        done(app, Command::LeaveAudit);
    } else {
        let draft = app.draft().unwrap().clone();
        done(app, walk(&draft));
    }
    met
}

pub fn walk(draft: &Draft) -> Command {
    Command::WalkAway(Box::new(draft.clone()))
}
