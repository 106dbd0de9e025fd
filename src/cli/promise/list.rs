//! `promise list`: every promise and plan, and where it stands. It only reads, so it works beside
//! an open window.

use std::io::{self, Write, stdout};

use serde::Serialize;

use super::super::answer::{CommandResult, Exit};
use super::super::open::read_book;
use super::super::print;
use crate::engine::{Money, Price, Side};
use crate::journal::{Clock as _, Folders, Moment, SystemClock};
use crate::promises::{Leg, Lock, LockState, Plan, PlanState, PlanUse, PromiseSet};
use crate::record::seen;
use crate::waits::WaitRule;
use crate::wording::promise::{
    NO_WAIT, WAITS, plan_numbers, plan_standing, plan_title, standing, written,
};

/// `promise list --json`.
#[derive(Serialize)]
struct List<'a> {
    promises: Vec<Listed>,
    plans: Vec<ListedPlan<'a>>,
}

#[derive(Serialize)]
struct Listed {
    id: String,
    kind: &'static str,
    scope: Scope,
    state: &'static str,
    ends_at: Option<String>,
    remaining_secs: Option<u64>,
    words: String,
    sentence: String,
    /// Of a wait, how long it is and from which thresholds on it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    wait: Option<WaitRule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_be_confirmed_from: Option<String>,
    /// What is to hold in its place then.
    #[serde(skip_serializing_if = "Option::is_none")]
    loosens_to: Option<WaitRule>,
}

#[derive(Serialize)]
struct ListedPlan<'a> {
    id: String,
    allows: PlanUse,
    account: &'a str,
    symbol: &'a str,
    side: Side,
    trigger: &'a str,
    collateral: Money,
    loss_limit: Money,
    stop: Price,
    legs: &'a [Leg],
    state: &'static str,
    counts_from: Option<String>,
    counts_until: Option<String>,
    sentence: String,
}

/// What a promise is about; everything where both are null.
#[derive(Serialize)]
struct Scope {
    account: Option<String>,
    symbol: Option<String>,
}

pub(super) fn run(folders: &Folders, json: bool) -> CommandResult {
    let clock = SystemClock::new();
    let record = read_book(folders, &clock)?;
    let now = clock.now();
    let promises = record.promises();
    let mut out = stdout().lock();
    if json {
        let locks = promises
            .locks()
            .iter()
            .map(|lock| listed(promises, lock, &now));
        let plans = promises
            .plans()
            .iter()
            .map(|p| listed_plan(promises, p, &now));
        let list = List {
            promises: locks.collect(),
            plans: plans.collect(),
        };
        print::json(&mut out, &list)?;
        return Ok(Exit::Done);
    }
    let clocks = seen(&now);
    let is_over = |lock: &&Lock| matches!(promises.state(lock, &clocks), LockState::Ended(_));
    let (over, held): (Vec<&Lock>, Vec<&Lock>) = promises.locks().iter().partition(is_over);
    let is_wait = |lock: &&Lock| lock.armed().promise.is_wait();
    let (waits, held): (Vec<&Lock>, Vec<&Lock>) = held.into_iter().partition(is_wait);
    let counts = |plan: &&Plan| {
        let state = promises.plan_state(plan, &clocks);
        matches!(state, PlanState::Ripens(_) | PlanState::Allows(_))
    };
    let (plans, past): (Vec<&Plan>, Vec<&Plan>) = promises.plans().iter().partition(counts);
    say(&mut out, promises, &now, (&held, &plans))?;
    writeln!(out, "\n{WAITS}:")?;
    if waits.is_empty() {
        print::wrapped(&mut out, "", NO_WAIT)?;
    }
    say(&mut out, promises, &now, (&waits, &[]))?;
    if !(over.is_empty() && past.is_empty()) {
        writeln!(out, "\nOver:")?;
        say(&mut out, promises, &now, (&over, &past))?;
    }
    Ok(Exit::Done)
}

/// Each with where it stands and its id.
fn say(
    out: &mut dyn Write,
    promises: &PromiseSet,
    now: &Moment,
    (locks, plans): (&[&Lock], &[&Plan]),
) -> io::Result<()> {
    for lock in locks {
        let line = format!("{}: {}", lock.sentence(), standing(promises, lock, now));
        print::wrapped(out, "", &line)?;
        if !lock.armed().words.is_empty() {
            print::wrapped(out, "  ", &format!("“{}”", lock.armed().words))?;
        }
        writeln!(out, "  {}", lock.id())?;
    }
    for plan in plans {
        let terms = plan.terms();
        let standing = plan_standing(promises, plan, now);
        let written = written("written", plan.written_on(), false);
        let line = format!("{}: {standing}, {written}", plan_title(terms));
        print::wrapped(out, "", &line)?;
        print::wrapped(out, "  ", &terms.trigger)?;
        for numbers in plan_numbers(terms) {
            print::wrapped(out, "  ", &numbers)?;
        }
        writeln!(out, "  {}", terms.plan)?;
    }
    Ok(())
}

fn listed_plan<'a>(promises: &PromiseSet, plan: &'a Plan, now: &Moment) -> ListedPlan<'a> {
    let terms = plan.terms();
    let (state, counts_from, counts_until) = match promises.plan_state(plan, &seen(now)) {
        PlanState::Ripens(secs) => ("ripens", rfc3339(promises, secs, now), None),
        PlanState::Allows(secs) => ("counts", None, rfc3339(promises, secs, now)),
        PlanState::Used => ("used", None, None),
        PlanState::Lapsed => ("over", None, None),
        PlanState::Withdrawn => ("withdrawn", None, None),
    };
    ListedPlan {
        id: terms.plan.to_string(),
        allows: terms.allows,
        account: &terms.account_name,
        symbol: &terms.symbol,
        side: terms.side,
        trigger: &terms.trigger,
        collateral: terms.collateral,
        loss_limit: terms.loss_limit,
        stop: terms.stop,
        legs: &terms.legs,
        state,
        counts_from,
        counts_until,
        sentence: plan_title(terms),
    }
}

/// So many seconds from now, as a program reads it.
fn rfc3339(promises: &PromiseSet, secs: u64, now: &Moment) -> Option<String> {
    let at = promises.time_in(secs, &seen(now))?;
    Some(at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

fn listed(promises: &PromiseSet, lock: &Lock, now: &Moment) -> Listed {
    let clocks = seen(now);
    let state = promises.state(lock, &clocks);
    let ended = matches!(state, LockState::Ended(_));
    let left = promises.left(lock, &clocks).filter(|_| !ended);
    let armed = lock.armed();
    Listed {
        id: lock.id().to_string(),
        kind: armed.promise.name(),
        scope: Scope {
            account: armed.scope.account.as_ref().map(|a| a.name.clone()),
            symbol: armed.scope.symbol.clone(),
        },
        state: match state {
            LockState::InForce => "in_force",
            LockState::Loosening { .. } => "loosening",
            LockState::Ended(_) => "ended",
        },
        ends_at: left.and_then(|left| rfc3339(promises, left, now)),
        remaining_secs: left,
        words: armed.words.clone(),
        sentence: lock.sentence(),
        wait: armed.promise.wait(),
        can_be_confirmed_from: match state {
            LockState::Loosening { wait, .. } => rfc3339(promises, wait, now),
            LockState::InForce | LockState::Ended(_) => None,
        },
        loosens_to: promises
            .becomes(lock, &clocks)
            .and_then(|to| to.promise.wait()),
    }
}
