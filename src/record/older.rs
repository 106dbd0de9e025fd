//! Payloads of older versions, and the pure functions that bring them up to the present one.
//! Lines are never rewritten; they are read anew each time.

use serde::Deserialize;

use super::payload::PositionClosed;
use crate::engine::{Money, Price};
use crate::market::{AuditId, PositionId};

/// `position.closed`, version 1: it did not say whether the venue closed the position.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct PositionClosedV1 {
    position: PositionId,
    #[serde(default)]
    audit: Option<AuditId>,
    price: Price,
    wallet_balance: Money,
    estimated: bool,
}

impl From<PositionClosedV1> for PositionClosed {
    fn from(older: PositionClosedV1) -> Self {
        let PositionClosedV1 {
            position,
            audit,
            price,
            wallet_balance,
            estimated,
        } = older;
        Self {
            position,
            audit,
            price,
            wallet_balance,
            estimated,
            liquidated: false,
        }
    }
}
