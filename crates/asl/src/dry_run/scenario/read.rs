//! Reading a scenario file, and saying what is wrong with it.

use super::super::file::{FileError, JsonFile, Place};
use super::{Case, Expected, RunStatus, START_MS, Scenario, ScenarioFile, ScenarioInput};
use crate::query::timestamp::Instant;
use serde_json::Map;
use std::collections::HashSet;
use std::sync::Arc;

/// Most seconds that a scenario may be told to take: a year, as for an execution.
const MAX_SECONDS: u64 = 31_536_000;

/// What may stand in a scenario and, for all scenarios, beside them.
const SETTING: [&str; 8] = [
    "MockFile",
    "Machine",
    "Case",
    "Input",
    "InputFile",
    "ObjectFolder",
    "Seed",
    "StartTime",
];

const EXPECT: [&str; 13] = [
    "Status",
    "Output",
    "OutputContains",
    "Error",
    "Cause",
    "CauseContains",
    "Path",
    "Through",
    "NotThrough",
    "WaitsFor",
    "Variables",
    "MaxTransitions",
    "MaxSeconds",
];

pub(super) fn file(text: &str) -> Result<ScenarioFile, FileError> {
    let file = JsonFile::parse(text)?;
    let root = file.root()?;
    root.shape(&[&SETTING[..], &["Scenarios"]].concat())?;
    let common = scenario_at(&root, &Scenario::nameless())?;
    let list = root.required("Scenarios")?;
    let mut scenarios = Vec::new();
    let mut names = HashSet::new();
    for place in list.items()? {
        let scenario = read_scenario(&place, &common)?;
        if !names.insert(scenario.name.clone()) {
            let name = &scenario.name;
            return place.refuse(format!("there are two scenarios named \"{name}\""));
        }
        scenarios.push(scenario);
    }
    if scenarios.is_empty() {
        return list.refuse("at least one scenario is needed");
    }
    Ok(ScenarioFile {
        scenarios,
        document: file.into_document(),
    })
}

impl Scenario {
    /// What holds where nothing is written.
    fn nameless() -> Self {
        Self {
            name: String::new(),
            mock_file: None,
            machine: None,
            case: None,
            mocks: Case::default(),
            input: ScenarioInput::Written(Arc::from("{}")),
            object_folder: None,
            seed: None,
            start_ms: START_MS,
            expected: None,
        }
    }
}

fn read_scenario(place: &Place<'_>, common: &Scenario) -> Result<Scenario, FileError> {
    place.shape(&[&SETTING[..], &["Name", "Mocks", "Expect"]].concat())?;
    let mut scenario = scenario_at(place, common)?;
    place
        .required("Name")?
        .string()?
        .clone_into(&mut scenario.name);
    if let Some(mocks) = place.member("Mocks") {
        for (state, written) in mocks.members()? {
            scenario.mocks.set_written(state, &written)?;
        }
    }
    let expected = place.member("Expect");
    scenario.expected = expected.as_ref().map(read_expected).transpose()?;
    Ok(scenario)
}

/// What is set at a place, and `common` where nothing is.
fn scenario_at(place: &Place<'_>, common: &Scenario) -> Result<Scenario, FileError> {
    let text = |name: &str, common: &Option<String>| match place.member(name) {
        Some(place) => place.string().map(|text| Some(text.to_owned())),
        None => Ok(common.clone()),
    };
    let seed = place.member("Seed");
    let seed = seed.map(|place| place.count("a whole number", u64::MAX));
    let start = place.member("StartTime");
    let start = start.as_ref().map(read_start).transpose()?;
    Ok(Scenario {
        mock_file: text("MockFile", &common.mock_file)?,
        machine: text("Machine", &common.machine)?,
        case: text("Case", &common.case)?,
        object_folder: text("ObjectFolder", &common.object_folder)?,
        input: read_input(place)?.unwrap_or_else(|| common.input.clone()),
        seed: seed.transpose()?.or(common.seed),
        start_ms: start.unwrap_or(common.start_ms),
        ..common.clone()
    })
}

fn read_input(place: &Place<'_>) -> Result<Option<ScenarioInput>, FileError> {
    match (place.member("Input"), place.member("InputFile")) {
        (None, None) => Ok(None),
        (Some(input), None) => {
            let text = Arc::from(input.value()?.to_string());
            Ok(Some(ScenarioInput::Written(text)))
        }
        (None, Some(file)) => Ok(Some(ScenarioInput::File(file.string()?.to_owned()))),
        (Some(_), Some(file)) => file.refuse("Input and InputFile exclude each other"),
    }
}

fn read_start(place: &Place<'_>) -> Result<i64, FileError> {
    match Instant::parse(place.string()?) {
        Some(instant) => Ok(instant.millis()),
        None => place.refuse("a time such as 2026-01-31T09:00:00Z is expected here"),
    }
}

fn read_expected(place: &Place<'_>) -> Result<Expected, FileError> {
    place.shape(&EXPECT)?;
    let text = |name: &str| {
        let text = place.member(name).map(|place| place.string());
        Ok::<_, FileError>(text.transpose()?.map(str::to_owned))
    };
    let value = |name: &str| place.member(name).map(|place| place.value()).transpose();
    let names = |name: &str| place.member(name).map(|place| place.strings()).transpose();
    let count = |name: &str, limit: u64| {
        let count = place
            .member(name)
            .map(|place| place.count("a whole number", limit));
        count.transpose()
    };
    let status = place.member("Status");
    let expected = Expected {
        status: status.as_ref().map(read_status).transpose()?,
        output: value("Output")?,
        output_contains: value("OutputContains")?,
        error: text("Error")?,
        cause: text("Cause")?,
        cause_contains: text("CauseContains")?,
        path: names("Path")?,
        through: names("Through")?.unwrap_or_default(),
        not_through: names("NotThrough")?.unwrap_or_default(),
        waits_for: names("WaitsFor")?,
        variables: read_variables(place)?,
        max_transitions: count("MaxTransitions", u64::MAX)?,
        max_seconds: count("MaxSeconds", MAX_SECONDS)?,
    };
    if expected == Expected::default() {
        return place.refuse("it expects nothing; give at least a Status");
    }
    Ok(expected)
}

fn read_status(place: &Place<'_>) -> Result<RunStatus, FileError> {
    let word = place.string()?;
    let found = RunStatus::EXPECTABLE
        .into_iter()
        .find(|status| status.word() == word);
    found.ok_or_else(|| {
        let words = RunStatus::EXPECTABLE.map(RunStatus::word).join(", ");
        place.error(format!("\"{word}\" is no status; they are {words}"))
    })
}

fn read_variables(place: &Place<'_>) -> Result<Map<String, serde_json::Value>, FileError> {
    let Some(variables) = place.member("Variables") else {
        return Ok(Map::new());
    };
    let members = variables.members()?.into_iter();
    members
        .map(|(name, place)| Ok((name.to_owned(), place.value()?)))
        .collect()
}
