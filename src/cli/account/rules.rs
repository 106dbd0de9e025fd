//! The rules of a market: what its venue asks, how its contracts are counted and settled, its
//! steps. As a command of its own, and from within whatever needs them.

use std::io::stdout;

use super::named;
use crate::audit::number::Unit;
use crate::audit::{AccountId, Field, Symbol, WRITE_THE_MARKET, Within};
use crate::cli::answer::{Ending, Exit, Failure, refused};
use crate::cli::arguments::RulesTerms;
use crate::cli::open::{carry_out, open};
use crate::cli::print;
use crate::cli::talk::{
    Chosen, Heard, Quit, Stop, Talk, Wanted, in_turn, keeps, number, one_of, until_saved,
};
use crate::desk::rules_form::RulesForm;
use crate::desk::{Command, Desk};
use crate::engine::Contract;
use crate::journal::Folders;
use crate::record::Book;
use crate::telling::text::{capital, sentence};
use crate::telling::{account as telling, ticket};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    /// The venue's published tiers, or a rate of her own.
    Maintenance,
    Rate,
    Settled,
    Size,
    Valued,
    CloseFee,
    Tick,
    Lot,
}

/// `account rules`: as named, or asked.
pub(super) fn run(folders: Folders, terms: &RulesTerms) -> Ending {
    if !terms.names_nothing() {
        let mut desk = open(folders)?;
        let form = form_of(desk.book(), terms)?;
        let set = form
            .read(desk.book())
            .map_err(|problem| refused(sentence(&problem.problem)))?;
        carry_out(&mut desk, Command::SetAccount(set))?;
        return said(&desk, &form);
    }
    let mut talk = Talk::over(
        folders,
        "With nothing named on the command line it is asked",
    )?;
    let form = form_of(talk.desk.book(), terms)?;
    talk.say("Enter keeps what stands there. < goes back; q leaves without it.")?;
    let done = until_saved(&mut talk, |talk| {
        ask(talk, Quit::Leaves, form.account, &form.symbol)?;
        Ok(())
    });
    match done {
        Ok(()) => Ok(Exit::Done),
        Err(Stop::Failed(failure)) => Err(failure),
        Err(_) => Err(refused("Nothing was written")),
    }
}

fn form_of(book: &Book, terms: &RulesTerms) -> Result<RulesForm, Failure> {
    let account = named(book, terms.account.as_deref())?;
    let mut form = RulesForm::of_market(account.set.account, &terms.symbol);
    if form.market(book).is_none() {
        return Err(refused(WRITE_THE_MARKET));
    }
    if terms.published && form.example(book).is_none() {
        return Err(refused(format!(
            "--published: nothing that {} has published for this market is known here. Write a rate with --rate",
            account.set.venue
        )));
    }
    terms.fill(&mut form);
    Ok(form)
}

fn said(desk: &Desk, form: &RulesForm) -> Ending {
    if let Some(line) = line(desk.book(), form) {
        print::wrapped(&mut stdout().lock(), "", &line)?;
    }
    Ok(Exit::Done)
}

/// The rules as they stand now, in a line.
fn line(book: &Book, form: &RulesForm) -> Option<String> {
    let symbol: Symbol = form.market(book)?;
    Some(telling::rules(&symbol, &form.known(book)?))
}

