//! What a line says.

/// The line that does nothing with the trade, or leaves.
const QUIT: &str = "q";
/// The line that goes back.
const BACK: &str = "<";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum InputLine {
    Answer(Answer),
    /// Do nothing with the trade, or leave.
    Quit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Answer {
    Words(String),
    /// Nothing: an empty line.
    Nothing,
    Back,
}

impl InputLine {
    pub(super) fn read(line: &str) -> Self {
        Self::Answer(match line.trim() {
            "" => Answer::Nothing,
            QUIT | "Q" => return Self::Quit,
            BACK => Answer::Back,
            words => Answer::Words(words.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_short_line_quits_and_words_that_hold_it_do_not() {
        assert_eq!(InputLine::read("q"), InputLine::Quit);
        assert_eq!(InputLine::read(" Q \r"), InputLine::Quit);
        for (line, expected) in [
            ("<", Answer::Back),
            ("", Answer::Nothing),
            ("  ", Answer::Nothing),
            ("q/usdt", Answer::Words("q/usdt".to_owned())),
            (" a word ", Answer::Words("a word".to_owned())),
        ] {
            assert_eq!(
                InputLine::read(line),
                InputLine::Answer(expected),
                "{line:?}"
            );
        }
    }
}
