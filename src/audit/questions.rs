//! The words of the four questions: three wordings of each, for what is opened or increased, for
//! a rescue, for a switch of the mode, and for getting out. What they ask is the same.

use crate::engine::Intent;

/// A heading, and one line of help below it.
type Asked = (&'static str, &'static str);

pub(super) fn wrong(intent: Intent) -> [Asked; 3] {
    match intent {
        Intent::Open | Intent::Increase => [
            (
                "What would I see if I were wrong?",
                "One sentence. Something that you could point at on the day it happens.",
            ),
            (
                "It is later, and I was wrong. What did I see?",
                "One sentence. Something anyone could check: a price, a time, an event.",
            ),
            (
                "Something happens that ends this idea. What do I see?",
                "One sentence. Something that a stranger would see too.",
            ),
        ],
        Intent::AddMargin | Intent::AddFunds => [
            (
                "I put more behind it, and it was wrong to. What do I see?",
                "One sentence. Something that anyone could check.",
            ),
            (
                "It is later, and more behind it was wrong. What did I see?",
                "One sentence. Something you could point at on the day it happens.",
            ),
            (
                "What would I see if putting more behind it were wrong?",
                "One sentence. Something that a stranger would see too.",
            ),
        ],
        Intent::SwitchMode => [
            (
                "I switched the mode, and it was wrong to. What do I see?",
                "One sentence. Something that anyone could check.",
            ),
            (
                "It is later, and the switch was wrong. What did I see?",
                "One sentence. Something you could point at on the day it happens.",
            ),
            (
                "What would I see if switching the mode were wrong?",
                "One sentence. Something that a stranger would see too.",
            ),
        ],
        Intent::Reduce | Intent::Close => [
            (
                "What would I see if getting out now were wrong?",
                "One sentence, or none: nothing here holds you up.",
            ),
            (
                "It is later, and getting out was wrong. What did I see?",
                "One sentence, if there is one: nothing here holds you up.",
            ),
            (
                "I got out, and it was too soon. What do I see?",
                "A sentence, or nothing: nothing here holds you up.",
            ),
        ],
    }
}

pub(super) fn invalidation(intent: Intent) -> [Asked; 3] {
    if intent.takes_off() {
        return [
            (
                "At which price is the idea of this position wrong?",
                "One number. It may have been passed already.",
            ),
            (
                "At which price did this position stop making sense, or will it?",
                "One number, on either side of the price now.",
            ),
            (
                "From which price on is there nothing left to hold this for?",
                "One number. It may lie behind you.",
            ),
        ];
    }
    [
        (
            "At which price is the idea wrong?",
            "One number, on the side of the entry where the position loses.",
        ),
        (
            "It is later, and the idea is over. At which price did it end?",
            "One number, on the losing side of the entry.",
        ),
        (
            "From which price on have I no idea left to defend?",
            "One number, on the side of the entry that goes against you.",
        ),
    ]
}

pub(super) fn nothing(intent: Intent) -> [Asked; 3] {
    const OTHER: &str = "One sentence, another than your first answer.";
    const REASON: &str = "One sentence. A reason that holds however the price moves.";
    const OWN: &str = "One sentence, in words of its own.";
    match intent {
        Intent::Open | Intent::Increase => [
            ("Why am I willing to do nothing?", OTHER),
            (
                "It is later, and I did nothing. Why was I willing to?",
                REASON,
            ),
            ("I let this one go. What makes me willing to?", OWN),
        ],
        Intent::AddMargin | Intent::AddFunds => [
            (
                "Why am I willing to let it be closed where it stands?",
                OTHER,
            ),
            (
                "It is later, and I put nothing more in. Why was I willing to?",
                REASON,
            ),
            (
                "I leave it with what backs it now. What makes me willing to?",
                OWN,
            ),
        ],
        Intent::SwitchMode => [
            ("Why am I willing to leave the mode as it is?", OTHER),
            (
                "It is later, and the mode is the same. Why was I willing to?",
                REASON,
            ),
            ("I leave the mode alone. What makes me willing to?", OWN),
        ],
        Intent::Reduce | Intent::Close => [
            ("Why am I willing to leave the position as it is?", OR_NONE),
            (
                "It is later, and I left it as it was. Why was I willing to?",
                "One sentence, if there is one.",
            ),
            (
                "I stay in. What makes me willing to?",
                "A sentence, or nothing.",
            ),
        ],
    }
}

/// Who takes off risk is held up by no answer.
const OR_NONE: &str = "One sentence, or none.";

pub(super) const ACCEPTED: [Asked; 3] = [
    (
        "What is the most I accept to lose?",
        "An amount, or a percent of the account with its % sign.",
    ),
    (
        "It is later, and the loss is taken. How large may it be at most?",
        "An amount, or a percent of the account. You write it before any number is shown.",
    ),
    (
        "How much may this trade take from me, and no more?",
        "The most you accept, as an amount or a percent of the account.",
    ),
];
