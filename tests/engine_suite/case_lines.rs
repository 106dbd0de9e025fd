//! Cases as JSON lines: the answer's shape, every refusal with its field, and nothing that panics.

use std::io::{BufRead, BufReader, Write as _};

use impulse_audit::engine::{Account, Assessment, Joint, Ticket, assess, case};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The case of the documents.
fn t1() -> Value {
    json!({"id":"t1",
     "account":{"collateral":"USDT","wallet_balance":"2000","positions":[
       {"symbol":"ETH/USDT","contract":"linear","contract_size":"1","side":"short","quantity":"0.5","entry":"2000","mark":"2000",
        "backing":{"mode":"isolated","margin":"200"},
        "maintenance":{"basis":"at_solved_price","close_fee":"0","tiers":[{"floor":"0","rate":"0","amount":"0"}]}}]},
     "ticket":{"intent":"open","symbol":"BTC/USDT","contract":"linear","contract_size":"1","side":"long","quantity":"0.02","entry":"100000","mark":"100000",
       "mode":"isolated","margin":"200","leverage":"10","fees":{"open":"0.0005","close":"0.0005"},"funding":{"rate":"0","intervals":0,"owed":"0"},"tick":null,
       "maintenance":{"basis":"at_solved_price","close_fee":"0","tiers":[{"floor":"0","rate":"0.004","amount":"0"}]},
       "invalidation":"95000","acceptable_loss":"150"},
     "joint":{"betas":{"ETH/USDT":"1.2"}}})
}

fn answer(case: &Value) -> Value {
    serde_json::from_str(&case::answer(&case.to_string())).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

fn starts(value: &Value, printed: &str) {
    let text = value.as_str().unwrap();
    assert!(
        text.starts_with(printed),
        "{text} does not begin as {printed}"
    );
}

#[test]
fn the_case_of_the_documents_is_answered_as_there() {
    let answer = answer(&t1());
    assert_eq!(
        keys(&answer),
        ["chosen", "cross", "findings", "id", "isolated", "order"]
    );
    assert_eq!(answer["id"], "t1");
    assert_eq!(answer["chosen"], "isolated");
    assert_eq!(answer["order"], json!({"kind":"now","distance":"0"}));
    let isolated = &answer["isolated"];
    assert_eq!(
        keys(isolated),
        [
            "already",
            "at_invalidation",
            "backing",
            "bankruptcy",
            "closed_with_it",
            "costs",
            "equity_at_liquidation",
            "joint",
            "loss_at_liquidation",
            "max_loss",
            "max_loss_alone",
            "max_loss_share",
            "survives",
            "together",
            "walled_off",
        ]
    );
    assert_eq!(isolated["backing"], "200");
    assert_eq!(isolated["walled_off"], "1799");
    starts(&isolated["survives"]["low"], "90361.44578313");
    assert_eq!(isolated["survives"]["high"], Value::Null);
    assert_eq!(isolated["already"], false);
    assert_eq!(isolated["bankruptcy"], json!({"low":"90000","high":null}));
    assert_eq!(isolated["max_loss"], "200");
    starts(&isolated["max_loss_share"], "0.10005");
    assert_eq!(isolated["costs"], "1.95");
    starts(&isolated["loss_at_liquidation"], "192.77");
    starts(&isolated["equity_at_liquidation"], "7.22");
    assert_eq!(
        isolated["at_invalidation"],
        json!({"closed":{"loss":"100"}})
    );
    assert_eq!(isolated["closed_with_it"], json!([]));
    assert_eq!(
        isolated["joint"]["pool_at"],
        json!({"fall":null,"rise":null})
    );
    let rung = &isolated["joint"]["ladder"][0];
    assert_eq!(keys(rung), ["closes", "equity_after", "from", "move"]);
    assert_eq!(rung["from"], "isolated");
    assert_eq!(rung["closes"], json!([{"symbol":"BTC/USDT","side":"long"}]));
    starts(&rung["move"], "-0.0963");
}

#[test]
fn without_joint_the_key_is_left_out() {
    let mut case = t1();
    case["joint"] = Value::Null;
    let answer = answer(&case);
    assert!(!keys(&answer["isolated"]).contains(&"joint"));
    assert!(!keys(&answer["cross"]).contains(&"joint"));
}

#[test]
fn margin_and_mark_may_be_left_out() {
    let mut case = t1();
    case["ticket"].as_object_mut().unwrap().remove("margin");
    case["ticket"].as_object_mut().unwrap().remove("mark");
    // 2,000 / 10, and the entry.
    assert_eq!(answer(&case)["isolated"]["backing"], "200");
    case["ticket"]["leverage"] = Value::Null;
    assert_eq!(answer(&case)["error"]["code"], "Missing");
    assert_eq!(answer(&case)["error"]["field"], "ticket.margin");
}

#[test]
fn every_field_that_is_needed_is_asked_for_by_its_path() {
    for path in [
        "account",
        "account.collateral",
        "account.wallet_balance",
        "account.positions",
        "account.positions[0].symbol",
        "account.positions[0].contract",
        "account.positions[0].contract_size",
        "account.positions[0].side",
        "account.positions[0].quantity",
        "account.positions[0].entry",
        "account.positions[0].mark",
        "account.positions[0].backing",
        "account.positions[0].backing.mode",
        "account.positions[0].backing.margin",
        "account.positions[0].maintenance",
        "ticket",
        "ticket.intent",
        "ticket.symbol",
        "ticket.contract",
        "ticket.contract_size",
        "ticket.side",
        "ticket.quantity",
        "ticket.entry",
        "ticket.mode",
        "ticket.fees",
        "ticket.fees.open",
        "ticket.fees.close",
        "ticket.funding",
        "ticket.funding.rate",
        "ticket.funding.intervals",
        "ticket.funding.owed",
        "ticket.maintenance",
        "ticket.maintenance.basis",
        "ticket.maintenance.close_fee",
        "ticket.maintenance.tiers",
        "ticket.maintenance.tiers[0].floor",
        "ticket.maintenance.tiers[0].rate",
        "ticket.maintenance.tiers[0].amount",
        "ticket.invalidation",
        "ticket.acceptable_loss",
    ] {
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let mut without = t1();
        without
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key)
            .unwrap();
        let mut null = t1();
        *null.pointer_mut(&pointer).unwrap() = Value::Null;
        for case in [without, null] {
            let answer = answer(&case);
            assert_eq!(answer["error"]["code"], "Missing", "{path}: {answer}");
            assert_eq!(answer["error"]["field"], path);
            assert_eq!(answer["id"], "t1");
        }
    }
}

