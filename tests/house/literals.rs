//! What must not be written everywhere: floating-point numbers and colours.

use crate::sources::{code, tokens};

/// Whatever is or makes a floating-point number: its types, and literals with a point or an
/// exponent. `pair.0.1` is a field of a field.
pub(crate) fn floats(text: &str) -> Vec<String> {
    let code = code(text);
    let tokens = tokens(&code);
    let is_type = |token: &str| token.ends_with("f32") || token.ends_with("f64");
    let types = tokens
        .iter()
        .filter(|token| is_type(token))
        .map(ToString::to_string);
    let exponents = tokens
        .iter()
        .filter(|token| has_exponent(token))
        .map(ToString::to_string);
    let mut before = "";
    let mut literals = Vec::new();
    for three in tokens.windows(3) {
        if let [whole, ".", part] = three
            && before != "."
            && is_digits(whole)
            && is_digits(part)
        {
            literals.push(format!("{whole}.{part}"));
        }
        before = three.first().copied().unwrap_or_default();
    }
    types.chain(exponents).chain(literals).collect()
}

fn is_digits(token: &str) -> bool {
    token.chars().all(|c| c.is_ascii_digit() || c == '_')
}

fn has_exponent(token: &str) -> bool {
    token
        .split_once(['e', 'E'])
        .is_some_and(|(digits, power)| !digits.is_empty() && is_digits(digits) && is_digits(power))
}

/// Whether the code makes a colour out of numbers, or takes one of egui's own.
pub(crate) fn makes_a_colour(text: &str) -> bool {
    // Neither of these is a colour.
    const NONE: [&str; 2] = ["TRANSPARENT", "PLACEHOLDER"];
    let code = code(text);
    let tokens = tokens(&code);
    let named = tokens.windows(3).any(|three| match three {
        ["Color32" | "Rgba", "::", name] => {
            let is_constant = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            name.starts_with("from_") || (is_constant && !NONE.contains(name))
        }
        _ => false,
    });
    let three_bytes = tokens.windows(5).any(|five| match five {
        [r, ",", g, ",", b] => [r, g, b].into_iter().all(|byte| is_hex_byte(byte)),
        _ => false,
    });
    named || three_bytes || tokens.contains(&"hex_color")
}

fn is_hex_byte(token: &str) -> bool {
    token
        .strip_prefix("0x")
        .is_some_and(|digits| digits.len() == 2)
}

#[test]
fn every_way_to_write_a_float_is_seen() {
    for text in [
        "fn f(x: f64) {}",
        "let x = 1f32;",
        "let x = 0.5;",
        "let x = 1_000.25;",
        "let x = 1e9;",
        "let q = '\"'; let x = 0.5; let r = '\"';",
    ] {
        assert_eq!(floats(text).len(), 1, "{text}: {:?}", floats(text));
    }
    for text in [
        "let x = pair.0.1;",
        "for n in 0..5 {}",
        "let x = \"0.5 of an f64\";",
        "let x = \"a \\\" 0.5\";",
        "let x = r#\"{\"rate\":0.5}\"#;",
        "// 0.5, f64",
        "/* 0.5 */ let one = 1;",
        "let x = 0x1e5;",
        "1.max(2)",
    ] {
        assert!(floats(text).is_empty(), "{text}: {:?}", floats(text));
    }
}

#[test]
fn every_way_to_make_a_colour_is_seen() {
    for text in [
        "Color32::from_rgb(1, 2, 3)",
        "egui::Color32::from_gray(7)",
        "Color32::WHITE",
        "Rgba::from_rgb(0.1, 0.2, 0.3)",
        "egui::hex_color!(\"#15181C\")",
        "[0x15, 0x18, 0x1C, 0xFF]",
    ] {
        assert!(makes_a_colour(text), "{text}");
    }
    for text in [
        "Palette::of(ui).ink",
        "Color32::TRANSPARENT",
        "fn f(c: Color32) {}",
        "// Color32::WHITE",
        "[1, 2, 3]",
    ] {
        assert!(!makes_a_colour(text), "{text}");
    }
}
