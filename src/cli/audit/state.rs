//! How she is, before any number.

use std::collections::BTreeSet;

use crate::audit::{Arousal, Draft, Step, Tag};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};

/// Asks for arousal and tags.
pub(super) fn ask(talk: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    talk.pause()?;
    talk.say("How are you right now? Before any number; only you read this.")?;
    arousal(talk, &mut draft)?;
    tags(talk, &mut draft)?;
    draft.step = Step::Ticket;
    talk.keep(&draft)
}

fn arousal(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    talk.say("How much is your body in it?")?;
    let scale: Vec<String> = Arousal::ALL
        .iter()
        .map(|arousal| format!("{} {}", arousal.get(), arousal.word()))
        .collect();
    talk.note(&scale.join("   "))?;
    if let Some(kept) = draft.arousal {
        talk.note(&format!("Enter keeps: {} {}", kept.get(), kept.word()))?;
    }
    loop {
        match talk.ask(Quit::WalksAway(draft))? {
            Answer::Words(words) => {
                let number = words.parse::<u8>().ok();
                if let Some(arousal) = number.and_then(|n| Arousal::try_from(n).ok()) {
                    draft.arousal = Some(arousal);
                    return talk.keep(draft);
                }
            }
            Answer::Nothing if draft.arousal.is_some() => return Ok(()),
            Answer::Nothing | Answer::Back => {}
        }
        talk.say("Write one number from 0 to 4.")?;
    }
}

fn tags(talk: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    talk.say("What is behind it? As many letters as are true, in one line; Enter for none.")?;
    let tags: Vec<String> = Tag::ALL
        .iter()
        .map(|tag| format!("{} {}", tag.key(), tag.words()))
        .collect();
    talk.note(&tags.join("   "))?;
    if !draft.tags.is_empty() {
        let kept: Vec<&str> = draft.tags.iter().map(|tag| tag.words()).collect();
        talk.note(&format!("Enter keeps: {}", kept.join(", ")))?;
    }
    loop {
        match talk.ask(Quit::WalksAway(draft))? {
            Answer::Nothing => return Ok(()),
            Answer::Back => {
                arousal(talk, draft)?;
                talk.say("What is behind it? The letters that are true, or Enter.")?;
                continue;
            }
            Answer::Words(words) => {
                if let Some(tags) = read(&words) {
                    let named: Vec<&str> = tags.iter().map(|tag| tag.words()).collect();
                    talk.note(&format!("= {}", named.join(", ")))?;
                    draft.tags = tags;
                    return talk.keep(draft);
                }
            }
        }
        talk.say("Write letters from the line above, such as CB, or press Enter.")?;
    }
}

/// Tags by their letters; none where a letter is no tag's.
fn read(words: &str) -> Option<BTreeSet<Tag>> {
    words
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != ',')
        .map(|sign| {
            let key = sign.to_ascii_uppercase();
            Tag::ALL.into_iter().find(|tag| tag.key() == key)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_letters_in_any_order_and_case() {
        let both = BTreeSet::from([Tag::Bored, Tag::Chasing]);
        for words in ["CB", "bc", "B, C", "c b b"] {
            assert_eq!(read(words), Some(both.clone()), "{words}");
        }
        assert_eq!(read("x"), None);
        assert_eq!(read("bored"), None);
    }
}