#[test]
fn what_a_field_must_not_be_is_refused_by_its_path() {
    let tiers = |tiers: Value| json!({"basis":"at_solved_price","close_fee":"0","tiers":tiers});
    for (path, value, code) in [
        ("ticket.quantity", json!("0"), "NotPositive"),
        ("ticket.quantity", json!("-1"), "NotPositive"),
        ("ticket.quantity", json!(0.02), "NotANumber"),
        ("ticket.quantity", json!("1e3"), "NotANumber"),
        ("ticket.quantity", json!("NaN"), "NotANumber"),
        ("ticket.quantity", json!(" "), "Missing"),
        ("ticket.quantity", json!("9".repeat(10_000)), "Overflow"),
        ("ticket.quantity", json!([]), "WrongShape"),
        ("ticket.entry", json!("0"), "NotPositive"),
        ("ticket.mark", json!("-5"), "NotPositive"),
        ("ticket.margin", json!("0"), "NotPositive"),
        ("ticket.leverage", json!("0"), "NotPositive"),
        ("ticket.tick", json!("0"), "NotPositive"),
        ("ticket.fees.open", json!("-0.1"), "Negative"),
        ("ticket.funding.intervals", json!(-1), "NotANumber"),
        ("ticket.acceptable_loss", json!("0"), "NotPositive"),
        ("ticket.invalidation", json!("0"), "NotPositive"),
        (
            "ticket.invalidation",
            json!("100000"),
            "InvalidationOnProfitSide",
        ),
        (
            "ticket.invalidation",
            json!("100001"),
            "InvalidationOnProfitSide",
        ),
        ("ticket.side", json!("up"), "UnknownWord"),
        ("ticket.intent", json!("hope"), "UnknownWord"),
        ("ticket.mode", json!("CROSS"), "UnknownWord"),
        ("ticket.maintenance.basis", json!("at_noon"), "UnknownWord"),
        ("account.wallet_balance", json!("-1"), "Negative"),
        ("account.positions[0].entry", json!("0"), "NotPositive"),
        ("account.positions[0].mark", json!("0"), "NotPositive"),
        (
            "account.positions[0].backing.margin",
            json!("0"),
            "NotPositive",
        ),
    ] {
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        let mut case = t1();
        *case.pointer_mut(&pointer).unwrap() = value.clone();
        let answer = answer(&case);
        assert_eq!(answer["error"]["code"], code, "{path} {value}: {answer}");
        assert_eq!(answer["error"]["field"], path);
    }
    let tier = |floor: &str| json!({"floor":floor,"rate":"0.01","amount":"0"});
    for (schedule, code, field) in [
        (tiers(json!([])), "Missing", "ticket.maintenance.tiers"),
        (
            tiers(json!([tier("1")])),
            "TiersNotFromZero",
            "ticket.maintenance.tiers[0].floor",
        ),
        (
            tiers(json!([tier("0"), tier("5"), tier("5")])),
            "TiersNotRising",
            "ticket.maintenance.tiers[2].floor",
        ),
    ] {
        let mut case = t1();
        case["ticket"]["maintenance"] = schedule;
        assert_eq!(answer(&case)["error"]["code"], code);
        assert_eq!(answer(&case)["error"]["field"], field);
    }
    // What takes effect at the mark can be passed by it; an order is wrong only where it is filled.
    let mut order = t1();
    order["ticket"]["mark"] = json!("94000");
    assert_eq!(answer(&order)["order"]["kind"], "stop");
    let mut passed = t1();
    passed["ticket"]["intent"] = json!("add_margin");
    passed["ticket"]["mark"] = json!("94000");
    assert_eq!(answer(&passed)["error"]["code"], "AlreadyInvalid");
    assert_eq!(answer(&passed)["error"]["field"], "ticket.invalidation");
    let mut twice = t1();
    let position = twice["account"]["positions"][0].clone();
    twice["account"]["positions"]
        .as_array_mut()
        .unwrap()
        .push(position);
    assert_eq!(answer(&twice)["error"]["code"], "DuplicatePosition");
    assert_eq!(
        answer(&twice)["error"]["field"],
        "account.positions[1].symbol"
    );
}

