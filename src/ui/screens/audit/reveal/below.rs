//! Under the card: findings, the gravest first and few; sizes that fit; earlier decisions.

use egui::{Label, Ui};

use crate::audit::{Change, Revealed};
use crate::desk::Command;
use crate::engine::{Finding, Intent};
use crate::record::Story;
use crate::review::mirror;
use crate::telling::words::{self, fits};
use crate::telling::{figures, when};
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::card;
use crate::ui::{Action, View, text};

/// How many findings are shown: the reveal stays short.
const FINDINGS: usize = 3;

/// Shows them.
pub(super) fn below(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) -> Option<Action> {
    at_the_entry(ui, view, revealed);
    findings(ui, revealed);
    let action = if revealed.ticket().adds() {
        sizes(ui, revealed)
    } else {
        None
    };
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

/// At a rescue or a switch: what was written when the position was opened.
fn at_the_entry(ui: &mut Ui, view: &View<'_>, revealed: &Revealed) {
    let ticket = revealed.ticket();
    let asks = matches!(
        ticket.intent,
        Intent::AddMargin | Intent::SwitchMode | Intent::Increase
    );
    let Some(held) = ticket.held.as_ref().filter(|_| asks) else {
        return;
    };
    let opened = view
        .desk
        .book()
        .position(held.position)
        .map(|(_, open)| open);
    let story = opened
        .and_then(|open| open.position.audit)
        .and_then(|audit| view.desk.book().story(audit));
    card(ui, |ui| {
        ui.label(text::body(ui, "Has the thesis changed, or the fear?"));
        if let Some(sealed) = story.and_then(|story| story.sealed.as_ref()) {
            let written = when::day_and_time(sealed.receipt.at());
            ui.label(text::note(ui, format!("You wrote at the entry, {written}")));
            let answers = &sealed.payload.answers;
            let words = format!(
                "“{}” Wrong at {}.",
                answers.wrong,
                figures::typed_price(answers.invalidation)
            );
            ui.add(Label::new(text::body(ui, words)).wrap());
        } else {
            let words = "Nothing was written here when this position was opened.";
            ui.label(text::note(ui, words));
        }
    });
    ui.add_space(space::HALF);
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
    let ticket = revealed.ticket();
    for fit in fits(revealed.assessment(), ticket, revealed.answers()) {
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
