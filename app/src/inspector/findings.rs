//! What the checks find in what the inspector shows: at the field that holds it, else at the inspector's head, and counted on
//! tabs and parts.
//!
//! A field says which places it shows ([`Findings::at`]); a finding belongs to the innermost of them that holds it. Nothing
//! is judged here: findings come from [`asl::check`].

use super::place::{Place, state_of};
use crate::problems::mend;
use crate::session::{Ask, Session};
use crate::ui::{Kind, Note, NoteAct, NoteLine, NoteList, Notes, Weight, scroll_to};
use asl::check::{Diagnostic, Fix, Severity};
use asl::text::{Pointer, Span, Step};
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The findings of what is shown: of a state without the states in it, or of the pipeline without its states.
#[derive(Debug, Clone, Copy)]
pub(super) struct Findings {
    session: Session,
    all: Memo<Arc<Vec<Diagnostic>>>,
    /// How many fields show each place.
    fields: RwSignal<HashMap<Pointer, usize>>,
    placed: Memo<Arc<Placed>>,
}

/// Findings by the field that shows them, and those that no field shows.
#[derive(Debug, Clone, PartialEq, Default)]
struct Placed {
    at: HashMap<Pointer, Vec<Diagnostic>>,
    loose: Vec<Diagnostic>,
}

impl Placed {
    fn of(all: &[Diagnostic], fields: &HashMap<Pointer, usize>) -> Self {
        let mut placed = Self::default();
        for finding in all {
            match field_of(finding, fields) {
                Some(field) => placed.at.entry(field).or_default().push(finding.clone()),
                None => placed.loose.push(finding.clone()),
            }
        }
        placed
    }
}

/// The field that shows a finding: that of a member it is about, else the innermost one around its place.
fn field_of(finding: &Diagnostic, fields: &HashMap<Pointer, usize>) -> Option<Pointer> {
    let members = finding.about.iter().map(|name| finding.pointer.join(*name));
    let mut meant = members.filter(|member| fields.contains_key(member));
    meant.next().or_else(|| {
        let mut at = Some(finding.pointer.clone());
        while let Some(pointer) = at {
            if fields.contains_key(&pointer) {
                return Some(pointer);
            }
            at = pointer.parent();
        }
        None
    })
}

impl Findings {
    /// Gives the fields below the findings of `state`, or of the pipeline itself.
    pub(super) fn provide(session: Session, state: Option<Pointer>) -> Self {
        let diagnostics = session.diagnostics();
        let within = state.unwrap_or_default();
        let all = Memo::new(move |_| {
            diagnostics.with(|findings| {
                let near = findings
                    .iter()
                    .filter(|finding| finding.pointer.starts_with(&within));
                let own = near.filter(|finding| state_of(&finding.pointer) == within);
                Arc::new(own.map(shown).collect::<Vec<_>>())
            })
        });
        let fields = RwSignal::new(HashMap::new());
        let placed = Memo::new(move |_| Arc::new(Placed::of(&all.read(), &fields.read())));
        let findings = Self {
            session,
            all,
            fields,
            placed,
        };
        provide_context(findings);
        findings
    }

    /// The findings at these places, which a field shows from here on.
    fn at(self, places: Vec<Pointer>) -> Signal<Vec<Note>> {
        self.fields.update(|fields| {
            for place in &places {
                *fields.entry(place.clone()).or_insert(0) += 1;
            }
        });
        let (fields, left) = (self.fields, places.clone());
        on_cleanup(move || {
            // The inspector may be gone as a whole.
            let _ = fields.try_update(|fields| {
                for place in &left {
                    leave(fields, place);
                }
            });
        });
        Signal::derive(move || {
            if self.all.with(|all| all.is_empty()) {
                return Vec::new();
            }
            self.placed.with(|placed| {
                let here = places.iter().filter_map(|place| placed.at.get(place));
                here.flatten()
                    .map(|finding| note(self.session, finding))
                    .collect()
            })
        })
    }

    /// How many problems there are in a part, the parts in it included.
    fn count_in(self, part: &Pointer) -> usize {
        self.all.with(|all| {
            let inside = all.iter().filter(|it| is_wrong(it));
            inside.filter(|it| it.pointer.starts_with(part)).count()
        })
    }

