//! The scenarios of one definition, run.

use super::super::files::{self, Definition, Wanted};
use super::find;
use asl::dry_run::coverage::Coverage;
use asl::dry_run::mocks::{Case, MockConfig};
use asl::dry_run::scenario::{Actual, Mismatch, Scenario, ScenarioFile, ScenarioInput, Setting};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A scenario file with its definition and what came of it.
#[derive(Debug)]
pub(super) struct Suite {
    /// The definition when it was found, else the scenario file.
    pub(super) name: String,
    scenario_file: PathBuf,
    file: Option<ScenarioFile>,
    pub(super) definition: Option<Definition>,
    pub(super) coverage: Option<Coverage>,
    pub(super) runs: Vec<Ran>,
    /// Why nothing could be run.
    pub(super) trouble: Option<String>,
}

/// A scenario that was run, or could not be.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) name: String,
    pub(super) verdict: Verdict,
    /// What happened; `None` when it could not be run.
    pub(super) actual: Option<Actual>,
    /// Real time that it took.
    pub(super) took: Duration,
}

/// What came of a scenario.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Everything is as expected.
    Passed,
    /// Something is not.
    Failed(Vec<Mismatch>),
    /// It has no `Expect`.
    ExpectsNothing,
    /// Its expectations were written anew.
    Updated,
    /// It cannot be run.
    Broken(String),
}

/// What the scenarios of a file share.
struct Bench<'a> {
    definition: &'a Definition,
    machine_name: String,
    folder: &'a Path,
    mocks: HashMap<String, Result<MockConfig, String>>,
}

impl Suite {
    /// Runs all scenarios of a file.
    pub(super) fn run(scenario_file: &Path) -> Self {
        let mut suite = Self {
            name: scenario_file.display().to_string(),
            scenario_file: scenario_file.to_owned(),
            file: None,
            definition: None,
            coverage: None,
            runs: Vec::new(),
            trouble: None,
        };
        if let Err(message) = suite.run_all() {
            suite.trouble = Some(message);
        }
        suite
    }

    fn run_all(&mut self) -> Result<(), String> {
        let text = files::read(&self.scenario_file)?;
        let file = ScenarioFile::parse(&text)
            .map_err(|error| files::wrong(&self.scenario_file, &error))?;
        let path = find::definition_of(&self.scenario_file)?;
        self.name = path.display().to_string();
        let definition = files::definition(&path)?;
        let mut coverage = Coverage::of(&definition.machine);
        let mut bench = Bench {
            definition: &definition,
            machine_name: files::machine_name(&path),
            folder: self.scenario_file.parent().unwrap_or(Path::new("")),
            mocks: HashMap::new(),
        };
        for scenario in file.scenarios() {
            self.runs.push(bench.run(scenario, &mut coverage));
        }
        self.file = Some(file);
        self.coverage = Some(coverage);
        self.definition = Some(definition);
        Ok(())
    }

    pub(super) fn verdicts(&self) -> impl Iterator<Item = &Verdict> {
        self.runs.iter().map(|run| &run.verdict)
    }

    /// Whether less was covered than was asked for.
    pub(super) fn is_below(&self, min_coverage: Option<u8>) -> bool {
        match (&self.coverage, min_coverage) {
            (Some(coverage), Some(least)) => coverage.total().percent() < f64::from(least),
            (None, _) | (_, None) => false,
        }
    }

    /// Writes what happened as what is expected; does nothing when a scenario could not be run.
    pub(super) fn update(&mut self) {
        let actual: Option<Vec<Actual>> = self.runs.iter().map(|run| run.actual.clone()).collect();
        let (Some(file), Some(actual)) = (&self.file, actual) else {
            return;
        };
        let differs = |verdict: &Verdict| match verdict {
            Verdict::Failed(_) | Verdict::ExpectsNothing => true,
            Verdict::Passed | Verdict::Updated | Verdict::Broken(_) => false,
        };
        if !self.verdicts().any(differs) {
            return;
        }
        if let Err(error) = std::fs::write(&self.scenario_file, file.updated(&actual)) {
            let shown = self.scenario_file.display();
            self.trouble = Some(format!("{shown} cannot be written: {error}"));
            return;
        }
        let changed = self.runs.iter_mut().filter(|run| differs(&run.verdict));
        changed.for_each(|run| run.verdict = Verdict::Updated);
    }
}

impl Bench<'_> {
    fn run(&mut self, scenario: &Scenario, coverage: &mut Coverage) -> Ran {
        let begun = Instant::now();
        let (verdict, actual) = match self.prepare(scenario) {
            Err(message) => (Verdict::Broken(message), None),
            Ok(setting) => {
                let report = scenario.run(setting);
                coverage.add(&report.passages);
                let verdict = match (&scenario.expected, report.mismatches) {
                    (None, _) => Verdict::ExpectsNothing,
                    (Some(_), mismatches) if mismatches.is_empty() => Verdict::Passed,
                    (Some(_), mismatches) => Verdict::Failed(mismatches),
                };
                (verdict, Some(report.actual))
            }
        };
        Ran {
            name: scenario.name.clone(),
            verdict,
            actual,
            took: begun.elapsed(),
        }
    }

    /// Everything that a scenario names, read.
    fn prepare(&mut self, scenario: &Scenario) -> Result<Setting<'_>, String> {
        let machine = &self.definition.machine;
        scenario.fits(machine).map_err(|error| error.to_string())?;
        let input = match &scenario.input {
            ScenarioInput::Written(text) => text.clone(),
            ScenarioInput::File(file) => files::input_file(&self.folder.join(file))?,
        };
        let case = match (&scenario.mock_file, &scenario.case) {
            (None, Some(case)) => {
                return Err(format!("it names the case \"{case}\" and no MockFile"));
            }
            (_, None) => Case::default(),
            (Some(file), Some(case)) => self.case(scenario, file, case)?,
        };
        let objects = scenario.object_folder.as_ref();
        let objects = objects.map(|folder| files::objects(&self.folder.join(folder)));
        Ok(Setting {
            machine: &self.definition.machine,
            machine_name: &self.machine_name,
            input,
            case,
            objects: objects.transpose()?.unwrap_or_default(),
        })
    }

    fn case(&mut self, scenario: &Scenario, file: &str, case: &str) -> Result<Case, String> {
        let path = self.folder.join(file);
        let config = self
            .mocks
            .entry(file.to_owned())
            .or_insert_with(|| files::mocks(&path));
        let config = config.as_ref().map_err(String::clone)?;
        let wanted = Wanted {
            machine: scenario.machine.as_deref().unwrap_or(&self.machine_name),
            case: Some(case),
        };
        files::case(&path, config, wanted, &self.definition.machine)
    }
}
