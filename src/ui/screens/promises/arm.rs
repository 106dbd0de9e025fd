//! Arming a promise: what, over what, for how long; and before it is armed its exact end and
//! what stays possible.

use egui::{Label, Ui};

use super::form_errors::{Drawn as _, refused};
use super::lengths::{self, LengthOffer, offered};
use super::wait::wait_fields;
use super::{About, keep_exact};
use crate::app::Command;
use crate::app::arm_form::{
    ACCOUNT, AT_STAKE, ArmForm, CROSS, DAYS, FROM, ISOLATED, LOSSES, LOST, MARKET, OPENS,
    ScopeChoice, TO,
};
use crate::engine::Mode;
use crate::input::FieldError;
use crate::input::FormErrors;
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::input::read_time;
use crate::market::{PositionId, Symbol};
use crate::promises::{
    Armed, Kind, Period, Promise, PromiseCommand, STAYS_POSSIBLE, WEEK, WITH_A_RECORD,
};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::{Mark, one_of, one_of_possible, segment};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::form::FormDone;
use crate::ui::widgets::number::number;
use crate::ui::{UiCommand, View, text};
use crate::waits::WaitReason;
use crate::wording::{kinds, promise, words};

/// The longest of a first lock, and why.
const FIRST: (u64, &str) = (
    24 * 3600,
    "A first lock is at most 24 h. The next one may be longer.",
);

/// How a length of one's own is written.
const UP_TO_30_D: &str = "like 36h or 2d, at most 30 d";

/// What she would tell herself: asked while calm, shown when it is met.
const WORDS: &str = "What would you tell yourself in the moment in which you want to break it?";

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut ArmForm,
    _: &mut Vec<FieldError>,
) -> FormDone {
    let before = form.clone();
    text::show_heading(ui, "Arm a promise");
    ui.add_space(space::ONE);
    // The waits are one, with a choice of its own.
    let offered = Kind::ALL.into_iter();
    let kinds: Vec<_> = offered
        .filter(|kind| !matches!(kind, Kind::Wait(_)))
        .chain([Kind::Wait(form.reason())])
        .map(|kind| (kind, kinds::words(kind), Mark::Plain))
        .collect();
    one_of_possible(ui, "What", &kinds, &mut form.kind, |_| true);
    let Some(kind) = form.kind else {
        return FormDone::No;
    };
    ui.add(Label::new(text::note(ui, kinds::explained(kind))).wrap());
    ui.add_space(space::TWO);
    particulars(ui, view, form, kind);
    if !kind.is_about_everything() {
        scope(ui, view, form, kind);
    }
    field(WORDS, &mut form.words).rows(2).show(
        ui,
        &FieldNote::note("May stay empty. It is shown to you then."),
    );
    ui.add_space(space::TWO);
    let read = form.read(view.app.state());
    let seen = card(ui, |ui| before_it(ui, view, read.as_ref().ok())).response;
    if *form != before {
        // What was wrong is asked again when it is to be armed.
        form.notes = FormErrors::default();
    }
    refused(ui, view.refused_about(About::Arming));
    ui.add_space(space::ONE);
    let (arm, back) = ui
        .horizontal_wrapped(|ui| {
            let arm = primary("Arm it").does(UiCommand::Confirm).show(ui);
            (arm, plain("Back").does(UiCommand::Cancel).show(ui))
        })
        .inner;
    if back.clicked() {
        return FormDone::Back;
    }
    if !arm.clicked() && !view.asks(UiCommand::Confirm) {
        return FormDone::No;
    }
    match read {
        // The end is to be seen before it is armed: the first key brings it into view.
        Ok(_) if !ui.clip_rect().contains_rect(seen.rect) && !arm.clicked() => {
            seen.scroll_to_me(None);
            arm.request_focus();
            FormDone::No
        }
        Ok(armed) => FormDone::HandedIn(
            Command::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))).into(),
        ),
        Err(notes) => {
            form.notes = notes;
            FormDone::No
        }
    }
}

