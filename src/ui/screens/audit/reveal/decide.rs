//! The bar of decisions, and what some of them ask first. "Do nothing" comes first and has
//! the focus; nothing moves when another one is looked at.

use egui::{Label, Ui};
use rust_decimal::Decimal;

use super::RevealState;
use crate::app::Command;
use crate::audit::{Choice, Revealed, TicketChange};
use crate::engine::{Intent, Mode, Money, Quantity};
use crate::input::NumberBounds;
use crate::input::number::{Unit, read};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{PressButton, plain, primary};
use crate::ui::widgets::card::card;
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::{audit_end, reveal_notes, when};

/// What is being asked before a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DecisionPrompt {
    #[default]
    Nothing,
    Smaller,
    /// Until when to wait.
    Wait,
    /// The sentence for more than was accepted, or for goalposts that were moved.
    Sentence,
}

/// The name of *proceed* until it wakes: its time is said, not counted down.
const ASLEEP: &str = "Proceed after 5 s";

/// The buttons at the foot.
pub(super) fn bar(
    ui: &mut Ui,
    view: &View<'_>,
    revealed: &Revealed,
    state: &mut RevealState,
    entering: bool,
) -> Option<Action> {
    let mut action = None;
    let nothing = primary("Do nothing").key("Enter").show(ui);
    if entering || ui.memory(|m| m.focused().is_none()) {
        nothing.request_focus();
    }
    if nothing.clicked() {
        action = Some(decided(Choice::DoNothing, state));
    }
    // What closes gives the focus back to what had opened it.
    let closed = if view.asks(UiCommand::Cancel) {
        std::mem::take(&mut state.asks)
    } else {
        DecisionPrompt::Nothing
    };
    let opener = |ui: &mut Ui, button: PressButton<'_>, asks| {
        let button = button.show(ui);
        if closed == asks {
            button.request_focus();
        }
        button.clicked()
    };
    if revealed.ticket().adds() && opener(ui, plain("Smaller…"), DecisionPrompt::Smaller) {
        toggle(state, DecisionPrompt::Smaller);
    }
    let sealed = revealed.sealed().pause().ticket();
    if sealed.intent == Intent::Open && sealed.mode == Mode::Cross {
        let ticket = revealed.ticket();
        let still_cross = ticket.mode == Mode::Cross;
        if plain("Isolated instead")
            .enabled(still_cross)
            .show(ui)
            .clicked()
        {
            action = Some(Action::Do(Command::Lower(TicketChange {
                mode: Mode::Isolated,
                quantity: ticket.quantity,
                margin: None,
            })));
        }
    }
    if opener(ui, plain("Wait…"), DecisionPrompt::Wait) {
        toggle(state, DecisionPrompt::Wait);
    }
    let awake = revealed.proceed_wakes_in(view.now).is_zero();
    let name = match revealed.ticket().mode {
        _ if !awake => ASLEEP,
        Mode::Isolated if revealed.is_lowered() => "Proceed, isolated",
        Mode::Cross if revealed.is_lowered() => "Proceed, smaller",
        _ if revealed.asks_why() => "Proceed…",
        _ => "Proceed",
    };
    let proceed = plain(name).no_narrower_than(ASLEEP).enabled(awake);
    if opener(ui, proceed, DecisionPrompt::Sentence) {
        let allowed = view.app.plan_allows(revealed).is_ok();
        if revealed.asks_why() && allowed && state.asks != DecisionPrompt::Sentence {
            state.asks = DecisionPrompt::Sentence;
        } else {
            action = Some(decided(Choice::Proceed, state));
        }
    }
    action
}

fn toggle(state: &mut RevealState, asks: DecisionPrompt) {
    state.asks = if state.asks == asks {
        DecisionPrompt::Nothing
    } else {
        asks
    };
}

fn decided(choice: Choice, state: &RevealState) -> Action {
    let sentence = (!state.sentence.trim().is_empty()).then(|| state.sentence.clone());
    Action::Do(Command::Decide { choice, sentence })
}

