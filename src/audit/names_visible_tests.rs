//! Words of events, and their false friends in the other languages.

use super::*;

#[test]
fn words_without_their_marks_are_met_where_they_are_long_enough() {
    for text in [
        "94 alti gunluk kapanis",
        "pierde el minimo de ayer",
        "cloture sous le support",
        "dzienne zamkniecie pod wsparciem",
        "ЗАКРЫТИЕ НИЖЕ ПОДДЕРЖКИ",
        "اغلاق تحت الدعم",
        "KAPANIŞ DESTEĞİN ALTINDA",
    ] {
        assert!(names_what_is_seen(text), "{text}");
    }
}

#[test]
fn a_number_is_something_that_can_be_seen_unless_it_is_a_figure_of_speech() {
    for text in [
        "under 94k",
        "RSI drops",
        "nach 16:00",
        "٩٤٠٠٠",
        "๙๔",
        "below ９４",
    ] {
        assert!(names_what_is_seen(text), "{text}");
    }
    for text in [
        "100% sure of it",
        "%100 eminim",
        "it's 50/50 really",
        "24/7 bullish",
    ] {
        assert!(!names_what_is_seen(text), "{text}");
    }
}

#[test]
fn false_friends_name_nothing() {
    for text in [
        "I have high conviction here",
        "close friend told me so",
        "I just buy the dip",
        "make or break for me",
        "my mum told me so",
        "one day I will be rich",
        "no red flags for me",
        "the telegram channel says long",
        "dann ist halt Schluss",
        "geht hoch, vertrau mir",
        "ich bin zutiefst überzeugt",
        "no puede haber ninguna duda",
        "como mínimo se dobla",
        "no fundo eu sei que vai",
        "não tenho a mínima ideia",
        "ça va aller plus haut",
        "ça passe ou ça casse",
        "как минимум удвоюсь",
        "без тени сомнения",
        "haberim yok valla",
        "gözümü kapatıp giriyorum",
        "senin kararın bu",
        "boş ver gitsin işte",
        "percaya aja bos",
        "cuma feeling aja saat ini",
        "tutup mata aja dulu",
        "trời ơi vào luôn đi",
        "không bao giờ sai đâu",
        "突破自己就行了",
        "勝ち確定だから入る",
        "もう後に引けない",
        "절대 떨어지지 않는다",
        "قاعد يطلع لحاله",
        "आंख बंद करके ले लो",
    ] {
        assert!(!names_what_is_seen(text), "{text}");
    }
}

#[test]
fn a_false_friend_takes_only_itself_out_of_the_sentence() {
    assert!(names_what_is_seen("high conviction until the daily close"));
    assert!(names_what_is_seen("100% out if 94k goes"));
}

#[test]
fn every_entry_is_met_by_itself() {
    let struck: Vec<&str> = WORDS
        .iter()
        .flat_map(|words| words.seen.split(','))
        .map(|entry| entry.trim().trim_matches('*'))
        .filter(|entry| !entry.is_empty() && !names_what_is_seen(entry))
        .collect();
    assert!(struck.is_empty(), "{struck:?}");
}

#[test]
fn no_entry_stands_in_a_language_twice_and_none_is_struck_in_vain() {
    for words in WORDS {
        let mut own: Vec<String> = words.seen.split(',').map(lowered).collect();
        own.sort_unstable();
        for (one, next) in own.iter().zip(own.iter().skip(1)) {
            assert_ne!(one, next);
        }
    }
    let vain: Vec<&str> = WORDS
        .iter()
        .flat_map(|words| words.but_not.split(','))
        .filter(|entry| !entry.trim().is_empty())
        .filter(|entry| !names_one_of(&entry.replace('*', ""), &SEEN, &[]))
        .collect();
    assert!(vain.is_empty(), "{vain:#?}");
}

/// The rules are linear in the answer, which ends at its most characters.
#[test]
fn a_very_long_answer_is_looked_at_up_to_its_most_characters() {
    let long = format!("{}close", "now ".repeat(300_000));
    assert!(!names_what_is_seen(&long));
    let within = format!("{}close", "now ".repeat(900));
    assert!(names_what_is_seen(&within));
}
