//! A member of the definition that may be fixed or taken from data, whatever its query language calls that: `{% … %}` in
//! JSONata, `Name.$` in a payload template, `NamePath` beside a field of JSONPath.

use super::place::Place;
use asl::text::{Node, Pointer, json_of};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// How a member says that its value is taken from data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dynamic {
    /// By `{% … %}` around an expression.
    Expression,
    /// By `.$` at the end of its name.
    Template,
    /// By `Path` at the end of its name.
    PathField,
    /// It cannot.
    Never,
}

/// What stands in a member.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Given {
    /// Nothing.
    Nothing,
    /// A value.
    Fixed(Value),
    /// An expression without its braces, or a path.
    Taken(String),
}

impl Dynamic {
    /// How members of a payload (`Arguments`, `Parameters`, …) do it.
    pub(super) fn in_payload(jsonata: bool) -> Self {
        if jsonata {
            Self::Expression
        } else {
            Self::Template
        }
    }

    /// How a field does it that JSONPath has no way for.
    pub(super) fn or_never(jsonata: bool) -> Self {
        if jsonata {
            Self::Expression
        } else {
            Self::Never
        }
    }

    /// How a field of a state does it that has a companion ending in `Path`.
    pub(super) fn of_field(jsonata: bool) -> Self {
        if jsonata {
            Self::Expression
        } else {
            Self::PathField
        }
    }

    /// The member's name when its value is taken from data.
    pub(super) fn taken_name(self, name: &str) -> String {
        match self {
            Self::Expression | Self::Never => name.to_owned(),
            Self::Template => format!("{name}.$"),
            Self::PathField => format!("{name}Path"),
        }
    }

    /// What an object gives under `name`.
    pub(super) fn given(self, object: Option<&Node>, name: &str) -> Given {
        let value = |name: &str| object.and_then(|object| object.field(name)?.to_value());
        if matches!(self, Self::Template | Self::PathField)
            && let Some(taken) = value(&self.taken_name(name))
        {
            return Given::Taken(as_text(taken));
        }
        match value(name) {
            None => Given::Nothing,
            Some(value) => match value.as_str().and_then(expression_in) {
                Some(expression) if self == Self::Expression => Given::Taken(expression.to_owned()),
                Some(_) | None => Given::Fixed(value),
            },
        }
    }

    /// What is written for an expression or a path.
    fn written(self, taken: &str) -> Value {
        match self {
            Self::Expression => Value::from(format!(
                "{{% {} %}}",
                expression_in(taken).unwrap_or(taken).trim()
            )),
            Self::Template | Self::PathField | Self::Never => Value::from(taken.trim()),
        }
    }

    /// What to begin with when a value is to be taken from data: the same value where an expression can say it, else the
    /// member of the input that is likely to hold it.
    fn start(self, given: &Given, name: &str) -> String {
        let member = lower_first(name);
        let is_plain = member
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !member.starts_with(|c: char| c.is_ascii_digit());
        match (self, given) {
            (_, Given::Taken(taken)) => taken.clone(),
            (Self::Expression, Given::Fixed(value)) if is_literal(value) => {
                json_of(value).trim_end().to_owned()
            }
            (Self::Expression, _) if is_plain => format!("$states.input.{member}"),
            (Self::Expression, _) => "$states.input".to_owned(),
            (Self::Template | Self::PathField | Self::Never, _) if is_plain => {
                format!("$.{member}")
            }
            (Self::Template | Self::PathField | Self::Never, _) => "$".to_owned(),
        }
    }
}

/// The expression in `{% … %}`.
pub(super) fn expression_in(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("{%")?.strip_suffix("%}")?;
    Some(inner.trim())
}

/// Texts are written without their quotes, all else as JSON.
fn as_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Whether the JSON of a value is an expression that gives it.
fn is_literal(value: &Value) -> bool {
    !value.to_string().contains("{%")
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// A member that may be fixed or taken from data.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    owner: Place,
    name: StoredValue<Arc<str>>,
    dynamic: Dynamic,
    /// Whether the object around it goes with its last member.
    takes_owner: bool,
}

impl Slot {
    pub(super) fn new(owner: Place, name: impl Into<Arc<str>>, dynamic: Dynamic) -> Self {
        Self {
            owner,
            name: StoredValue::new(name.into()),
            dynamic,
            takes_owner: false,
        }
    }

    /// The same member of an object that is removed with its last member.
    pub(super) fn with_owner(self) -> Self {
        Self {
            takes_owner: true,
            ..self
        }
    }

    pub(super) fn dynamic(self) -> Dynamic {
        self.dynamic
    }

    pub(super) fn name(self) -> Arc<str> {
        self.name.get_value()
    }

    /// What stands here; follows the document.
    pub(super) fn given(self) -> Memo<Given> {
        let (dynamic, name) = (self.dynamic, self.name());
        self.owner
            .read("", move |object| dynamic.given(object, &name))
    }

    /// Where a fixed value stands.
    pub(super) fn fixed_at(self) -> Place {
        self.owner.named(&self.name())
    }

    /// Where an expression or a path stands.
    pub(super) fn taken_at(self) -> Place {
        self.owner.named(&self.dynamic.taken_name(&self.name()))
    }