fn particulars(ui: &mut Ui, view: &View<'_>, form: &mut ArmForm, kind: Kind) {
    let notes = form.notes.clone();
    match kind {
        Kind::NoSwitchToCross | Kind::NoCross => {
            let had_one = view.app.state().promises().had_a_lock();
            let positions = match kind {
                Kind::NoSwitchToCross => isolated(view),
                _ => Vec::new(),
            };
            let offer = LengthOffer {
                label: "For how long",
                lengths: offered(&Promise::OFFERED),
                positions,
                most: (!had_one).then_some(FIRST),
                hint: UP_TO_30_D,
            };
            lengths::show(ui, &mut form.lock, &offer, &notes);
        }
        Kind::PauseAfterLoss => {
            let mut offered = offered(&[4 * 3600, 24 * 3600]);
            offered.insert(0, (Promise::USUAL_PAUSE, "60 min".to_owned()));
            let offer = length("How long a pause", offered, UP_TO_30_D);
            lengths::show(ui, &mut form.after_loss, &offer, &notes);
        }
        Kind::PauseAfterLiquidation => {
            let offered = offered(&[Promise::USUAL_LIQUIDATION_PAUSE, 72 * 3600, 7 * 24 * 3600]);
            let offer = length("How long a pause", offered, UP_TO_30_D);
            lengths::show(ui, &mut form.after_liquidation, &offer, &notes);
        }
        Kind::Wait(_) => {
            reasons(ui, form);
            let offered = [Promise::LONGER_WAIT, 3600, 4 * 3600];
            let reason = form.reason();
            wait_fields(ui, &mut form.wait, reason, &offered, &notes);
        }
        Kind::MaxLoss => lost(ui, view, form),
        Kind::MaxAtStake => {
            let collateral = form.collateral(view.app.state()).to_owned();
            let under = notes.under(AT_STAKE, FieldNote::Nothing);
            number(AT_STAKE, &mut form.at_stake, Unit::Money, &collateral).show(ui, under);
        }
        Kind::MaxLossesInARow => {
            let under = notes.under(LOSSES, FieldNote::Nothing);
            number(LOSSES, &mut form.losses, Unit::Quantity, "in a row").show(ui, under);
        }
        Kind::TradingHours => hours(ui, form),
        Kind::MaxOpens => opens(ui, form),
        Kind::MaxLeverage => two(ui, |ui, right| {
            let (name, typed) = if right {
                (CROSS, &mut form.cross)
            } else {
                (ISOLATED, &mut form.isolated)
            };
            number(name, typed, Unit::Leverage, "x")
                .within(NumberBounds::LEVERAGE)
                .hint("not bounded, if left empty")
                .show(ui, form.notes.under(name, FieldNote::Nothing));
        }),
        Kind::NoAddingToALoser
        | Kind::NoIncreaseWhileLosing
        | Kind::CrossNeedsAPlan
        | Kind::NoEmergencyRelease => return,
    }
    ui.add_space(space::TWO);
}

fn length<'a>(label: &'a str, lengths: Vec<(u64, String)>, hint: &'a str) -> LengthOffer<'a> {
    LengthOffer {
        label,
        lengths,
        positions: Vec::new(),
        most: None,
        hint,
    }
}

fn reasons(ui: &mut Ui, form: &mut ArmForm) {
    let reasons = WaitReason::ALL.map(|reason| (reason, kinds::reason(reason), Mark::Plain));
    let mut reason = Some(form.reason());
    one_of(ui, "For which reason", &reasons, &mut reason);
    form.kind = reason.map(Kind::Wait);
    ui.add_space(space::TWO);
}

/// So much lost, within which time.
fn lost(ui: &mut Ui, view: &View<'_>, form: &mut ArmForm) {
    let collateral = form.collateral(view.app.state()).to_owned();
    two(ui, |ui, right| {
        if right {
            period(ui, &mut form.per);
        } else {
            let under = form.notes.under(LOST, FieldNote::Nothing);
            number(LOST, &mut form.lost, Unit::MoneyOrPercent, &collateral)
                .hint("an amount, or a percentage like 2 %")
                .show(ui, under);
        }
    });
}

fn period(ui: &mut Ui, per: &mut Option<Period>) {
    let periods = [
        (Period::Day, "24 h", Mark::Plain),
        (Period::Week, "Seven days", Mark::Plain),
    ];
    one_of(ui, "In which time", &periods, per);
}

