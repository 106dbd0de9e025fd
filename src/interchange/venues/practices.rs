//! The part of a venue's file on what it does beyond its formula.

use serde::Deserialize;

use crate::audit::{
    AddsMarginItself, ClosesInSteps, Example, HedgeCounts, IsolatedFunding, Practices, SettlesAt,
    Threshold,
};
use crate::engine::{Mode, ModeScope, Money};

/// One fact, as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact<T> {
    is: T,
    date: String,
    source: String,
}

impl<T> Fact<T> {
    fn example(self) -> Example<T> {
        let Self { is, date, source } = self;
        Example {
            value: is,
            date,
            source,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Steps {
    mode: Option<Mode>,
    above: Option<Money>,
    /// Of the amount above.
    currency: Option<String>,
    from_tier: Option<usize>,
    date: String,
    source: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PracticesFile {
    mode_scope: Option<Fact<ModeScope>>,
    closes_in_steps: Option<Steps>,
    settles_at: Option<Fact<SettlesAt>>,
    isolated_funding: Option<Fact<IsolatedFunding>>,
    adds_margin_itself: Option<Fact<AddsMarginItself>>,
    hedge_counts: Option<Fact<HedgeCounts>>,
}

impl PracticesFile {
    /// As the rest of the app knows them.
    pub(super) fn read(self) -> Result<Practices, String> {
        let Self {
            mode_scope,
            closes_in_steps,
            settles_at,
            isolated_funding,
            adds_margin_itself,
            hedge_counts,
        } = self;
        Ok(Practices {
            mode_scope: mode_scope.map(Fact::example),
            closes_in_steps: closes_in_steps.map(steps).transpose()?,
            settles_at: settles_at.map(Fact::example),
            isolated_funding: isolated_funding.map(Fact::example),
            adds_margin_itself: adds_margin_itself.map(Fact::example),
            hedge_counts: hedge_counts.map(Fact::example),
        })
    }
}

fn steps(steps: Steps) -> Result<Example<ClosesInSteps>, String> {
    let Steps {
        mode,
        above,
        currency,
        from_tier,
        date,
        source,
    } = steps;
    let above = match (above, currency) {
        (Some(amount), Some(currency)) => Some(Threshold { amount, currency }),
        (None, None) => None,
        _ => return Err("closes_in_steps: above and currency stand together".to_owned()),
    };
    if from_tier == Some(0) {
        return Err("closes_in_steps: the first tier is 1".to_owned());
    }
    Ok(Example {
        value: ClosesInSteps {
            mode,
            above,
            from_tier,
        },
        date,
        source,
    })
}
