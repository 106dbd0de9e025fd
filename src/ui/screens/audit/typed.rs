//! What the audit's screens hold between frames; the draft itself is the app's, and lent to them
//! while they are drawn.

use std::collections::{BTreeSet, HashMap};

use egui::{Context, Event, Rect, Ui};

use super::reveal::RevealState;
use crate::app::{App, Stage};
use crate::audit::{Draft, Question, SIZES, Step};
use crate::input::{Field, FieldError, FieldSchema};
use crate::journal::Moment;
use crate::market::{AuditId, PositionId};
use crate::ui::UiCommand;
use crate::ui::widgets::field::FieldNote;
use crate::ui::widgets::form::row_ui;

/// Whether it is being asked if she walks away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LeavePrompt {
    /// It is not.
    #[default]
    No,
    Asked,
    /// She goes on writing after it was asked: the focus is to come back.
    Returning,
}

/// What the audit's screens hold between frames.
#[derive(Debug, Default)]
pub(crate) struct AuditState {
    /// Everything typed so far, while it is drawn.
    pub(super) draft: Option<Draft>,
    /// Whether the draft was edited since it was lent.
    pub(super) edited: bool,
    pub(crate) problems: Vec<FieldError>,
    /// Whether it is being asked if she walks away.
    pub(crate) walking: LeavePrompt,
    /// Whether the keys of this frame ask to go on, or back.
    pub(super) pressed: Option<UiCommand>,
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
    audit: Option<AuditId>,
    last_seen: Option<Moment>,
}

impl AuditState {
    /// Follows the app: begins anew with another draft, counts looks away.
    pub(crate) fn follow(&mut self, app: &mut App, now: &Moment, ctx: &Context) {
        let in_hand = app.draft().map(|draft| draft.audit);
        if in_hand != self.audit {
            *self = Self {
                audit: in_hand,
                last_seen: self.last_seen.take(),
                ..Self::default()
            };
            app.edit_draft(|draft| {
                let before = draft.looks.times();
                draft.looks.resume();
                draft.looks.times() != before
            });
        }
        self.count_looks(app, now, ctx);
        self.last_seen = Some(now.clone());
    }

    /// Borrows the app's draft, if the screen that is drawn may edit it.
    pub(crate) fn borrow(&mut self, app: &mut App) {
        self.draft = app.lend_draft();
    }

    pub(crate) fn give_back(&mut self, app: &mut App) {
        let edited = std::mem::take(&mut self.edited);
        if let Some(draft) = self.draft.take() {
            app.put_back(draft, edited);
        }
    }

    fn count_looks(&self, app: &mut App, now: &Moment, ctx: &Context) {
        if !matches!(app.stage(), Stage::Pausing(_)) {
            return;
        }
        let last = self.last_seen.as_ref().map_or(now.up, |moment| moment.up);
        let (changes, focused) = ctx.input(|input| {
            let changes = input.events.iter().filter_map(|event| match event {
                Event::WindowFocused(focused) => Some(*focused),
                _ => None,
            });
            (changes.collect::<Vec<_>>(), input.focused)
        });
        app.edit_draft(|draft| {
            let before = draft.looks.times();
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
            draft.looks.focus_changed(focused, now.up);
            draft.looks.times() != before
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
                    Event::Paste(text) | Event::MiddleClickPaste { text, .. } => {
                        share.pasted(text);
                        self.edited = true;
                    }
                    _ => {}
                }
            }
        });
    }

    /// A command was refused because of these fields.
    pub(crate) fn refused(&mut self, problems: Vec<FieldError>) {
        self.problems = problems;
        self.entered = None;
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

    /// Shows fields of the ticket that stand beside each other.
    pub(super) fn row_ui(
        &mut self,
        ui: &mut Ui,
        app: &App,
        row: &[FieldSchema],
        focus: Option<Field>,
    ) {
        let focus = focus.map(|field| (field, Rect::NOTHING));
        let Some(draft) = &mut self.draft else {
            return;
        };
        let Some(changed) = row_ui(ui, app, draft, row, &mut self.problems, focus) else {
            return;
        };
        self.edited = true;
        // The sizes hang together: a change of one may be what another waited for.
        let is_size = |field| SIZES.contains(&field);
        self.problems.retain(|problem| match changed {
            Field::Intent => false,
            Field::Symbol => problem.field != Field::Rate,
            Field::Entry | Field::Mark => !is_size(problem.field),
            changed => !(is_size(changed) && is_size(problem.field)),
        });
    }

    /// A field was edited: what was wrong with it is asked again later.
    pub(super) fn touched(&mut self, field: Field) {
        self.edited = true;
        self.problems.retain(|problem| problem.field != field);
    }

    /// Goes to another view of the draft.
    pub(super) fn turn_to(&mut self, step: Step) {
        if let Some(draft) = &mut self.draft {
            draft.turn_to(step);
            self.edited = true;
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