    /// How many problems there are in each tab of a state.
    pub(super) fn by_tab(self, state: &Pointer, kind: Kind) -> HashMap<&'static str, usize> {
        let mut counts = HashMap::new();
        self.all.with(|all| {
            for finding in all.iter().filter(|it| is_wrong(it)) {
                *counts.entry(tab_of(state, kind, finding)).or_insert(0) += 1;
            }
        });
        counts
    }
}

fn leave(fields: &mut HashMap<Pointer, usize>, place: &Pointer) {
    if let Some(count) = fields.get_mut(place) {
        *count -= 1;
        if *count == 0 {
            fields.remove(place);
        }
    }
}

/// Whether something is wrong, not only improvable.
fn is_wrong(finding: &Diagnostic) -> bool {
    match finding.severity {
        Severity::Error | Severity::Warning => true,
        Severity::Hint => false,
    }
}

/// A finding without its place in the text, which every edit before it moves: notes and their buttons stay as they are then,
/// also under a pointer that is pressed. A fix is looked up again in the present text.
fn shown(finding: &Diagnostic) -> Diagnostic {
    Diagnostic {
        span: Span::default(),
        fix: finding.fix.as_ref().map(|fix| Fix {
            label: fix.label.clone(),
            edits: Vec::new(),
        }),
        ..finding.clone()
    }
}

fn note(session: Session, finding: &Diagnostic) -> Note {
    let mending = finding.fix.as_ref().map(|fix| {
        let wanted = finding.clone();
        NoteAct {
            label: fix.label.clone(),
            // The button goes with what it mends; the focus goes to the field.
            act: Callback::new(move |()| {
                mend(session, &wanted);
                focus_soon(wanted.place());
            }),
        }
    });
    Note {
        weight: weight(finding.severity),
        words: finding.message.clone(),
        acts: mending.into_iter().collect(),
    }
}

fn weight(severity: Severity) -> Weight {
    match severity {
        Severity::Error => Weight::Error,
        Severity::Warning => Weight::Warning,
        Severity::Hint => Weight::Hint,
    }
}

/// The tab of a state whose forms hold the place of a finding.
fn tab_of(state: &Pointer, kind: Kind, finding: &Diagnostic) -> &'static str {
    let field = match finding.pointer.0.get(state.0.len()) {
        Some(Step::Key(field)) => &**field,
        Some(Step::Index(_)) => "",
        None => finding.about.first().copied().unwrap_or_default(),
    };
    let tab = tab_with(kind, field);
    let has = super::tabs_for(kind);
    if has.iter().any(|choice| *choice.value == *tab) {
        tab
    } else {
        super::FIRST_TAB
    }
}

fn tab_with(kind: Kind, field: &str) -> &'static str {
    match (field, kind) {
        ("InputPath" | "OutputPath" | "ResultPath" | "ResultSelector", _) => "data",
        ("Arguments" | "Parameters", Kind::Parallel) => "data",
        ("Output", kind) if kind != Kind::Pass => "data",
        ("Assign", _) => "variables",
        ("Retry" | "Catch", _) => "errors",
        ("TimeoutSeconds" | "TimeoutSecondsPath", kind) if kind != Kind::Person => "errors",
        ("HeartbeatSeconds" | "HeartbeatSecondsPath", _) => "errors",
        _ => super::FIRST_TAB,
    }
}

/// The findings at members of the object at a place, for the field that shows them.
pub(super) fn notes_at(place: Place, members: &[&str]) -> Notes {
    notes_of(members.iter().map(|member| place.at(member)).collect())
}

/// The findings at these places, for the field that shows them.
pub(super) fn notes_of(places: Vec<Pointer>) -> Notes {
    let (Some(findings), Some(first)) = (use_context::<Findings>(), places.first()) else {
        return Notes::default();
    };
    Notes::new(first.to_string(), findings.at(places))
}

/// Findings of a part itself, where none of its fields shows them.
#[component]
pub(super) fn PartNotes(place: Place) -> impl IntoView {
    let notes = notes_of(vec![place.pointer()]);
    view! { <div class="part-notes" data-at=notes.place()><NoteList id=crate::ui::fresh_id("part") notes=notes/></div> }
}

/// How many problems a part holds, for its head.
#[component]
pub(super) fn PartMark(place: Place) -> impl IntoView {
    let findings = use_context::<Findings>();
    let part = place.pointer();
    let count = Memo::new(move |_| findings.map_or(0, |findings| findings.count_in(&part)));
    move || {
        Some(count.get()).filter(|count| *count > 0).map(|count| {
            let words = if count == 1 { "problem" } else { "problems" };
            view! { <span class="tab-count" title=format!("{count} {words}")>{count}<span class="sr">{format!(" {words}")}</span></span> }
        })
    }
}

