//! A person before the window: she presses keys, types, and reads what is there.

use std::time::Duration;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use impulse_audit::app::{App, Command};
use impulse_audit::journal::Clock as _;
#[cfg(unix)]
use impulse_audit::ui::WindowLayout;
use impulse_audit::ui::{Preferences, Window, install};
use impulse_audit::wording::when;

use crate::common::{NOTHING, WRONG, World};

fn one_frame(ui: &mut egui::Ui, window: &mut Window) {
    window.logic(ui.ctx());
    window.ui(ui);
}

/// More keys than any view has places to go to.
const PLACES: usize = 60;

pub(crate) struct Seat {
    pub(crate) world: World,
    harness: Harness<'static, Window>,
}

impl Seat {
    /// Before a window of ordinary size over an account of 10,000 USDT.
    pub(crate) fn with_account() -> Self {
        let (world, app, _) = World::with_account();
        Self::before(world, app)
    }

    pub(crate) fn before(world: World, app: App) -> Self {
        Self::of_size(world, app, (1100.0, 760.0), 100)
    }

    pub(crate) fn of_size(world: World, app: App, size: (f32, f32), zoom: u16) -> Self {
        let preferences = Preferences {
            zoom,
            ..Preferences::default()
        };
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(8)
            .with_context_setup(install)
            .build_ui_state(one_frame, Window::new(app, preferences));
        let mut seat = Self { world, harness };
        seat.rest();
        seat
    }

    /// Before a window of ordinary size that looks as it was left.
    #[cfg(unix)]
    pub(crate) fn left_as(world: World, app: App, look: WindowLayout) -> Self {
        let harness = Harness::builder()
            .with_size((1100.0, 760.0))
            .with_max_steps(8)
            .with_context_setup(install)
            .build_ui_state(one_frame, Window::left_as(app, look));
        let mut seat = Self { world, harness };
        seat.rest();
        seat
    }

    /// How the window looks.
    #[cfg(unix)]
    pub(crate) fn preferences(&self) -> &Preferences {
        self.harness.state().preferences()
    }

    /// It is made to look so.
    #[cfg(unix)]
    pub(crate) fn prefer(&mut self, preferences: Preferences) {
        self.harness.state_mut().prefer(preferences);
        self.rest();
    }

    /// So many seconds of frames.
    #[cfg(unix)]
    pub(crate) fn passes(&mut self, seconds: f64) {
        let began = self.harness.ctx.input(|input| input.time);
        while self.harness.ctx.input(|input| input.time) < began + seconds {
            self.harness.step();
        }
        while self.harness.state().is_keeping() {
            std::thread::sleep(Duration::from_millis(1));
            self.harness.step();
        }
        self.rest();
    }

    /// The window is closed.
    #[cfg(unix)]
    pub(crate) fn close(&mut self) {
        self.harness.state_mut().close();
    }

    /// The program ends and is started again.
    pub(crate) fn restart(self) -> Self {
        let Self { world, harness } = self;
        drop(harness);
        let app = world.app();
        Self::before(world, app)
    }

    /// Draws until nothing asks for another frame. Panics where the window never rests, where
    /// an input has no name, and where a character has no glyph.
    pub(crate) fn rest(&mut self) {
        self.harness.run();
    }

    pub(crate) fn app(&self) -> &App {
        self.harness.state().app()
    }

    /// Lets the disk answer and draws what comes of it.
    pub(crate) fn settle(&mut self) {
        self.rest();
        self.harness.state_mut().app_mut().settle();
        self.rest();
    }

    /// Time goes by.
    pub(crate) fn wait(&mut self, seconds: u64) {
        self.world.clock.advance(Duration::from_secs(seconds));
        self.settle();
    }

    /// The clock time so many seconds from now, as the window says it.
    pub(crate) fn clock_in(&self, seconds: i64) -> String {
        let now = self.world.clock.now().wall;
        when::time(now + chrono::TimeDelta::seconds(seconds))
    }

    /// She presses what she has seen: a moment after the last thing that came.
    pub(crate) fn press(&mut self, key: Key) {
        if matches!(key, Key::Enter | Key::Space) {
            self.harness.run_steps(3);
        }
        self.press_at_once(key);
    }

    /// A key that comes as soon as can be.
    pub(crate) fn press_at_once(&mut self, key: Key) {
        self.harness.key_press(key);
        self.rest();
    }

