//! A case out of the text of a line, every fault with the path of its field.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::engine::check::missing;
use crate::engine::units::{NumberError, read_decimal};
use crate::engine::{
    Account, Backing, Basis, Contract, Error, ErrorCode, Fees, Funding, Intent, Joint, Mode,
    ModeScope, Money, PositionInput, Price, Quantity, Rate, Schedule, Side, Ticket, Tier,
};

/// One question to the engine.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Given back with the answer; null where the line has none.
    pub id: Value,
    /// The account as it stands.
    pub account: Account,
    /// What is asked.
    pub question: CaseQuestion,
    /// Asks for the joint stress.
    pub joint: Option<Joint>,
}

/// What a case asks of the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseQuestion {
    /// What a ticket means.
    Ticket(Box<Ticket>),
    /// How a position stands (`"intent":"hold"`); the mode is needed where it stands in both.
    Hold {
        /// Its symbol.
        symbol: String,
        /// Its side.
        side: Side,
        /// Its mode, where that is said.
        mode: Option<Mode>,
    },
}

impl Case {
    /// The ticket that is proposed.
    ///
    /// # Errors
    /// `WrongShape` where the case asks how a position stands.
    pub fn ticket(&self) -> Result<&Ticket, Error> {
        match &self.question {
            CaseQuestion::Ticket(ticket) => Ok(ticket),
            CaseQuestion::Hold { .. } => Err(Error::new(
                ErrorCode::WrongShape,
                "ticket.intent",
                "This case asks how a position stands, and proposes nothing.",
            )),
        }
    }
}

/// Reads a case.
///
/// # Errors
/// `Unreadable` where the text is no JSON object; else the code and path of the first field that is
/// missing, no number, or an unknown word.
pub fn read(line: &str) -> Result<Case, Error> {
    read_value(&parse(line)?)
}

pub(super) fn parse(line: &str) -> Result<Value, Error> {
    serde_json::from_str(line).map_err(|fault| {
        Error::new(
            ErrorCode::Unreadable,
            "",
            format!("This line is not readable as JSON: {fault}."),
        )
    })
}

pub(super) fn read_value(value: &Value) -> Result<Case, Error> {
    let root = Node::root(value).object()?;
    Ok(Case {
        id: root.raw("id").cloned().unwrap_or(Value::Null),
        account: account(&root.node("account")?)?,
        question: question(&root.node("ticket")?)?,
        joint: root
            .optional("joint")
            .map(|node| joint(&node))
            .transpose()?,
    })
}

fn account(node: &Node<'_>) -> Result<Account, Error> {
    let fields = node.object()?;
    Ok(Account {
        collateral: fields.text("collateral")?,
        wallet_balance: Money::new(fields.number("wallet_balance")?),
        positions: fields.node("positions")?.each(position)?,
        mode_scope: match fields.optional("mode_scope") {
            Some(node) => node.word(MODE_SCOPES)?,
            None => ModeScope::default(),
        },
    })
}

fn question(node: &Node<'_>) -> Result<CaseQuestion, Error> {
    let fields = node.object()?;
    if fields.raw("intent").and_then(Value::as_str) != Some("hold") {
        return ticket(node).map(|ticket| CaseQuestion::Ticket(Box::new(ticket)));
    }
    Ok(CaseQuestion::Hold {
        symbol: fields.text("symbol")?,
        side: fields.word("side", SIDES)?,
        mode: fields
            .optional("mode")
            .map(|node| node.word(MODES))
            .transpose()?,
    })
}

fn position(node: &Node<'_>) -> Result<PositionInput, Error> {
    let fields = node.object()?;
    Ok(PositionInput {
        symbol: fields.text("symbol")?,
        contract: fields.word("contract", CONTRACTS)?,
        contract_size: fields.number("contract_size")?,
        side: fields.word("side", SIDES)?,
        quantity: Quantity::new(fields.number("quantity")?),
        entry: Price::new(fields.number("entry")?),
        mark: Price::new(fields.number("mark")?),
        backing: backing(&fields.node("backing")?)?,
        leverage: fields.number_if_given("leverage")?,
        maintenance: schedule(&fields.node("maintenance")?)?,
    })
}