/// What no shown field shows, with a way to where it can be changed.
#[component]
pub(super) fn Loose(
    findings: Findings,
    /// The state and its kind; none for the pipeline itself.
    #[prop(optional_no_strip)]
    state: Option<(Pointer, Memo<Kind>)>,
    /// The tab that is shown.
    #[prop(into)]
    shown: Signal<String>,
    /// Shows a tab.
    #[prop(into)]
    show: Callback<&'static str>,
) -> impl IntoView {
    let of_state = state.clone();
    // A hint that has a field in another tab waits until that is shown.
    let is_told = move |finding: &&Diagnostic| {
        is_wrong(finding)
            || of_state
                .as_ref()
                .is_none_or(|(state, kind)| tab_of(state, kind.get(), finding) == super::FIRST_TAB)
    };
    let loose = Signal::derive(move || {
        if findings.all.with(|all| all.is_empty()) {
            return Vec::new();
        }
        findings.placed.with(|placed| {
            let told = placed.loose.iter().filter(&is_told);
            told.cloned().collect::<Vec<_>>()
        })
    });
    let line = move |finding: Diagnostic| {
        let at = finding.pointer.to_string();
        let mut note = note(findings.session, &finding);
        note.acts.push(way_to(
            findings.session,
            state.as_ref(),
            &finding,
            &shown.get(),
            show,
        ));
        view! { <NoteLine note=note at=at/> }
    };
    view! {
        <section class="loose-findings" aria-label="What is wrong elsewhere" hidden=move || loose.with(Vec::is_empty)>
            <ul class="field-notes">{move || loose.get().into_iter().map(&line).collect_view()}</ul>
        </section>
    }
}

/// A button that leads to where a finding can be changed: a tab's field, the state's JSON, or the code.
fn way_to(
    session: Session,
    state: Option<&(Pointer, Memo<Kind>)>,
    finding: &Diagnostic,
    shown: &str,
    show: Callback<&'static str>,
) -> NoteAct {
    use leptos::callback::Callable;
    let Some((state, kind)) = state else {
        return NoteAct {
            label: "Show in the code".to_owned(),
            act: Callback::new(move |()| session.ask().set(Some(Ask::Code(Pointer::default())))),
        };
    };
    let tab = tab_of(state, kind.get(), finding);
    // What the tab that is shown has no field for, and what is said of the state as a whole, no form has.
    let is_nowhere = *tab == *shown || finding.place() == *state;
    let choices = super::tabs_for(kind.get());
    let choice = choices
        .iter()
        .find(|choice| !is_nowhere && *choice.value == *tab);
    let label = choice.map_or_else(
        || "Show as JSON".to_owned(),
        |choice| format!("Go to {}", choice.label),
    );
    let (target, at) = match choice {
        Some(_) => (tab, finding.place()),
        None => (super::JSON, state.clone()),
    };
    NoteAct {
        label,
        act: Callback::new(move |()| {
            show.run(target);
            focus_soon(at.clone());
        }),
    }
}