    /// Keys in a quick hand: twenty in a second.
    pub(crate) fn strike(&mut self, keys: &[Key]) {
        for key in keys {
            for pressed in [true, false] {
                self.harness.input_mut().time = self.harness.ctx.input(|i| Some(i.time + 0.025));
                self.harness.event(Event::Key {
                    key: *key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                });
                self.harness.step();
            }
        }
        self.harness.input_mut().time = None;
        self.rest();
    }

    /// By its key to a screen of the rail.
    #[track_caller]
    pub(crate) fn go(&mut self, screen: &str) {
        let rail = [
            (Key::Num1, "Home"),
            (Key::Num2, "Audit"),
            (Key::Num3, "Journal"),
            (Key::Num4, "Promises"),
            (Key::Num5, "Account"),
            (Key::Num6, "Settings"),
            (Key::Num7, "Help"),
        ];
        let (key, _) = rail.into_iter().find(|(_, name)| *name == screen).unwrap();
        self.press_with(Modifiers::CTRL | Modifiers::COMMAND, key);
    }

    pub(crate) fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.rest();
    }

    /// A key that goes down and is not let go: asked for again, it repeats.
    pub(crate) fn hold(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.event(Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers,
        });
        self.rest();
    }

    /// A key that was held is let go.
    pub(crate) fn let_go(&mut self, key: Key) {
        self.harness.event(Event::Key {
            key,
            physical_key: None,
            pressed: false,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        self.rest();
    }

    /// Ctrl+Enter, as on Linux and Windows.
    pub(crate) fn next(&mut self) {
        self.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::Enter);
        self.settle();
    }

    pub(crate) fn write(&mut self, text: &str) {
        self.harness.event(Event::Text(text.to_owned()));
        self.rest();
    }

    /// Key by key, as fast as one types; Space too, which a button takes for a press.
    pub(crate) fn type_keys(&mut self, text: &str) {
        for sign in text.chars() {
            let key = match sign {
                ' ' => Some(Key::Space),
                sign => Key::from_name(&sign.to_ascii_uppercase().to_string()),
            };
            for pressed in [true, false] {
                if let Some(key) = key {
                    self.harness.event(Event::Key {
                        key,
                        physical_key: None,
                        pressed,
                        repeat: false,
                        modifiers: Modifiers::NONE,
                    });
                }
                if pressed {
                    self.harness.event(Event::Text(sign.to_string()));
                }
            }
            self.harness.step();
        }
        self.rest();
    }

    /// What stands in the field that has the focus; nothing where no field has it.
    pub(crate) fn typed_in_focus(&self) -> Option<String> {
        let mut nodes = self.harness.root().children_recursive();
        let focused = nodes.find(egui_kittest::Node::is_focused)?;
        let node = focused.accesskit_node();
        node.is_text_input()
            .then(|| node.value().unwrap_or_default())
    }

    /// The wheel is turned so far up.
    pub(crate) fn scroll(&mut self, points: f32) {
        self.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Wheel,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        self.harness.run_steps(3);
    }

    /// Which screen is shown.
    pub(crate) fn screen(&self) -> impulse_audit::ui::Screen {
        self.harness.state().screen()
    }

    /// Whatever else can come in.
    pub(crate) fn event(&mut self, event: Event) {
        self.harness.event(event);
        self.rest();
    }

    /// Something that another screen or program asks of the app meanwhile.
    pub(crate) fn send(&mut self, command: Command) {
        self.harness.state_mut().app_mut().send(command).unwrap();
        self.settle();
    }

    pub(crate) fn paste(&mut self, text: &str) {
        self.harness.event(Event::Paste(text.to_owned()));
        self.rest();
    }

    /// The window loses the focus of the keyboard, or gets it back.
    pub(crate) fn focus_window(&mut self, here: bool) {
        self.harness.input_mut().focused = here;
        self.harness.event(Event::WindowFocused(here));
        self.rest();
    }

    /// The name of what has the focus.
    pub(crate) fn focused(&self) -> Option<String> {
        self.harness
            .root()
            .children_recursive()
            .find(egui_kittest::Node::is_focused)
            .and_then(|node| node.accesskit_node().label())
    }

    /// Tab until the focus is on what has this name.
    #[track_caller]
    pub(crate) fn tab_to(&mut self, name: &str) {
        let mut seen = Vec::new();
        for _ in 0..PLACES {
            let here = self.focused();
            if here.as_deref() == Some(name) {
                return;
            }
            seen.push(here);
            self.press(Key::Tab);
        }
        panic!("Tab never comes to {name:?}, only to {seen:?}");
    }

    /// Tab to a field and type into it.
    #[track_caller]
    pub(crate) fn fill(&mut self, name: &str, text: &str) {
        self.tab_to(name);
        self.write(text);
    }

    /// Tab to a button and press it.
    #[track_caller]
    pub(crate) fn push(&mut self, name: &str) {
        self.push_only(name);
        self.settle();
    }

    /// The same without waiting for what comes of it.
    #[track_caller]
    pub(crate) fn push_only(&mut self, name: &str) {
        self.tab_to(name);
        self.press(Key::Enter);
    }

    /// Where what has this name lies in the window.
    #[track_caller]
    pub(crate) fn place(&self, name: &str) -> egui::Rect {
        let named =
            |node: &egui_kittest::Node<'_>| node.accesskit_node().label().as_deref() == Some(name);
        let node = self.harness.root().children_recursive().find(named);
        node.unwrap_or_else(|| panic!("nothing is named {name:?}"))
            .rect()
    }

    /// Every text that assistive technology can read: names, values, descriptions.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.harness
            .root()
            .children_recursive()
            .flat_map(|node| {
                let node = node.accesskit_node();
                [
                    node.label(),
                    node.value(),
                    node.data().description().map(str::to_owned),
                    node.data().placeholder().map(str::to_owned),
                ]
            })
            .flatten()
            .filter(|text| !text.is_empty())
            .collect()
    }

    pub(crate) fn reads(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }

    #[track_caller]
    pub(crate) fn must_read(&self, words: &str) {
        assert!(
            self.reads(words),
            "{words:?} is not among {:#?}",
            self.texts()
        );
    }

    #[track_caller]
    pub(crate) fn must_not_read(&self, words: &str) {
        assert!(!self.reads(words), "{words:?} is on the screen");
    }

    /// From anywhere outside an audit to its first view.
    #[track_caller]
    pub(crate) fn begin(&mut self) {
        self.press_with(Modifiers::CTRL | Modifiers::COMMAND, Key::N);
        self.must_read("How are you right now?");
    }

    /// Tense, fear of missing out; on to the ticket.
    #[track_caller]
    pub(crate) fn write_state(&mut self) {
        self.press_with(Modifiers::ALT, Key::Num2);
        self.press_with(Modifiers::ALT, Key::M);
        self.next();
        self.must_read("What do you want to do?");
    }

    /// BTC long 0.2 at 100,000 with 20x; on to the first question.
    #[track_caller]
    pub(crate) fn write_ticket(&mut self) {
        self.hand_in_ticket();
        self.must_read("1 of 4");
    }

    /// The same ticket, whatever is said to it.
    #[track_caller]
    pub(crate) fn hand_in_ticket(&mut self) {
        assert_eq!(self.focused().as_deref(), Some("Market"));
        self.write("btc");
        self.tab_to("Long");
        self.press(Key::Space);
        self.fill("Entry price", "100000");
        self.fill("Quantity", "0.2");
        self.fill("Leverage", "20");
        self.next();
    }

    /// On the ticket: what is to be done, and with which position.
    #[track_caller]
    pub(crate) fn choose(&mut self, intent: &str, position: &str) {
        for name in [intent, position] {
            self.tab_to(name);
            self.press(Key::Space);
        }
    }

    /// Out of a question by doing nothing, and home.
    #[track_caller]
    pub(crate) fn walk_home(&mut self) {
        self.press(Key::Escape);
        self.press(Key::Enter);
        self.settle();
        self.push("Home");
    }

    /// Types into the answer that has the focus, and goes on.
    pub(crate) fn answer(&mut self, text: &str) {
        self.write(text);
        self.next();
    }

    /// From anywhere outside an audit to its first question.
    #[track_caller]
    pub(crate) fn reach_the_questions(&mut self) {
        self.begin();
        self.write_state();
        self.write_ticket();
    }

    /// Four answers: wrong at 96,000, and as much accepted as is said.
    #[track_caller]
    pub(crate) fn write_answers(&mut self, accepted: &str) {
        self.answer(WRONG);
        self.must_read("2 of 4");
        self.answer("96000");
        self.must_read("3 of 4");
        self.answer(NOTHING);
        self.must_read("4 of 4");
        self.answer(accepted);
        self.seal();
    }

    /// From the view on which all four answers stand together.
    #[track_caller]
    pub(crate) fn seal(&mut self) {
        self.must_read("Your four answers, together");
        self.next();
    }

    /// To the numbers of that audit.
    #[track_caller]
    pub(crate) fn reach_the_numbers(&mut self, accepted: &str) {
        self.reach_the_questions();
        self.write_answers(accepted);
        self.must_read("Sealed");
        self.wait(20);
        self.must_read("If this goes wrong in isolated it can take");
    }
}
