//! One step.

use super::{Execution, Input, Moment, Outcome};
use crate::definition::StateMachine;

pub(super) fn step(_: &StateMachine, _: &mut Execution, _: Input, _: Moment) -> Outcome {
    Outcome::default()
}
