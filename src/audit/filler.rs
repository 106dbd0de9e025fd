//! What fills a field and says nothing: rows of keys, alphabets, one syllable over and over,
//! counting.
//!
//! A real word can look like filler ("Wert" and "poi" lie in a row on the keyboard, `LL` is a
//! lower low), so short ones count as soon as one plain word stands beside them.

use super::pieces::has_number;
use super::script::{is_bare_jamo, is_unspaced};

/// What lies in a row: keyboards (US, French, German, Spanish, Turkish, Russian, Ukrainian,
/// Arabic), digits, alphabets and what is recited like one.
const ROWS: &[&str] = &[
    "1234567890",
    "qwertyuiopü",
    "asdfghjklöä",
    "zxcvbnm",
    "azertyuiop",
    "qsdfghjklmù",
    "wxcvbn",
    "qwertzuiopü",
    "yxcvbnm",
    "asdfghjklñ",
    "qwertyuıopğü",
    "asdfghjklşi",
    "zxcvbnmöç",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "йцукенгшщзхї",
    "фівапролджє",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرلاىةوزظ",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "कखगघङचछजझञटठडढणतथदधन",
    "가나다라마바사아자차카타파하",
    "一二三四五六七八九十",
    "甲乙丙丁戊己庚辛壬癸",
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "いろはにほへとちりぬるをわかよたれそつねならむ",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
];

const COUNTS: &[&str] = &[
    "one two three four five six seven eight nine ten",
    "eins zwei drei vier fünf sechs sieben acht neun zehn",
    "een twee drie vier vijf zes zeven acht negen tien",
    "uno dos tres cuatro cinco seis siete ocho nueve diez",
    "um dois três quatro cinco seis sete oito nove dez",
    "un deux trois quatre cinq six sept huit neuf dix",
    "uno due tre quattro cinque sei sette otto nove dieci",
    "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "раз два три четыре пять шесть семь восемь девять десять",
    "один два три четыре пять шесть семь восемь девять десять",
    "один два три чотири п'ять шість сім вісім дев'ять десять",
    "bir iki üç dört beş altı yedi sekiz dokuz on",
    "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열",
    "일 이 삼 사 오 육 칠 팔 구 십",
    "một hai ba bốn năm sáu bảy tám chín mười",
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh",
    "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
    "एक दो तीन चार पांच छह सात आठ नौ दस",
    "ek do teen char paanch chhe saat aath nau das",
];

/// The fewest signs in a row that are no chance.
const ROW: usize = 3;
/// A row shorter than this may be a word.
const LONG: usize = 5;

/// What a piece of an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, a number, a sign that stands for one, a run of a script without spaces.
    Plain,
    /// So short that it may be a word: `I`, `LL`, `wert`, `papa`.
    Doubtful,
    /// No word: `qwerty`, `aaaaa`, `hahaha`.
    Filler,
}

pub(super) fn kind(piece: &str) -> Kind {
    if piece.chars().all(is_bare_jamo) {
        return Kind::Filler;
    }
    if has_number(piece) || piece.chars().any(is_unspaced) || !is_word(piece) {
        return Kind::Plain;
    }
    let length = piece.chars().count();
    match repeats(piece) {
        Some((1, times)) if times > ROW => Kind::Filler,
        Some((2.., times)) if times >= ROW => Kind::Filler,
        Some(_) => Kind::Doubtful,
        None if length == 1 => Kind::Doubtful,
        None if !lies_in_rows(piece) => Kind::Plain,
        None if length < LONG => Kind::Doubtful,
        None => Kind::Filler,
    }
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphabetic)
}

/// A piece by what it says once: a run of three and more letters as one letter, a syllable that
/// is repeated as that syllable. Digits stay: 1000 is not 100.
pub(super) fn said_once(piece: &str) -> String {
    let mut kept = String::with_capacity(piece.len());
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let after = rest.trim_start_matches(first);
        let run = rest.chars().take_while(|c| *c == first).count();
        let keep = if run >= ROW && !first.is_numeric() {
            1
        } else {
            run
        };
        kept.extend(std::iter::repeat_n(first, keep));
        rest = after;
    }
    if has_number(&kept) {
        return kept;
    }
    match repeats(&kept) {
        Some((length, _)) => kept.chars().take(length).collect(),
        None => kept,
    }
}

/// The shortest beginning that makes up a piece when it is repeated: how long it is, and how
/// often it stands there; `None` where it is the whole piece.
fn repeats(piece: &str) -> Option<(usize, usize)> {
    let signs: Vec<char> = piece.chars().collect();
    (1..=signs.len() / 2).find_map(|length| {
        let times = signs.len().checked_div(length)?;
        let begins = signs.get(..length)?;
        (signs.len().is_multiple_of(length) && signs.chunks(length).all(|part| part == begins))
            .then_some((length, times))
    })
}

/// Whether a text is made of nothing but rows, each of at least three signs in one direction.
pub(super) fn lies_in_rows(text: &str) -> bool {
    let mut rest = text;
    let mut any = false;
    while !rest.is_empty() {
        let longest = ROWS.iter().map(|row| run_in(row, rest)).max().unwrap_or(0);
        if longest < ROW {
            return false;
        }
        any = true;
        rest = match rest.char_indices().nth(longest) {
            Some((place, _)) => rest.split_at_checked(place).map_or("", |(_, after)| after),
            None => "",
        };
    }
    any
}

/// How many signs at the beginning of a text follow each other in a row, there or back.
fn run_in(row: &str, text: &str) -> usize {
    let there = |from: &str| {
        from.chars()
            .zip(text.chars())
            .take_while(|(a, b)| a == b)
            .count()
    };
    let Some(first) = text.chars().next() else {
        return 0;
    };
    let Some((before, _)) = row.split_once(first) else {
        return 0;
    };
    let onward = row.strip_prefix(before).map_or(0, there);
    let back: String = row.chars().rev().skip_while(|c| *c != first).collect();
    onward.max(there(&back))
}

/// Whether the pieces count, in figures of one step or in words, and say nothing else.
pub(super) fn is_counting(pieces: &[&str]) -> bool {
    pieces.len() >= ROW && (counts_in_figures(pieces) || counts_in_words(pieces))
}

/// Figures in steps of one length, up to a hundred or from the first step on. A row of prices,
/// as in `94000 93000 92000`, is somebody's levels.
fn counts_in_figures(pieces: &[&str]) -> bool {
    let figures: Option<Vec<u64>> = pieces.iter().map(|piece| piece.parse().ok()).collect();
    let Some(mut figures) = figures else {
        return false;
    };
    if figures.is_sorted_by(|one, next| one > next) {
        figures.reverse();
    }
    let steps = figures.iter().zip(figures.iter().skip(1));
    let steps: Option<Vec<u64>> = steps.map(|(one, next)| next.checked_sub(*one)).collect();
    let (Some(steps), Some(first), Some(last)) = (steps, figures.first(), figures.last()) else {
        return false;
    };
    steps.first().is_some_and(|step| {
        *step > 0 && steps.iter().all(|other| other == step) && (*last <= 100 || first <= step)
    })
}

fn counts_in_words(pieces: &[&str]) -> bool {
    COUNTS.iter().any(|count| {
        let count: Vec<&str> = count.split(' ').collect();
        let there = |words: &[&str]| words.windows(pieces.len()).any(|part| part == pieces);
        let back: Vec<&str> = count.iter().rev().copied().collect();
        there(&count) || there(&back)
    })
}

#[cfg(test)]
#[path = "filler_tests.rs"]
mod tests;
