//! The screens of the window.

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Where it starts.
    #[default]
    Home,
    /// One audit, from the first question to the decision.
    Audit,
    /// Every audit that has ended.
    Journal,
    /// What she binds herself to.
    Promises,
    Account,
    /// Theme, size of type, where data lies.
    Settings,
    /// What the app does and cannot do.
    Help,
}

impl Screen {
    /// All of them, in the order of the rail.
    pub(crate) const ALL: [Self; 7] = [
        Self::Home,
        Self::Audit,
        Self::Journal,
        Self::Promises,
        Self::Account,
        Self::Settings,
        Self::Help,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Audit => "Audit",
            Self::Journal => "Journal",
            Self::Promises => "Promises",
            Self::Account => "Account",
            Self::Settings => "Settings",
            Self::Help => "Help",
        }
    }
}
