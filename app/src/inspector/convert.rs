//! The conversion of a state or of the whole pipeline to JSONata: what would change, what needs a look, and the change.

use crate::commands::Desk;
use crate::compare::{Diff, changed_lines, diff};
use crate::session::Session;
use crate::text::common;
use crate::text::inspector::convert as text;
use crate::ui::{Button, ButtonLook, Dialog};
use asl::convert::{Finding, Severity};
use asl::text::Pointer;
use leptos::prelude::*;

/// What a conversion would do.
#[derive(Debug, Clone)]
struct Plan {
    findings: Vec<Finding>,
    converted: usize,
    left: usize,
    diff: Diff,
}

impl Plan {
    /// The plan for a state, or for all; a refusal in words when nothing can be planned.
    fn of(session: Session, state: Option<&Pointer>) -> Result<Self, String> {
        let planned = session.consider(|editing| editing.to_jsonata(state));
        let (change, conversion) = planned.map_err(|refusal| refusal.to_string())?;
        let before = session.document().get_untracked();
        let after = before
            .apply(&change.edits)
            .map_err(|error| text::not_changed(&error.to_string()))?;
        Ok(Self {
            findings: conversion.findings,
            converted: conversion.converted.len(),
            left: conversion.left.len(),
            diff: diff(before.text(), after.text()),
        })
    }
}

/// The dialog; it converts a state, or the whole pipeline.
#[component]
pub fn ConvertDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let (session, open) = (desk.session, desk.convert_open);
    let state = move || desk.converted.get_untracked();
    let make = move || {
        open.set(false);
        session.edit(|editing| {
            let made = editing.to_jsonata(state().as_ref());
            made.map(|(change, _)| change)
        });
    };
    view! {
        <Dialog open=open title=text::TITLE wide=true>
            {move || match Plan::of(session, state().as_ref()) {
                Err(words) => view! { <div class="dialog-body"><p role="alert">{words}</p></div> }.into_any(),
                Ok(plan) => planned(&plan, open, make),
            }}
        </Dialog>
    }
}

fn planned(plan: &Plan, open: RwSignal<bool>, make: impl Fn() + Copy + 'static) -> AnyView {
    let nothing = plan.converted == 0;
    view! {
        <div class="dialog-body">
            <p>{text::plan(plan.converted, plan.left)}</p>
            {(!plan.findings.is_empty()).then(|| view! {
                <section aria-label=text::FINDINGS>
                    <h3>{text::FINDINGS}</h3>
                    <ul class="notes">{plan.findings.iter().map(note).collect_view()}</ul>
                </section>
            })}
            {(!nothing).then(|| changed_lines(&plan.diff))}
        </div>
        <footer class="dialog-foot">
            <Button label=common::CANCEL on_press=move || open.set(false)/>
            <Button label=text::CONVERT look=ButtonLook::Primary disabled=nothing on_press=make/>
        </footer>
    }
    .into_any()
}

fn note(finding: &Finding) -> impl IntoView + use<> {
    let word = match finding.severity() {
        Severity::Error => text::STAYS,
        Severity::Warning => text::DIFFERS,
        Severity::Info => text::MAY_DIFFER,
    };
    let at = finding.pointer.0.iter().map(asl::text::Step::name);
    let place = at.skip(1).collect::<Vec<_>>().join(" › ");
    view! {
        <li>
            <span class="chip">{word}</span>" "<span class="mono sm t3">{place}</span>
            <p>{finding.message.clone()}</p>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Parameters": { "id.$": "$.order.id" }, "Next": "B" },
    "B": { "Type": "Pass", "InputPath": "$.x", "End": true }
  }
}"#;

    #[test]
    fn a_conversion_is_planned_without_a_change_and_made_as_one_step() {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            let plan = Plan::of(session, None).expect("a plan");
            assert_eq!((plan.converted, plan.left), (2, 0));
            assert_eq!(&*session.text(), TEXT);
            let planned = session.consider(|editing| editing.to_jsonata(None));
            session.apply(&planned.expect("a change").0);
            assert!(session.text().contains("$states.input.order.id"));
            session.undo();
            assert_eq!(&*session.text(), TEXT);
        });
    }

    #[test]
    fn what_is_in_jsonata_already_leaves_nothing_to_do() {
        let owner = Owner::new();
        owner.with(|| {
            let text = r#"{"QueryLanguage":"JSONata","StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#;
            let plan = Plan::of(Session::new("one", text), None).expect("a plan");
            assert_eq!((plan.converted, plan.left), (0, 0));
        });
    }
}
