//! How she is, before any number.

use std::collections::BTreeSet;

use crate::audit::{Arousal, Draft, Step, Tag};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};

/// Asks for arousal and tags.
pub(super) fn ask(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    prompter.pause()?;
    prompter.say("How are you right now? Before any number; only you read this.")?;
    arousal(prompter, &mut draft)?;
    tags(prompter, &mut draft)?;
    draft.step = Step::Ticket;
    prompter.keep(&draft)
}

fn arousal(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    prompter.say("How much is your body in it?")?;
    let scale: Vec<String> = Arousal::ALL
        .iter()
        .map(|arousal| format!("{} {}", arousal.get(), arousal.word()))
        .collect();
    prompter.note(&scale.join("   "))?;
    if let Some(kept) = draft.arousal {
        prompter.note(&format!("Enter keeps: {} {}", kept.get(), kept.word()))?;
    }
    loop {
        match prompter.ask(Quit::WalksAway(draft))? {
            Answer::Words(words) => {
                let number = words.parse::<u8>().ok();
                if let Some(arousal) = number.and_then(|n| Arousal::try_from(n).ok()) {
                    draft.arousal = Some(arousal);
                    return prompter.keep(draft);
                }
            }
            Answer::Nothing if draft.arousal.is_some() => return Ok(()),
            Answer::Nothing | Answer::Back => {}
        }
        prompter.say("Write one number from 0 to 4.")?;
    }
}

fn tags(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    prompter.say("What is behind it? As many letters as are true, in one line; Enter for none.")?;
    let tags: Vec<String> = Tag::ALL
        .iter()
        .map(|tag| format!("{} {}", tag.key(), tag.words()))
        .collect();
    prompter.note(&tags.join("   "))?;
    if !draft.tags.is_empty() {
        let kept: Vec<&str> = draft.tags.iter().map(|tag| tag.words()).collect();
        prompter.note(&format!("Enter keeps: {}", kept.join(", ")))?;
    }
    loop {
        match prompter.ask(Quit::WalksAway(draft))? {
            Answer::Nothing => return Ok(()),
            Answer::Back => {
                arousal(prompter, draft)?;
                prompter.say("What is behind it? The letters that are true, or Enter.")?;
                continue;
            }
            Answer::Words(words) => {
                if let Some(tags) = read(&words) {
                    let named: Vec<&str> = tags.iter().map(|tag| tag.words()).collect();
                    prompter.note(&format!("= {}", named.join(", ")))?;
                    draft.tags = tags;
                    return prompter.keep(draft);
                }
            }
        }
        prompter.say("Write letters from the line above, such as CB, or press Enter.")?;
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
