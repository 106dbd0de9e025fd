//! The whole reveal as plain text, for a terminal and for who has it read aloud.

use std::fmt;

use super::sizes::{Fit, fits};
use super::table::{self, CellPart};
use super::{goalposts, reveal, reveal_notes, warning};
use crate::audit::Revealed;
use crate::engine::Intent;
use crate::input::MODES;

/// A reveal, part by part in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainReveal {
    /// What can be lost, in the chosen mode and in the other, and what others have to bear.
    pub sentences: Vec<String>,
    /// Both modes row by row, the heading first; empty where nothing remains to be shown.
    pub table: Vec<String>,
    pub picture: Option<String>,
    /// Facts, the gravest first.
    pub findings: Vec<String>,
    pub sizes: Vec<Fit>,
    /// What the venue does that no formula shows, that these are estimates, and what is to be done
    /// beside any number.
    pub notes: Vec<String>,
}

/// The reveal as plain text; `venue` is the line about the venue, where there is one.
pub fn plain(revealed: &Revealed, venue: Option<String>) -> PlainReveal {
    let (assessment, ticket, answers) =
        (revealed.assessment(), revealed.ticket(), revealed.answers());
    let first = reveal::first_sentence(assessment, ticket, answers)
        .into_iter()
        .map(|(words, _)| words)
        .collect();
    let mut sentences = vec![first, reveal::second_sentence(assessment, ticket, answers)];
    sentences.extend(reveal::others_closer(assessment));
    sentences.extend(revealed.goalposts().map(goalposts::sentence));
    if revealed.is_lowered() {
        sentences.push(reveal_notes::lowered(revealed));
    }
    let mut notes: Vec<String> = venue.into_iter().collect();
    notes.push(reveal::ESTIMATES.to_owned());
    notes.extend(warning::beside_numbers(revealed).map(str::to_owned));
    PlainReveal {
        sentences,
        table: table_lines(revealed),
        picture: (ticket.intent != Intent::Close)
            .then(|| reveal::picture_sentence(assessment, ticket, answers)),
        findings: reveal_notes::findings(revealed)
            .into_iter()
            .map(|(lead, rest)| format!("{lead} {rest}"))
            .collect(),
        sizes: if ticket.adds() {
            fits(assessment, ticket, answers)
        } else {
            Vec::new()
        },
        notes,
    }
}

/// Each row names its mode beside each figure, so that it can be read aloud.
fn table_lines(revealed: &Revealed) -> Vec<String> {
    let rows = table::rows(revealed);
    if rows.is_empty() {
        return Vec::new();
    }
    let [isolated, cross] = MODES.map(|mode| table::heading(revealed, mode));
    let mut lines = vec![format!("{isolated} / {cross}")];
    lines.extend(rows.iter().map(|row| {
        let [isolated, cross] = &row.cells;
        format!(
            "{}: isolated {}; cross {}",
            row.name,
            cell(isolated),
            cell(cross)
        )
    }));
    lines
}

fn cell(parts: &[CellPart]) -> String {
    let texts: Vec<&str> = parts
        .iter()
        .map(|part| part.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
}

impl fmt::Display for PlainReveal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.sizes.iter().map(|fit| &fit.words);
        let blocks: [Vec<&String>; 6] = [
            self.sentences.iter().collect(),
            self.table.iter().collect(),
            self.picture.iter().collect(),
            self.findings.iter().collect(),
            sizes.collect(),
            self.notes.iter().collect(),
        ];
        for block in blocks.iter().filter(|block| !block.is_empty()) {
            for line in block {
                writeln!(f, "{line}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
