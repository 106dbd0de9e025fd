//! What a person or a script can ask of the program without a terminal.

use std::path::Path;
use std::time::Duration;

use crate::chance::Chance;
use crate::oracle::Act;
use crate::run::{Asked, Outlet};

const LENGTHS: [&str; 5] = ["1h", "4h", "24h", "3d", "30d"];
const SPELLINGS: [&str; 7] = [
    "BTCUSDT",
    "btc-usdt-swap",
    "BTC/USDT:USDT",
    "BTC",
    "ETH",
    "ＢＴＣＵＳＤＴ",
    "BТC/USDT",
];
const ALWAYS: [&str; 8] = [
    "max-opens --opens 3 --per week",
    "max-leverage --isolated 10 --cross 5",
    "pause-after-loss --for 2h",
    "trading-hours --days mon-fri --hours 09:00-17:30",
    "wait-rescue --for 1h",
    "max-loss --most 2% --per day",
    "max-losses-in-a-row --losses 3",
    "no-emergency-release",
];
const LOOKS: [&str; 16] = [
    "promise list",
    "promise list --json",
    "journal list",
    "journal list --json --limit 500",
    "journal show 1",
    "journal show 3 --json",
    "verify",
    "verify --json",
    "seal",
    "export --format jsonl",
    "export --format jsonl --redact",
    "export --format csv",
    "export --format markdown --redact",
    "account list --json",
    "account show",
    "paths --json",
];
const SNAPSHOT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/ccxt/binance_like.json"
);

/// What is asked for, and of which promise.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) asked: Asked,
    pub(crate) act: Option<(String, Act)>,
    /// Whether a promise is armed by it.
    pub(crate) arms: bool,
    pub(crate) restores: bool,
}

fn one<'a>(chance: &mut Chance, of: &[&'a str]) -> &'a str {
    of[usize::try_from(chance.below(of.len() as u64)).unwrap()]
}

fn words(line: &str) -> Asked {
    Asked::to(&line.split(' ').collect::<Vec<_>>())
}

fn plain(asked: Asked) -> Deed {
    Deed {
        asked,
        act: None,
        arms: false,
        restores: false,
    }
}

/// Something that is asked for at random, of the promises with these ids.
pub(crate) fn deed(chance: &mut Chance, folder: &Path, ids: &[String]) -> Deed {
    let mut deed = match chance.below(20) {
        0..=4 => lock(chance),
        5 => {
            let line = format!("promise arm {} --yes", one(chance, &ALWAYS));
            plain(words(&line))
        }
        6..=9 if !ids.is_empty() => act(chance, ids),
        10 => {
            let name = one(chance, &["Main", "Second", "Ｍａｉｎ", "=1+1"]);
            let wallet = one(chance, &["10,000.00", "5000", "65k", "1.234,5", "nothing"]);
            plain(Asked::to(&[
                "account",
                "add",
                "--name",
                name,
                "--venue",
                "Binance",
                "--currency",
                "USDT",
                "--wallet",
                wallet,
                "--fee",
                "0.05",
            ]))
        }
        11 => plain(words("account set Main --wallet 9000")),
        12 => plain(words("account rules BTC --rate 0.4 --account Main")),
        13 => plain(Asked::to(&[
            "account",
            "import",
            SNAPSHOT,
            "--account",
            "Main",
            "--yes",
        ])),
        14 => plain(words("backup --json")),
        15 => restore(chance, folder),
        16 => {
            let out = folder.join(format!("out-{}", chance.below(3)));
            let format = one(chance, &["csv", "jsonl", "markdown"]);
            plain(Asked::to(&[
                "export",
                "--format",
                format,
                "--out",
                out.to_str().unwrap(),
            ]))
        }
        _ => plain(words(one(chance, &LOOKS))),
    };
    match chance.below(20) {
        0 => deed.asked.outlet = Outlet::Full,
        1 => deed.asked.outlet = Outlet::Gone,
        2 => deed.asked.blocks = Some(chance.below(40)),
        _ => {}
    }
    deed
}

fn lock(chance: &mut Chance) -> Deed {
    let length = one(chance, &LENGTHS);
    let line = if chance.below(2) == 0 {
        format!("promise arm no-cross --for {length} --yes")
    } else {
        let symbol = one(chance, &SPELLINGS);
        format!("promise arm no-switch-to-cross --for {length} --symbol {symbol} --yes")
    };
    Deed {
        arms: true,
        ..plain(words(&line))
    }
}

fn act(chance: &mut Chance, ids: &[String]) -> Deed {
    let id = &ids[usize::try_from(chance.below(ids.len() as u64)).unwrap()];
    let act = Act::ALL[usize::try_from(chance.below(5)).unwrap()];
    let mut asked = Asked::to(&["promise", act.word(), id]);
    asked.input = "The exchange is closing this market in ten minutes\n".to_owned();
    Deed {
        act: Some((id.clone(), act)),
        ..plain(asked)
    }
}

fn restore(chance: &mut Chance, folder: &Path) -> Deed {
    let backups = std::fs::read_dir(folder.join("data/backups"));
    let mut files: Vec<_> = backups.into_iter().flatten().flatten().collect();
    files.retain(|file| file.path().extension().is_some_and(|it| it == "jsonl"));
    files.sort_by_key(std::fs::DirEntry::path);
    let which = usize::try_from(chance.below(files.len().max(1) as u64)).unwrap();
    let nothing = folder.join("no-backup");
    let file = files.get(which).map_or(nothing, std::fs::DirEntry::path);
    Deed {
        restores: true,
        ..plain(Asked::to(&["restore", file.to_str().unwrap(), "--yes"]))
    }
}

/// A moment in the first hundredths of a second of a run.
pub(crate) fn moment(chance: &mut Chance) -> Duration {
    Duration::from_micros(chance.below(30_000))
}
