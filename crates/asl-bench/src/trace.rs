//! Everything that the language says about a case, as text: findings, events, effects, intermediate values, stored forms.
//!
//! Two builds that give the same text behave the same. A very long text is cut; its hash still covers all of it.

use crate::case::Case;
use crate::world::World;
use asl::check::{MachineType, check};
use asl::definition::StateMachine;
use asl::graph::Outline;
use asl::text::Document;
use std::fmt::{Display, Write};

/// Bytes of a text that are kept.
const KEPT: usize = 100_000;

/// Bytes after which a run is left as it is.
const ENOUGH: usize = 6_000_000;

/// The text of a case that came as JSON.
///
/// # Errors
///
/// When it is no case.
pub fn of_json(case: &str) -> Result<String, String> {
    let case: Case =
        serde_json::from_str(case).map_err(|error| format!("This is no case: {error}"))?;
    Ok(of(&case))
}

/// The text of a case.
pub fn of(case: &Case) -> String {
    let mut text = Transcript::default();
    let document = Document::parse(case.definition.as_str());
    for finding in check(&document, MachineType::Standard) {
        text.line(format_args!("{finding:?}"));
    }
    text.line(format_args!("{:?}", Outline::of(&document)));
    match StateMachine::build(&document) {
        Ok(machine) => run(&machine, case, &mut text),
        Err(errors) => errors.iter().for_each(|error| text.line(error)),
    }
    text.end()
}

fn run(machine: &StateMachine, case: &Case, text: &mut Transcript) {
    let mut world = World::new(machine, case);
    while text.bytes < ENOUGH {
        let Some((input, moment, outcome)) = world.step() else {
            return;
        };
        text.line(format_args!("{input:?} at {}", moment.now_ms));
        outcome
            .events
            .iter()
            .for_each(|event| text.line(event.to_wire()));
        outcome
            .effects
            .iter()
            .for_each(|effect| text.line(format_args!("{effect:?}")));
        outcome
            .observations
            .iter()
            .for_each(|seen| text.line(format_args!("{seen:?}")));
        outcome
            .passages
            .iter()
            .for_each(|passage| text.line(format_args!("{passage:?}")));
        match serde_json::to_string(&world.execution) {
            Ok(stored) => text.line(stored),
            Err(error) => text.line(error),
        }
    }
}

/// Lines of text and the hash of all of them (FNV-1a).
struct Transcript {
    kept: String,
    bytes: usize,
    hash: u64,
}

impl Default for Transcript {
    fn default() -> Self {
        Self {
            kept: String::new(),
            bytes: 0,
            hash: 0xCBF2_9CE4_8422_2325,
        }
    }
}

impl Transcript {
    fn line(&mut self, line: impl Display) {
        let line = format!("{line}\n");
        self.bytes += line.len();
        for byte in line.bytes() {
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        if self.kept.len() < KEPT {
            self.kept.push_str(&line);
        }
    }

    fn end(mut self) -> String {
        let (bytes, hash) = (self.bytes, self.hash);
        // Writing to a string cannot fail.
        let _ = writeln!(self.kept, "{bytes} bytes, hash {hash:016x}");
        self.kept
    }
}
