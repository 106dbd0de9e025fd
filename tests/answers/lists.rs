//! The lists: lines of fields that are parted by tabs.

use std::fmt;

/// What becomes of an answer that is handed in for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    /// It is asked how it would be seen.
    Asked,
    /// It is no answer at all.
    None,
}

/// A line of a list.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) language: String,
    pub(crate) verdict: Verdict,
    pub(crate) answer: String,
    pub(crate) why: String,
    /// Whether the rule is known to judge it otherwise.
    pub(crate) missed: bool,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            language,
            verdict,
            answer,
            why,
            missed: _,
        } = self;
        write!(f, "{language} {answer:?} ({why}) should be {verdict:?}")
    }
}

/// Reads a list. One whose lines name no verdict is of answers that pass.
pub(crate) fn listed(name: &str) -> Vec<Listed> {
    let path = format!("{}/tests/answers/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let known = line.strip_suffix("\tmissed");
            let fields: Vec<&str> = known.unwrap_or(line).split('\t').collect();
            let (language, verdict, answer, why) = match *fields {
                [language, answer, why] => (language, "pass", answer, why),
                [language, verdict, answer, why] => (language, verdict, answer, why),
                _ => panic!("{name}: {line:?}"),
            };
            Listed {
                language: language.to_owned(),
                verdict: match verdict {
                    "pass" => Verdict::Pass,
                    "asked" => Verdict::Asked,
                    "none" => Verdict::None,
                    other => panic!("{name}: {other:?} is no verdict"),
                },
                answer: answer.to_owned(),
                why: why.to_owned(),
                missed: known.is_some(),
            }
        })
        .collect()
}
