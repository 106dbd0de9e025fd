//! The reveal: what the trade can take, in both modes, and what to do about it.
//!
//! - `table`: both modes side by side in equal type
//! - `picture`, `curves`, `marks`: what both modes win and lose along the price
//! - `below`: findings, sizes that fit, earlier decisions
//! - `more`: further tables and pictures, folded away at first
//! - `decide`: the bar of decisions, and what some of them ask first

mod below;
mod curves;
mod decide;
mod marks;
mod more;
mod picture;
mod table;

use egui::text::LayoutJob;
use egui::{FontId, Label, TextFormat, Ui};

pub(super) use curves::Curves;

use crate::app::Command;
use crate::audit::{Permission, Revealed};
use crate::engine::{Intent, Mode};
use crate::market::AuditId;
use crate::promises::PlanLine;
use crate::ui::screens::promises::plan_card;
use crate::ui::style::semibold;
use crate::ui::tokens::{Palette, measure, size, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::foot::with_bar;
use crate::ui::{Action, View, text};
use crate::wording::reveal::{Span, Tone, first_sentence, others_closer, second_sentence};
use crate::wording::{goalposts, promise, reveal_notes, when};

/// What the reveal holds between frames.
#[derive(Debug, Default)]
pub(crate) struct RevealState {
    pub(super) curves: Option<Curves>,
    pub(super) cursor: Option<usize>,
    pub(super) asks: decide::DecisionPrompt,
    /// What was asked in the frame before.
    asked: decide::DecisionPrompt,
    pub(super) smaller: String,
    pub(super) leverage: String,
    pub(super) sentence: String,
    pub(super) more: more::MoreState,
    entered: Option<AuditId>,
}

pub(super) fn reveal_ui(
    ui: &mut Ui,
    view: &View<'_>,
    revealed: &Revealed,
    state: &mut RevealState,
) -> Option<Action> {
    let audit = revealed.sealed().pause().audit();
    let entering = state.entered != Some(audit);
    state.entered = Some(audit);
    with_bar(
        ui,
        state,
        |ui, state| {
            ui.add_space(space::TWO + space::HALF);
            column(ui, measure::WIDE, |ui| content(ui, view, revealed, state))
        },
        |ui, state| decide::bar(ui, view, revealed, state, entering),
    )
}

fn content(
    ui: &mut Ui,
    view: &View<'_>,
    revealed: &Revealed,
    state: &mut RevealState,
) -> Option<Action> {
    let (assessment, ticket, answers) =
        (revealed.assessment(), revealed.ticket(), revealed.answers());
    show_spans(ui, &first_sentence(assessment, ticket, answers));
    let second = text::second(ui, second_sentence(assessment, ticket, answers));
    ui.add(Label::new(second).wrap());
    if let Some(closer) = others_closer(assessment) {
        let words = text::second(ui, closer).color(Palette::of(ui).attention);
        ui.add(Label::new(words).wrap());
    }
    if let Some(moved) = revealed.goalposts() {
        let words = text::attention(ui, goalposts::sentence(moved));
        text::announced(ui, words);
    }
    ui.add_space(space::HALF);
    let mut action = None;
    if revealed.is_lowered() {
        action = lowered(ui, revealed);
    }
    // Of a position that is closed nothing is left to be drawn.
    if ticket.intent != Intent::Close {
        card(ui, |ui| {
            table::table(ui, revealed);
            ui.add_space(space::ONE);
            picture::picture(ui, revealed, state);
        });
        ui.add_space(space::HALF);
    }
    let planned = planned(ui, view, revealed);
    let below = below::below(ui, view, revealed);
    more::more_ui(ui, revealed, &mut state.more);
    let asked = decide::asked(ui, view, revealed, state);
    let permission = permission(ui, view, revealed);
    ui.add_space(space::ONE);
    action.or(planned).or(below).or(asked).or(permission)
}

/// The plan it goes by, line by line; its trigger, asked word for word; and why it does not allow
/// the trade, where it does not.
fn planned(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) -> Option<Action> {
    let (plan, lines) = view.app.plan_of(revealed)?;
    plan_card(ui, view, plan, &lines);
    ui.add_space(space::ONE);
    let mut happened = lines.iter().find_map(|line| match line {
        PlanLine::Trigger { happened, .. } => *happened,
        _ => None,
    });
    let asked = promise::asks_trigger(&plan.terms().trigger);
    let answers = [
        (true, promise::HAS_HAPPENED, Mark::Plain),
        (false, promise::HAS_NOT_HAPPENED, Mark::Plain),
    ];
    let answered = one_of(ui, &asked, &answers, &mut happened);
    if let Err(why) = view.app.plan_allows(revealed) {
        let words = text::attention(ui, why.to_string());
        text::announced(ui, words);
    }
    ui.add_space(space::HALF);
    let plan = plan.terms().plan;
    happened
        .filter(|_| answered)
        .map(|happened| Action::Do(Command::AnswerTrigger { plan, happened }))
}

fn show_spans(ui: &mut Ui, spans: &[Span]) {
    let p = *Palette::of(ui);
    let mut job = LayoutJob::default();
    for (words, tone) in spans {
        let color = match tone {
            Tone::Plain => p.ink,
            Tone::Of(Mode::Isolated) => p.isolated,
            Tone::Of(Mode::Cross) => p.cross,
            Tone::Attention => p.attention,
        };
        job.append(
            words,
            0.0,
            TextFormat {
                font_id: FontId::new(size::SENTENCE.0, semibold()),
                line_height: Some(size::SENTENCE.1),
                color,
                ..TextFormat::default()
            },
        );
    }
    let response = ui.add(Label::new(job).wrap());
    let sentence: String = spans.iter().map(|(words, _)| words.as_str()).collect();
    text::name_heading(&response, &sentence);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
}

fn lowered(ui: &mut Ui, revealed: &Revealed) -> Option<Action> {
    ui.horizontal_wrapped(|ui| {
        let words = text::attention(ui, reveal_notes::lowered(revealed));
        text::announced(ui, words);
        quiet(ui, "Back to what you sealed")
            .clicked()
            .then_some(Action::Do(Command::AsSealed))
    })
    .inner
}

fn permission(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) -> Option<Action> {
    let Permission::Holds { left, extendable } = revealed.permission(view.now) else {
        return None;
    };
    let until = when::end_of(view.now.wall, left);
    if let Some(fact) = revealed.sealed().sealing().manner().looks.fact() {
        ui.add(Label::new(text::faint(ui, format!("{fact}."))).wrap());
    }
    ui.horizontal_wrapped(|ui| {
        let words = reveal_notes::hold(view.app.state(), revealed, until, view.now.wall)?;
        ui.add(Label::new(text::faint(ui, words)).wrap());
        (extendable && quiet(ui, "Hold them longer, once").clicked())
            .then_some(Action::Do(Command::Extend))
    })
    .inner
}
