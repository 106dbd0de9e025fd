//! The clocks of the machine under siege, and how much time has passed for sure and at the most.

use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::ground::Ground;

const FAKETIME: &str = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/// Seconds that passed for sure, and seconds that may be credited at the most: setting the wall clock
/// over a restart of the machine cannot be told from time in which it was off.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Passed {
    pub(crate) least: u64,
    pub(crate) most: u64,
}

/// Clocks that are moved by the siege.
#[derive(Debug)]
pub(crate) struct Clocks {
    ground: Ground,
    library: Option<PathBuf>,
    began: Instant,
    boots: u64,
    /// Seconds by which the boot clock stands ahead of the seconds since `began`.
    up_ahead: i64,
    /// Seconds by which the wall clock stands ahead of the machine's.
    wall_ahead: i64,
    /// By how much a person has set it, and the least and the most that ever was.
    set: i64,
    least_set: i64,
    most_set: i64,
    passed: Passed,
}

impl Clocks {
    pub(crate) fn over(ground: &Ground) -> Self {
        let library = Path::new(FAKETIME);
        let clocks = Self {
            ground: ground.clone(),
            library: library.exists().then(|| library.to_owned()),
            began: Instant::now(),
            boots: 1,
            up_ahead: 1_000,
            wall_ahead: 0,
            set: 0,
            least_set: 0,
            most_set: 0,
            passed: Passed::default(),
        };
        clocks.zone("Europe/Berlin");
        clocks.tick();
        clocks
    }

    /// Whether time can be made to pass here.
    pub(crate) fn can_pass(&self) -> bool {
        self.ground.own && self.library.is_some()
    }

    fn since_the_beginning(&self) -> u64 {
        self.began.elapsed().as_secs()
    }

    pub(crate) fn passed(&self) -> Passed {
        let real = self.since_the_beginning();
        Passed {
            least: self.passed.least + real,
            most: self.passed.most + real,
        }
    }

    /// The clocks go on: what the next program reads. Written in place and always as long, so that
    /// nobody reads half of it.
    pub(crate) fn tick(&self) {
        let millis = i64::try_from(self.began.elapsed().as_millis()).unwrap();
        let up = u64::try_from(self.up_ahead * 1_000 + millis).unwrap();
        let hundredths = up % 1_000 / 10;
        self.put(
            "uptime",
            &format!("{:012}.{hundredths:02} 1.00\n", up / 1_000),
        );
        let boot = format!("00000000-0000-4000-8000-{:012x}\n", self.boots);
        self.put("boot", &boot);
        self.put("wall", &format!("{:+015}s\n", self.wall_ahead));
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.ground.dir.join(name);
        let mut file = fs::File::options().write(true).open(path).unwrap();
        file.seek(SeekFrom::Start(0)).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// Time goes by while the machine is on.
    pub(crate) fn pass(&mut self, secs: u64) {
        let signed = i64::try_from(secs).unwrap();
        self.up_ahead += signed;
        self.wall_ahead += signed;
        self.passed.least += secs;
        self.passed.most += secs;
        self.tick();
    }

    /// A person sets the wall clock.
    pub(crate) fn set_wall(&mut self, secs: i64) {
        self.set += secs;
        self.wall_ahead += secs;
        self.least_set = self.least_set.min(self.set);
        self.most_set = self.most_set.max(self.set);
        // Where nothing was written since the machine was started, this may have been before.
        if self.boots > 1 {
            self.passed.most += u64::try_from(secs).unwrap_or(0);
        }
        self.tick();
    }

    /// Whether the wall clock was ever another than the right one.
    pub(crate) fn was_set(&self) -> bool {
        self.least_set != 0 || self.most_set != 0
    }

    /// The machine is off for a while and started again.
    pub(crate) fn reboot(&mut self, off: u64) {
        let signed = i64::try_from(off).unwrap();
        self.wall_ahead += signed;
        self.boots += 1;
        self.up_ahead = 20 - i64::try_from(self.since_the_beginning()).unwrap();
        if !self.was_set() {
            self.passed.least += off;
        }
        // The seconds of the start itself count as well.
        let by_the_wall = u64::try_from(self.set - self.least_set).unwrap();
        self.passed.most += off + by_the_wall + 20;
        self.tick();
    }

    pub(crate) fn zone(&self, name: &str) {
        let link = self.ground.dir.join("etc/localtime");
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(format!("/usr/share/zoneinfo/{name}"), link).unwrap();
    }

    /// A program by these clocks, which go on for it while it runs: a wall clock that stood beside a
    /// boot clock that is moved would be one that somebody sets back.
    pub(crate) fn dress(&self, command: &mut Command) {
        self.tick();
        if let Some(library) = self.library.as_ref().filter(|_| self.ground.own) {
            command
                .env("LD_PRELOAD", library)
                .env("FAKETIME_TIMESTAMP_FILE", self.ground.dir.join("wall"))
                .env("FAKETIME_NO_CACHE", "1")
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
    }
}

/// What `faketime` leaves behind of a program that was killed.
pub(crate) fn sweep_behind(pid: u32) {
    for name in [
        format!("sem.faketime_sem_{pid}"),
        format!("faketime_shm_{pid}"),
    ] {
        let _ = fs::remove_file(Path::new("/dev/shm").join(name));
    }
}
