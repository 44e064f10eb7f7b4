//! `UNKNOWN_VARIABLE`: a variable that nothing in sight assigns, or nothing that comes before. `UNUSED_VARIABLE`: one that
//! nobody reads (asl-rules 8). AWS takes both; reading such a variable fails the state.

use super::variables::{around, assignments, block_of, is_distributed, name};
use crate::check::Diagnostic;
use crate::check::expressions::Expression;
use crate::check::paths::Query;
use crate::check::view::View;
use crate::check::words;
use crate::graph::{BlockIx, StateIx};
use crate::query::Path;
use crate::text::{Pointer, Span, TextEdit};
use jsonata::UseKind;
use std::collections::{HashMap, HashSet};

/// So many steps along transitions are made to find out what comes before what; beyond that nothing is said.
const STEPS: usize = 2_000_000;

pub(super) fn check(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let variables = Variables::of(view);
    unused(view, found);
    let mut order = Order {
        view,
        steps: STEPS,
        after: HashMap::new(),
    };
    for used in in_queries(view).chain(in_expressions(view)) {
        if let Some(message) = variables.fault(&mut order, &used) {
            let pointer = used.at.pointer(view);
            let finding = Diagnostic::warning("UNKNOWN_VARIABLE", used.span, pointer, message);
            found.push(fixed(finding, &variables, &used));
        }
    }
}

/// A place where a variable is read.
struct Used<'v> {
    name: &'v str,
    state: StateIx,
    at: At<'v>,
    span: Span,
    /// The name with its dollar, where it stands in an expression.
    shown: Option<Span>,
}

/// What reads a variable.
#[derive(Clone, Copy)]
enum At<'v> {
    Query(&'v Query<'v>),
    Expression(&'v Expression<'v>),
}

impl At<'_> {
    fn pointer(self, view: &View<'_>) -> Pointer {
        match self {
            Self::Query(query) => query.pointer(view),
            Self::Expression(expression) => expression.pointer(view),
        }
    }

    /// The path as it is written, when the whole text is one.
    fn path(&self) -> Option<&str> {
        match self {
            Self::Query(query) => query.only_path().map(Path::text),
            Self::Expression(_) => None,
        }
    }
}

fn in_queries<'v>(view: &'v View<'_>) -> impl Iterator<Item = Used<'v>> {
    view.queries.iter().flat_map(|query| {
        let state = view.places.get(query.place).and_then(|place| place.state);
        let names = query.paths.iter().filter_map(Path::variable);
        names.filter_map(move |name| {
            Some(Used {
                name,
                state: state?,
                at: At::Query(query),
                span: query.node.span,
                shown: None,
            })
        })
    })
}

fn in_expressions<'v>(view: &'v View<'_>) -> Vec<Used<'v>> {
    let mut found = Vec::new();
    for (expression, uses) in view.expressions() {
        let Some(state) = expression.state else {
            continue;
        };
        for used in uses {
            let UseKind::Variable { name, .. } = used.kind else {
                continue;
            };
            // A function that is handed on is no variable of the workflow.
            let is_function = jsonata::editor::documentation(name, jsonata::Profile::Aws).is_some();
            if name == "states" || is_function {
                continue;
            }
            let written = used.span.start..used.span.start + 1 + name.len();
            found.push(Used {
                name,
                state,
                at: At::Expression(expression),
                span: expression.span(view.document, &used.span),
                shown: expression.part(view.document, &written),
            });
        }
    }
    found
}

/// Which states of which block assign a variable.
struct Variables<'a> {
    assigned: HashMap<&'a str, HashMap<BlockIx, Vec<StateIx>>>,
}

