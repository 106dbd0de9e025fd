//! Everything typed so far: kept beside the journal so that a restart loses nothing.
//!
//! A draft decides nothing. It is read back into the same screens, and every check is made
//! again; when the audit began, which ticket stands and what it waits for is the journal's to
//! say. It is thrown away once the answers are sealed, or 30 minutes after the last key.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::answer::names_what_is_seen;
use super::answer_stamp::{AnswerStamp, HOW_SEEN, NamesVisible, Verdict};
use super::looks::LooksAway;
use super::paste::PastedShare;
use super::question::Question;
use super::similarity::{EarlierAnswer, compare};
use super::{AnswersForm, Arousal, Tag, TicketForm, TraderState};
use crate::input::{Field, FieldError};
use crate::journal::Moment;
use crate::market::AuditId;

/// How long a draft that nobody touches is kept.
const KEPT: Duration = Duration::from_mins(30);

/// Where in the audit the trader is, before the seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    State,
    Ticket,
    /// What would be seen if it were wrong.
    Wrong,
    /// At which price it is wrong.
    Invalidation,
    /// Why nothing could be done as well.
    Nothing,
    Accepted,
    /// All four together: from here they are sealed, or each is gone back to.
    Together,
    /// Sealed, and the numbers are on the screen or about to be.
    Reveal,
}

impl Step {
    /// The step after this one; the last one before the seal has none.
    pub fn next(self) -> Option<Self> {
        match self {
            Self::State => Some(Self::Ticket),
            Self::Ticket => Some(Self::Wrong),
            Self::Wrong => Some(Self::Invalidation),
            Self::Invalidation => Some(Self::Nothing),
            Self::Nothing => Some(Self::Accepted),
            Self::Accepted => Some(Self::Together),
            Self::Together | Self::Reveal => None,
        }
    }

    /// The step before this one.
    pub fn back(self) -> Option<Self> {
        match self {
            Self::State | Self::Reveal => None,
            Self::Ticket => Some(Self::State),
            Self::Wrong => Some(Self::Ticket),
            Self::Invalidation => Some(Self::Wrong),
            Self::Nothing => Some(Self::Invalidation),
            Self::Accepted => Some(Self::Nothing),
            Self::Together => Some(Self::Accepted),
        }
    }

    /// The step at which a question is asked.
    pub fn of(question: Question) -> Self {
        match question {
            Question::Wrong => Self::Wrong,
            Question::Invalidation => Self::Invalidation,
            Question::Nothing => Self::Nothing,
            Question::AcceptedLoss => Self::Accepted,
        }
    }

    /// The question that is asked at it.
    pub fn question(self) -> Option<Question> {
        Question::ALL
            .into_iter()
            .find(|question| Self::of(*question) == self)
    }

    /// The words for it in the journal's detail.
    pub fn words(self) -> &'static str {
        match self {
            Self::State => "at the first question",
            Self::Ticket => "at the ticket",
            Self::Wrong | Self::Invalidation | Self::Nothing | Self::Accepted | Self::Together => {
                "in the pause"
            }
            Self::Reveal => "after the numbers",
        }
    }
}

/// An audit that is being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Names the audit, from its first screen on.
    pub audit: AuditId,
    /// When its first screen was opened.
    pub started: Moment,
    /// When it was last touched.
    pub touched: Moment,
    /// How many audits before came as far as the questions: chooses their wording.
    pub ordinal: u64,
    /// Where it stands.
    pub step: Step,
    /// 0 to 4, once chosen.
    pub arousal: Option<Arousal>,
    /// Tags chosen so far.
    pub tags: BTreeSet<Tag>,
    /// The ticket as typed.
    pub ticket: TicketForm,
    /// The answers as typed.
    pub answers: AnswersForm,
    /// Looks away while the answers were written.
    pub looks: LooksAway,
    /// Refusals for likeness, for the two written answers.
    pub stamps: [AnswerStamp; 2],
    /// What was pasted, for the two written answers.
    pub pasted: [PastedShare; 2],
    /// Whether all four answers have stood together: whichever is gone back to then leads there
    /// again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub together: bool,
    /// Whether a promise has met the audit before it, and nobody has come back to the ticket
    /// yet: its clock runs from then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub behind_a_promise: bool,
}

