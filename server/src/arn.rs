//! ARNs of machines, executions and activities: making them, reading them, taking them apart.
//!
//! Does not look anything up, and does not say which AWS error a bad ARN deserves.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The account and region that every ARN of this server carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// For example `us-east-1`.
    pub region: String,
    /// Twelve digits.
    pub account_id: String,
}

impl Home {
    /// `arn:aws:states:<region>:<account>:<kind>:<rest>`
    fn arn(&self, kind: &str, rest: &str) -> String {
        format!(
            "arn:aws:states:{}:{}:{kind}:{rest}",
            self.region, self.account_id
        )
    }
    /// ARN of the machine with this name.
    pub fn machine(&self, name: &str) -> MachineArn {
        MachineArn(self.arn("stateMachine", name))
    }
    /// ARN of an execution of a machine.
    pub fn execution(&self, machine: &str, name: &str) -> ExecutionArn {
        ExecutionArn(self.arn("execution", &format!("{machine}:{name}")))
    }
    /// ARN of an Express execution of a machine; names repeat, so it has an id of its own.
    pub fn express(&self, machine: &str, name: &str, id: &str) -> ExpressArn {
        ExpressArn(self.arn("express", &format!("{machine}:{name}:{id}")))
    }
    /// ARN of the activity with this name.
    pub fn activity(&self, name: &str) -> ActivityArn {
        ActivityArn(self.arn("activity", name))
    }
}

/// The part of `arn` after `arn:<partition>:states:<region>:<account>:<kind>:`, when it is such an ARN.
fn resource<'a>(arn: &'a str, kind: &str) -> Option<&'a str> {
    let mut parts = arn.splitn(7, ':');
    let head_fits =
        parts.next() == Some("arn") && parts.next().is_some() && parts.next() == Some("states");
    parts.next()?;
    parts.next()?;
    let kind_fits = parts.next() == Some(kind);
    parts
        .next()
        .filter(|rest| head_fits && kind_fits && !rest.is_empty())
}

macro_rules! arn_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The ARN as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

arn_type! {
    /// ARN of a machine, without version, alias or case.
    MachineArn
}
arn_type! {
    /// ARN of an execution.
    ExecutionArn
}
arn_type! {
    /// ARN of an Express execution, which nothing can be asked about.
    ExpressArn
}
arn_type! {
    /// ARN of an activity.
    ActivityArn
}

arn_type! {
    /// ARN of a map run.
    MapRunArn
}

impl MapRunArn {
    /// Reads the ARN of a map run: `<machine>/<label>:<id>`.
    pub fn parse(text: &str) -> Option<Self> {
        let (labelled, id) = resource(text, "mapRun")?.split_once(':')?;
        let (machine, label) = labelled.split_once('/')?;
        let parts = [machine, label, id];
        let is_whole = parts
            .iter()
            .all(|part| !part.is_empty() && !part.contains([':', '/']));
        is_whole.then(|| Self(text.to_owned()))
    }
    /// The label of the Map state.
    pub fn label(&self) -> &str {
        let labelled = resource(&self.0, "mapRun").and_then(|rest| rest.split_once(':'));
        let label = labelled.and_then(|(labelled, _)| labelled.split_once('/'));
        label.map_or(&self.0, |(_, label)| label)
    }
}

impl MachineArn {
    /// Reads the ARN of a machine, or of a Map state's processor (`name/label`); one with a version or alias behind it is
    /// none.
    pub fn parse(text: &str) -> Option<Self> {
        let name = resource(text, "stateMachine")?;
        let is_whole = !name.contains([':', '#']) && name.split('/').all(|part| !part.is_empty());
        (is_whole && name.split('/').count() <= 2).then(|| Self(text.to_owned()))
    }
    /// The name of the machine that was deployed: without the label of a Map state.
    pub fn deployed_name(&self) -> &str {
        let name = self.name();
        name.split_once('/').map_or(name, |(machine, _)| machine)
    }
    /// ARN of the machine that was deployed: without the label of a Map state.
    pub fn deployed(&self) -> Self {
        let whole = self
            .0
            .split_once('/')
            .map_or(self.0.as_str(), |(machine, _)| machine);
        Self(whole.to_owned())
    }
    /// Whether it names the processor of a distributed Map and no machine that was deployed.
    pub fn is_labelled(&self) -> bool {
        self.name().contains('/')
    }
    /// The machine's name.
    pub fn name(&self) -> &str {
        resource(&self.0, "stateMachine").unwrap_or(&self.0)
    }
    /// ARN of one of its versions.
    pub fn version(&self, number: u32) -> String {
        format!("{self}:{number}")
    }
    /// ARN of one of its aliases.
    pub fn alias(&self, name: &str) -> String {
        format!("{self}:{name}")
    }
}

/// What stands behind a machine's ARN: `<machine ARN>:7` or `<machine ARN>:PROD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Qualifier {
    /// The number of a version.
    Version(u32),
    /// The name of an alias.
    Alias(String),
}

impl Qualifier {
    /// Reads a version's number or an alias's name.
    pub fn parse(text: &str) -> Option<Self> {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = text.parse().ok()?;
            return (number > 0 && !text.starts_with('0')).then_some(Self::Version(number));
        }
        is_alias_name(text).then(|| Self::Alias(text.to_owned()))
    }
}

/// Whether this can be the name of an alias, whatever its length: it cannot be taken for a version's number (API-905).
pub fn is_alias_name(text: &str) -> bool {
    let is_mark = |byte: u8| matches!(byte, b'_' | b'-' | b'.');
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || is_mark(byte))
        && text.bytes().any(|byte| !byte.is_ascii_digit())
}

