//! Whether Space and Enter may press what has the focus: only what is seen to have it, only once it
//! has stood there for a moment where it came by itself, and not in the midst of words that no
//! field takes in. Kept here for every control of every screen.

use egui::{Context, Event, Id, Key, Memory, Modifiers, accesskit};

use crate::ui::widgets::button::Focused;

/// Seconds in which a key is still meant for what was there before.
const SETTLED: f64 = 0.5;

/// Seconds after a letter or a digit that no field took, in which a space is one between words.
const BETWEEN_WORDS: f64 = 2.0;

/// What has the focus, and from when on keys may press it.
#[derive(Debug)]
pub(super) struct FocusWatch<P> {
    place: Option<P>,
    at: Option<Id>,
    name: Option<String>,
    /// Whether she moved the focus in this frame or the one before.
    moved: bool,
    ready: f64,
}

impl<P> Default for FocusWatch<P> {
    fn default() -> Self {
        Self {
            place: None,
            at: None,
            name: None,
            moved: false,
            ready: 0.0,
        }
    }
}

impl<P: PartialEq> FocusWatch<P> {
    /// Before anything is drawn: takes Space and Enter out of the input where they must press
    /// nothing.
    pub(super) fn guard(&mut self, ctx: &Context, place: P) {
        let moves = ctx.input(|input| input.events.iter().any(moves_focus));
        self.moved = moves || self.moved && self.at.is_none();
        self.follow(ctx, place);
        if ctx.text_edit_focused() {
            return;
        }
        let time = ctx.input(|input| input.time);
        let seen = self.at.and_then(|id| ctx.read_response(id));
        let is_seen = seen
            .as_ref()
            .is_some_and(|control| control.interact_rect.is_positive());
        let pressable = is_seen && time >= self.ready;
        let mut hidden = false;
        ctx.input_mut(|input| {
            input.events.retain(|event| {
                let Some(repeat) = presses(event) else {
                    return true;
                };
                hidden |= !is_seen;
                pressable && !repeat
            });
            if input.events.iter().any(is_word) {
                self.ready = self.ready.max(time + BETWEEN_WORDS);
            }
        });
        if hidden {
            Focused::show(ctx);
        }
    }

    /// Behind all that is drawn: what has come to have the focus meanwhile.
    pub(super) fn follow(&mut self, ctx: &Context, place: P) {
        let at = ctx.memory(Memory::focused);
        let name = Focused::name(ctx);
        let place = Some(place);
        if at != self.at {
            let pointed = at.and_then(|id| ctx.read_response(id));
            let pointed = pointed.is_some_and(|control| {
                control.contains_pointer() && ctx.input(|input| input.pointer.any_pressed())
            });
            self.ready = if self.moved || pointed {
                0.0
            } else {
                after(ctx)
            };
        } else if place != self.place || name != self.name && !self.moved {
            self.ready = self.ready.max(after(ctx));
        }
        (self.at, self.name, self.place) = (at, name, place);
    }
}

fn after(ctx: &Context) -> f64 {
    ctx.input(|input| input.time) + SETTLED
}

/// Whether she moves the focus with it.
fn moves_focus(event: &Event) -> bool {
    match event {
        Event::Key {
            key,
            pressed: true,
            modifiers,
            ..
        } => {
            let arrows = [
                Key::ArrowUp,
                Key::ArrowDown,
                Key::ArrowLeft,
                Key::ArrowRight,
            ];
            *key == Key::Tab || *modifiers == Modifiers::NONE && arrows.contains(key)
        }
        Event::AccessKitActionRequest(request) => request.action == accesskit::Action::Focus,
        _ => false,
    }
}

/// Whether it would press what has the focus; and whether the key is only held down.
fn presses(event: &Event) -> Option<bool> {
    match event {
        Event::Key {
            key: Key::Space | Key::Enter,
            pressed: true,
            repeat,
            ..
        } => Some(*repeat),
        _ => None,
    }
}

/// Whether something is written with it.
fn is_word(event: &Event) -> bool {
    matches!(event, Event::Text(text) if text.contains(|sign: char| !sign.is_whitespace()))
}