#[test]
fn what_is_stored_reads_back_as_it_was() {
    let case = case::read(&t1().to_string()).unwrap();
    let account: Account = serde_json::from_value(t1()["account"].clone()).unwrap();
    let ticket: Ticket = serde_json::from_value(t1()["ticket"].clone()).unwrap();
    let joint: Joint = serde_json::from_value(t1()["joint"].clone()).unwrap();
    assert_eq!(
        (&account, &ticket, Some(&joint)),
        (&case.account, case.ticket().unwrap(), case.joint.as_ref())
    );
    let assessment = assess(&account, &ticket, Some(&joint)).unwrap();
    let stored = serde_json::to_string(&(&account, &ticket, &joint, &assessment)).unwrap();
    let read: (Account, Ticket, Joint, Assessment) = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, (account, ticket, joint, assessment));
    assert!(
        !stored.contains(":0."),
        "a number is stored as a text: {stored}"
    );
}

#[test]
fn a_bad_line_is_answered_and_the_run_goes_on() {
    let deep = "[".repeat(100_000);
    let input = format!("nonsense\n\n{deep}\n{}\n{{\"id\":7}}\n\"text\"\n", t1());
    let mut output = Vec::new();
    case::run(input.as_bytes(), &mut output).unwrap();
    let answers: Vec<Value> = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 5);
    for unreadable in &answers[..2] {
        assert_eq!(unreadable["id"], Value::Null);
        assert_eq!(unreadable["error"]["code"], "Unreadable");
    }
    assert_eq!(answers[2]["isolated"]["max_loss"], "200");
    assert_eq!(
        (&answers[3]["id"], &answers[3]["error"]["field"]),
        (&json!(7), &json!("account"))
    );
    assert_eq!(answers[4]["error"]["code"], "WrongShape");
    let mut output = Vec::new();
    case::run(&b"\xff\xfe\n{}"[..], &mut output).unwrap();
    assert_eq!(String::from_utf8(output).unwrap().lines().count(), 2);
}