/// Asks for the rules of a market, and hands them in until they stand; `false` where she goes back
/// behind the first question.
pub(in crate::cli) fn ask(
    talk: &mut Talk,
    quit: Quit<'_>,
    account: AccountId,
    market: &str,
) -> Heard<bool> {
    let mut form = RulesForm::of_market(account, market);
    let symbol = form.market(talk.desk.book()).map(|s| s.to_string());
    let name = talk
        .desk
        .book()
        .account(account)
        .map(|a| a.set.name.clone());
    talk.say(&format!(
        "Rules of {} in {}",
        symbol.unwrap_or_default(),
        name.unwrap_or_default()
    ))?;
    if let Some(line) = line(talk.desk.book(), &form) {
        talk.note(&format!("Until now {line}"))?;
    }
    let mut from = None;
    loop {
        let one = |talk: &mut Talk, form: &mut RulesForm, prompt| one(talk, quit, form, prompt);
        if !in_turn(talk, &mut form, from, prompts, one)? {
            return Ok(false);
        }
        let set = match form.read(talk.desk.book()) {
            Ok(set) => set,
            Err(problem) => {
                talk.say(&problem.problem)?;
                from = match problem.field {
                    Field::Rate => Some(Prompt::Rate),
                    Field::Quantity => Some(Prompt::Size),
                    _ => None,
                };
                continue;
            }
        };
        let known = talk.desk.book().account(account);
        let changes = known.is_none_or(|known| known.set != set);
        if changes && !talk.send(Command::SetAccount(set))? {
            return Ok(false);
        }
        let line = line(talk.desk.book(), &form).unwrap_or_default();
        talk.say(&if changes {
            format!("Saved. {line}")
        } else {
            format!("Nothing changes. {line}")
        })?;
        return Ok(true);
    }
}

fn prompts(talk: &Talk, form: &RulesForm) -> Vec<Prompt> {
    let example = form.example(talk.desk.book()).is_some();
    let mut prompts = Vec::new();
    if example {
        prompts.push(Prompt::Maintenance);
    }
    let published = example && form.published == Some(true);
    if !published {
        prompts.push(Prompt::Rate);
    }
    prompts.extend([Prompt::Settled, Prompt::Size]);
    if !published {
        prompts.extend([Prompt::Valued, Prompt::CloseFee]);
    }
    prompts.extend([Prompt::Tick, Prompt::Lot]);
    prompts
}

fn one(talk: &mut Talk, quit: Quit<'_>, form: &mut RulesForm, prompt: Prompt) -> Heard<Chosen<()>> {
    let book = talk.desk.book();
    match prompt {
        Prompt::Maintenance => {
            let label = form
                .example(book)
                .map_or_else(String::new, |rules| rules.label);
            talk.say(telling::MAINTENANCE)?;
            let options = [
                (Some(true), label),
                (Some(false), telling::OWN_RATE.to_owned()),
            ];
            let kept = Some(form.published.or(Some(true)));
            Ok(one_of(talk, quit, &options, kept)?.put(&mut form.published))
        }
        Prompt::Settled => {
            let settled = form.settled(book);
            talk.say("Settled")?;
            let options = telling::SETTLED.map(|(contract, words)| (contract, words.to_owned()));
            let chosen = one_of(talk, quit, &options, Some(settled))?;
            Ok(match chosen {
                Chosen::This(contract) => {
                    form.contract = Some(contract);
                    Chosen::This(())
                }
                Chosen::Back => Chosen::Back,
            })
        }
        Prompt::Valued => {
            let valued = form.valued(book);
            talk.say("When the venue values it")?;
            talk.note(telling::VALUED_BY)?;
            let options =
                telling::VALUED.map(|basis| (Some(basis), capital(telling::valued(basis))));
            Ok(one_of(talk, quit, &options, Some(Some(valued)))?.put(&mut form.basis))
        }
        Prompt::Rate | Prompt::Size | Prompt::CloseFee | Prompt::Tick | Prompt::Lot => {
            figure(talk, quit, form, prompt)
        }
    }
}

/// What is asked as a number: its question, what stands there where nothing is written, and how
/// it is read.
struct Figure {
    question: String,
    note: String,
    unit: Unit,
    suffix: String,
    within: Within,
}