impl fmt::Display for Qualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(number) => number.fmt(f),
            Self::Alias(name) => f.write_str(name),
        }
    }
}

/// A machine, one of its versions, or one of its aliases: what an execution can be started on (feature map, API-102).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The machine.
    pub machine: MachineArn,
    /// The version or alias; without one the newest revision is meant.
    pub qualifier: Option<Qualifier>,
}

impl Target {
    /// Reads `<machine ARN>`, `<machine ARN>:<version>` and `<machine ARN>:<alias>`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(machine) = MachineArn::parse(text) {
            return Some(machine.into());
        }
        let (machine, qualifier) = text.rsplit_once(':')?;
        let machine = MachineArn::parse(machine).filter(|machine| !machine.is_labelled())?;
        let qualifier = Some(Qualifier::parse(qualifier)?);
        Some(Self { machine, qualifier })
    }
}

impl From<MachineArn> for Target {
    fn from(machine: MachineArn) -> Self {
        Self {
            machine,
            qualifier: None,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.machine.fmt(f)?;
        match &self.qualifier {
            Some(qualifier) => write!(f, ":{qualifier}"),
            None => Ok(()),
        }
    }
}

impl ExecutionArn {
    /// Reads the ARN of an execution.
    pub fn parse(text: &str) -> Option<Self> {
        let (machine, name) = resource(text, "execution")?.split_once(':')?;
        (!machine.is_empty() && !name.is_empty() && !name.contains(':'))
            .then(|| Self(text.to_owned()))
    }
    fn parts(&self) -> (&str, &str) {
        resource(&self.0, "execution")
            .and_then(|rest| rest.split_once(':'))
            .unwrap_or(("", &self.0))
    }
    /// The name of its machine.
    pub fn machine_name(&self) -> &str {
        self.parts().0
    }
    /// Its own name.
    pub fn name(&self) -> &str {
        self.parts().1
    }
}

impl ActivityArn {
    /// Reads the ARN of an activity.
    pub fn parse(text: &str) -> Option<Self> {
        let name = resource(text, "activity")?;
        (!name.contains([':', '/'])).then(|| Self(text.to_owned()))
    }
    /// The activity's name.
    pub fn name(&self) -> &str {
        resource(&self.0, "activity").unwrap_or(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> Home {
        Home {
            region: "eu-west-1".into(),
            account_id: "123456789012".into(),
        }
    }

    #[test]
    fn what_was_made_is_read_back() {
        let execution = home().execution("train", "run-1");
        assert_eq!(
            execution.as_str(),
            "arn:aws:states:eu-west-1:123456789012:execution:train:run-1"
        );
        let read = ExecutionArn::parse(execution.as_str()).unwrap();
        assert_eq!((read.machine_name(), read.name()), ("train", "run-1"));
        assert_eq!(
            MachineArn::parse(home().machine("train").as_str())
                .unwrap()
                .name(),
            "train"
        );
        assert_eq!(
            ActivityArn::parse(home().activity("ask").as_str())
                .unwrap()
                .name(),
            "ask"
        );
    }

    #[test]
    fn the_arns_of_a_map_run_and_its_children_are_taken_apart() {
        let text = "arn:aws:states:eu-west-1:123456789012:mapRun:train/Each:1-2";
        assert_eq!(MapRunArn::parse(text).unwrap().label(), "Each");
        for other in [
            "mapRun:train:1",
            "mapRun:train/Each",
            "mapRun:/Each:1",
            "mapRun:a/b/c:1",
        ] {
            let text = format!("arn:aws:states:eu-west-1:123456789012:{other}");
            assert_eq!(MapRunArn::parse(&text), None, "{other}");
        }
        let processor = home().machine("train/Each");
        let processor = MachineArn::parse(processor.as_str()).unwrap();
        assert_eq!(
            (processor.deployed_name(), processor.is_labelled()),
            ("train", true)
        );
        assert_eq!(MachineArn::parse(home().machine("train/").as_str()), None);
        assert_eq!(MachineArn::parse(home().machine("a/b/c").as_str()), None);
    }

    #[test]
    fn versions_and_aliases_are_told_apart_by_their_form() {
        let machine = home().machine("train");
        let read = |text: &str| Target::parse(text).map(|target| target.qualifier);
        assert_eq!(read(machine.as_str()), Some(None));
        assert_eq!(
            read(&machine.version(17)),
            Some(Some(Qualifier::Version(17)))
        );
        for name in ["PROD", "1.0", "a-1", "_"] {
            let alias = Qualifier::Alias(name.to_owned());
            assert_eq!(read(&machine.alias(name)), Some(Some(alias)));
        }
        for other in ["0", "007", "4294967296", "", "ü", "a b", "a#b", "PROD:1"] {
            assert_eq!(read(&machine.alias(other)), None, "{other}");
        }
        let text = machine.alias("PROD");
        assert_eq!(Target::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn other_texts_are_refused() {
        assert_eq!(MachineArn::parse("train"), None);
        assert_eq!(
            MachineArn::parse("arn:aws:states:eu-west-1:1:stateMachine:train:7"),
            None
        );
        assert_eq!(
            MachineArn::parse("arn:aws:states:eu-west-1:1:activity:train"),
            None
        );
        assert_eq!(
            ExecutionArn::parse("arn:aws:states:eu-west-1:1:execution:train"),
            None
        );
        assert_eq!(
            ActivityArn::parse("arn:aws:sns:eu-west-1:1:activity:ask"),
            None
        );
    }
}
