//! A template for a definition.
//!
//! The definition stands in it as an object; with placeholders outside quotes, which no object can hold, as a text. Placeholders get their values from
//! `DefinitionSubstitutions`, whose names have letters and digits alone: `${A.Arn}` becomes `${AArn}`.

use super::lift::{type_name, words};
use super::reference::value_of;
use super::tree::{flag, list, number, object, text, with_texts};
use super::{Encryption, Logging, role};
use crate::check::{MachineType, bare_placeholders};
use crate::policy::Policy;
use crate::text::{Document, Format, Node, placeholders, written};

/// What a template says of a machine besides its definition.
#[derive(Debug, Clone, Default)]
pub struct Deployment {
    /// The resource's name in the template: letters and digits; others are left out.
    pub logical_id: String,
    /// The machine's own name; CloudFormation makes one up without it.
    pub name: Option<String>,
    /// Standard or Express.
    pub machine_type: MachineType,
    /// Values for placeholders; those that are missing here become parameters.
    pub substitutions: Vec<Substitution>,
    /// Its role.
    pub role: Role,
    /// How it logs; nothing is said without it.
    pub logging: Option<Logging>,
    /// Whether it sends traces to X-Ray.
    pub tracing: bool,
    /// The customer's key that encrypts its data. Templates of SAM leave it out: `AWS::Serverless::StateMachine` has no property for it.
    pub encryption: Option<Encryption>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// The role of a machine in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// One that exists, by its ARN or a placeholder.
    Arn(String),
    /// One that the template makes, with these rights.
    Policy(Policy),
}

impl Default for Role {
    fn default() -> Self {
        Self::Policy(Policy::default())
    }
}

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitution {
    /// The placeholder's name.
    pub name: String,
    /// What is put in for it.
    pub value: SubstitutionValue,
}

/// What is put in for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubstitutionValue {
    /// A parameter of the template, with what it is when nobody says otherwise.
    Parameter(Option<String>),
    /// A text, which may hold placeholders of the template: `${Table}`, `${Table.Arn}`.
    Text(String),
}

/// Which kind of template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// SAM, which makes roles by itself.
    Serverless,
    /// CloudFormation alone.
    CloudFormation,
}

/// Why there is no template for a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The text is no JSON or YAML.
    #[error("the definition cannot be read; mend its text first")]
    Broken,
    /// SAM takes definitions as objects only.
    #[error(
        "SAM cannot put a value in for a placeholder outside quotes ({0}); write it in quotes, or make a CloudFormation template"
    )]
    Open(String),
}

/// A template with one state machine of this definition.
///
/// # Errors
///
/// When the definition is broken, or has placeholders where SAM knows none.
pub fn write(
    definition: &Document,
    deployment: &Deployment,
    dialect: Dialect,
    format: Format,
) -> Result<String, WriteError> {
    if !definition.faults().is_empty() {
        return Err(WriteError::Broken);
    }
    let json = Document::parse(definition.to_json(&bare_placeholders(definition)));
    let root = json
        .root()
        .filter(|root| root.is_object())
        .ok_or(WriteError::Broken)?;
    let open = json.open_placeholders();
    if dialect == Dialect::Serverless && !open.is_empty() {
        return Err(WriteError::Open(open.join(", ")));
    }
    let writing = Writing::of(&json, deployment, dialect);
    let source = match open.is_empty() {
        true => ("Definition", writing.renamed(root)),
        false => ("DefinitionString", text(&writing.renamed_text(json.text()))),
    };
    Ok(written(&writing.template(source), format))
}

/// A template that is written.
struct Writing<'w> {
    deployment: &'w Deployment,
    dialect: Dialect,
    /// The resource's name.
    id: String,
    /// The placeholders of the definition, each with its name in the template and its value.
    values: Vec<Value>,
}

struct Value {
    placeholder: String,
    name: String,
    value: SubstitutionValue,
}

impl<'w> Writing<'w> {
    fn of(definition: &Document, deployment: &'w Deployment, dialect: Dialect) -> Self {
        let id = words(&deployment.logical_id);
        let id = match id.is_empty() {
            true => "StateMachine".to_owned(),
            false => id,
        };
        let mut writing = Self {
            deployment,
            dialect,
            id,
            values: Vec::new(),
        };
        for placeholder in placeholders(definition.text()) {
            writing.add(placeholder);
        }
        writing
    }

