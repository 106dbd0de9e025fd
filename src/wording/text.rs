//! The same words in another shape.

pub fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).collect()
    })
}

/// Without a capital at their front: as a part of a sentence.
pub fn within(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(rest).collect()
    })
}

/// One after the other: "a", "a, and b", "a, b, and c"; none where there are none.
pub fn enumerated(parts: &[String]) -> Option<String> {
    match parts {
        [] => None,
        [one] => Some(one.clone()),
        [before @ .., last] => Some(format!("{}, and {last}", before.join(", "))),
    }
}

/// As a sentence: a capital at its front and a full stop, however it was put together.
pub fn sentence(said: &impl std::fmt::Display) -> String {
    let said = said.to_string();
    let stop = if said.ends_with(['.', '?', '\n']) {
        ""
    } else {
        "."
    };
    format!("{}{stop}", capital(&said))
}
