//! Under the card: findings, the gravest first and few; sizes that fit; earlier decisions.

use egui::{Label, Ui};

use crate::audit::{Change, Revealed};
use crate::desk::Command;
use crate::engine::Finding;
use crate::record::Story;
use crate::review::mirror;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::card;
use crate::ui::words::{self, fits};
use crate::ui::{Action, View, figures, text, when};

/// How many findings are shown: the reveal stays short.
const FINDINGS: usize = 3;

/// Shows them.
pub(super) fn below(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) -> Option<Action> {
    findings(ui, revealed);
    let action = sizes(ui, revealed);
    let costs = revealed.outcome(revealed.ticket().mode).costs;
    let words = format!(
        "Fees come on top: {} {} at the prices above.",
        figures::balance(costs),
        revealed.ticket().collateral
    );
    ui.label(text::faint(ui, words));
    mirrored(ui, view, revealed);
    action
}

fn findings(ui: &mut Ui, revealed: &Revealed) {
    let assessment = revealed.assessment();
    // What the first sentence says already is not said twice.
    let whole = assessment.outcome(assessment.chosen).max_loss_share;
    let said_whole = whole.is_some_and(|share| share.get() >= rust_decimal::Decimal::ONE);
    let said = |finding: &&Finding| match finding {
        Finding::LiquidatedBeforeWrong { .. }
        | Finding::AlreadyLiquidatable { .. }
        | Finding::OverAcceptedLoss { .. } => false,
        Finding::WholeAccountAtStake { .. } => !said_whole,
        _ => true,
    };
    for finding in assessment.findings.iter().filter(said).take(FINDINGS) {
        let (lead, rest) = words::finding(finding, revealed.ticket());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            let lead = text::body(ui, lead).color(Palette::of(ui).attention);
            ui.label(lead);
            ui.label(text::body(ui, rest));
        });
    }
}

fn sizes(ui: &mut Ui, revealed: &Revealed) -> Option<Action> {
    let mut action = None;
    let (sizing, ticket) = (&revealed.assessment().sizing, revealed.ticket());
    for fit in fits(sizing, ticket, revealed.answers()) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::ONE;
            ui.label(text::second(ui, fit.words));
            if let Some((mode, quantity, margin)) = fit.take
                && quiet(ui, &fit.button).clicked()
            {
                action = Some(Action::Do(Command::Lower(Change {
                    mode,
                    quantity,
                    margin,
                })));
            }
        });
    }
    action
}

fn mirrored(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) {
    let pause = revealed.sealed().pause();
    let alike: Vec<&Story> = mirror(view.desk.book(), pause.ticket(), pause.state());
    if alike.is_empty() {
        return;
    }
    ui.add_space(space::ONE);
    card(ui, |ui| {
        ui.label(text::note(ui, "You were here before"));
        for story in alike {
            let (Some(sealed), Some(ending)) = (&story.sealed, &story.ending) else {
                continue;
            };
            ui.add_space(space::HALF);
            let words = format!("“{}”", sealed.payload.answers.wrong);
            ui.add(Label::new(text::body(ui, words)).wrap());
            let line = format!(
                "{} · {} · {}",
                story
                    .last_ticket()
                    .map(words::ticket_line)
                    .unwrap_or_default(),
                ending.words(),
                when::day_and_time(ending.at())
            );
            ui.add(Label::new(text::note(ui, line)).wrap());
        }
    });
}