    fn add(&mut self, placeholder: &str) {
        if self
            .values
            .iter()
            .any(|known| known.placeholder == placeholder)
        {
            return;
        }
        let mut substitutions = self.deployment.substitutions.iter();
        let given = substitutions.find(|given| given.name == placeholder);
        let value = match given {
            Some(given) => given.value.clone(),
            None if placeholder.starts_with("AWS::") => {
                SubstitutionValue::Text(format!("${{{placeholder}}}"))
            }
            None => SubstitutionValue::Parameter(None),
        };
        let base: String = placeholder
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let mut names = (1..).map(|count| match count {
            1 => base.clone(),
            count => format!("{base}{count}"),
        });
        let is_taken = |name: &String| {
            self.values.iter().any(|known| known.name == *name) || self.is_resource(name)
        };
        let name = names
            .find(|name| !name.is_empty() && !is_taken(name))
            .unwrap_or_default();
        self.values.push(Value {
            placeholder: placeholder.to_owned(),
            name,
            value,
        });
    }

    /// Whether the template has a resource of this name.
    fn is_resource(&self, name: &str) -> bool {
        [self.id.clone(), self.role_id(), self.group_id()]
            .iter()
            .any(|id| id == name)
    }

    fn role_id(&self) -> String {
        format!("{}Role", self.id)
    }

    fn group_id(&self) -> String {
        format!("{}LogGroup", self.id)
    }

    /// The definition with the template's names for placeholders.
    fn renamed(&self, definition: &Node) -> Node {
        with_texts(definition, &|written| text(&self.renamed_text(written)))
    }

    fn renamed_text(&self, written: &str) -> String {
        self.replaced(written, |value| format!("${{{}}}", value.name))
    }

    /// What placeholders of the definition stand for elsewhere in the template.
    fn resolved(&self, written: &str) -> String {
        self.replaced(written, |value| match &value.value {
            SubstitutionValue::Parameter(_) => format!("${{{}}}", value.name),
            SubstitutionValue::Text(text) => text.clone(),
        })
    }

    fn replaced(&self, written: &str, by: impl Fn(&Value) -> String) -> String {
        let mut replaced = String::with_capacity(written.len());
        let mut rest = written;
        while let Some((before, after)) = rest.split_once("${") {
            replaced.push_str(before);
            let known = self.values.iter().find(|value| {
                let behind = after.strip_prefix(value.placeholder.as_str());
                behind.is_some_and(|behind| behind.starts_with('}'))
            });
            match known {
                Some(value) => {
                    replaced.push_str(&by(value));
                    rest = after.get(value.placeholder.len() + 1..).unwrap_or_default();
                }
                None => {
                    replaced.push_str("${");
                    rest = after;
                }
            }
        }
        replaced.push_str(rest);
        replaced
    }

    fn template(&self, source: (&str, Node)) -> Node {
        let mut members = vec![("AWSTemplateFormatVersion", text("2010-09-09"))];
        if self.dialect == Dialect::Serverless {
            members.push(("Transform", text("AWS::Serverless-2016-10-31")));
        }
        let parameters = self.parameters();
        if !parameters.members().is_empty() {
            members.push(("Parameters", parameters));
        }
        members.push(("Resources", self.resources(source)));
        object(members)
    }

