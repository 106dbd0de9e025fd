//! What names accounts, audits, promises, plans and positions for good, each in a type of its own.

use crate::journal::typed_id;

typed_id!(AccountId, "an account");
typed_id!(AuditId, "an audit");
typed_id!(LockId, "a promise");
typed_id!(PlanId, "a plan");
typed_id!(PositionId, "a position");
