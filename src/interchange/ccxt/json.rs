//! JSON whose numbers stay text, and whose every value knows its line and the way to it.

use std::collections::BTreeSet;
use std::fmt;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::error::{ImportError, Problem};
use super::number::exact;
use crate::engine::NumberError;

/// One value of a document.
#[derive(Clone, Debug)]
pub(super) struct JsonNode<'a> {
    document: &'a str,
    raw: &'a str,
    path: String,
}

/// The fields of an object, in their order.
#[derive(Debug)]
pub(super) struct Object<'a> {
    at: JsonNode<'a>,
    fields: Vec<(String, &'a str)>,
}

struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(fields)
            }
        }
        from.deserialize_map(Visit).map(Fields)
    }
}

impl<'a> JsonNode<'a> {
    /// The whole document.
    pub(super) fn root(document: &'a str) -> Result<Self, ImportError> {
        match serde_json::from_str::<&RawValue>(document) {
            Ok(raw) => Ok(Self {
                document,
                raw: raw.get(),
                path: String::new(),
            }),
            Err(error) => {
                let said = error.to_string();
                Err(ImportError::NotJson {
                    line: error.line(),
                    column: error.column(),
                    reason: said.split(" at line ").next().unwrap_or(&said).to_owned(),
                })
            }
        }
    }

    /// The way to it, as `fetch_positions[2].contracts`.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The same value under another name.
    pub(super) fn named(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    fn line(&self) -> usize {
        let start = self.document.as_ptr().addr();
        let offset = self.raw.as_ptr().addr().saturating_sub(start);
        let before = self.document.as_bytes().get(..offset).unwrap_or_default();
        memchr::memchr_iter(b'\n', before).count().saturating_add(1)
    }

    fn found(&self) -> String {
        let mut short: String = self.raw.chars().take(24).collect();
        if short.len() < self.raw.len() {
            short.push('…');
        }
        short
    }

    /// What is wrong with this value.
    pub(super) fn error(&self, problem: Problem) -> ImportError {
        ImportError::Field {
            line: self.line(),
            field: if self.path.is_empty() {
                "(the whole text)".to_owned()
            } else {
                self.path.clone()
            },
            problem,
        }
    }

    fn unlike(&self, why: &'static str) -> ImportError {
        let found = self.found();
        self.error(Problem::Unlike { found, why })
    }

    fn starts(&self, with: char) -> bool {
        self.raw.starts_with(with)
    }

    pub(super) fn is_object(&self) -> bool {
        self.starts('{')
    }

    pub(super) fn is_list(&self) -> bool {
        self.starts('[')
    }

    fn is_nothing(&self) -> bool {
        matches!(self.raw, "null" | "\"\"")
    }

    pub(super) fn object(&self) -> Result<Object<'a>, ImportError> {
        let Fields(fields) = serde_json::from_str(self.raw)
            .map_err(|_| self.unlike("is no object with named fields"))?;
        let mut seen = BTreeSet::new();
        for (name, raw) in &fields {
            if !seen.insert(name.as_str()) {
                return Err(self.child(name, raw.get()).error(Problem::Twice));
            }
        }
        Ok(Object {
            at: self.clone(),
            fields: fields
                .into_iter()
                .map(|(name, raw)| (name, raw.get()))
                .collect(),
        })
    }

    pub(super) fn list(&self) -> Result<Vec<Self>, ImportError> {
        let raw: Vec<&'a RawValue> =
            serde_json::from_str(self.raw).map_err(|_| self.unlike("is no list"))?;
        Ok(raw
            .into_iter()
            .enumerate()
            .map(|(at, raw)| Self {
                document: self.document,
                raw: raw.get(),
                path: format!("{}[{at}]", self.path),
            })
            .collect())
    }

    /// A number, as a JSON number or as a text that holds one.
    pub(super) fn number(&self) -> Result<Decimal, ImportError> {
        let held;
        let text = if self.starts('"') {
            held = self.text()?;
            held.as_str()
        } else {
            self.raw
        };
        exact(text).map_err(|error| {
            self.unlike(match error {
                NumberError::NotANumber => "is no number",
                NumberError::TooManyDigits => "has more digits than can be held exactly (28)",
            })
        })
    }

    pub(super) fn text(&self) -> Result<String, ImportError> {
        serde_json::from_str(self.raw).map_err(|_| self.unlike("is no text"))
    }

    fn child(&self, name: &str, raw: &'a str) -> Self {
        let path = if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        };
        Self {
            document: self.document,
            raw,
            path,
        }
    }
}

impl<'a> Object<'a> {
    pub(super) fn at(&self) -> &JsonNode<'a> {
        &self.at
    }

    /// The names of its fields, in their order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// All fields that hold something.
    pub(super) fn given_fields(&self) -> impl Iterator<Item = (&str, JsonNode<'a>)> {
        self.fields
            .iter()
            .map(|(name, raw)| (name.as_str(), self.at.child(name, raw)))
            .filter(|(_, node)| !node.is_nothing())
    }

    /// Whether a field of this name is there, be it null.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// A field that holds something: absent, null and the empty text are one and the same.
    pub(super) fn given(&self, name: &str) -> Option<JsonNode<'a>> {
        self.fields
            .iter()
            .find(|(field, _)| field == name)
            .map(|(field, raw)| self.at.child(field, raw))
            .filter(|node| !node.is_nothing())
    }

    /// A number, where one is given.
    pub(super) fn number(&self, name: &str) -> Result<Option<Decimal>, ImportError> {
        self.given(name).map(|node| node.number()).transpose()
    }

    /// A text, where one is given.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, ImportError> {
        self.given(name).map(|node| node.text()).transpose()
    }

    /// Yes or no, where it is given.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, ImportError> {
        let Some(node) = self.given(name) else {
            return Ok(None);
        };
        match node.raw {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(node.error(Problem::UnknownWord {
                found: node.found(),
                allowed: "true, false, null",
            })),
        }
    }
}
