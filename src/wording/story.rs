//! One audit as the journal tells it: its title, its facts, and the whole story in parts.

use crate::audit::{Choice, Flag};
use crate::engine::{AtInvalidation, Intent, Mode, Money};
use crate::promises::duration;
use crate::record::{AuditSealed, Ending, Followed, StopPlacement, Story};

use super::{finding, goalposts, reveal_notes, text, wait, when, words};
use crate::input::figures;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryPart {
    pub name: String,
    pub words: String,
    /// Whether it holds amounts or words of her own.
    pub is_private: bool,
}

/// "BTC/USDT long", or the market as far as it was typed.
pub fn title(story: &Story) -> String {
    match story.last_ticket() {
        Some(ticket) => format!("{} {}", ticket.symbol, words::side(ticket.side)),
        None if story.typed_symbol.is_empty() => "No market yet".to_owned(),
        None => story.typed_symbol.clone(),
    }
}

/// "BTC/USDT long, cross, 20x", or the title where there is no ticket.
pub fn heading(story: &Story) -> String {
    match story.last_ticket() {
        // Nothing is levered by getting out.
        Some(ticket) if ticket.intent.takes_off() => {
            format!("{}, {}", title(story), words::mode(ticket.mode))
        }
        Some(ticket) => format!(
            "{} {}, {}, {}",
            ticket.symbol,
            words::side(ticket.side),
            words::mode(ticket.mode),
            figures::leverage(ticket.leverage)
        ),
        None => title(story),
    }
}

/// How it ended, and whether the stop stands: "Proceeded, stop placed".
pub fn ended(story: &Story) -> String {
    let ended = story.ending.as_ref().map_or("", Ending::words);
    match story.stop {
        Some(StopPlacement::LeftOut) | None => ended.to_owned(),
        Some(stop) => format!("{ended}, stop {}", text::within(stop.words())),
    }
}

/// "Entry 412 · Fri 20 Nov 23:14 · experiment · arousal 3 · chasing".
pub fn facts(story: &Story) -> String {
    let mut parts = Vec::new();
    if let Some(ending) = &story.ending {
        parts.push(format!("Entry {}", ending.seq()));
        parts.push(when::day_and_time(ending.at()));
    }
    if story.last_ticket().is_some_and(|ticket| ticket.experiment) {
        parts.push(words::EXPERIMENT.to_owned());
    }
    if let Some(state) = &story.state {
        parts.push(format!("arousal {}", state.arousal.get()));
        parts.extend(state.tags.iter().map(|tag| tag.words().to_owned()));
    }
    parts.extend(story.flags().iter().map(|flag| flag.words().to_owned()));
    parts.join(" · ")
}

/// The whole story: what was wanted, what was written, what was shown, what was done.
pub fn parts(story: &Story) -> Vec<StoryPart> {
    let mut parts = Vec::new();
    written(story, &mut parts);
    shown(story, &mut parts);
    done(story, &mut parts);
    parts
}

fn private(parts: &mut Vec<StoryPart>, name: &str, words: impl Into<String>) {
    parts.push(StoryPart {
        name: name.to_owned(),
        words: words.into(),
        is_private: true,
    });
}

fn fact(parts: &mut Vec<StoryPart>, name: &str, words: impl Into<String>) {
    parts.push(StoryPart {
        name: name.to_owned(),
        words: words.into(),
        is_private: false,
    });
}

fn written(story: &Story, parts: &mut Vec<StoryPart>) {
    if let Some(ticket) = &story.ticket {
        let mut words = format!("{} {}", figures::quantity(ticket.quantity), ticket.unit());
        // At which price a reduce was filled that nobody decided on is not known.
        if story.done_before().is_none() || ticket.intent == Intent::Close {
            words = format!("{words} at {}", figures::typed_price(ticket.entry));
        }
        if !ticket.intent.takes_off() {
            let margin = figures::money(ticket.margin);
            words = format!("{words}, margin {margin} {}", ticket.collateral);
        }
        words = format!("{words}, {}", ticket.rules.label);
        let name = if story.done_before().is_some() {
            "What you had done"
        } else {
            "What you wanted to do"
        };
        private(parts, name, words);
    }
    if let (Some(ticket), Some(answers)) = (&story.ticket, story.answers()) {
        for (name, words) in reveal_notes::answers(ticket, answers) {
            private(parts, name, words);
        }
    }
}