impl Figure {
    fn of(form: &RulesForm, book: &Book, prompt: Prompt) -> Self {
        let symbol = form.market(book);
        let quote = symbol.as_ref().map_or("", Symbol::quote);
        let known = form.known(book);
        let step = |step: Option<rust_decimal::Decimal>| match step {
            Some(step) => format!("Enter leaves it: {}", crate::audit::number::format(step)),
            None => "Enter where you do not know it.".to_owned(),
        };
        let percent = |question: &str, note: String| Self {
            question: format!("{question} (%)"),
            note,
            unit: Unit::Percent,
            suffix: "%".to_owned(),
            within: Within::PERCENT,
        };
        let plain = |question: &str, note: String, unit, suffix: &str| Self {
            question: if suffix.is_empty() {
                question.to_owned()
            } else {
                format!("{question} ({suffix})")
            },
            note,
            unit,
            suffix: suffix.to_owned(),
            within: Within::ANYWHERE,
        };
        match prompt {
            Prompt::CloseFee => {
                let usual = telling::usual_close_fee(form.usual_close_fee(book));
                let note = format!("{}. {}.", telling::CLOSE_FEE_BY, capital(&usual));
                percent(telling::CLOSE_FEE, note)
            }
            Prompt::Size => {
                let settled = form.settled(book);
                let counted = match settled {
                    Contract::Linear => symbol.as_ref().map_or("", Symbol::base),
                    Contract::Inverse => quote,
                };
                let note = format!("{}.", telling::size_note(settled));
                plain(telling::size_label(settled), note, Unit::Money, counted)
            }
            Prompt::Tick => Self {
                within: form.tick_within(book),
                ..plain(
                    telling::TICK,
                    step(known.and_then(|rules| rules.tick)),
                    Unit::Price,
                    quote,
                )
            },
            Prompt::Lot => plain(
                telling::LOT,
                step(known.and_then(|rules| rules.lot)),
                Unit::Quantity,
                "",
            ),
            Prompt::Rate | Prompt::Maintenance | Prompt::Settled | Prompt::Valued => percent(
                "Maintenance rate",
                known.map_or_else(
                    || ticket::NO_RULES.to_owned(),
                    |rules| telling::maintenance_kept(&rules.label),
                ),
            ),
        }
    }
}

fn figure(
    talk: &mut Talk,
    quit: Quit<'_>,
    form: &mut RulesForm,
    prompt: Prompt,
) -> Heard<Chosen<()>> {
    let Figure {
        question,
        note,
        unit,
        suffix,
        within,
    } = Figure::of(form, talk.desk.book(), prompt);
    talk.say(&question)?;
    let text = match prompt {
        Prompt::Size => &mut form.size,
        Prompt::CloseFee => &mut form.close_fee,
        Prompt::Tick => &mut form.tick,
        Prompt::Lot => &mut form.lot,
        _ => &mut form.tiers,
    };
    talk.note(&note)?;
    keeps(talk, text)?;
    let wanted = Wanted {
        unit,
        suffix: &suffix,
        within,
        kept: text,
    };
    Ok(number(talk, quit, wanted)?.put(text))
}

impl RulesTerms {
    fn names_nothing(&self) -> bool {
        let Self {
            symbol: _,
            account: _,
            published,
            rate,
            contract,
            size,
            valued,
            close_fee,
            tick,
            lot,
        } = self;
        let texts = [rate, size, close_fee, tick, lot];
        !published
            && contract.is_none()
            && valued.is_none()
            && texts.into_iter().all(Option::is_none)
    }

    fn fill(&self, form: &mut RulesForm) {
        for (named, field) in [
            (&self.rate, &mut form.tiers),
            (&self.size, &mut form.size),
            (&self.close_fee, &mut form.close_fee),
            (&self.tick, &mut form.tick),
            (&self.lot, &mut form.lot),
        ] {
            if let Some(named) = named {
                field.clone_from(named);
            }
        }
        form.published = self.published.then_some(true);
        form.contract = self.contract.map(Contract::from);
        form.basis = self.valued.map(crate::engine::Basis::from);
    }
}
