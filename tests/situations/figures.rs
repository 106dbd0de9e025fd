//! The same figure is the same wherever it stands: in the first sentences, the table, the picture, the
//! plain text of the terminal, the journal's line and its story.

use std::fs;
use std::path::Path;

use impulse_audit::app::Stage;
use impulse_audit::engine::{Money, Price, Side};
use impulse_audit::input::figures;
use impulse_audit::wording::plain::plain;
use impulse_audit::wording::{reveal, story, table};

use crate::common::decimal;
use crate::{Situation, a_twentieth_in_cross, position, revealed_in, typed};

fn text(value: &serde_json::Value) -> rust_decimal::Decimal {
    decimal(value.as_str().unwrap_or_else(|| panic!("{value}")))
}

/// The cell of the chosen mode in a row of the table.
fn cell(rows: &[table::Row], name: &str, chosen: usize) -> String {
    let row = rows.iter().find(|row| row.name.starts_with(name)).unwrap();
    row.cells[chosen][0].text.clone()
}

#[test]
fn one_figure_is_the_same_in_sentence_table_picture_terminal_and_journal() {
    let leaning = Situation {
        open: vec![position("ETH/USDT", Side::Long, "40", "2000", "0.01")],
        ticket: a_twentieth_in_cross,
        ..Situation::default()
    };
    let limit = Situation {
        ticket: |draft| {
            typed(
                draft,
                &[
                    ("entry", "95000"),
                    ("now", "100000"),
                    ("wrong", "92000"),
                    ("accepted", "1000"),
                ],
            );
        },
        ..Situation::default()
    };
    for (situation, mode, chosen) in [(leaning, "cross", 1), (limit, "isolated", 0)] {
        let (world, app) = revealed_in(situation);
        let Stage::Revealed(revealed) = app.stage() else {
            panic!("{:?}", app.stage());
        };
        let journal = world.last("audit.revealed")["assessment"][mode].clone();
        let worst = figures::money(Money::new(text(&journal["max_loss"])));
        let backing = figures::money(Money::new(text(&journal["backing"])));
        let (assessment, ticket, answers) =
            (revealed.assessment(), revealed.ticket(), revealed.answers());

        let first: String = reveal::first_sentence(assessment, ticket, answers)
            .into_iter()
            .map(|(words, _)| words)
            .collect();
        assert!(
            first.contains(&format!(" {worst} USDT")),
            "{worst}: {first}"
        );

        let rows = table::rows(revealed);
        assert_eq!(cell(&rows, "Worst case", chosen), worst);
        assert_eq!(cell(&rows, "Backed by", chosen), backing);

        let picture = reveal::picture_sentence(assessment, ticket, answers);
        assert!(picture.contains(&format!("{mode} {backing}")), "{picture}");
        if let Some(low) = journal["survives"]["low"].as_str() {
            let low = figures::price(Price::new(decimal(low)), ticket.entry);
            assert!(picture.contains(&low), "{low}: {picture}");
            assert_eq!(cell(&rows, "Closed by the venue at", chosen), low);
        }

        let terminal = plain(revealed, None).to_string();
        assert!(terminal.contains(&first) && terminal.contains(&picture));
        assert!(terminal.contains(&format!("{mode} {worst}")), "{terminal}");

        let audit = revealed.sealed().pause().audit();
        let told = story::parts(app.state().story(audit).unwrap());
        let words: Vec<String> = told.iter().map(|part| format!("{part:?}")).collect();
        assert!(
            words
                .iter()
                .any(|part| part.contains(&format!("Worst case {worst}"))),
            "{worst}: {words:?}"
        );
    }
}

/// Documents 002 and 003: neither mode is the safer one. What is told leaves the choice to her.
#[test]
fn no_situation_calls_a_mode_better_or_says_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations/snapshots");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let whole = fs::read_to_string(&path).unwrap().to_lowercase();
        // Behind the reason why it is true, which stands in the head of the file.
        let told = whole.split("\n---\n").nth(1).unwrap();
        let words = told.split(|c: char| !c.is_alphabetic());
        for word in words {
            let judges = [
                "safe",
                "safer",
                "safest",
                "better",
                "best",
                "worse",
                "should",
                "must",
                "ought",
                "recommend",
                "recommended",
                "avoid",
                "prefer",
                "advise",
                "wise",
                "dangerous",
            ];
            assert!(!judges.contains(&word), "{}: {word}", path.display());
        }
        seen += 1;
    }
    assert!(seen > 30, "only {seen} situations were seen");
}
