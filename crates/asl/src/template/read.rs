//! State machines in a template.

use super::definition::{pairs, source};
use super::{Encryption, Logging, Machine, ResourceKind, Template};
use crate::check::MachineType;
use crate::text::{Document, Format, Member, Node, Pointer, template_text};

/// Whether a text is a template and no definition: it has resources with types.
pub fn is_template(text: &str) -> bool {
    if !text.contains("Resources") {
        return false;
    }
    let document = Document::parse_as(text, Format::of_text(text));
    let Some(root) = document.root() else {
        return false;
    };
    let has_types = root.field("Resources").is_some_and(|resources| {
        let mut members = resources.members().iter();
        members.any(|resource| resource.value.field("Type").is_some())
    });
    has_types && root.field("States").is_none()
}

/// Reads a template in JSON or YAML; never fails. What is no template has no machines.
pub fn read(text: &str) -> Template {
    let document = Document::parse_as(text, Format::of_text(text));
    let resources = document.root().and_then(|root| root.field("Resources"));
    let members = resources.map(Node::members).unwrap_or_default();
    let machines = members
        .iter()
        .filter_map(|resource| machine(resource, document.format()));
    Template {
        machines: machines.collect(),
        faults: document.faults().to_vec(),
    }
}

/// The names of the properties of one kind of resource.
struct Names {
    name: &'static str,
    machine_type: &'static str,
    role: &'static str,
    logging: &'static str,
    tracing: &'static str,
}

const SERVERLESS: Names = Names {
    name: "Name",
    machine_type: "Type",
    role: "Role",
    logging: "Logging",
    tracing: "Tracing",
};

const STEP_FUNCTIONS: Names = Names {
    name: "StateMachineName",
    machine_type: "StateMachineType",
    role: "RoleArn",
    logging: "LoggingConfiguration",
    tracing: "TracingConfiguration",
};

fn machine(resource: &Member, format: Format) -> Option<Machine> {
    let (kind, names) = match resource.value.field("Type")?.as_str()? {
        "AWS::Serverless::StateMachine" => (ResourceKind::Serverless, SERVERLESS),
        "AWS::StepFunctions::StateMachine" => (ResourceKind::StepFunctions, STEP_FUNCTIONS),
        _ => return None,
    };
    let properties = resource
        .value
        .field("Properties")
        .unwrap_or(&resource.value);
    let said = |name: &str| properties.field(name).and_then(template_text);
    let (source, mut substitutions) = source(properties, format);
    let given = properties.field("DefinitionSubstitutions");
    substitutions.extend(given.map(pairs).unwrap_or_default());
    let tracing = properties.field(names.tracing);
    let enabled = tracing
        .and_then(|tracing| tracing.field("Enabled"))
        .and_then(template_text);
    Some(Machine {
        logical_id: resource.key.to_string(),
        resource: kind,
        pointer: Pointer::root().join("Resources").join(&*resource.key),
        name: said(names.name),
        machine_type: match said(names.machine_type).as_deref() {
            Some("EXPRESS") => MachineType::Express,
            _ => MachineType::Standard,
        },
        source,
        substitutions,
        role: said(names.role),
        logging: properties.field(names.logging).map(logging),
        tracing: enabled.as_deref() == Some("true"),
        // SAM has no such property; a template that has it nevertheless says what is meant.
        encryption: properties
            .field("EncryptionConfiguration")
            .and_then(encryption),
        tags: properties.field("Tags").map(tags).unwrap_or_default(),
    })
}

fn encryption(encryption: &Node) -> Option<Encryption> {
    let text = |name: &str| encryption.field(name).and_then(template_text);
    let is_own = text("Type").as_deref() == Some("CUSTOMER_MANAGED_KMS_KEY");
    let seconds = text("KmsDataKeyReusePeriodSeconds");
    Some(Encryption {
        key: text("KmsKeyId").filter(|_| is_own)?,
        reuse_seconds: seconds.and_then(|seconds| seconds.parse().ok()),
    })
}

fn logging(logging: &Node) -> Logging {
    let text = |name: &str| logging.field(name).and_then(template_text);
    let destinations = logging
        .field("Destinations")
        .map(Node::elements)
        .unwrap_or_default();
    let group = destinations.iter().find_map(|destination| {
        destination
            .field("CloudWatchLogsLogGroup")?
            .field("LogGroupArn")
    });
    Logging {
        level: text("Level").unwrap_or_else(|| "OFF".to_owned()),
        include_data: text("IncludeExecutionData").as_deref() == Some("true"),
        destination: group.and_then(template_text),
    }
}

/// Tags: an object in SAM, a list of `Key` and `Value` in CloudFormation.
fn tags(tags: &Node) -> Vec<(String, Option<String>)> {
    if tags.is_object() {
        return pairs(tags);
    }
    let tag = |tag: &Node| {
        let name = tag.field("Key").and_then(template_text)?;
        Some((name, tag.field("Value").and_then(template_text)))
    };
    tags.elements().iter().filter_map(tag).collect()
}
