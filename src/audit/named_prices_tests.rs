//! Which numbers are prices, and when two sentences name different ones.

use super::*;

fn differ(one: &str, other: &str) -> bool {
    NamedPrices::of(one).differ_from(&NamedPrices::of(other))
}

#[test]
fn one_price_in_many_spellings_is_one_price() {
    for other in [
        "close below 94k",
        "close below $94,000",
        "close below 94000 on the 1h",
        "close below ９４０００",
        "close below 94.000",
    ] {
        assert!(!differ("close below 94,000", other), "{other}");
    }
}

#[test]
fn another_price_differs_and_so_does_another_time_of_day() {
    for (one, other) in [
        ("close below 94k", "close below 93k"),
        ("收盘跌破94000就错", "收盘跌破93000就错"),
        ("4小时收线跌破9.4万", "4小时收线跌破9.3万"),
        ("закреп ниже 94к", "закреп ниже 93к"),
        ("no bounce by 14:00", "no bounce by 16:00"),
        ("between 94k and 95k", "between 94k and 96k"),
        ("under 94k", "under 94k, then 92k"),
    ] {
        assert!(differ(one, other), "{one} / {other}");
    }
}

#[test]
fn lengths_of_time_per_cents_and_multiples_are_no_prices() {
    for (one, other) in [
        ("the 4h close", "the 1h close"),
        ("the 15m close", "the 5m close"),
        ("flat after 2 days", "flat after 3 days"),
        ("H4 close", "H1 close"),
        ("4小时收线", "1小时收线"),
        ("4시간봉 마감", "1시간봉 마감"),
        ("volume falls 20%", "volume falls 30 %"),
        ("volume is 2x", "volume is 3x"),
        ("my 2nd try", "my 3rd try"),
        ("it is 50/50", "it is 60/40"),
        ("close below the range", "close below 94k"),
    ] {
        assert!(!differ(one, other), "{one} / {other}");
    }
}
