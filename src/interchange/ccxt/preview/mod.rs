//! What a snapshot would change in an account: line by line, and what is asked first.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `question` | questions, offers and answers |
//! | `wallet` | the balance, with and without open profit |
//! | `rules` | tiers, for each market the account deals with |
//! | `complete` | a position with everything that must be known of it |
//! | `positions` | new, changed and missing positions |
//! | `words` | what would change, in words |

mod complete;
mod positions;
mod question;
mod rules;
mod wallet;
mod words;

use super::snapshot::{ImportNote, Snapshot};
use crate::engine::{Backing, Money, Price, Quantity, Side};
use crate::market::{Position, PositionId, Rules, Symbol};
use crate::record::{Account, AccountSet, Event, PositionChanged, PositionClosed, PositionOpened};

use rust_decimal::Decimal;

use question::QuestionCollector;
pub use question::{
    About, AnswerOption, Detail, ImportAnswer, ImportAnswers, ImportQuestion, Question,
};

/// What a snapshot would change, and what must be answered before more can be said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// What would change. A line that is taken out is not done; [`Preview::events`] makes
    /// events of those that are left.
    pub lines: Vec<ProposedChange>,
    /// What is missing. A position or market with an open question has no line yet.
    pub questions: Vec<Question>,
    /// What is said and needs no answer: what was left out, and why.
    pub notes: Vec<ImportNote>,
    /// Markets with tiers in the text that the account does not deal with. They are not taken;
    /// there can be hundreds.
    pub other_markets: Vec<Symbol>,
}

/// One thing that would change.
#[derive(Clone, Debug, PartialEq)]
pub enum ProposedChange {
    /// The wallet balance; the same figure means that it is confirmed as of now.
    Wallet {
        /// As the account has it.
        before: Money,
        /// As it would be.
        after: Money,
        /// Where it is from, in words.
        from: String,
    },
    /// What the venue asks for a market.
    Rules {
        /// The market.
        symbol: Symbol,
        /// As the account has it.
        before: Option<Rules>,
        /// As it would be.
        after: Rules,
    },
    /// A position that the account does not have.
    Opened(Box<Position>),
    /// A position that the account has. Where nothing else differs, its mark is confirmed as
    /// of now.
    Changed {
        /// Its market.
        symbol: Symbol,
        /// Its side.
        side: Side,
        /// Which figures differ, each before and after.
        differences: Vec<Difference>,
        /// The change as the app takes it.
        change: PositionChanged,
    },
    /// A position that was closed, as the trader said.
    Closed {
        /// Its market.
        symbol: Symbol,
        /// Its side.
        side: Side,
        /// The closing as the app takes it.
        closed: PositionClosed,
    },
}

/// One figure of a position that differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Difference {
    /// Quantity, in base or contracts.
    Quantity(Quantity, Quantity),
    /// Average entry price.
    Entry(Price, Price),
    /// Mark price.
    Mark(Price, Price),
    /// Mode or margin.
    Backing(Backing, Backing),
    /// The leverage chosen at the venue; none where it was not known.
    Leverage(Option<Decimal>, Decimal),
}

/// Holds a snapshot against an account, nothing answered yet.
pub fn preview(snapshot: &Snapshot, account: &Account) -> Preview {
    preview_with(snapshot, account, &ImportAnswers::default())
}

/// Holds a snapshot against an account, with what was answered until now.
pub fn preview_with(snapshot: &Snapshot, account: &Account, answers: &ImportAnswers) -> Preview {
    let mut asking = QuestionCollector::new(answers);
    let mut preview = Preview {
        notes: snapshot.left_out.clone(),
        ..Preview::default()
    };
    wallet::add(snapshot, account, &mut asking, &mut preview);
    let known = rules::add(snapshot, account, &mut asking, &mut preview);
    positions::add(snapshot, account, &known, &mut asking, &mut preview);
    preview.questions = asking.questions;
    preview
}

impl Preview {
    /// The last position that would join in a market.
    fn opened_in(&self, market: &Symbol) -> Option<&Position> {
        let mut newest = self.lines.iter().rev();
        newest.find_map(|line| match line {
            ProposedChange::Opened(position) if position.symbol == *market => Some(&**position),
            _ => None,
        })
    }

    /// The events of the lines, in the order in which they must be written. `fresh` names each
    /// new position.
    ///
    /// Closings come first, since each sets the balance; then the account as a whole, with the
    /// balance and the rules; then changes and new positions.
    pub fn events(&self, account: &Account, mut fresh: impl FnMut() -> PositionId) -> Vec<Event> {
        let mut set = account.set.clone();
        let mut is_set = false;
        let mut closings = Vec::new();
        let mut others = Vec::new();
        for line in &self.lines {
            match line {
                ProposedChange::Wallet { after, .. } => {
                    set.wallet_balance = *after;
                    is_set = true;
                }
                ProposedChange::Rules { symbol, after, .. } => {
                    set.rules.insert(symbol.clone(), after.clone());
                    // Brackets do not say how contracts are counted: a position that joins does.
                    let terms = self.opened_in(symbol).map(|position| position.terms);
                    set.contracts
                        .extend(terms.map(|terms| (symbol.clone(), terms)));
                    is_set = true;
                }
                ProposedChange::Opened(position) => {
                    others.push(Event::PositionOpened(PositionOpened {
                        id: fresh(),
                        account: account.set.account,
                        audit: None,
                        fee: None,
                        position: (**position).clone(),
                    }));
                }
                ProposedChange::Changed { change, .. } => {
                    others.push(Event::PositionChanged(change.clone()));
                }
                ProposedChange::Closed { closed, .. } => closings.push(closed.clone()),
            }
        }
        let says_wallet = self
            .lines
            .iter()
            .any(|line| matches!(line, ProposedChange::Wallet { .. }));
        if let (Some(last), false) = (closings.last(), says_wallet) {
            set.wallet_balance = last.wallet_balance;
        }
        let set = is_set.then_some(Event::AccountSet(set));
        closings
            .into_iter()
            .map(Event::PositionClosed)
            .chain(set)
            .chain(others)
            .collect()
    }
}

/// The account's collateral, as currencies are spelled in a snapshot.
fn collateral(set: &AccountSet) -> String {
    set.collateral.trim().to_uppercase()
}
