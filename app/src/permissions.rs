//! What the pipeline's role must be allowed, with the reason for each line (feature map, WS-51).
//!
//! The rights are derived by `asl::policy`; this dialog shows and copies them. It neither asks a server which rights a role has
//! nor changes one.

use crate::commands::Desk;
use crate::drafts::Settings;
use crate::session::{Ask, Session};
use crate::text::{common, permissions as text};
use crate::ui::{Button, ButtonLook, Dialog, Glyph, Icon};
use asl::policy::{Note, Policy, Reason, Statement, Subject, derive};
use asl::text::Pointer;
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog "Permissions".
#[component]
pub fn PermissionsDialog(
    /// The page.
    desk: Desk,
) -> impl IntoView {
    let open = desk.permissions;
    let session = desk.session;
    view! {
        <Dialog open=open title=text::TITLE wide=true>
            {move || {
                let policy = policy(session, &desk.settings());
                let copied = policy.to_json();
                let lacks = policy.statements.is_empty();
                view! {
                    <div class="dialog-body permissions">
                        <p class="hint">{said(&policy)}</p>
                        {policy.statements.iter().map(|statement| rights(desk, statement)).collect_view()}
                        {policy.assumed.iter().map(|assumed| view! {
                            <h3>{text::assumed_role(&assumed.role)}</h3>
                            {assumed.statements.iter().map(|statement| rights(desk, statement)).collect_view()}
                        }).collect_view()}
                        {policy.notes.iter().map(|note| aside(desk, note)).collect_view()}
                    </div>
                    <footer class="dialog-foot">
                        <Button label=common::CLOSE on_press=move || open.set(false)/>
                        <Button label=text::COPY glyph=Glyph::Copy look=ButtonLook::Primary disabled=lacks on_press=move || copy(desk, &copied)/>
                    </footer>
                }
            }}
        </Dialog>
    }
}

/// What the rights are, on the whole.
fn said(policy: &Policy) -> &'static str {
    if !policy.statements.is_empty() {
        text::NEEDED
    } else if policy.notes.is_empty() && policy.assumed.is_empty() {
        text::NONE_NEEDED
    } else {
        text::UNKNOWN
    }
}

/// The rights that the drawn pipeline needs.
fn policy(session: Session, settings: &Settings) -> Policy {
    let subject = Subject {
        name: Some(session.name().get()),
        ..settings.subject()
    };
    session
        .outlined()
        .with(|definition| derive(definition, &subject))
}

fn rights(desk: Desk, statement: &Statement) -> impl IntoView + use<> {
    let lines = |all: &[String]| {
        all.iter()
            .map(|line| view! { <li><code>{line.clone()}</code></li> })
            .collect_view()
    };
    let conditions: Vec<String> = statement
        .conditions
        .iter()
        .map(|condition| text::condition(condition.key, &condition.values))
        .collect();
    view! {
        <section class="right">
            <ul>{lines(&statement.actions)}</ul>
            <ul class="on">{lines(&statement.resources)}</ul>
            {(!conditions.is_empty()).then(|| view! { <p class="hint">{text::conditions(&conditions)}</p> })}
            <ul class="why">{statement.reasons.iter().map(|reason| why(desk, reason)).collect_view()}</ul>
        </section>
    }
}

fn why(desk: Desk, reason: &Reason) -> impl IntoView + use<> {
    let wide = reason.wide.clone();
    view! {
        <li>
            {place(desk, &reason.pointer, reason.state.as_ref())}
            <span>{reason.words.clone()}</span>
            {wide.map(|wide| view! { <span class="hint">{wide}</span> })}
        </li>
    }
}

fn aside(desk: Desk, note: &Note) -> impl IntoView + use<> {
    view! {
        <p class="note">
            <Icon glyph=Glyph::Warning/>
            <span>{note.words.clone()}</span>
            {place(desk, &note.pointer, note.state.as_ref())}
        </p>
    }
}

/// A button that leads to the state which a line is about.
fn place(desk: Desk, at: &Pointer, state: Option<&Arc<str>>) -> Option<impl IntoView + use<>> {
    let name = state?.to_string();
    let session = desk.session;
    let at = at.clone();
    let show = move || {
        desk.permissions.set(false);
        if let Some(state) = around(session, &at) {
            session.ask().set(Some(Ask::Reveal(state)));
        }
    };
    Some(view! { <Button label=name look=ButtonLook::Quiet title=text::SHOW_STATE on_press=show/> })
}

/// The innermost state that a pointer is in.
fn around(session: Session, at: &Pointer) -> Option<Pointer> {
    let outline = session.outline().get_untracked();
    let mut at = at.clone();
    while outline.find(&at).is_none() {
        at.0.pop()?;
    }
    Some(at)
}

fn copy(desk: Desk, text: &str) {
    let put = window().navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        match wasm_bindgen_futures::JsFuture::from(put).await {
            Ok(_) => desk.tell(text::COPIED),
            Err(_) => desk.refuse(text::NOT_COPIED),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#"{ "StartAt": "Each", "States": { "Each": { "Type": "Map", "End": true, "ItemProcessor": {
        "StartAt": "Call", "States": { "Call": { "Type": "Task", "End": true, "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": { "FunctionName": "arn:aws:lambda:eu-west-1:123456789012:function:score" } } } } } } }"#;

    #[test]
    fn each_reason_leads_to_the_state_that_it_is_about() {
        Owner::new().with(|| {
            let session = Session::new("score", CALL);
            let policy = policy(session, &Settings::default());
            let reason = &policy.statements[0].reasons[0];
            let state = around(session, &reason.pointer).unwrap();
            assert_eq!(state.to_string(), "/States/Each/ItemProcessor/States/Call");
            assert_eq!(reason.state.as_deref(), Some("Call"));
        });
    }

    #[test]
    fn logging_and_tracing_need_rights_of_their_own() {
        Owner::new().with(|| {
            let mut settings = Settings {
                tracing: true,
                ..Settings::default()
            };
            settings.logging.level = crate::drafts::Level::Error;
            let policy = policy(Session::empty("none"), &settings).to_json();
            assert!(policy.contains("logs:CreateLogDelivery"), "{policy}");
            assert!(policy.contains("xray:PutTraceSegments"), "{policy}");
        });
    }

    #[test]
    fn a_pipeline_that_calls_nothing_needs_no_rights() {
        Owner::new().with(|| {
            let none = policy(Session::empty("none"), &Settings::default());
            assert!(none.statements.is_empty());
            assert!(said(&none).contains("calls nothing"));
            let unknown = CALL.replace("lambda:invoke", "nowhere:nothing");
            let policy = policy(Session::new("unknown", &unknown), &Settings::default());
            assert!(policy.statements.is_empty() && !said(&policy).contains("calls nothing"));
        });
    }
}
