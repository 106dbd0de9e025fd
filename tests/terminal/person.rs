//! A person at a terminal of her own, who reads and types.

use std::process::Command as Process;

use rexpect::process::WaitStatus;
use rexpect::session::{PtySession, spawn_command};

use crate::house::House;
pub(crate) use crate::house::flat;

/// Bytes that came one by one, as text.
fn decoded(bytes: &str) -> String {
    let bytes: Vec<u8> = bytes.chars().map(|c| u8::try_from(c).unwrap()).collect();
    String::from_utf8(bytes).unwrap()
}

/// A person at a terminal without a display.
pub(crate) struct Person {
    pub(crate) session: PtySession,
}

impl Person {
    /// Begins an audit.
    pub(crate) fn sits_down(house: &House) -> Self {
        Self::at(&[env!("CARGO_BIN_EXE_impulse-audit")], house, &["audit"])
    }

    /// Runs a command of the program.
    pub(crate) fn runs(house: &House, arguments: &[&str]) -> Self {
        Self::at(&[env!("CARGO_BIN_EXE_impulse-audit")], house, arguments)
    }

    /// Runs a command line that ends in the program over this house.
    pub(crate) fn at(line: &[&str], house: &House, arguments: &[&str]) -> Self {
        // A run in the background hands on that it ignores Ctrl+C; a person's shell does not.
        let mut process = Process::new("env");
        process
            .arg("--default-signal=INT")
            .args(line)
            .arg("--data-dir")
            .arg(house.dir.path())
            .args(arguments)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env("TERM", "dumb");
        Self {
            session: spawn_command(process, Some(40_000)).unwrap(),
        }
    }

    /// Reads up to these words and answers what stood before them.
    pub(crate) fn reads(&mut self, words: &str) -> String {
        // What comes is taken byte by byte, so what is waited for is too.
        let bytes: String = words.bytes().map(char::from).collect();
        match self.session.exp_string(&bytes) {
            Ok(before) => decoded(&before),
            Err(error) => panic!("{words:?} did not come: {error}"),
        }
    }

    /// Reads these words and up to the next prompt, then types a line.
    pub(crate) fn answers(&mut self, words: &str, line: &str) -> String {
        let before = self.reads(words);
        let after = self.reads("\n> ");
        self.session.send_line(line).unwrap();
        format!("{before}{words}{after}")
    }

    /// Answers questions one after the other: the words that each begins with, and a line.
    pub(crate) fn answers_all(&mut self, answers: &[(&str, &str)]) {
        for (words, line) in answers {
            self.answers(words, line);
        }
    }

    /// All four answers stand together; an empty line seals them.
    pub(crate) fn seals(&mut self) -> String {
        self.answers("Your four answers, together", "")
    }

    pub(crate) fn ends_with(mut self, code: i32) -> String {
        let rest = decoded(&self.session.exp_eof().unwrap());
        match self.session.process().wait().unwrap() {
            WaitStatus::Exited(_, ended) => assert_eq!(ended, code, "{rest}"),
            other => panic!("{other:?}"),
        }
        rest
    }

    pub(crate) fn says_how_she_is(&mut self) {
        self.answers("How much is your body in it?", "2");
        self.answers("What is behind it?", "bm");
        self.reads("= bored, fear of missing out");
    }

    /// BTC long 0.2 at 100,000 with 20x; 1 is isolated, 2 is cross.
    pub(crate) fn writes_the_ticket(&mut self, mode: &str) {
        self.answers("To do", "");
        self.answers("Market, like BTC/USDT", "btc");
        self.reads("= BTC/USDT");
        self.answers("Side", "1");
        self.answers("Margin mode", mode);
        self.answers("Is something tried out here?", "");
        // A number that can be read in two ways is asked, never guessed.
        self.answers("Entry price (USDT)", "100,000");
        self.reads("Do you mean 100000 or 100?");
        self.answers("1  100,000 USDT", "1");
        self.reads("= 100,000 USDT");
        self.answers("Price now (USDT)", "");
        self.answers("Quantity (BTC)", "0.2");
        self.reads("= 0.2 BTC");
        self.answers("Leverage (x)", "20x");
        self.reads("0.2 BTC · notional 20,000.00 · margin 1,000.00 · 20x");
        self.answers("Maintenance rate (%)", "");
        let known = self.answers("What Main knows", "");
        assert!(known.contains("Wallet 10,000.00 USDT"), "{known}");
        assert!(known.contains("ETH/USDT long, price now: 2,100"), "{known}");
    }

    /// The same ticket once more, isolated: an empty line keeps what stands there.
    pub(crate) fn keeps_the_ticket_but_isolated(&mut self) {
        self.answers("To do", "");
        let asked = self.answers("Market, like BTC/USDT", "");
        assert!(asked.contains("Enter keeps: btc"), "{asked}");
        self.answers("Side", "");
        self.answers("Margin mode", "1");
        self.answers("Is something tried out here?", "");
        let asked = self.answers("Entry price (USDT)", "");
        assert!(asked.contains("Enter keeps: 100000"), "{asked}");
        self.answers("Price now (USDT)", "");
        self.answers("Quantity (BTC)", "");
        self.answers("Leverage (x)", "");
        self.answers("Maintenance rate (%)", "");
        self.answers("What Main knows", "");
    }
}