impl Draft {
    /// An empty draft, its clock running from `now`.
    pub fn begin(now: &Moment, ordinal: u64) -> Self {
        Self {
            audit: AuditId::fresh(),
            started: now.clone(),
            touched: now.clone(),
            ordinal,
            step: Step::State,
            arousal: None,
            tags: BTreeSet::new(),
            ticket: TicketForm::default(),
            answers: AnswersForm::default(),
            looks: LooksAway::default(),
            stamps: Default::default(),
            pasted: Default::default(),
            together: false,
            behind_a_promise: false,
        }
    }

    /// As it is taken up after a restart: its words, and what is counted about them. When it
    /// began, how many came before it and what was sent back is for whoever knows to say.
    #[must_use]
    pub fn taken_up(self, started: Moment, ordinal: u64) -> Self {
        Self {
            audit: self.audit,
            started,
            touched: self.touched,
            ordinal,
            step: self.step,
            arousal: self.arousal,
            tags: self.tags,
            ticket: self.ticket,
            answers: self.answers,
            looks: self.looks,
            stamps: Default::default(),
            pasted: self.pasted,
            together: false,
            behind_a_promise: self.behind_a_promise,
        }
    }

    /// Takes a tag in, or out again.
    pub fn toggle(&mut self, tag: Tag) {
        if !self.tags.remove(&tag) {
            self.tags.insert(tag);
        }
    }

    /// Goes to another step.
    pub fn turn_to(&mut self, step: Step) {
        self.step = step;
        self.together |= step == Step::Together;
    }

    /// Where *next* leads from a question: to the one after it, or back to where all four stand
    /// together.
    pub fn after(&self, question: Question) -> Step {
        let next = Step::of(question).next().filter(|_| !self.together);
        next.unwrap_or(Step::Together)
    }

    /// Back from a promise: its clock runs from `now`.
    pub fn come_back(&mut self, now: &Moment) {
        if std::mem::take(&mut self.behind_a_promise) {
            self.started = now.clone();
            self.touched = now.clone();
        }
    }

    /// Arousal and tags, once arousal is chosen.
    pub fn state(&self) -> Option<TraderState> {
        self.arousal.map(|arousal| TraderState {
            arousal,
            tags: self.tags.clone(),
        })
    }

    /// For how long it is still kept if nobody touches it; zero once it is left lying.
    pub fn kept_for(&self, now: &Moment) -> Duration {
        KEPT.saturating_sub(now.since(&self.touched))
    }

    /// Whether it has been left lying longer than it is kept.
    pub fn left_lying(&self, now: &Moment) -> bool {
        self.kept_for(now) == Duration::ZERO
    }

    /// Judges a written answer by what it names and by its likeness to earlier ones, and counts
    /// what it was sent back for. The questions that are answered by a number always pass here.
    ///
    /// # Errors
    /// What to show beside the field: what is asked, or the earlier answer and how that one
    /// ended.
    pub fn judge(
        &mut self,
        question: Question,
        earlier: &[EarlierAnswer],
    ) -> Result<Verdict, FieldError> {
        let [first, second] = &mut self.stamps;
        let (text, stamp, field, seen) = match question {
            Question::Wrong => {
                let seen = if names_what_is_seen(&self.answers.wrong) {
                    NamesVisible::Named
                } else {
                    NamesVisible::Nothing
                };
                (&self.answers.wrong, first, Field::Wrong, seen)
            }
            Question::Nothing => (
                &self.answers.nothing,
                second,
                Field::Nothing,
                NamesVisible::Named,
            ),
            Question::Invalidation | Question::AcceptedLoss => return Ok(Verdict::Passes),
        };
        let likeness = compare(text, earlier);
        let verdict = stamp.judge(text, seen, likeness);
        let problem = match verdict {
            Verdict::Passes | Verdict::PassesThin => return Ok(verdict),
            Verdict::Empty => "This question waits for an answer.".to_owned(),
            Verdict::HowSeen => HOW_SEEN.to_owned(),
            Verdict::OtherWords | Verdict::Look => likeness.shown(),
        };
        Err(FieldError::new(field, problem))
    }

    /// Percent of each written answer that was pasted.
    pub fn pasted_percent(&self) -> [u8; 2] {
        let [first, second] = &self.pasted;
        [
            first.percent(&self.answers.wrong),
            second.percent(&self.answers.nothing),
        ]
    }
}
