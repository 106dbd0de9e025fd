//! The journal written out: as what, how much of it, and into which file.

use std::path::PathBuf;

use egui::{Label, Ui};

use crate::app::{Command, Export, ExportError, Exported};
use crate::interchange::export::{Format, Privacy};
use crate::ui::tokens::space;
use crate::ui::widgets::button::plain;
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, text};
use crate::wording::text::sentence;

/// What is chosen and typed about an export, and what came of the last one.
#[derive(Debug, Default)]
pub(crate) struct ExportsState {
    format: Option<Format>,
    privacy: Option<Privacy>,
    path: String,
    asked: Option<Format>,
    told: Option<(Format, Result<Exported, ExportError>)>,
}

impl ExportsState {
    /// Takes in what came of the export.
    pub(crate) fn told(&mut self, result: Result<Exported, ExportError>) {
        let format = self.asked.take().unwrap_or(Format::JsonLines);
        self.told = Some((format, result));
    }
}

pub(super) fn exports_ui(ui: &mut Ui, state: &mut ExportsState) -> Option<Action> {
    card(ui, |ui| {
        let heading = ui.label(text::sentence(ui, "Export"));
        text::name_heading(&heading, "Export");
        let words = "The journal in a file of your own, that other programs can read. Nothing is overwritten, and the file is not locked: who has it can read it.";
        ui.add(Label::new(text::second(ui, words)).wrap());
        ui.add_space(space::ONE);
        let formats = [
            (Format::JsonLines, "Every line as it stands", Mark::Plain),
            (Format::Csv, "A table of audits", Mark::Plain),
            (Format::Markdown, "A note for each decision", Mark::Plain),
        ];
        one_of(ui, "Written out as", &formats, &mut state.format);
        ui.add_space(space::ONE);
        let parts = [
            (Privacy::Whole, "All of it", Mark::Plain),
            (Privacy::Redacted, "Without amounts and words", Mark::Plain),
        ];
        state.privacy.get_or_insert(Privacy::Whole);
        one_of(ui, "How much of it", &parts, &mut state.privacy);
        ui.add_space(space::ONE);
        field("A new file, or a folder for notes", &mut state.path)
            .hint("a full path, like /home/me/audits.csv")
            .show(ui, &FieldNote::Nothing);
        ui.add_space(space::HALF);
        let chosen = state
            .format
            .zip(state.privacy)
            .filter(|_| !state.path.trim().is_empty() && state.asked.is_none());
        let pressed = plain("Write it out")
            .enabled(chosen.is_some())
            .show(ui)
            .clicked();
        if let Some((format, told)) = &state.told {
            let words = match told {
                Ok(exported) => text::body(ui, exported.words(*format)),
                Err(why) => text::attention(ui, sentence(why)),
            };
            text::announced(ui, words);
        }
        let (format, privacy) = chosen.filter(|_| pressed)?;
        state.asked = Some(format);
        state.told = None;
        Some(Action::Do(Command::Export {
            export: Export { format, privacy },
            path: PathBuf::from(state.path.trim()),
        }))
    })
    .inner
}
