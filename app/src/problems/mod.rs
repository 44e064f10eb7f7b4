//! The list of what is wrong with the definition, and its fixes. The checks themselves live in `asl::check`.

use crate::document::{Change, invert};
use crate::session::{Ask, Session};
use crate::text::common;
use crate::text::problems as text;
use crate::ui::{Badge, Button, EmptyState, Glyph, Icon, IconButton};
use asl::check::{Diagnostic, Severity};
use asl::text::Pointer;
use leptos::callback::Callable;
use leptos::prelude::*;

/// The drawer with all findings.
#[component]
pub fn Problems(
    /// The pipeline.
    session: Session,
    /// Closes the drawer.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let findings = session.diagnostics();
    let rows = move || {
        findings
            .get()
            .iter()
            .enumerate()
            .map(|(index, finding)| (index, finding.clone()))
            .collect::<Vec<_>>()
    };
    view! {
        <section class="problems" aria-label=text::TITLE>
            <header class="drawer-head">
                <h2>{text::TITLE}</h2>
                <Badge text=Signal::derive(move || findings.with(|findings| findings.len().to_string()))/>
                <span class="end"></span>
                <IconButton label=text::CLOSE glyph=Glyph::Cross on_press=move || on_close.run(())/>
            </header>
            <Show
                when=move || findings.with(|findings| !findings.is_empty())
                fallback=|| view! {
                    <EmptyState glyph=Glyph::Succeed title=text::NONE hint=text::NONE_HINT/>
                }
            >
                <ul class="problem-list">
                    <For each=rows key=|(index, finding)| (*index, finding.code, finding.span, finding.message.clone()) let:row>
                        <Row session=session finding=row.1/>
                    </For>
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn Row(session: Session, finding: Diagnostic) -> impl IntoView {
    let state = session.state_at(&finding.pointer);
    let name = state.as_ref().and_then(|state| {
        state.0.last().map(|step| match step {
            asl::text::Step::Key(name) => name.to_string(),
            asl::text::Step::Index(index) => index.to_string(),
        })
    });
    let line = line_of(session, finding.span.start);
    let (glyph, word) = match finding.severity {
        Severity::Error => (Glyph::Error, common::ERROR),
        Severity::Warning => (Glyph::Warning, common::WARNING),
        Severity::Hint => (Glyph::Info, common::HINT),
    };
    let at = finding.place();
    let show = move || {
        if session.stale().get_untracked() {
            session.ask().set(Some(Ask::Code(Pointer::default())));
        } else {
            session.seek(at.clone());
        }
    };
    let fix = finding.fix.as_ref().map(|fix| {
        let (label, wanted) = (fix.label.clone(), finding.clone());
        view! { <Button label=label on_press=move || mend(session, &wanted)/> }
    });
    view! {
        <li class="problem" class:error=finding.severity == Severity::Error class:hint=finding.severity == Severity::Hint>
            <button type="button" class="problem-main" on:click=move |_| show()>
                <Icon glyph=glyph/>
                <span class="sr">{word}</span>
                <span class="problem-text">{finding.message}</span>
                {name.map(|name| view! { <span class="chip">{name}</span> })}
                <span class="t3 sm problem-line" title=finding.code>{text::line(line)}</span>
            </button>
            {fix}
        </li>
    }
}

/// Makes the change that a finding offers, as it is found in the present text.
pub fn mend(session: Session, wanted: &Diagnostic) {
    if !session.is_checked() {
        session.check_now();
    }
    let found = session.diagnostics().with_untracked(|findings| {
        let mut same = findings.iter().filter(|it| {
            it.code == wanted.code && it.pointer == wanted.pointer && it.message == wanted.message
        });
        same.find_map(|it| it.fix.clone())
    });
    let Some(fix) = found else {
        return session.say(text::NOTHING_TO_MEND);
    };
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|edit| edit.span);
    session.edit(|editing| {
        Ok(Change {
            inverse: invert(editing.text(), &edits),
            edits,
            label: fix.label.clone(),
            ..Change::default()
        })
    });
}

/// The one-based line of a byte offset.
fn line_of(session: Session, offset: usize) -> usize {
    session.document().with_untracked(|document| {
        let text = document.text();
        let offset = offset.min(text.len());
        text.as_bytes().get(..offset).map_or(1, |head| {
            head.iter().filter(|byte| **byte == b'\n').count() + 1
        })
    })
}
