//! What keys can ask for, and the buttons that do the same: its words and its key, written once.

use std::borrow::Cow;

use egui::{Context, Event, InputState, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::Screen;
use crate::audit::{Arousal, Question, Tag};
use crate::record::StopPlacement;

/// Something that a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UiCommand {
    /// An audit begins, or the one in hand is gone on with.
    Audit,
    /// The promise that was armed last is taken back.
    TakeBack,
    Help,
    /// Every command, to be filtered.
    Palette,
    /// Every key that does something here.
    Keys,
    GoTo(Screen),
    /// What is written here stands: on, saved, armed, sealed.
    Confirm,
    /// The view before this one.
    Back,
    Cancel,
    /// The field in which the journal is searched.
    Search,
    /// How much the body is in it.
    Arousal(Arousal),
    /// What is behind it, or not after all.
    Tag(Tag),
    /// Another answer to a question that was answered.
    Change(Question),
    /// Where the stop is.
    Stop(StopPlacement),
    /// The lock that is offered behind an open.
    ArmOffer,
}

impl UiCommand {
    /// Its words on a button, where the view has none of its own.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Audit => "Start an audit",
            Self::TakeBack => "Take it back",
            Self::Help => "Help",
            Self::Palette => "Palette",
            Self::Keys => "Keys",
            Self::GoTo(screen) => screen.name(),
            Self::Confirm => "Next",
            Self::Back => "Back",
            Self::Cancel => "Leave",
            Self::Search => "Search",
            Self::Arousal(arousal) => arousal.word(),
            Self::Tag(tag) => tag.words(),
            Self::Change(_) => "Change",
            Self::Stop(stop) => stop.words(),
            Self::ArmOffer => "Arm it",
        }
    }

    /// Its words where they stand by themselves, among those of other views.
    pub(crate) fn said(self) -> Cow<'static, str> {
        let text = self.text();
        match self {
            Self::GoTo(screen) => format!("Go to {}", screen.name()).into(),
            Self::Help => "Open the help".into(),
            Self::Arousal(_) => format!("Body: {text}").into(),
            Self::Tag(_) => format!("Behind it: {text}").into(),
            Self::Change(question) => format!("Change answer {}", question.number()).into(),
            Self::Stop(_) => format!("The stop: {text}").into(),
            Self::TakeBack => "Take the last promise back".into(),
            Self::ArmOffer => "Arm the promise that is offered".into(),
            Self::Search => "Search the journal".into(),
            Self::Audit
            | Self::Palette
            | Self::Keys
            | Self::Confirm
            | Self::Back
            | Self::Cancel => text.into(),
        }
    }

    /// What it does, in a sentence.
    pub(crate) fn tooltip(self) -> &'static str {
        match self {
            Self::Audit => "Begins an audit, or goes on with the one that is under way.",
            Self::TakeBack => "Takes back the promise that was armed last, for 60 seconds.",
            Self::Help => "What the app does, and what it cannot do.",
            Self::Palette => "Shows every command that works here.",
            Self::Keys => "Shows every key that works here.",
            Self::GoTo(_) => "Shows this screen.",
            Self::Confirm => "Goes on with what is written here.",
            Self::Back => "Shows the view before this one.",
            Self::Cancel => "Leaves what is open; in an audit it asks first.",
            Self::Search => "Goes to the field in which the journal is searched.",
            Self::Arousal(_) => "Says how much your body is in it.",
            Self::Tag(_) => "Says what is behind it, or takes it out again.",
            Self::Change(_) => "Goes back to this answer.",
            Self::Stop(_) => "Says where your stop is.",
            Self::ArmOffer => "Arms the promise that is offered here.",
        }
    }

    /// The key that asks for it: never a letter or a digit alone, which are for what is written.
    pub(crate) fn shortcut(self) -> Option<KeyboardShortcut> {
        let named = |sign: &dyn ToString| Key::from_name(&sign.to_string());
        let (modifiers, key) = match self {
            Self::Audit => (Modifiers::COMMAND, Key::N),
            Self::TakeBack => (Modifiers::COMMAND, Key::Z),
            Self::Help => (Modifiers::NONE, Key::F1),
            Self::GoTo(screen) => {
                let mut in_order = (1..).zip(Screen::ALL);
                let (digit, _) = in_order.find(|(_, of)| *of == screen)?;
                (Modifiers::COMMAND, named(&digit)?)
            }
            Self::Palette => (Modifiers::COMMAND, Key::K),
            Self::Keys => (Modifiers::NONE, Key::Questionmark),
            Self::Confirm => (Modifiers::COMMAND, Key::Enter),
            Self::Back => (Modifiers::ALT, Key::ArrowLeft),
            Self::Cancel => (Modifiers::NONE, Key::Escape),
            Self::Search => (Modifiers::NONE, Key::Slash),
            Self::Arousal(arousal) => (Modifiers::ALT, named(&arousal.get())?),
            Self::Tag(tag) => (Modifiers::ALT, named(&tag.key())?),
            Self::Change(question) => (Modifiers::ALT, named(&question.number())?),
            Self::Stop(StopPlacement::Placed) => (Modifiers::ALT, Key::P),
            Self::Stop(StopPlacement::NotPlaced) => (Modifiers::ALT, Key::N),
            Self::Stop(StopPlacement::Mental) => (Modifiers::ALT, Key::M),
            Self::Stop(StopPlacement::LeftOut) => return None,
            Self::ArmOffer => (Modifiers::ALT, Key::L),
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }

    /// Its key in letters, as this system names it: "Ctrl+N"; empty where it has none.
    pub(crate) fn key(self, ctx: &Context) -> String {
        match self.shortcut() {
            Some(shortcut) if shortcut.logical_key == Key::Escape => "Esc".to_owned(),
            Some(shortcut) if matches!(shortcut.logical_key, Key::Slash | Key::Questionmark) => {
                shortcut.logical_key.symbol_or_name().to_owned()
            }
            Some(shortcut) => shortcut.format(&ModifierNames::NAMES, ctx.os().is_mac()),
            None => String::new(),
        }
    }

    /// The same without what is held down with it: "N"; where a view says that for all of its keys.
    pub(crate) fn sign(self) -> &'static str {
        self.shortcut()
            .map_or("", |shortcut| shortcut.logical_key.symbol_or_name())
    }

    /// What is held down with the key of each answer, as this system names it.
    pub(crate) fn held_for_answers(ctx: &Context) -> String {
        ModifierNames::NAMES.format(&Modifiers::ALT, ctx.os().is_mac())
    }

    /// Whether its key went down in this frame. It is taken out of the input either way: one that is
    /// only held down since an earlier view asks for nothing, and is nothing to a focused button.
    pub(super) fn is_pressed(self, input: &mut InputState) -> bool {
        let Some(shortcut) = self.shortcut() else {
            return false;
        };
        // What is written with Alt Gr, which some systems tell as Ctrl and Alt, is no command.
        let is_held = |modifiers: Modifiers| {
            modifiers.matches_logically(shortcut.modifiers)
                && modifiers.alt == shortcut.modifiers.alt
        };
        let fresh = |event: &Event| {
            matches!(event, Event::Key { key, pressed: true, repeat: false, modifiers, .. }
                if *key == shortcut.logical_key && is_held(*modifiers))
        };
        let fresh = input.events.iter().any(fresh);
        input.consume_shortcut(&shortcut) && fresh
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_key_twice(live: &[UiCommand]) {
        for command in live {
            let key = command.shortcut().unwrap();
            let with_it = live.iter().filter(|of| of.shortcut() == Some(key));
            assert_eq!(with_it.count(), 1, "{command:?}");
            assert!(!command.text().is_empty() && command.tooltip().ends_with('.'));
            assert!(!command.key(&Context::default()).is_empty());
        }
    }

    #[test]
    fn of_what_can_be_asked_for_at_once_each_has_a_key_of_its_own() {
        use UiCommand as Ui;
        let anywhere = [
            Ui::Audit,
            Ui::Help,
            Ui::Palette,
            Ui::Keys,
            Ui::TakeBack,
            Ui::Confirm,
            Ui::Cancel,
        ];
        let beside = |others: &[Ui]| [&anywhere[..], others].concat();
        let stops = StopPlacement::ASKED.map(Ui::Stop);
        let screens = beside(&Screen::ALL.map(Ui::GoTo));
        no_key_twice(&[&screens[..], &stops, &[Ui::Search, Ui::ArmOffer]].concat());
        let state = [&Arousal::ALL.map(Ui::Arousal)[..], &Tag::ALL.map(Ui::Tag)].concat();
        no_key_twice(&[&beside(&state)[..], &[Ui::Back]].concat());
        no_key_twice(&[&beside(&Question::ALL.map(Ui::Change))[..], &[Ui::Back]].concat());
    }

    #[test]
    fn keys_are_named_as_they_are_labelled() {
        let ctx = Context::default();
        ctx.set_os(egui::os::OperatingSystem::Nix);
        let named = [
            UiCommand::Confirm,
            UiCommand::Back,
            UiCommand::Cancel,
            UiCommand::GoTo(Screen::Home),
        ];
        let named = named.map(|command| command.key(&ctx));
        assert_eq!(named, ["Ctrl+Enter", "Alt+Left", "Esc", "Ctrl+1"]);
    }
}