/// Follows what is looked for in the definition: the tab that holds it, then its field.
pub(super) fn follow(
    findings: Findings,
    state: Option<(Pointer, Memo<Kind>)>,
    show: impl Fn(&'static str) + 'static,
) {
    let session = findings.session;
    Effect::new(move || {
        let Some(at) = session.sought().get() else {
            return;
        };
        if session.state_at(&at) != state.as_ref().map(|(state, _)| state.clone()) {
            return;
        }
        session.sought().set(None);
        if let Some((state, kind)) = &state {
            let found = findings.all.with_untracked(|all| {
                let found = all.iter().find(|finding| finding.place() == at);
                found.map(|finding| tab_of(state, kind.get_untracked(), finding))
            });
            show(found.unwrap_or(super::FIRST_TAB));
        }
        focus_soon(at);
    });
}

/// Moves the focus to the field that shows a place, once it is drawn.
fn focus_soon(at: Pointer) {
    request_animation_frame(move || {
        let Some(element) = shown_at(&at.to_string()) else {
            return super::head::focus_forms();
        };
        open_around(&element);
        scroll_to(&element);
        let control = element
            .query_selector("input, textarea, select, [role=radio]")
            .ok()
            .flatten()
            .unwrap_or(element);
        if let Some(control) = control.dyn_ref::<web_sys::HtmlElement>() {
            // Where it cannot take the focus, the focus stays.
            let _ = control.focus();
        }
    });
}

/// The element of the innermost place that holds this one.
fn shown_at(at: &str) -> Option<web_sys::Element> {
    let all = document().query_selector_all(".inspector [data-at]").ok()?;
    let elements = (0..all.length()).filter_map(|index| all.get(index)?.dyn_into().ok());
    let holding = elements.filter_map(|element: web_sys::Element| {
        let place = element.get_attribute("data-at")?;
        let rest = at.strip_prefix(&*place)?;
        (rest.is_empty() || rest.starts_with('/')).then_some((place.len(), element))
    });
    // Of several with the same place the first one counts.
    let mut best: Option<(usize, web_sys::Element)> = None;
    for (length, element) in holding {
        if best.as_ref().is_none_or(|(most, _)| length > *most) {
            best = Some((length, element));
        }
    }
    best.map(|(_, element)| element)
}

/// Opens what an element is folded away in.
fn open_around(element: &web_sys::Element) {
    let mut around = element.closest("details:not([open])").ok().flatten();
    while let Some(details) = around {
        // The attribute's name is fixed and valid.
        let _ = details.set_attribute("open", "");
        around = details.closest("details:not([open])").ok().flatten();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::check::MachineType;
    use asl::text::Document;

    const TEXT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "TimeoutSeconds": 0, "Strange": 1,
        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": -1}], "Next": "Nowhere"}}}"#;

    fn findings() -> Vec<Diagnostic> {
        asl::check::check(&Document::parse(TEXT), MachineType::Standard)
    }

    fn pointer(text: &str) -> Pointer {
        text.parse().expect("a pointer")
    }

    #[test]
    fn a_finding_belongs_to_the_innermost_field_that_holds_it_or_lacks_what_it_is_about() {
        let shown = ["/States/A/Resource", "/States/A/Retry/0", "/States/A/Next"];
        let fields = shown.map(|field| (pointer(field), 1)).into();
        let placed = Placed::of(&findings(), &fields);
        let codes = |field: &str| -> Vec<&str> {
            let found = placed.at.get(&pointer(field)).into_iter().flatten();
            found.map(|finding| finding.code).collect()
        };
        assert_eq!(codes("/States/A/Resource"), ["MISSING_FIELD"]);
        assert_eq!(codes("/States/A/Retry/0").len(), 1);
        assert_eq!(codes("/States/A/Next").len(), 1);
        let loose: Vec<String> = placed
            .loose
            .iter()
            .map(|finding| finding.pointer.to_string())
            .collect();
        assert!(
            loose.contains(&"/States/A/TimeoutSeconds".to_owned()),
            "{loose:?}"
        );
        // A field that the language does not have is a fault of the state that holds it.
        assert!(loose.contains(&"/States/A".to_owned()), "{loose:?}");
    }

    #[test]
    fn each_problem_counts_in_the_tab_that_has_its_field_and_in_its_part() {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            session.check_now();
            let state = pointer("/States/A");
            let findings = Findings::provide(session, Some(state.clone()));
            let counts = findings.by_tab(&state, Kind::Task);
            assert_eq!(counts.get("errors"), Some(&2));
            assert_eq!(counts.get("data"), None);
            assert_eq!(findings.count_in(&pointer("/States/A/Retry/0")), 1);
            let own = Findings::provide(session, None).all.get();
            assert!(own.iter().all(|finding| finding.pointer == Pointer::root()));
        });
    }

    #[test]
    fn the_fix_of_a_note_mends_what_it_is_about_also_after_other_edits() {
        let owner = Owner::new();
        owner.with(|| {
            let text = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass"}}}"#;
            let session = Session::new("one", text);
            session.check_now();
            let all = session.diagnostics().get_untracked();
            let mut mendable = all.iter().filter(|finding| finding.fix.is_some());
            let found = mendable.next().expect("a fix").clone();
            let wider = text.replace("\"StartAt\"", "\"Comment\": \"x\", \"StartAt\"");
            session.set_text(&wider, crate::session::Origin::Code);
            mend(session, &found);
            assert!(
                session.text().contains("\"End\": true"),
                "{}",
                session.text()
            );
        });
    }
}