    fn parameters(&self) -> Node {
        let parameter = |value: &'_ Value| match &value.value {
            SubstitutionValue::Parameter(default) => {
                let default = default.as_deref().map(|default| ("Default", text(default)));
                Some(object(
                    [("Type", text("String"))].into_iter().chain(default),
                ))
            }
            SubstitutionValue::Text(_) => None,
        };
        let parameters = self.values.iter();
        object(parameters.filter_map(|value| Some((value.name.as_str(), parameter(value)?))))
    }

    fn resources(&self, source: (&str, Node)) -> Node {
        let (role_id, group_id) = (self.role_id(), self.group_id());
        let kind = match self.dialect {
            Dialect::Serverless => "AWS::Serverless::StateMachine",
            Dialect::CloudFormation => "AWS::StepFunctions::StateMachine",
        };
        let machine = object([
            ("Type", text(kind)),
            ("Properties", self.properties(source)),
        ]);
        let mut resources = vec![(self.id.as_str(), machine)];
        if let (Role::Policy(policy), Dialect::CloudFormation) =
            (&self.deployment.role, self.dialect)
        {
            let document = role::document(policy, &|text| self.resolved(text));
            resources.push((&role_id, role::resource(document)));
        }
        let makes_group =
            |logging: &Logging| logging.destination.is_none() && logging.level != "OFF";
        if self.deployment.logging.as_ref().is_some_and(makes_group) {
            let name = value_of("/aws/vendedlogs/states/${AWS::StackName}");
            let properties = object([("LogGroupName", name)]);
            let group = object([
                ("Type", text("AWS::Logs::LogGroup")),
                ("Properties", properties),
            ]);
            resources.push((&group_id, group));
        }
        object(resources)
    }

    fn properties(&self, (place, definition): (&str, Node)) -> Node {
        let deployment = self.deployment;
        let is_sam = self.dialect == Dialect::Serverless;
        let name_of = |sam, plain| if is_sam { sam } else { plain };
        let mut properties = Vec::new();
        if let Some(name) = &deployment.name {
            properties.push((name_of("Name", "StateMachineName"), value_of(name)));
        }
        let machine_type = text(type_name(deployment.machine_type));
        properties.push((name_of("Type", "StateMachineType"), machine_type));
        properties.push(self.role());
        if let Some(logging) = &deployment.logging {
            properties.push((
                name_of("Logging", "LoggingConfiguration"),
                self.logging(logging),
            ));
        }
        if deployment.tracing {
            properties.push((
                name_of("Tracing", "TracingConfiguration"),
                object([("Enabled", flag(true))]),
            ));
        }
        if let (Some(key), Dialect::CloudFormation) = (&deployment.encryption, self.dialect) {
            properties.push(("EncryptionConfiguration", encryption(key)));
        }
        if !deployment.tags.is_empty() {
            properties.push(("Tags", self.tags()));
        }
        if !self.values.is_empty() {
            properties.push(("DefinitionSubstitutions", self.substitutions()));
        }
        properties.push((place, definition));
        object(properties)
    }

    fn role(&self) -> (&'static str, Node) {
        match (&self.deployment.role, self.dialect) {
            (Role::Arn(arn), Dialect::Serverless) => ("Role", value_of(arn)),
            (Role::Arn(arn), Dialect::CloudFormation) => ("RoleArn", value_of(arn)),
            (Role::Policy(policy), Dialect::Serverless) => {
                let document = role::document(policy, &|text| self.resolved(text));
                ("Policies", list(document))
            }
            (Role::Policy(_), Dialect::CloudFormation) => {
                ("RoleArn", value_of(&format!("${{{}.Arn}}", self.role_id())))
            }
        }
    }

    fn logging(&self, logging: &Logging) -> Node {
        let mut members = vec![
            ("Level", text(&logging.level)),
            ("IncludeExecutionData", flag(logging.include_data)),
        ];
        if logging.level != "OFF" {
            let arn = match &logging.destination {
                Some(arn) => arn.clone(),
                None => format!("${{{}.Arn}}", self.group_id()),
            };
            let group = object([("LogGroupArn", value_of(&arn))]);
            members.push((
                "Destinations",
                list([object([("CloudWatchLogsLogGroup", group)])]),
            ));
        }
        object(members)
    }

    fn tags(&self) -> Node {
        let tags = self.deployment.tags.iter();
        match self.dialect {
            Dialect::Serverless => object(tags.map(|(key, value)| (key.as_str(), value_of(value)))),
            Dialect::CloudFormation => list(
                tags.map(|(key, value)| object([("Key", text(key)), ("Value", value_of(value))])),
            ),
        }
    }

    fn substitutions(&self) -> Node {
        let value = |value: &Value| match &value.value {
            SubstitutionValue::Parameter(_) => value_of(&format!("${{{}}}", value.name)),
            SubstitutionValue::Text(text) => value_of(text),
        };
        object(self.values.iter().map(|it| (it.name.as_str(), value(it))))
    }
}

fn encryption(encryption: &Encryption) -> Node {
    let mut members = vec![
        ("Type", text("CUSTOMER_MANAGED_KMS_KEY")),
        ("KmsKeyId", value_of(&encryption.key)),
    ];
    if let Some(seconds) = encryption.reuse_seconds {
        members.push(("KmsDataKeyReusePeriodSeconds", number(seconds)));
    }
    object(members)
}
