//! What is wrong with a form, by the name of the field.

/// What is wrong, each beside the field it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormErrors(Vec<(String, String)>);

impl FormErrors {
    pub fn wrong(&mut self, field: impl Into<String>, why: impl Into<String>) {
        self.0.push((field.into(), why.into()));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn of(&self, field: &str) -> Option<&str> {
        self.all()
            .find(|(name, _)| *name == field)
            .map(|(_, why)| why)
    }

    /// Everything that is wrong: the field and why, in the form's order.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        let notes = self.0.iter();
        notes.map(|(field, why)| (field.as_str(), why.as_str()))
    }
}
