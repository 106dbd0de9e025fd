//! What is to be done beside any number: one quiet line where it applies, never two.

use impulse_audit::app::Stage;
use impulse_audit::audit::{Arousal, Draft, Tag};
use impulse_audit::engine::{Intent, Mode, Side};
use impulse_audit::interchange::venues::line_about;
use impulse_audit::wording::plain::plain;
use impulse_audit::wording::{wait, warning};
use proptest::prelude::*;

use crate::{Changed as _, Situation, about, in_cross, position, revealed_with, typed};

/// The lines of what is to be heeded that stand in a text.
fn lines(text: &str) -> Vec<&'static str> {
    let stands = |line: &&str| text.contains(*line);
    warning::LINES.into_iter().filter(stands).collect()
}

/// Those that are printed while the numbers are waited for, at every look, and with them.
fn printed(
    situation: Situation,
    also: impl Fn(&mut Draft),
) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut waiting = Vec::new();
    let (_world, app) = revealed_with(situation, also, |sealed| {
        waiting = lines(&wait::beside(sealed, "").join("\n"));
    });
    let Stage::Revealed(revealed) = app.stage() else {
        panic!("{:?}", app.stage());
    };
    (
        waiting,
        lines(&plain(revealed, line_about(revealed)).to_string()),
    )
}

fn tried_out(draft: &mut Draft) {
    draft.ticket.experiment = true;
}

fn cross(draft: &mut Draft) {
    in_cross(draft, &[]);
}

fn ten_times(draft: &mut Draft) {
    typed(draft, &[("leverage", "10")]);
}

#[test]
fn the_line_is_of_what_is_done_where_it_stands_and_what_it_is() {
    let eth = || position("ETH/USDT", Side::Long, "5", "2000", "0.005");
    let of = |open, ticket, also: fn(&mut Draft)| {
        let situation = Situation {
            wallet: "100000",
            open,
            ticket,
            ..Situation::default()
        };
        printed(situation, also).1
    };
    for (told, begins) in [
        (of(vec![], ten_times, |_| {}), "Put behind it only"),
        (
            of(vec![], |_| {}, |_| {}),
            "Compare the way to the liquidation",
        ),
        (
            of(vec![], ten_times, tried_out),
            "Isolated is the place of an experiment",
        ),
        (
            of(vec![], cross, tried_out),
            "An experiment has its place in isolated",
        ),
        (of(vec![], cross, |_| {}), "Cross asks for a loss limit"),
        (of(vec![eth()], cross, |_| {}), "Ask what else would lose"),
    ] {
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(begins), "{told:?} is not {begins:?}");
    }
}

#[test]
fn a_rescue_has_its_line_at_the_wait_and_another_one_at_the_numbers() {
    let situation = Situation {
        open: vec![
            position("BTC/USDT", Side::Long, "0.1", "100000", "0.004")
                .isolated("1000")
                .marked("95000"),
        ],
        ticket: |draft| {
            about(
                draft,
                &[("margin", "500"), ("wrong", "93000"), ("accepted", "1200")],
            );
            draft.ticket.intent = Intent::AddMargin;
        },
        ..Situation::default()
    };
    let (waiting, numbers) = printed(situation, |_| {});
    assert_eq!(waiting, [wait::RESCUE]);
    assert!(
        numbers[0].starts_with("More room is not more safety"),
        "{numbers:?}"
    );
    assert_eq!(numbers.len(), 1);
}

/// What a ticket says, and around it.
#[derive(Clone, Debug)]
struct Anything {
    intent: Intent,
    /// Of an open the ticket's mode, else the position's.
    cross: bool,
    experiment: bool,
    arousal: u8,
    tags: Vec<Tag>,
    leverage: u32,
    others: usize,
    mark: &'static str,
}

fn anything() -> impl Strategy<Value = Anything> {
    (
        prop::sample::select(Intent::ALL.to_vec()),
        (any::<bool>(), any::<bool>()),
        (0_u8..5, prop::sample::subsequence(Tag::ALL.to_vec(), 0..4)),
        prop::sample::select(vec![1_u32, 3, 10, 25, 50]),
        0_usize..3,
        prop::sample::select(vec!["98000", "100000", "103000"]),
    )
        .prop_map(
            |(intent, (cross, experiment), (arousal, tags), leverage, others, mark)| {
                // Margin is added to an isolated position, funds to the pool of one in cross.
                let cross = match intent {
                    Intent::AddMargin => false,
                    Intent::AddFunds => true,
                    _ => cross,
                };
                Anything {
                    intent,
                    cross,
                    experiment,
                    arousal,
                    tags,
                    leverage,
                    others,
                    mark,
                }
            },
        )
}

fn situation(of: &Anything) -> Situation {
    let held = position("BTC/USDT", Side::Long, "0.1", "100000", "0.004").marked(of.mark);
    let held = if of.cross {
        held
    } else {
        held.isolated("2000")
    };
    let others = [
        position("ETH/USDT", Side::Long, "5", "2000", "0.005"),
        position("SOL/USDT", Side::Short, "20", "150", "0.01"),
    ];
    let held = (of.intent != Intent::Open).then_some(held);
    Situation {
        wallet: "100000",
        open: held
            .into_iter()
            .chain(others.into_iter().take(of.others))
            .collect(),
        ..Situation::default()
    }
}

fn written(draft: &mut Draft, of: &Anything) {
    draft.ticket.intent = of.intent;
    draft.ticket.experiment = of.experiment;
    draft.arousal = Some(Arousal::try_from(of.arousal).unwrap());
    draft.tags = of.tags.iter().copied().collect();
    let leverage = of.leverage.to_string();
    match of.intent {
        Intent::Open => {
            draft.ticket.choose_mode(if of.cross {
                Mode::Cross
            } else {
                Mode::Isolated
            });
            about(
                draft,
                &[
                    ("entry", "100000"),
                    ("quantity", "0.05"),
                    ("leverage", &leverage),
                ],
            );
        }
        Intent::Increase => {
            about(
                draft,
                &[
                    ("entry", of.mark),
                    ("quantity", "0.05"),
                    ("leverage", &leverage),
                ],
            );
        }
        Intent::AddMargin | Intent::AddFunds => about(draft, &[("margin", "500")]),
        Intent::SwitchMode if of.cross => about(draft, &[("margin", "3000")]),
        Intent::Reduce => about(draft, &[("quantity", "0.05")]),
        Intent::SwitchMode | Intent::Close => about(draft, &[]),
    }
    typed(draft, &[("wrong", "97000"), ("accepted", "50000")]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn neither_a_wait_nor_a_printed_reveal_ever_has_two(of in anything()) {
        let (waiting, numbers) = printed(situation(&of), |draft| written(draft, &of));
        prop_assert!(waiting.len() <= 1, "{waiting:?}");
        prop_assert!(numbers.len() <= 1, "{numbers:?}");
        prop_assert_eq!(numbers.is_empty(), of.intent.takes_off(), "{:?}", numbers);
    }
}