fn backing(node: &Node<'_>) -> Result<Backing, Error> {
    let fields = node.object()?;
    Ok(match fields.word("mode", MODES)? {
        Mode::Isolated => Backing::Isolated {
            margin: Money::new(fields.number("margin")?),
        },
        Mode::Cross => Backing::Cross,
    })
}

fn ticket(node: &Node<'_>) -> Result<Ticket, Error> {
    let fields = node.object()?;
    Ok(Ticket {
        intent: fields.word("intent", INTENTS)?,
        symbol: fields.text("symbol")?,
        contract: fields.word("contract", CONTRACTS)?,
        contract_size: fields.number("contract_size")?,
        side: fields.word("side", SIDES)?,
        quantity: Quantity::new(fields.number("quantity")?),
        entry: Price::new(fields.number("entry")?),
        mark: fields.number_if_given("mark")?.map(Price::new),
        mode: fields.word("mode", MODES)?,
        margin: fields.number_if_given("margin")?.map(Money::new),
        leverage: fields.number_if_given("leverage")?,
        fees: fees(&fields.node("fees")?)?,
        funding: funding(&fields.node("funding")?)?,
        tick: fields.number_if_given("tick")?,
        lot: fields.number_if_given("lot")?,
        maintenance: schedule(&fields.node("maintenance")?)?,
        invalidation: fields.number_if_given("invalidation")?.map(Price::new),
        acceptable_loss: fields.number_if_given("acceptable_loss")?.map(Money::new),
    })
}

fn fees(node: &Node<'_>) -> Result<Fees, Error> {
    let fields = node.object()?;
    Ok(Fees {
        open: Rate::new(fields.number("open")?),
        close: Rate::new(fields.number("close")?),
    })
}

fn funding(node: &Node<'_>) -> Result<Funding, Error> {
    let fields = node.object()?;
    Ok(Funding {
        rate: Rate::new(fields.number("rate")?),
        intervals: fields.node("intervals")?.count()?,
        owed: Money::new(fields.number("owed")?),
    })
}

fn schedule(node: &Node<'_>) -> Result<Schedule, Error> {
    let fields = node.object()?;
    Ok(Schedule {
        basis: basis(&fields.node("basis")?)?,
        close_fee: Rate::new(fields.number("close_fee")?),
        tiers: fields.node("tiers")?.each(tier)?,
    })
}

fn basis(node: &Node<'_>) -> Result<Basis, Error> {
    if let Value::Object(_) = node.value {
        return Ok(Basis::Fixed(Money::new(node.object()?.number("fixed")?)));
    }
    node.word(&[
        ("at_solved_price", Basis::AtSolvedPrice),
        ("at_entry", Basis::AtEntry),
        ("at_mark", Basis::AtMark),
    ])
}

fn tier(node: &Node<'_>) -> Result<Tier, Error> {
    let fields = node.object()?;
    Ok(Tier {
        floor: Money::new(fields.number("floor")?),
        rate: Rate::new(fields.number("rate")?),
        amount: Money::new(fields.number("amount")?),
        max_leverage: fields.number_if_given("max_leverage")?,
    })
}

fn joint(node: &Node<'_>) -> Result<Joint, Error> {
    let fields = node.object()?;
    let Some(betas) = fields.optional("betas") else {
        return Ok(Joint::default());
    };
    let betas = betas.object()?;
    betas
        .map
        .keys()
        .map(|symbol| Ok((symbol.clone(), betas.number(symbol)?)))
        .collect::<Result<_, Error>>()
        .map(|betas| Joint { betas })
}

const CONTRACTS: &[(&str, Contract)] =
    &[("linear", Contract::Linear), ("inverse", Contract::Inverse)];
const SIDES: &[(&str, Side)] = &[("long", Side::Long), ("short", Side::Short)];
const MODES: &[(&str, Mode)] = &[("isolated", Mode::Isolated), ("cross", Mode::Cross)];
const MODE_SCOPES: &[(&str, ModeScope)] = &[
    ("position", ModeScope::Position),
    ("account", ModeScope::Account),
];
const INTENTS: &[(&str, Intent)] = &[
    ("open", Intent::Open),
    ("increase", Intent::Increase),
    ("add_margin", Intent::AddMargin),
    ("add_funds", Intent::AddFunds),
    ("switch_mode", Intent::SwitchMode),
    ("reduce", Intent::Reduce),
    ("close", Intent::Close),
];