/// What is asked above the bar: what opens has the focus and is in view.
pub(super) fn asked(
    ui: &mut Ui,
    view: &View<'_>,
    revealed: &Revealed,
    state: &mut RevealState,
) -> Option<Action> {
    let opens = std::mem::replace(&mut state.asked, state.asks) != state.asks;
    if state.asks == DecisionPrompt::Nothing {
        return None;
    }
    ui.add_space(space::ONE);
    let shown = card(ui, |ui| match state.asks {
        DecisionPrompt::Nothing => None,
        DecisionPrompt::Smaller => smaller(ui, revealed, state, opens),
        DecisionPrompt::Wait => wait(ui, view, state, opens),
        DecisionPrompt::Sentence => sentence(ui, revealed, state, opens),
    });
    if opens {
        shown.response.scroll_to_me(None);
    }
    shown.inner
}

fn smaller(
    ui: &mut Ui,
    revealed: &Revealed,
    state: &mut RevealState,
    opens: bool,
) -> Option<Action> {
    let sealed = revealed.sealed().pause().ticket();
    ui.label(text::body(ui, "A smaller size, or less leverage"));
    let sealed_words = reveal_notes::sealed_size(sealed);
    ui.add(Label::new(text::note(ui, sealed_words)).wrap());
    ui.add_space(space::HALF);
    two(ui, |ui, right| {
        if right {
            number("Leverage", &mut state.leverage, Unit::Leverage, "x")
                .within(at_most(sealed.leverage))
                .hint("as sealed")
                .show(ui, FieldNote::Nothing);
        } else {
            let quantity = number(
                "Quantity",
                &mut state.smaller,
                Unit::Quantity,
                sealed.unit(),
            )
            .within(at_most(sealed.quantity.get()))
            .hint("as sealed")
            .show(ui, FieldNote::Nothing);
            if opens {
                quantity.request_focus();
            }
        }
    });
    ui.add_space(space::HALF);
    if !plain("Show the numbers for it").show(ui).clicked() {
        return None;
    }
    let typed = |text: &str, unit, sealed| {
        let reading = read(text, unit).within(at_most(sealed));
        reading.exact().map(|number| number.value)
    };
    let sealed_quantity = sealed.quantity.get();
    let quantity =
        typed(&state.smaller, Unit::Quantity, sealed_quantity).unwrap_or(sealed_quantity);
    let leverage = typed(&state.leverage, Unit::Leverage, sealed.leverage)
        .filter(|leverage| *leverage > Decimal::ZERO);
    let margin = leverage.and_then(|leverage| {
        let notional = sealed.terms.notional(quantity, sealed.entry.get())?;
        notional.checked_div(leverage).map(Money::new)
    });
    Some(Action::Do(Command::Lower(TicketChange {
        mode: revealed.ticket().mode,
        quantity: Quantity::new(quantity),
        margin,
    })))
}

/// It may only be lowered.
fn at_most(sealed: Decimal) -> NumberBounds {
    NumberBounds::at_most(Some(sealed))
}

fn wait(ui: &mut Ui, view: &View<'_>, state: &RevealState, opens: bool) -> Option<Action> {
    ui.label(text::body(ui, "Until when?"));
    ui.label(text::note(ui, audit_end::WAITING));
    ui.add_space(space::HALF);
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (words, until)) in audit_end::waits(view.now.wall).into_iter().enumerate() {
            let name = format!("{words}, {}", when::time(until));
            let button = plain(&name).show(ui);
            if opens && at == 0 {
                button.request_focus();
            }
            if button.clicked() {
                action = Some(decided(Choice::Wait { until }, state));
            }
        }
    });
    action
}

fn sentence(
    ui: &mut Ui,
    revealed: &Revealed,
    state: &mut RevealState,
    opens: bool,
) -> Option<Action> {
    let why = reveal_notes::why(revealed)?;
    ui.add(Label::new(text::body(ui, why.asked)).wrap());
    let written = field(why.name, &mut state.sentence)
        .rows(2)
        .label_hidden()
        .show(ui, &FieldNote::note(why.note));
    if opens {
        written.request_focus();
    }
    ui.add_space(space::HALF);
    plain("Proceed with this")
        .show(ui)
        .clicked()
        .then(|| decided(Choice::Proceed, state))
}