#[test]
fn a_line_beyond_16_mib_is_told_once_and_the_next_one_answered() {
    let mut input = vec![b'x'; 16 * 1024 * 1024 + 1];
    input.extend(format!("\n{}\n", t1()).bytes());
    let mut output = Vec::new();
    case::run(input.as_slice(), &mut output).unwrap();
    let answers: Vec<Value> = output
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(
        answers[0]["error"]["message"],
        "This line is longer than 16 MiB."
    );
    assert_eq!(answers[1]["id"], "t1");
}

#[test]
fn intervals_may_be_written_as_a_text_of_digits() {
    for (written, read) in [
        (json!("3"), Some(3)),
        (json!(3), Some(3)),
        (json!("+3"), None),
    ] {
        let mut case = t1();
        case["ticket"]["funding"]["intervals"] = written;
        let case = case::read(&case.to_string());
        let intervals = case.map(|case| case.ticket().unwrap().funding.intervals);
        assert_eq!(intervals.ok(), read);
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let (reader, writer) = std::io::pipe().unwrap();
    let running = std::thread::spawn(move || {
        let many = format!("{}\n", t1()).repeat(5_000);
        case::run(many.as_bytes(), writer)
    });
    let mut first = String::new();
    BufReader::with_capacity(64, reader)
        .read_line(&mut first)
        .unwrap();
    assert!(first.contains("t1"));
    running.join().unwrap().unwrap();
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let (questions, mut ask) = std::io::pipe().unwrap();
    let (answers, reply) = std::io::pipe().unwrap();
    let running = std::thread::spawn(move || case::run(BufReader::new(questions), reply));
    let mut answers = BufReader::new(answers);
    for _ in 0..2 {
        writeln!(ask, "{}", t1()).unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert!(line.contains("\"id\":\"t1\""));
    }
    drop(ask);
    running.join().unwrap().unwrap();
}

fn extreme() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("0".to_owned()),
        Just("1".to_owned()),
        Just("0.0000000000000000000000000001".to_owned()),
        Just("79228162514264337593543950335".to_owned()),
        Just("0.9999999999999999999999999999".to_owned()),
        Just("10000000000000000000000000000".to_owned()),
        Just("-3".to_owned()),
        "[0-9]{1,28}",
        "0\\.[0-9]{1,28}",
        "[0-9]{1,12}\\.[0-9]{1,12}",
        ".{0,6}",
    ]
}

fn set_texts(value: &mut Value, texts: &mut impl Iterator<Item = Option<String>>) {
    match value {
        Value::String(text) if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            if let Some(Some(other)) = texts.next() {
                *text = other;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| set_texts(value, texts)),
        Value::Object(map) => map.values_mut().for_each(|value| set_texts(value, texts)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_extreme_numbers_is_an_answer_or_an_error(
        texts in prop::collection::vec(prop::option::weighted(0.3, extreme()), 40),
        intent in prop::sample::select(vec![
            "open", "increase", "add_margin", "switch_mode", "reduce", "close",
        ]),
        inverse in prop::bool::ANY,
        own in prop::bool::ANY,
        basis in prop::sample::select(vec!["at_solved_price", "at_entry", "at_mark"]),
        mode in prop::sample::select(vec!["isolated", "cross"]),
    ) {
        let mut case = t1();
        case["ticket"]["intent"] = json!(intent);
        case["ticket"]["mode"] = json!(mode);
        case["ticket"]["maintenance"]["basis"] = json!(basis);
        case["ticket"]["maintenance"]["tiers"].as_array_mut().unwrap()
            .push(json!({"floor":"1500","rate":"0.02","amount":"24"}));
        case["ticket"]["lot"] = json!("0.001");
        case["ticket"]["tick"] = json!("0.1");
        if own {
            let mut held = case["account"]["positions"][0].clone();
            held["symbol"] = json!("BTC/USDT");
            held["side"] = json!("long");
            held["backing"] = json!({"mode":"cross"});
            case["account"]["positions"].as_array_mut().unwrap().push(held);
        }
        if inverse {
            case["ticket"]["contract"] = json!("inverse");
        }
        set_texts(&mut case, &mut texts.into_iter());
        let answer = answer(&case);
        prop_assert!(answer["error"]["code"].is_string() || answer["isolated"].is_object());
    }

    #[test]
    fn any_text_is_answered(line in ".{0,200}") {
        let answer: Value = serde_json::from_str(&case::answer(&line)).unwrap();
        prop_assert!(answer["error"]["code"].is_string());
    }
}