impl<'a> Variables<'a> {
    fn of(view: &View<'a>) -> Self {
        let mut assigned: HashMap<&str, HashMap<BlockIx, Vec<StateIx>>> = HashMap::new();
        for place in &view.places {
            let (Some(state), Some(block)) = (place.state, block_of(view, place)) else {
                continue;
            };
            for member in assignments(place) {
                let blocks = assigned.entry(name(place, member)).or_default();
                blocks.entry(block).or_default().push(state);
            }
        }
        Self { assigned }
    }

    /// Why a variable has no value where it is read.
    fn fault(&self, order: &mut Order<'_, '_>, used: &Used<'_>) -> Option<String> {
        let name = used.name;
        let Some(blocks) = self.assigned.get(name) else {
            return Some(format!(
                "Nothing assigns the variable ${name}; assign it in a state before this one, or correct its name."
            ));
        };
        let view = order.view;
        let mut state = used.state;
        let mut in_sight = false;
        loop {
            let node = view.outline.state(state)?;
            if let Some(assigning) = blocks.get(&node.block) {
                in_sight = true;
                if assigning
                    .iter()
                    .any(|before| order.may_follow(*before, state))
                {
                    return None;
                }
            }
            let block = view.outline.block(node.block)?;
            if is_distributed(view, node.block) || around(view, block).is_none() {
                break;
            }
            state = block.owner?;
        }
        Some(match in_sight {
            true => format!(
                "${name} has no value here yet: it is assigned only in states that come later. Assign it before."
            ),
            false => format!(
                "${name} is assigned in another block, whose variables cannot be seen here; pass the value as input."
            ),
        })
    }
}

/// Which states can come after which, found out when it is asked.
struct Order<'v, 'a> {
    view: &'v View<'a>,
    steps: usize,
    after: HashMap<StateIx, HashSet<StateIx>>,
}

impl Order<'_, '_> {
    /// Whether a run can come from `before` to `state` by at least one transition.
    fn may_follow(&mut self, before: StateIx, state: StateIx) -> bool {
        if !self.after.contains_key(&before) {
            let reached = self.reach(before);
            self.after.insert(before, reached);
        }
        self.steps == 0
            || self
                .after
                .get(&before)
                .is_some_and(|after| after.contains(&state))
    }

    fn reach(&mut self, from: StateIx) -> HashSet<StateIx> {
        let mut reached = HashSet::new();
        let mut open = vec![from];
        while let Some(node) = open.pop().and_then(|state| self.view.outline.state(state)) {
            for to in node
                .transitions
                .iter()
                .filter_map(|transition| transition.to)
            {
                self.steps = self.steps.saturating_sub(1);
                if self.steps > 0 && reached.insert(to) {
                    open.push(to);
                }
            }
        }
        reached
    }
}

fn fixed(finding: Diagnostic, variables: &Variables<'_>, used: &Used<'_>) -> Diagnostic {
    if let Some(path) = used.at.path()
        && !variables.assigned.contains_key(used.name)
    {
        let meant = format!("$.{}", path.trim_start_matches('$'));
        let edit = TextEdit::new(used.span, serde_json::Value::from(&*meant).to_string());
        return finding.fix(format!("Read {meant} from the input"), vec![edit]);
    }
    let candidates = variables.assigned.keys().copied();
    let meant = words::closest(used.name, candidates).filter(|meant| *meant != used.name);
    match (meant, used.shown) {
        (Some(meant), Some(shown)) => finding.fix(
            format!("Use ${meant}"),
            vec![TextEdit::new(shown, format!("${meant}"))],
        ),
        _ => finding,
    }
}

/// Every `$name` in the text counts as read, wherever it stands.
fn unused(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let read = names_after_dollars(view.document.text());
    for place in &view.places {
        let Some(assign) = place.node.field("Assign") else {
            continue;
        };
        for (index, member) in assignments(place).iter().enumerate() {
            let name = name(place, member);
            if read.contains(name) || view.is_open_text(name) {
                continue;
            }
            let message = format!(
                "Nobody reads the variable ${name}; remove it, unless it is there for people."
            );
            let pointer = place.pointer.join("Assign").join(&*member.key);
            let edits = view.document.remove_member(assign, index);
            found.push(
                Diagnostic::hint("UNUSED_VARIABLE", member.key_span, pointer, message)
                    .fix(format!("Remove {name}"), edits),
            );
        }
    }
}

