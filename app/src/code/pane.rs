//! The pane: keeps the editor and the session in step.

use super::bridge::{Editor, Finding, Reports};
use super::plain::PlainText;
use super::units::{shown, to_byte, to_units, typed};
use crate::problems::mend;
use crate::session::{Ask, Origin, Session};
use asl::check::Severity;
use asl::text::Pointer;
use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// How long a pause in typing ends an undo step, in milliseconds.
const PAUSE_MS: u32 = 900;

#[derive(Clone, Copy)]
struct Pane {
    session: Session,
    editor: StoredValue<Option<Editor>, LocalStorage>,
    ready: RwSignal<bool>,
    failed: RwSignal<bool>,
    /// The state that the cursor selected, so that the editor does not scroll to what it reported itself.
    reported: StoredValue<Option<Pointer>>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
}

/// The definition's text, in sync with every other view.
#[component]
pub fn CodePane(
    /// The pipeline.
    session: Session,
) -> impl IntoView {
    let pane = Pane {
        session,
        editor: StoredValue::new_local(None),
        ready: RwSignal::new(false),
        failed: RwSignal::new(false),
        reported: StoredValue::new(None),
        pause: StoredValue::new_local(None),
    };
    let host = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(host) = host.get() {
            pane.open(host.into());
        }
    });
    pane.follow_text();
    pane.follow_findings();
    pane.follow_selection();
    on_cleanup(move || {
        let _ = pane.editor.try_update_value(Option::take);
    });
    view! {
        <div class="code" hidden=move || pane.failed.get()>
            <div node_ref=host class="code-host"></div>
            <Show when=move || !pane.ready.get()>
                <p class="code-note" role="status">"Opening the code editor…"</p>
            </Show>
        </div>
        <Show when=move || pane.failed.get()>
            <PlainText session=session/>
        </Show>
    }
}

impl Pane {
    fn open(self, host: web_sys::HtmlElement) {
        spawn_local(async move {
            let text = self
                .session
                .document()
                .with_untracked(|document| document.text().clone());
            match Editor::open(&host, &shown(&text), self.reports()).await {
                Ok(editor) => {
                    // The pane may have been closed meanwhile; the editor then goes away with this value.
                    let _ = self.editor.try_update_value(|held| *held = Some(editor));
                    let _ = self.ready.try_set(true);
                }
                Err(error) => {
                    leptos::logging::warn!("the code editor could not be loaded: {error:?}");
                    let _ = self.failed.try_set(true);
                }
            }
        });
    }

    fn with(self, act: impl FnOnce(&Editor)) {
        self.editor.with_value(|editor| {
            if let Some(editor) = editor {
                act(editor);
            }
        });
    }

    fn reports(self) -> Reports {
        Reports {
            change: Rc::new(move |text| self.typed(&text)),
            cursor: Rc::new(move |at| self.cursor(at)),
            undo: Rc::new(move || self.session.undo()),
            redo: Rc::new(move || self.session.redo()),
            fix: Rc::new(move |index| self.fix(index)),
        }
    }

    fn typed(self, text: &str) {
        let after = typed(&untrack(|| self.session.text()), text);
        self.session.set_text(&after, Origin::Code);
        let pause = Timeout::new(PAUSE_MS, move || self.session.pause_typing());
        let _ = self.pause.try_set_value(Some(pause));
    }

    /// The cursor selects the state that it is in.
    fn cursor(self, at: u32) {
        let byte = self
            .session
            .document()
            .with_untracked(|document| to_byte(document.text(), at));
        if self.session.stale().get_untracked() {
            return;
        }
        let state = self.session.outline().with_untracked(|outline| {
            outline
                .at_offset(byte)
                .map(|state| outline.states[state.0].pointer.clone())
        });
        self.reported.set_value(state.clone());
        match state {
            Some(state) => self.session.select(state),
            None => self.session.select_none(),
        }
    }

    fn fix(self, index: u32) {
        let fix = self.session.diagnostics().with_untracked(|findings| {
            findings
                .get(usize::try_from(index).unwrap_or(usize::MAX))
                .and_then(|finding| finding.fix.clone())
        });
        if let Some(fix) = fix {
            mend(self.session, &fix);
        }
    }

    fn follow_text(self) {
        Effect::new(move || {
            let document = self.session.document().get();
            if self.ready.get() && self.session.origin().get_untracked() != Origin::Code {
                self.with(|editor| editor.set_doc(&shown(document.text())));
            }
        });
    }

    fn follow_findings(self) {
        Effect::new(move || {
            let findings = self.session.diagnostics().get();
            if !self.ready.get() {
                return;
            }
            let text = self
                .session
                .document()
                .with_untracked(|document| document.text().clone());
            let drawn: Vec<Finding> = findings
                .iter()
                .map(|finding| Finding {
                    from: to_units(&text, finding.span.start),
                    to: to_units(&text, finding.span.end),
                    severity: match finding.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Hint => "hint",
                    },
                    message: finding.message.clone(),
                    fix: finding.fix.as_ref().map(|fix| fix.label.clone()),
                })
                .collect();
            self.with(|editor| editor.set_diagnostics(&drawn));
        });
    }

    /// A state that is selected elsewhere is marked and scrolled to; one that the cursor selected stays where it is.
    fn follow_selection(self) {
        Effect::new(move || {
            let state = self
                .session
                .selection()
                .with(|selection| selection.primary().cloned());
            let asked = matches!(self.session.ask().get(), Some(Ask::Code(_)));
            if !self.ready.get() {
                return;
            }
            let by_cursor = self.reported.try_update_value(Option::take).flatten();
            if by_cursor.is_some() && by_cursor == state {
                return;
            }
            let range = state.as_ref().and_then(|state| self.range(state));
            self.with(|editor| editor.set_selection(range, asked));
            if asked {
                self.session.ask().set(None);
            }
        });
    }

    /// Where a state stands, in UTF-16 units.
    fn range(self, state: &Pointer) -> Option<(u32, u32)> {
        let span = self.session.outline().with_untracked(|outline| {
            outline
                .find(state)
                .map(|found| outline.states[found.0].span)
        })?;
        self.session.document().with_untracked(|document| {
            let text = document.text();
            Some((to_units(text, span.start), to_units(text, span.end)))
        })
    }
}