fn shown(story: &Story, parts: &mut Vec<StoryPart>) {
    let (Some(revealed), Some(ticket)) = (&story.revealed, &story.ticket) else {
        return;
    };
    let assessment = &revealed.payload.assessment;
    for mode in [Mode::Isolated, Mode::Cross] {
        let outcome = assessment.outcome(mode);
        let mut words = format!("Worst case {}", figures::money(outcome.max_loss));
        match outcome.at_invalidation {
            Some(AtInvalidation::Closed { loss }) => {
                let what = if loss < Money::ZERO { "a gain of " } else { "" };
                let amount = figures::money(Money::new(loss.get().abs()));
                words.extend([", ", what, &amount, " where you are wrong"]);
            }
            Some(AtInvalidation::LiquidatedFirst { .. }) => {
                words.push_str(", closed before wrong");
            }
            None => {}
        }
        if let Some(at) = outcome
            .liquidation
            .end_against(ticket.side, ticket.effective_price())
        {
            words.push_str(", closed by the venue at ");
            words.push_str(&figures::price(at, ticket.entry));
        }
        words.push_str(", backed by ");
        words.push_str(&figures::money(outcome.backing));
        let name = format!("What you were shown, {}", words::mode(mode));
        private(parts, &name, words);
    }
    let findings: Vec<String> = assessment
        .findings
        .iter()
        .map(|finding| finding::finding(finding, ticket).0)
        .collect();
    if !findings.is_empty() {
        private(parts, "What was pointed out", findings.join(" "));
    }
    if let Some(moved) = &revealed.payload.goalposts {
        private(parts, "Goalposts", goalposts::sentence(moved));
    }
    let by = format!("engine {}, {}", revealed.payload.engine, ticket.rules.label);
    private(parts, "Computed by", by);
}

fn done(story: &Story, parts: &mut Vec<StoryPart>) {
    match &story.ending {
        Some(Ending::Decided { decision, .. }) => {
            let choice = match &decision.choice {
                Choice::Wait { until } => format!("Waited until {}", when::day_and_time(*until)),
                choice => choice.words().to_owned(),
            };
            let words = match decision.seconds_after_reveal {
                Some(seconds) => format!("{choice}, {seconds} s after the reveal"),
                None => format!("{choice}, {}", decision.step.words()),
            };
            fact(parts, "What you did", words);
            for trigger in &decision.triggers {
                let happened = if trigger.happened { "yes" } else { "no" };
                let asked = super::promise::asks_trigger(&trigger.asked);
                private(parts, "By your plan", format!("{asked} {happened}"));
            }
            if let Some(sentence) = &decision.sentence {
                private(parts, why_name(&decision.flags), sentence);
            }
        }
        Some(ending @ Ending::Expired { step, .. }) => {
            let words = format!("{}, {}", ending.words(), step.words());
            fact(parts, "What you did", words);
        }
        Some(Ending::Afterwards { at, done_at, .. }) => {
            let words = format!(
                "Logged {}, answers written afterwards, {}",
                when::day_and_time(*done_at),
                when::day_and_time(*at)
            );
            fact(parts, "What you did", words);
        }
        Some(
            ending @ Ending::Kept {
                promised, rules, ..
            },
        ) => {
            fact(parts, "What you did", ending.words());
            for (lead, stood) in [
                ("What you had promised", promised),
                ("What holds from the beginning", rules),
            ] {
                if !stood.is_empty() {
                    private(parts, lead, stood.join(". "));
                }
            }
        }
        None => {}
    }
    if let Some(sealed) = &story.sealed {
        let manner = &sealed.payload.manner;
        let mut facts = vec![format!(
            "{} s from the first screen to the seal",
            sealed.payload.seconds
        )];
        facts.extend(manner.looks.fact());
        let [first, second] = manner.pasted;
        if first > 0 || second > 0 {
            facts.push(format!("{first} % and {second} % of the answers pasted"));
        }
        fact(parts, "While writing", facts.join(". "));
        waited(&sealed.payload, parts);
    }
    if let Some(followed) = story.followed {
        let words = match followed {
            Followed::Opened => "Opened",
            Followed::Nothing(outcome) => outcome.words(),
        };
        fact(parts, "What became of it", words);
    }
    if let Some(stop) = story.stop {
        fact(parts, "The stop, where you would be wrong", stop.words());
    }
}

/// What the typed sentence of a decision is about.
fn why_name(flags: &[Flag]) -> &'static str {
    match (
        flags.contains(&Flag::OverAccepted),
        flags.contains(&Flag::GoalpostsMoved),
    ) {
        (false, true) => "Why the goalposts moved",
        (true, true) => "Why you took more than you accepted, with other goalposts",
        (_, false) => "Why you took more than you accepted",
    }
}

/// A real wait: how long, and what for.
fn waited(sealed: &AuditSealed, parts: &mut Vec<StoryPart>) {
    let AuditSealed {
        wait,
        state,
        manner,
        ..
    } = sealed;
    if let Some(reasons) = wait::reasons(wait, state, &manner.looks) {
        let words = format!(
            "{} from the first screen: {reasons}",
            duration(wait.seconds)
        );
        fact(parts, "What the numbers waited for", words);
    }
}
