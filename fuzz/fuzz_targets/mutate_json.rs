//! A mutation that keeps JSON readable: one value of it becomes another.
//!
//! Bytes changed at random rarely stay JSON, and what is not JSON is refused at the door. Half of
//! the mutations go through here, so that strange values reach what lies behind it.

use serde_json::Value;

/// Numbers at the edges of an exact decimal of 28 digits, and what is no number.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "3",
    "0.5",
    "0.1",
    "0.99",
    "10",
    "100",
    "95000",
    "100000",
    "1000000000000",
    "0.000000000001",
    "0.0000000000000000000000000001",
    "0.0000000000000000000000000003",
    "0.3333333333333333333333333333",
    "0.9999999999999999999999999999",
    "1.000000000000000000000000001",
    "10000000000000000000000000000",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "79228162514264337593543950336",
    "39614081257132168796771975168",
    "",
    "1e3",
];

/// Mutates `data[..size]` in place and gives its new size; none where it is no JSON, or grows past
/// `max_size`.
pub fn mutate_json(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> Option<usize> {
    let text = std::str::from_utf8(data.get(..size)?).ok()?;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut chance = Chance(u64::from(seed) | 1 << 40);
    let chosen = chance.below(lines.len())?;
    let line = lines.get_mut(chosen)?;
    let mut value: Value = serde_json::from_str(line).ok()?;
    for _ in 0..=chance.below(3)? {
        let at = chance.below(count(&value))?;
        change(&mut value, at, &mut chance)?;
    }
    *line = value.to_string();
    let mutated = lines.join("\n");
    if mutated.len() > max_size {
        return None;
    }
    data.get_mut(..mutated.len())?
        .copy_from_slice(mutated.as_bytes());
    Some(mutated.len())
}

/// How many values there are, itself included.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(values) => values.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Changes the value that is reached `at` steps on.
fn change(value: &mut Value, at: usize, chance: &mut Chance) -> Option<()> {
    if at == 0 {
        return change_this(value, chance);
    }
    let mut left = at - 1;
    let values: Vec<&mut Value> = match value {
        Value::Array(values) => values.iter_mut().collect(),
        Value::Object(map) => map.values_mut().collect(),
        _ => return None,
    };
    for inner in values {
        let here = count(inner);
        if left < here {
            return change(inner, left, chance);
        }
        left -= here;
    }
    None
}

fn change_this(value: &mut Value, chance: &mut Chance) -> Option<()> {
    match value {
        Value::String(text)
            if text.starts_with(|first: char| first == '-' || first.is_numeric()) =>
        {
            match chance.below(3)? {
                // A digit more, a digit changed, or another number.
                0 => text.push(char::from_digit(
                    u32::try_from(chance.below(10)?).ok()?,
                    10,
                )?),
                1 => text.insert(
                    0,
                    char::from_digit(u32::try_from(chance.below(9)?).ok()? + 1, 10)?,
                ),
                _ => *text = (*NUMBERS.get(chance.below(NUMBERS.len())?)?).to_owned(),
            }
        }
        Value::String(text) => {
            // Words that stand for each other, so that every branch is come to.
            const WORDS: &[&[&str]] = &[
                &["long", "short"],
                &["linear", "inverse"],
                &["isolated", "cross"],
                &["at_solved_price", "at_entry", "at_mark"],
                &[
                    "open",
                    "increase",
                    "add_margin",
                    "switch_mode",
                    "reduce",
                    "close",
                ],
                &["BTC", "ETH", "SOL", "X"],
            ];
            let known = WORDS.iter().find(|words| words.contains(&text.as_str()))?;
            *text = (*known.get(chance.below(known.len())?)?).to_owned();
        }
        Value::Array(values) => match chance.below(3)? {
            0 => {
                let copy = values.get(chance.below(values.len())?)?.clone();
                values.push(copy);
            }
            1 => drop(values.swap_remove(chance.below(values.len())?)),
            _ => values.reverse(),
        },
        Value::Object(map) => {
            let key = map.keys().nth(chance.below(map.len())?)?.clone();
            // Mostly a field is kept: without one there is nothing more to see.
            if chance.below(8)? == 0 {
                map.insert(key, Value::Null);
            }
        }
        Value::Null => *value = Value::String("1".to_owned()),
        Value::Number(_) | Value::Bool(_) => *value = Value::from(chance.below(1 << 32)?),
    }
    Some(())
}

/// Numbers that follow from a seed (xorshift).
struct Chance(u64);

impl Chance {
    /// A number below a bound; none where nothing is.
    fn below(&mut self, bound: usize) -> Option<usize> {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).ok().filter(|bound| *bound > 0)?).ok()
    }
}
