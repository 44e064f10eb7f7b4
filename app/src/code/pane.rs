//! The pane: keeps the editor and the session in step.

use super::bridge::{Editor, Finding, Reports, UnitEdit};
use super::follow::{edits_to, in_units};
use super::foot::CodeFoot;
use super::known::Known;
use super::plain::PlainText;
use super::units::{Ruler, shown};
use crate::document::Change;
use crate::problems::mend;
use crate::session::{Ask, Origin, Session};
use crate::text::code as text;
use asl::check::Severity;
use asl::editor::Knowledge;
use asl::text::{Pointer, Span, TextEdit};
use gloo::timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// How long a pause in typing ends an undo step, in milliseconds.
const PAUSE_MS: u32 = 900;

/// The pane's parts.
#[derive(Clone, Copy)]
pub(super) struct Pane {
    pub(super) session: Session,
    input: RwSignal<String>,
    editor: StoredValue<Option<Editor>, LocalStorage>,
    ready: RwSignal<bool>,
    failed: RwSignal<bool>,
    /// What the editor shows.
    ruler: StoredValue<Arc<Ruler>>,
    known: StoredValue<Known>,
    /// The state that the cursor selected, so that the editor does not scroll to what it reported itself.
    reported: StoredValue<Option<Pointer>>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    /// Whether a canvas stands beside the code.
    pub(super) beside: Memo<bool>,
}

/// The definition's text, in sync with every other view.
#[component]
pub fn CodePane(
    /// The pipeline.
    session: Session,
    /// The dry run's input, as typed: completions know its data.
    input: RwSignal<String>,
    /// Whether the canvas is shown, too, so that it can follow.
    beside: Memo<bool>,
) -> impl IntoView {
    let text = session
        .document()
        .with_untracked(|document| document.text().clone());
    let pane = Pane {
        session,
        input,
        editor: StoredValue::new_local(None),
        ready: RwSignal::new(false),
        failed: RwSignal::new(false),
        ruler: StoredValue::new(Arc::new(Ruler::new(text))),
        known: StoredValue::new(Known::default()),
        reported: StoredValue::new(None),
        pause: StoredValue::new_local(None),
        beside,
    };
    let host = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(host) = host.get() {
            pane.open(host.into());
        }
    });
    pane.follow_text();
    pane.follow_language();
    pane.follow_findings();
    pane.follow_selection();
    on_cleanup(move || {
        pane.flush();
        let _ = pane.editor.try_update_value(Option::take);
    });
    view! {
        <div class="code" hidden=move || pane.failed.get()>
            <div node_ref=host class="code-host"></div>
            <Show when=move || !pane.ready.get()>
                <p class="code-note" role="status">{text::OPENING}</p>
            </Show>
        </div>
        <Show when=move || pane.failed.get()>
            <PlainText session=session/>
        </Show>
        <CodeFoot pane=pane/>
    }
}

impl Pane {
    fn open(self, host: web_sys::HtmlElement) {
        spawn_local(async move {
            let (text, format) = self
                .session
                .document()
                .with_untracked(|document| (document.text().clone(), document.format()));
            self.ruler.set_value(Arc::new(Ruler::new(text.clone())));
            match Editor::open(&host, &shown(&text), format, self.reports()).await {
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
        let _ = self.editor.try_with_value(|editor| {
            if let Some(editor) = editor {
                act(editor);
            }
        });
    }

    fn reports(self) -> Reports {
        Reports {
            change: Rc::new(move |edits, is_step| self.typed(&edits, is_step)),
            cursor: Rc::new(move |at| self.cursor(at)),
            ask: Rc::new(move |what, at, word| self.answer(what, at, word)),
            command: Rc::new(move |name| self.command(name)),
            fix: Rc::new(move |index| self.fix(index)),
        }
    }

    /// What the editor shows, measured.
    pub(super) fn ruler(self) -> Arc<Ruler> {
        self.ruler.get_value()
    }

    /// What is known of the pipeline's data.
    pub(super) fn knowledge(self) -> Arc<Knowledge> {
        let input = self.input.get_untracked();
        let shown = self.session.shown().get_value();
        let known = self.known.try_update_value(|known| known.of(input, shown));
        known.unwrap_or_default()
    }

    /// Takes over what was typed; a step of its own is a completion.
    fn typed(self, edits: &[UnitEdit], is_step: bool) {
        let ruler = self.ruler();
        let edits = edits.iter().map(|edit| {
            let span = ruler.span(edit.from, edit.to);
            TextEdit::new(span, ruler.with_line_ends(&edit.insert))
        });
        if is_step {
            self.session.pause_typing();
        }
        self.session.type_in(edits.collect(), Origin::Code);
        self.measure();
        if is_step {
            self.session.pause_typing();
        }
        let pause = Timeout::new(PAUSE_MS, move || self.session.pause_typing());
        let _ = self.pause.try_set_value(Some(pause));
    }

    /// The editor shows the session's text.
    fn measure(self) {
        let text = self
            .session
            .document()
            .with_untracked(|document| document.text().clone());
        self.ruler.set_value(Arc::new(Ruler::new(text)));
    }

    /// What is typed and not reported yet counts before anything else is done.
    pub(super) fn flush(self) {
        self.with(Editor::flush);
    }

    /// Makes a change and shows it part by part, so that the cursor stays where it is in the text.
    pub(super) fn perform(self, change: &Change) -> bool {
        let ruler = self.ruler();
        if !self.session.apply(change) {
            return false;
        }
        let edits: Vec<UnitEdit> = change
            .edits
            .iter()
            .map(|edit| in_units(&ruler, edit))
            .collect();
        self.measure();
        self.with(|editor| editor.apply(&edits));
        true
    }

    /// The cursor selects the state that it is in.
    fn cursor(self, at: u32) {
        if self.session.stale().get_untracked() {
            return;
        }
        let byte = self.ruler().byte(at);
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
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let findings = self.session.diagnostics();
        if let Some(finding) = findings.with_untracked(|all| all.get(index).cloned()) {
            mend(self.session, &finding);
        }
    }

    fn follow_text(self) {
        Effect::new(move || {
            let document = self.session.document().get();
            let ruler = self.ruler();
            if !self.ready.get() || **ruler.text() == **document.text() {
                return;
            }
            let edits = edits_to(&ruler, document.text());
            self.measure();
            self.with(|editor| editor.apply(&edits));
        });
    }

    fn follow_language(self) {
        let format = Memo::new(move |_| self.session.document().with(|document| document.format()));
        Effect::new(move || {
            let format = format.get();
            if self.ready.get() {
                self.with(|editor| editor.set_language(format));
            }
        });
    }

    fn follow_findings(self) {
        Effect::new(move || {
            let findings = self.session.diagnostics().get();
            if !self.ready.get() {
                return;
            }
            let ruler = self.ruler();
            let drawn = findings.iter().map(|finding| {
                let (from, to) = ruler.range(finding.span);
                Finding {
                    from,
                    to,
                    severity: severity(finding.severity),
                    message: finding.message.clone(),
                    fix: finding.fix.as_ref().map(|fix| fix.label.clone()),
                }
            });
            let drawn: Vec<Finding> = drawn.collect();
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
        let span: Span = self.session.outline().with_untracked(|outline| {
            outline
                .find(state)
                .map(|found| outline.states[found.0].span)
        })?;
        Some(self.ruler().range(span))
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