fn names_after_dollars(text: &str) -> HashSet<&str> {
    let names = text.split('$').skip(1).map(|rest| {
        let end = rest.find(|c| !unicode_ident::is_xid_continue(c));
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    });
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{clean_after_fix, codes, only};

    fn two(first: &str, second: &str) -> String {
        format!(
            r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Pass", {first} "Next": "B"}},
            "B": {{"Type": "Pass", {second} "End": true}}}}}}"#
        )
    }

    #[test]
    fn a_variable_is_assigned_before_it_is_read() {
        let good = two(r#""Assign": {"total": 1},"#, r#""Output": "{% $total %}","#);
        assert_eq!(codes(&good), Vec::<&str>::new());
        let never = two("", r#""Output": "{% $total + 1 %}","#);
        assert_eq!(codes(&never), ["UNKNOWN_VARIABLE"]);
        let later = two(r#""Output": "{% $total %}","#, r#""Assign": {"total": 1},"#);
        assert!(only(&later, "UNKNOWN_VARIABLE").message.contains("later"));
        let same = two(r#""Assign": {"total": 1}, "Output": "{% $total %}","#, "");
        assert_eq!(codes(&same), ["UNKNOWN_VARIABLE"]);
    }

    #[test]
    fn a_slip_of_the_hand_is_mended() {
        let text = two(
            r#""Assign": {"total": 1, "x": 2},"#,
            r#""Output": "{% [$totl.a, $total, $x] %}","#,
        );
        assert_eq!(
            only(&text, "UNKNOWN_VARIABLE").fix.unwrap().label,
            "Use $total"
        );
        clean_after_fix(&text);
    }

    #[test]
    fn a_path_without_its_dot_is_no_variable() {
        let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"a.$": "$order.id"}, "End": true}}}"#;
        assert_eq!(codes(text), ["UNKNOWN_VARIABLE"]);
        clean_after_fix(text);
    }

    #[test]
    fn loops_bring_variables_back() {
        let text = r#"{"QueryLanguage": "JSONata", "StartAt": "A", "States": {
            "A": {"Type": "Choice", "Choices": [{"Condition": "{% $exists($n) and $n > 3 %}", "Next": "C"}], "Default": "B"},
            "B": {"Type": "Pass", "Assign": {"n": "{% 1 %}"}, "Next": "A"}, "C": {"Type": "Succeed"}}}"#;
        assert_eq!(codes(text), Vec::<&str>::new());
    }

    #[test]
    fn inner_blocks_see_what_is_around_them() {
        let map = |mode: &str| {
            format!(
                r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Pass", "Assign": {{"n": 1}}, "Next": "M"}},
                "M": {{"Type": "Map", "Items": "{{% [1, 2] %}}", "End": true, "ItemProcessor": {{"ProcessorConfig": {mode}, "StartAt": "B",
                "States": {{"B": {{"Type": "Pass", "Output": "{{% $n %}}", "End": true}}}}}}}}}}}}"#
            )
        };
        assert_eq!(codes(&map(r#"{"Mode": "INLINE"}"#)), Vec::<&str>::new());
        let distributed = map(r#"{"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}"#);
        assert!(
            only(&distributed, "UNKNOWN_VARIABLE")
                .message
                .contains("another block")
        );
    }

    #[test]
    fn what_nobody_reads_is_a_hint() {
        let text = two(
            r#""Assign": {"total": 1, "sum": 2},"#,
            r#""Output": "{% $sum %}","#,
        );
        assert_eq!(codes(&text), ["UNUSED_VARIABLE"]);
        clean_after_fix(&text);
    }
}
