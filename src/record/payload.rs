//! What each event holds. A payload is never changed once released: a new shape is a new
//! version, read beside the old one.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::audit::answer_stamp::AnswerStamp;
use crate::audit::looks::LooksAway;
use crate::audit::{
    Answers, GoalpostsMoved, Manner, Step, Ticket, TicketChange, TraderState, Wait,
};
use crate::engine::{self, Assessment, Backing, Basis, Fees, ModeScope, Money, Price, Quantity};
use crate::journal::EventId;
use crate::journal::Moment;
use crate::market::{AccountId, AuditId, Position, PositionId, Rules, Symbol, Terms};

/// `account.set`: an account as it is from now on, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccountSet {
    /// Which account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub venue: String,
    /// What it is counted in.
    pub collateral: String,
    /// Settled money, in collateral; isolated margins are part of it.
    pub wallet_balance: Money,
    /// Taker fees.
    pub fees: Fees,
    /// What the venue asks, for each market that is known.
    #[serde(default)]
    pub rules: BTreeMap<Symbol, Rules>,
    /// How the contracts of a market are counted and settled, where that was said.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contracts: BTreeMap<Symbol, Terms>,
    /// How the venue values a requirement, for rates that the trader writes herself.
    #[serde(default)]
    pub requirement: Requirement,
    /// Whether the venue counts a margin mode for each position, or for the whole account.
    #[serde(default)]
    pub mode_scope: ModeScope,
}

/// How a venue values a maintenance requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// When it is valued.
    pub basis: Basis,
    /// Whether the taker fee to close counts in it.
    pub counts_fee: bool,
}

impl Default for Requirement {
    /// At the solved price, no fee in it.
    fn default() -> Self {
        Self {
            basis: Basis::AtSolvedPrice,
            counts_fee: false,
        }
    }
}

/// `position.opened`: a position joins an account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionOpened {
    /// Names the position.
    #[serde(rename = "position")]
    pub id: PositionId,
    /// Where it stands.
    pub account: AccountId,
    /// The audit whose decision it is; none where it was entered by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditId>,
    /// What the venue took for opening it, in collateral: it has left the wallet. None where the
    /// wallet is known to be without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// As it joins.
    #[serde(flatten)]
    pub position: Position,
}

/// `position.changed`: what is given replaces what was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionChanged {
    /// Which position.
    pub position: PositionId,
    /// The audit whose decision it is; none where it was brought up to date by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditId>,
    /// A new mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Price>,
    /// A new quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// A new average entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<Price>,
    /// Another backing, or another margin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backing: Option<Backing>,
    /// Another leverage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leverage: Option<Decimal>,
}

impl PositionChanged {
    /// A new mark, and nothing else.
    pub fn mark(position: PositionId, mark: Price) -> Self {
        Self {
            position,
            audit: None,
            mark: Some(mark),
            quantity: None,
            entry: None,
            backing: None,
            leverage: None,
        }
    }
}

/// `positions.joined`: two positions of one market, side and mode are one from now on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionsJoined {
    /// The one that stays.
    pub position: PositionId,
    /// The one that is part of it now.
    pub joined: PositionId,
    /// How much they are together.
    pub quantity: Quantity,
    /// The average entry of both.
    pub entry: Price,
    /// The mark that was written last.
    pub mark: Price,
    /// What stands behind both.
    pub backing: Backing,
    /// The leverage that stays, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leverage: Option<Decimal>,
}

/// `position.closed`, version 2: a position leaves its account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PositionClosed {
    /// Which position.
    pub position: PositionId,
    /// The audit whose decision it is; none where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditId>,
    /// At which price.
    pub price: Price,
    /// The wallet balance after it, as typed, or estimated from the price.
    pub wallet_balance: Money,
    /// Whether that balance is an estimate.
    pub estimated: bool,
    /// Whether the venue closed it by force.
    pub liquidated: bool,
}

/// `audit.started`: a ticket was written, or walked away from before it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditStarted {
    /// Names the audit.
    pub audit: AuditId,
    /// When its first screen was opened.
    pub opened: Moment,
    /// How the trader was; none where nothing was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<TraderState>,
    /// What is proposed; none where there was no ticket yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
    /// The market as typed, where there was no ticket yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub typed_symbol: String,
}

/// `audit.rewritten`: the ticket was written again before the seal; this one stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditRewritten {
    /// Which audit.
    pub audit: AuditId,
    /// How the trader is.
    pub state: TraderState,
    /// What is proposed.
    pub ticket: Ticket,
}