    /// Where a value or an expression may stand.
    pub(super) fn places(self) -> Vec<Place> {
        if *self.dynamic.taken_name(&self.name()) == *self.name() {
            vec![self.fixed_at()]
        } else {
            vec![self.fixed_at(), self.taken_at()]
        }
    }

    /// Writes what is to stand here, in the place of what stood here.
    pub(super) fn put(self, given: &Given) {
        let (owner, name) = (self.owner.pointer(), self.name());
        let fixed = owner.join(&*name);
        let taken = owner.join(&*self.dynamic.taken_name(&name));
        let stands = |at: &Pointer| {
            let document = self.owner.session.outlined();
            document.with_untracked(|document| document.get(at).is_some())
        };
        let old = if stands(&taken) {
            taken.clone()
        } else {
            fixed.clone()
        };
        let is_last = self.owner.session.outlined().with_untracked(|document| {
            let owner = document.get(&owner);
            owner.is_some_and(|owner| owner.members().len() < 2)
        });
        let gone = match self.takes_owner && is_last {
            true => owner.clone(),
            false => old.clone(),
        };
        self.owner.session.edit(|editing| match given {
            Given::Nothing => editing.remove_field(&gone),
            Given::Fixed(value) => editing.replace_field(&old, &last(&fixed), value),
            Given::Taken(text) => {
                editing.replace_field(&old, &last(&taken), &self.dynamic.written(text))
            }
        });
    }

    /// Takes the value from data from here on, or fixes it; `start` is what a fixed one begins with.
    pub(super) fn flip(self, given: &Given, start: &Value) {
        self.put(&match given {
            Given::Taken(text) => Given::Fixed(
                serde_json::from_str(text)
                    .ok()
                    .filter(|_| self.dynamic == Dynamic::Expression)
                    .unwrap_or_else(|| start.clone()),
            ),
            Given::Nothing | Given::Fixed(_) => {
                Given::Taken(self.dynamic.start(given, &self.name()))
            }
        });
    }
}

fn last(pointer: &Pointer) -> String {
    super::parts::name_of(pointer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Session;

    fn state_a(session: Session) -> Place {
        Place::of_state(session, "/States/A".parse().expect("a pointer"))
    }
    use asl::text::Document;
    use serde_json::json;

    fn given(dynamic: Dynamic, object: &Value) -> Given {
        let document = Document::parse(object.to_string());
        dynamic.given(document.root(), "Name")
    }

    #[test]
    fn each_language_says_in_its_own_way_that_a_value_is_taken_from_data() {
        let taken = |text: &str| Given::Taken(text.to_owned());
        assert_eq!(
            given(Dynamic::Expression, &json!({"Name": "{% $x + 1 %}"})),
            taken("$x + 1")
        );
        assert_eq!(
            given(Dynamic::Template, &json!({"Name.$": "$.x"})),
            taken("$.x")
        );
        assert_eq!(
            given(Dynamic::PathField, &json!({"NamePath": "$.x"})),
            taken("$.x")
        );
        assert_eq!(
            given(Dynamic::Template, &json!({"Name": "{% $x %}"})),
            Given::Fixed(json!("{% $x %}"))
        );
        assert_eq!(given(Dynamic::Never, &json!({})), Given::Nothing);
    }

    #[test]
    fn an_expression_begins_with_the_value_that_stood_there() {
        let start = |given: &Given| Dynamic::Expression.start(given, "JobName");
        assert_eq!(start(&Given::Fixed(json!("train"))), "\"train\"");
        assert_eq!(start(&Given::Nothing), "$states.input.jobName");
        assert_eq!(
            start(&Given::Fixed(json!({"a": "{% $x %}"}))),
            "$states.input.jobName"
        );
        assert_eq!(Dynamic::Template.start(&Given::Nothing, "a b"), "$");
    }

    #[test]
    fn the_role_of_a_task_takes_its_object_away_with_it() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"r","End":true}}}"#;
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", text);
            let owner = state_a(session).member("Credentials");
            let slot = Slot::new(owner, "RoleArn", Dynamic::Template).with_owner();
            slot.put(&Given::Taken("$.role".to_owned()));
            assert!(
                session
                    .text()
                    .contains(r#""Credentials":{"RoleArn.$":"$.role"}"#)
            );
            slot.put(&Given::Nothing);
            assert_eq!(&*session.text(), text);
        });
    }

    #[test]
    fn a_member_that_is_taken_from_data_and_fixed_again_keeps_its_place_among_the_others() {
        let text = r#"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"r","Parameters":{"Name":"x","Other":1},"End":true}}}"#;
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", text);
            let owner = state_a(session).member("Parameters");
            let slot = Slot::new(owner, "Name", Dynamic::Template);
            slot.flip(&Given::Fixed(json!("x")), &json!(""));
            let taken = session.text().to_string();
            assert!(
                taken.contains(r#"{"Name.$":"$.name","Other":1}"#),
                "{taken}"
            );
            slot.put(&Given::Fixed(json!("x")));
            assert_eq!(&*session.text(), text);
            session.undo();
            assert_eq!(*session.text(), taken);
        });
    }
}
