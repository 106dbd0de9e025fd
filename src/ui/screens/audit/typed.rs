//! What is being typed: kept across frames here, across restarts by the app.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use egui::{Context, Event};

use super::reveal::RevealState;
use crate::app::{App, Command, Stage};
use crate::audit::{AuditId, Draft, PositionId, Question, Step};
use crate::input::{Field, FieldError};
use crate::journal::Moment;
use crate::ui::widgets::field::FieldNote;

/// How long after a key the draft is kept at the latest.
const KEPT_AFTER: Duration = Duration::from_secs(1);

/// Whether it is being asked if she walks away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LeavePrompt {
    /// It is not.
    #[default]
    No,
    /// It is.
    Asked,
    /// She goes on writing after it was asked: the focus is to come back.
    Returning,
}

/// What the audit's screens hold between frames.
#[derive(Debug, Default)]
pub(crate) struct AuditState {
    /// Everything typed so far.
    pub(crate) draft: Option<Draft>,
    /// What is wrong, field by field.
    pub(crate) problems: Vec<FieldError>,
    /// Whether it is being asked if she walks away.
    pub(crate) walking: LeavePrompt,
    /// Whether the key for "next" was pressed in this frame.
    pub(super) next: bool,
    /// Whether the key for "back" was.
    pub(super) back: bool,
    /// Which view has had the focus sent to its first field.
    pub(super) entered: Option<(AuditId, Step)>,
    /// Marks of other positions, as typed.
    pub(super) marks: HashMap<PositionId, String>,
    /// Which of them were typed and not sent yet.
    pub(super) new_marks: BTreeSet<PositionId>,
    /// Whether she writes a rate of her own although one is known.
    pub(super) own_rate: bool,
    /// The reveal's own.
    pub(super) reveal: RevealState,
    kept: Option<Draft>,
    kept_at: Option<Moment>,
    last_seen: Option<Moment>,
}

impl AuditState {
    /// Follows the app: takes up a new or restored draft, drops one that is over, counts
    /// looks away.
    pub(crate) fn follow(&mut self, app: &App, now: &Moment, ctx: &Context) {
        let theirs = app.draft();
        let ours = self.draft.as_ref().map(|draft| draft.audit);
        if theirs.map(|draft| draft.audit) != ours {
            self.draft = theirs.cloned();
            if let Some(draft) = &mut self.draft {
                draft.looks.resume();
            }
            self.kept = theirs.cloned();
            self.problems.clear();
            self.marks.clear();
            self.new_marks.clear();
            self.walking = LeavePrompt::No;
            self.own_rate = false;
            self.entered = None;
            self.reveal = RevealState::default();
        }
        self.count_looks(app, now, ctx);
        self.last_seen = Some(now.clone());
    }

    fn count_looks(&mut self, app: &App, now: &Moment, ctx: &Context) {
        let writing = matches!(app.stage(), Stage::Pausing(_));
        let Some(draft) = self.draft.as_mut().filter(|_| writing) else {
            return;
        };
        let last = self.last_seen.as_ref().map_or(now.up, |moment| moment.up);
        ctx.input(|input| {
            let changes: Vec<bool> = input
                .events
                .iter()
                .filter_map(|event| match event {
                    Event::WindowFocused(focused) => Some(*focused),
                    _ => None,
                })
                .collect();
            // While a window is hidden no frame is drawn: leaving and coming back can both be
            // told in the frame of the return. The leave began at the frame before then.
            let back_already = changes.last() == Some(&true);
            for focused in changes {
                let at = if !focused && back_already {
                    last
                } else {
                    now.up
                };
                draft.looks.focus_changed(focused, at);
            }
            draft.looks.focus_changed(input.focused, now.up);
        });
    }

    /// Notes pasted text for the field that has the focus.
    pub(super) fn count_pastes(&mut self, ctx: &Context, which: usize) {
        let Some(share) = self
            .draft
            .as_mut()
            .and_then(|draft| draft.pasted.get_mut(which))
        else {
            return;
        };
        ctx.input(|input| {
            for event in &input.events {
                match event {
                    Event::Paste(text) | Event::MiddleClickPaste { text, .. } => share.pasted(text),
                    _ => {}
                }
            }
        });
    }

    /// The command that keeps the draft, when there is something new to keep: a second after
    /// the last one, or as soon as another view is entered.
    pub(crate) fn draft_to_keep(
        &mut self,
        app: &App,
        now: &Moment,
        ctx: &Context,
    ) -> Option<Command> {
        let open = matches!(app.stage(), Stage::Idle | Stage::Pausing(_));
        let draft = self.draft.as_ref().filter(|_| open)?;
        let kept = self.kept.as_ref();
        if kept.is_some_and(|kept| same_words(kept, draft)) {
            return None;
        }
        let turned = kept.is_none_or(|kept| kept.step != draft.step);
        let waited = self.kept_at.as_ref().map_or(KEPT_AFTER, |at| now.since(at));
        if !turned && waited < KEPT_AFTER {
            ctx.request_repaint_after(KEPT_AFTER.saturating_sub(waited));
            return None;
        }
        let mut draft = draft.clone();
        draft.looks.count_until(now.up);
        self.kept = Some(draft.clone());
        self.kept_at = Some(now.clone());
        Some(Command::KeepDraft(Box::new(draft)))
    }

    /// A command was refused because of these fields.
    pub(crate) fn refused(&mut self, problems: Vec<FieldError>) {
        self.problems = problems;
        self.entered = None;
    }

    /// The app has taken this draft: it is the one in hand now.
    pub(crate) fn accepted(&mut self, draft: Draft) {
        self.draft = Some(draft);
        self.problems.clear();
    }

    /// Whether plain digits mean an answer here.
    pub(crate) fn takes_digits(&self) -> bool {
        self.draft.is_some()
    }

    /// What stands under a field: its problem, else `otherwise`.
    pub(super) fn under(&self, field: Field, otherwise: FieldNote) -> FieldNote {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map_or(otherwise, |problem| {
                FieldNote::Wrong(problem.problem.clone())
            })
    }

    /// A field was changed: what was wrong with it is asked again later.
    pub(super) fn touched(&mut self, field: Field) {
        self.problems.retain(|problem| problem.field != field);
    }

    /// Goes to another view of the draft.
    pub(super) fn turn_to(&mut self, step: Step) {
        if let Some(draft) = &mut self.draft {
            draft.turn_to(step);
        }
        self.problems.clear();
    }

    /// Goes back to an answer; what is wrong with it is said there.
    pub(super) fn go_back_to(&mut self, question: Question) {
        let problems = std::mem::take(&mut self.problems);
        self.turn_to(Step::of(question));
        self.problems = problems;
    }

    /// Whether this view is shown for the first time since it was turned to, or since
    /// something was refused.
    pub(super) fn entering(&mut self) -> bool {
        let here = self.draft.as_ref().map(|draft| (draft.audit, draft.step));
        let entering = self.entered != here;
        self.entered = here;
        entering
    }
}

/// Whether two drafts hold the same, but for the time of the last key and a leave that lasts.
fn same_words(a: &Draft, b: &Draft) -> bool {
    let plain = |draft: &Draft| Draft {
        touched: draft.started.clone(),
        looks: crate::audit::looks::LooksAway::default(),
        ..draft.clone()
    };
    plain(a) == plain(b) && a.looks.times() == b.looks.times()
}