/// `audit.looked_away`: the window was left, or came back, while the answers were written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLookedAway {
    /// Which audit.
    pub audit: AuditId,
    /// All of it so far.
    pub looks: LooksAway,
}

/// `audit.sent_back`: an answer was sent back, as a repetition or to be asked how it is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditSentBack {
    /// Which audit.
    pub audit: AuditId,
    /// How often and for what so far, for the two written answers.
    pub stamps: [AnswerStamp; 2],
}

/// `audit.sealed`: the answers, frozen, and the wait that is fixed with them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditSealed {
    /// Which audit.
    pub audit: AuditId,
    /// When its first screen was opened.
    pub opened: Moment,
    /// How the trader was.
    pub state: TraderState,
    /// What is proposed.
    pub ticket: Ticket,
    /// The four answers.
    pub answers: Answers,
    /// How they came about.
    pub manner: Manner,
    /// When they were sealed.
    pub sealed: Moment,
    /// From the first screen to the seal.
    pub seconds: u64,
    /// From the first screen to the first number, at the least; and why.
    pub wait: Wait,
}

/// `audit.revealed`: the numbers as they were shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditRevealed {
    /// Which audit.
    pub audit: AuditId,
    /// When they appeared.
    pub shown: Moment,
    /// Which engine computed them.
    pub engine: String,
    /// The account they were computed in.
    pub account: engine::Account,
    /// Both modes, sizes, findings.
    pub assessment: Assessment,
    /// The goalposts that were moved since the entry, if they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goalposts: Option<GoalpostsMoved>,
}

/// `audit.lowered`: less risk after the reveal, without a new pause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLowered {
    /// Which audit.
    pub audit: AuditId,
    /// What stands now; none where it is what was sealed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<TicketChange>,
}

/// `audit.extended`: the permission holds for half an hour in all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditExtended {
    /// Which audit.
    pub audit: AuditId,
}

/// Why an audit ended without a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expiry {
    /// Left lying for 30 minutes before the seal.
    LeftLying,
    /// The sealed permission lapsed.
    PermissionLapsed,
}

/// `audit.expired`: an audit that was left lying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditExpired {
    /// Which audit.
    pub audit: AuditId,
    /// How.
    pub expiry: Expiry,
    /// Where in it.
    pub step: Step,
}

/// What became of a decision to trade, where no position did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The order was never filled.
    NotFilled,
    /// The order was never placed, or was taken back.
    ChangedMind,
}

impl Outcome {
    /// The words on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotFilled => "Not filled",
            Self::ChangedMind => "Changed my mind",
        }
    }
}

/// `audit.followed`: no position came of a decision to trade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditFollowed {
    /// Which audit.
    pub audit: AuditId,
    /// What became of it.
    pub outcome: Outcome,
}

/// Whether the stop stands at the price at which the idea is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopPlacement {
    /// It rests at the venue.
    Placed,
    /// There is none.
    NotPlaced,
    /// She means to close by hand.
    Mental,
    /// The question was left out.
    LeftOut,
}

impl StopPlacement {
    /// The three answers, in the order in which they are asked.
    pub const ASKED: [Self; 3] = [Self::Placed, Self::NotPlaced, Self::Mental];

    /// The words on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::Placed => "Placed",
            Self::NotPlaced => "Not placed",
            Self::Mental => "Mental",
            Self::LeftOut => "Left out",
        }
    }
}

/// `audit.stop`: what she said of the stop, once the position was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditStop {
    /// Which audit.
    pub audit: AuditId,
    /// What she said.
    pub stop: StopPlacement,
}

/// `funds.paid_in`: the pool of an account was topped up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FundsPaidIn {
    /// Which account.
    pub account: AccountId,
    /// The audit whose decision it is; none where it was said afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AuditId>,
    /// How much, in collateral.
    pub amount: Money,
    /// The wallet balance after it, in collateral.
    pub wallet_balance: Money,
}

/// `audit.afterwards`: the answers to a close or a reduce that was logged without an audit,
/// written once it was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditAfterwards {
    /// Names the audit.
    pub audit: AuditId,
    /// The line that logged what was done.
    pub of: EventId,
    /// When that line was written.
    pub done_at: DateTime<Utc>,
    /// What was done.
    pub ticket: Ticket,
    /// The answers.
    pub answers: Answers,
    /// Which wording of the questions was shown.
    pub wording: u64,
}