/// A value and its path.
struct Node<'a> {
    value: &'a Value,
    path: String,
}

/// An object and its path.
struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Node<'a> {
    fn root(value: &'a Value) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    fn object(&self) -> Result<Fields<'a>, Error> {
        match self.value {
            Value::Object(map) => Ok(Fields {
                map,
                path: self.path.clone(),
            }),
            _ => Err(self.wrong_shape("an object")),
        }
    }

    fn each<T>(&self, read: fn(&Node<'a>) -> Result<T, Error>) -> Result<Vec<T>, Error> {
        let Value::Array(values) = self.value else {
            return Err(self.wrong_shape("a list"));
        };
        values
            .iter()
            .enumerate()
            .map(|(index, value)| {
                read(&Node {
                    value,
                    path: format!("{}[{index}]", self.path),
                })
            })
            .collect()
    }

    fn word<T: Copy>(&self, words: &[(&str, T)]) -> Result<T, Error> {
        let text = self.text()?;
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning)
            .ok_or_else(|| {
                let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
                Error::new(
                    ErrorCode::UnknownWord,
                    &*self.path,
                    format!(
                        "This word is not known here. Known are: {}.",
                        known.join(", ")
                    ),
                )
            })
    }

    fn text(&self) -> Result<&'a str, Error> {
        match self.value {
            Value::String(text) if text.trim().is_empty() => Err(missing(&*self.path)),
            Value::String(text) => Ok(text),
            _ => Err(self.wrong_shape("a text")),
        }
    }

    fn number(&self) -> Result<Decimal, Error> {
        if let Value::Number(_) = self.value {
            return Err(Error::new(
                ErrorCode::NotANumber,
                &*self.path,
                "Write numbers as texts, such as \"0.1\": a bare number may lose digits on its way.",
            ));
        }
        read_decimal(self.text()?).map_err(|fault| {
            let code = match fault {
                NumberError::NotANumber => ErrorCode::NotANumber,
                NumberError::TooManyDigits => ErrorCode::Overflow,
            };
            Error::new(code, &*self.path, format!("Can't be read: {fault}."))
        })
    }

    fn count(&self) -> Result<u32, Error> {
        let count = match self.value {
            Value::Number(number) => number.as_u64().and_then(|count| u32::try_from(count).ok()),
            Value::String(text) => text
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| text.parse().ok())
                .flatten(),
            _ => None,
        };
        count.ok_or_else(|| {
            Error::new(
                ErrorCode::NotANumber,
                &*self.path,
                "This must be a whole number, 0 or more, such as 3.",
            )
        })
    }

    fn wrong_shape(&self, expected: &str) -> Error {
        Error::new(
            ErrorCode::WrongShape,
            &*self.path,
            format!("This must be {expected}."),
        )
    }
}

impl<'a> Fields<'a> {
    fn raw(&self, field: &str) -> Option<&'a Value> {
        self.map.get(field)
    }

    fn path_of(&self, field: &str) -> String {
        if self.path.is_empty() {
            field.to_owned()
        } else {
            format!("{}.{field}", self.path)
        }
    }

    fn optional(&self, field: &str) -> Option<Node<'a>> {
        match self.raw(field) {
            None | Some(Value::Null) => None,
            Some(value) => Some(Node {
                value,
                path: self.path_of(field),
            }),
        }
    }

    fn node(&self, field: &str) -> Result<Node<'a>, Error> {
        self.optional(field)
            .ok_or_else(|| missing(self.path_of(field)))
    }

    fn text(&self, field: &str) -> Result<String, Error> {
        self.node(field)?.text().map(str::to_owned)
    }

    fn number(&self, field: &str) -> Result<Decimal, Error> {
        self.node(field)?.number()
    }

    fn number_if_given(&self, field: &str) -> Result<Option<Decimal>, Error> {
        self.optional(field).map(|node| node.number()).transpose()
    }

    fn word<T: Copy>(&self, field: &str, words: &[(&str, T)]) -> Result<T, Error> {
        self.node(field)?.word(words)
    }
}
