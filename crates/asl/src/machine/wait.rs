//! The Wait state (asl-rules 3.3).

use super::context::Extras;
use super::data::Surroundings;
use super::error::StateError;
use super::execution::{Activity, Purpose, ThreadId};
use super::jsonata::States;
use super::payload::Payload;
use super::run::{Run, Visit, after_seconds};
use crate::definition::{Amount, DataFlow, StateKind, TextField, Wait};
use crate::query::QueryError;
use crate::query::timestamp::Instant;
use serde_json::Value;

/// Longest delay that AWS accepts, in milliseconds: 2^31-1 seconds.
const MAX_DELAY_MS: i64 = 2_147_483_647_000;

impl<'m> Run<'m> {
    pub(super) fn begin_wait(
        &mut self,
        visit: &Visit<'m>,
        wait: &'m Wait,
    ) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let input = match &visit.state.data {
            DataFlow::JsonPath(flow) => self.after_input_path(&around, flow)?,
            DataFlow::Jsonata(_) => visit.input.clone(),
        };
        let until_ms = match wait {
            Wait::Seconds(amount) => {
                after_seconds(self.now_ms, self.wait_seconds(&around, amount, &input)?)
            }
            Wait::Timestamp(field) => self.wait_timestamp(&around, field, &input)?,
        };
        if until_ms.saturating_sub(self.now_ms) > MAX_DELAY_MS {
            return Err(StateError::runtime("Wait state delay is too long."));
        }
        if until_ms <= self.now_ms {
            return self.end_wait(visit);
        }
        let timer = self.set_timer(until_ms, Purpose::Wait(visit.thread));
        if let Some(thread) = self.thread(visit.thread) {
            thread.activity = Activity::Waiting(timer);
        }
        Ok(())
    }

    fn wait_seconds(
        &mut self,
        around: &Surroundings<'_, 'm>,
        amount: &Amount<u64>,
        input: &Payload,
    ) -> Result<u64, StateError> {
        if let Amount::Path(path) = amount
            && let Err(QueryError::NotFound { .. }) = path.eval(&around.scope(input.value()))
        {
            let path = path.text();
            return Err(StateError::runtime(&format!(
                "The SecondsPath parameter does not reference an input value: {path}"
            )));
        }
        self.count(around, amount, input, "Seconds")
    }

    fn wait_timestamp(
        &mut self,
        around: &Surroundings<'_, 'm>,
        field: &TextField,
        input: &Payload,
    ) -> Result<i64, StateError> {
        let bad = |path: &str, value: &str| {
            StateError::runtime(&format!(
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset \
                 date-time format string: {path} == {value}"
            ))
        };
        match field {
            TextField::Fixed(text) => read_time(text).ok_or_else(|| bad("Timestamp", text)),
            TextField::Path(path) => match path.eval(&around.scope(input.value())) {
                Ok(Value::String(text)) => read_time(&text).ok_or_else(|| bad(path.text(), &text)),
                Ok(value) => Err(bad(path.text(), &value.to_string())),
                Err(_) => Err(StateError::runtime(&format!(
                    "The TimestampPath parameter does not reference an input value: {}",
                    path.text()
                ))),
            },
            TextField::Intrinsic(_) => {
                let text = self.text_field(around, field, input, "Timestamp")?;
                read_time(&text).ok_or_else(|| bad("Timestamp", &text))
            }
            TextField::Expression(text) => {
                let states = States::of_input(around);
                let value = self.evaluate_text(around, &states, text, "Timestamp")?;
                value.as_str().and_then(read_time).ok_or_else(|| {
                    let cause = format!(
                        "The JSONata expression '{text}' specified for the field 'Timestamp' gave no \
                         RFC 3339 time but: {value}"
                    );
                    StateError::evaluation(Some("Timestamp"), &cause)
                })
            }
        }
    }

    /// The timer of a Wait state has come due.
    pub(super) fn wait_is_over(&mut self, id: ThreadId) {
        let Some(visit) = self.visit(id) else { return };
        if matches!(visit.state.kind, StateKind::Wait(_))
            && let Err(error) = self.end_wait(&visit)
        {
            self.fail(&visit, error);
        }
    }

    fn end_wait(&mut self, visit: &Visit<'m>) -> Result<(), StateError> {
        let around = self.surroundings(visit, Extras::default());
        let outgoing = self.outgoing_of_input(&around)?;
        self.leave(visit, outgoing)
    }
}

fn read_time(text: &str) -> Option<i64> {
    Instant::parse(text).map(Instant::millis)
}
