//! What happens when a state fails: try again, go to a catcher, or fail what is around it (asl-rules 13).

use super::context::Extras;
use super::data::{Assigned, Outgoing, merge, payload};
use super::error::{Origin, StateError};
use super::execution::{Activity, Purpose, ThreadId};
use super::jsonata::States;
use super::run::{Run, Visit};
use super::{Stage, Through};
use crate::definition::{Assign, Catcher, DataFlow, Jitter, Retrier, StateKind, Transition};
use crate::history::{EvaluationFailed, EventKind, MapEvent, ParallelEvent};

/// Longest delay between two tries, in seconds (feature map, ASL-301).
const MAX_DELAY_SECONDS: f64 = 31_622_400.0;

impl<'m> Run<'m> {
    /// A state has failed.
    pub(super) fn fail(&mut self, visit: &Visit<'m>, error: StateError) {
        let error = error.in_state(&visit.state.name, visit.entered);
        self.pass_through(visit, || Through::Failure(error.failure()));
        self.halt_fan(visit.thread);
        self.write_evaluation_failed(visit, &error);
        if self.try_again(visit, &error) {
            return;
        }
        self.write_fan_failed(visit, &error);
        match self.catch(visit, &error) {
            Ok(true) => {}
            Ok(false) => self.give_up(visit.thread, &error),
            Err(error) => {
                let error = error.in_state(&visit.state.name, visit.entered);
                self.write_evaluation_failed(visit, &error);
                self.give_up(visit.thread, &error);
            }
        }
    }

    /// The event follows what the entered event follows (asl-rules 16).
    fn write_evaluation_failed(&mut self, visit: &Visit<'m>, error: &StateError) {
        let Origin::Evaluation(location) = &error.origin else {
            return;
        };
        let event = EvaluationFailed {
            state: visit.state.name.clone(),
            location: location.clone(),
            failure: error.failure(),
        };
        let previous = self
            .thread(visit.thread)
            .map_or(0, |thread| thread.entered_previous);
        let id = self.emit_after(previous, EventKind::EvaluationFailed(event));
        self.chain(visit.thread, id);
    }

    /// A Parallel or Map says that it failed, unless one of its own fields was at fault.
    fn write_fan_failed(&mut self, visit: &Visit<'m>, error: &StateError) {
        if error.origin == Origin::Fields {
            return;
        }
        let event = match &visit.state.kind {
            StateKind::Parallel(_) => EventKind::Parallel(ParallelEvent::Failed),
            StateKind::Map(_) => EventKind::Map(MapEvent::Failed),
            StateKind::Task(_)
            | StateKind::Pass(_)
            | StateKind::Choice(_)
            | StateKind::Wait(_)
            | StateKind::Succeed
            | StateKind::Fail(_) => return,
        };
        self.emit(visit.thread, event);
    }

    /// The first retrier that names the error decides; each has its own count for one visit.
    fn try_again(&mut self, visit: &Visit<'m>, error: &StateError) -> bool {
        let retriers = &visit.state.retry;
        let named = retriers
            .iter()
            .position(|retrier| error.is_named_by(&retrier.error_equals));
        let Some((index, retrier)) = named.and_then(|index| Some((index, retriers.get(index)?)))
        else {
            return false;
        };
        let before = self
            .execution
            .alone
            .as_ref()
            .map_or(0, |alone| alone.retried);
        let Some(thread) = self.thread(visit.thread) else {
            return false;
        };
        thread.retriers.resize(retriers.len(), before);
        let Some(count) = thread.retriers.get_mut(index) else {
            return false;
        };
        if *count >= retrier.max_attempts {
            return false;
        }
        *count += 1;
        let count = *count;
        thread.retries += 1;
        self.pass_through(visit, || Through::Retrier(index));
        self.discard_fan(visit.thread);
        let at_ms = self.now_ms.saturating_add(self.delay_ms(retrier, count));
        let timer = self.set_timer(at_ms, Purpose::Retry(visit.thread));
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Retrying(timer);
        }
        true
    }

    /// The delay before the `count`-th retry (from 1 on), in milliseconds.
    fn delay_ms(&mut self, retrier: &Retrier, count: u64) -> i64 {
        let exponent = i32::try_from(count.saturating_sub(1)).unwrap_or(i32::MAX);
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds of any real delay are exact"
        )]
        let (interval, limit) = (
            retrier.interval_seconds as f64,
            retrier
                .max_delay_seconds
                .map_or(MAX_DELAY_SECONDS, |seconds| seconds as f64),
        );
        let seconds = (interval * retrier.backoff_rate.powi(exponent)).min(limit);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the delay is limited just above"
        )]
        let delay = (seconds.min(MAX_DELAY_SECONDS) * 1000.0) as i64;
        match retrier.jitter {
            Jitter::None => delay,
            Jitter::Full => {
                let drawn = self.entropy.up_to(u64::try_from(delay).unwrap_or(0));
                i64::try_from(drawn).unwrap_or(delay)
            }
        }
    }

    /// Goes to the first catcher that names the error; `false` when there is none.
    fn catch(&mut self, visit: &Visit<'m>, error: &StateError) -> Result<bool, StateError> {
        let catchers = &visit.state.catch;
        let named = catchers
            .iter()
            .position(|catcher| error.is_named_by(&catcher.error_equals));
        let Some((index, catcher)) = named.and_then(|index| Some((index, catchers.get(index)?)))
        else {
            return Ok(false);
        };
        self.pass_through(visit, || Through::Catcher(index));
        let outgoing = self.caught(visit, catcher, error)?;
        self.discard_fan(visit.thread);
        self.leave_to(visit, outgoing, Transition::Next(catcher.next))?;
        Ok(true)
    }

    fn caught(
        &mut self,
        visit: &Visit<'m>,
        catcher: &'m Catcher,
        error: &StateError,
    ) -> Result<Outgoing, StateError> {
        let around = self.surroundings(visit, Extras::default());
        let output = payload(error.output())?;
        self.observe(visit, Stage::Error, &output);
        if let DataFlow::JsonPath(_) = &visit.state.data {
            let assigned = self.assigned_by(&around, catcher.assign.as_ref(), &output)?;
            let output = merge(&catcher.result_path, &visit.input, &output)?;
            self.observe(visit, Stage::AfterResultPath, &output);
            return Ok(Outgoing { output, assigned });
        }
        let states = States::of_error(&around, &output);
        let assigned = match &catcher.assign {
            Some(Assign::Expressions(values)) => self.evaluate_assign(&around, &states, values)?,
            Some(Assign::Template(_)) | None => Assigned::new(),
        };
        let output = match &catcher.output {
            None => output,
            Some(value) => payload(self.evaluate(&around, &states, value, "Output")?)?,
        };
        Ok(Outgoing { output, assigned })
    }

    /// Nobody takes the error: the execution fails, or the Parallel or Map around the thread does.
    fn give_up(&mut self, id: ThreadId, error: &StateError) {
        let Some(thread) = self.execution.threads.get(&id) else {
            return;
        };
        let previous = thread.previous;
        match thread.parent {
            None => self.finish_failed(previous, error),
            Some((parent, slot)) => {
                self.abort_fan(parent, Some(slot), previous);
                self.chain(parent, previous);
                if let Some(visit) = self.visit(parent) {
                    self.fail(&visit, error.clone().raised_inside());
                }
            }
        }
    }
}