/// Days, and from when to when.
fn hours(ui: &mut Ui, form: &mut ArmForm) {
    ui.label(text::note(ui, DAYS));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::Vec2::splat(space::ONE);
        for day in WEEK {
            let on = form.days.has(day);
            let word = day.to_string();
            if segment(ui, &word, None, on, Mark::Plain, egui::Role::CheckBox).clicked() {
                form.days = form.days.with(day, !on);
            }
        }
    });
    form.notes.beside(ui, DAYS);
    ui.add_space(space::TWO);
    two(ui, |ui, right| {
        let (name, typed, hint) = if right {
            (TO, &mut form.to, "like 17:30")
        } else {
            (FROM, &mut form.from, "like 09:00")
        };
        let read = read_time(typed);
        let understood = read.map_or(FieldNote::Nothing, |time| {
            FieldNote::note(time.format("%H:%M").to_string())
        });
        let under = form.notes.under(name, understood);
        field(name, typed).hint(hint).show(ui, &under);
    });
}

/// The isolated positions that are open, each with its name.
fn isolated(view: &View<'_>) -> Vec<(PositionId, String)> {
    let accounts = view.app.state().accounts().iter();
    accounts
        .flat_map(|account| &account.positions)
        .filter(|open| open.position.backing.mode() == Mode::Isolated)
        .map(|open| {
            let position = &open.position;
            let name = format!("{} {}", position.symbol, words::side(position.side));
            (open.id(), name)
        })
        .collect()
}

fn opens(ui: &mut Ui, form: &mut ArmForm) {
    two(ui, |ui, right| {
        if right {
            period(ui, &mut form.per);
        } else {
            let under = form.notes.under(OPENS, FieldNote::Nothing);
            number(OPENS, &mut form.opens, Unit::Quantity, "").show(ui, under);
        }
    });
}

fn scope(ui: &mut Ui, view: &View<'_>, form: &mut ArmForm, kind: Kind) {
    let state = view.app.state();
    let named = state.accounts().iter().map(|account| {
        (
            ScopeChoice::One(account.set.account),
            account.set.name.as_str(),
        )
    });
    let accounts: Vec<(ScopeChoice, &str, Mark)> = [(ScopeChoice::All, "All accounts")]
        .into_iter()
        .chain(named)
        .map(|(whose, name)| (whose, name, Mark::Plain))
        .collect();
    two(ui, |ui, right| {
        if !right {
            one_of(ui, ACCOUNT, &accounts, &mut form.whose);
            form.notes.beside(ui, ACCOUNT);
        } else if kind.takes_a_market() {
            market(ui, view, form);
        }
    });
    ui.add_space(space::TWO);
}

fn market(ui: &mut Ui, view: &View<'_>, form: &mut ArmForm) {
    let read = Symbol::read(&form.market, form.collateral(view.app.state()));
    let understood = read.map_or(FieldNote::Nothing, |symbol| {
        FieldNote::note(symbol.to_string())
    });
    let under = form.notes.under(MARKET, understood);
    field(MARKET, &mut form.market)
        .hint("every market, if left empty")
        .show(ui, &under);
}

/// What is about to be promised: its exact end, what stays possible, and that it has a record.
pub(crate) fn before_it(ui: &mut Ui, view: &View<'_>, armed: Option<&Armed>) {
    let Some(armed) = armed else {
        let words = "What you promise stands here with its exact end, before you arm it.";
        ui.add(Label::new(text::second(ui, words)).wrap());
        return;
    };
    keep_exact(ui, view.now);
    ui.add(Label::new(text::body(ui, armed.promise.sentence(&armed.scope))).wrap());
    let end = text::capital(&promise::would_hold(
        view.app.state().promises(),
        armed.holds,
        view.now,
    ));
    let words = text::strong(ui, end);
    text::announced(ui, words);
    let key = UiCommand::TakeBack.key(ui.ctx());
    let undo = format!("{key} takes it back for 60 seconds.");
    for words in [STAYS_POSSIBLE, &undo, WITH_A_RECORD] {
        ui.add(Label::new(text::note(ui, words)).wrap());
    }
}
