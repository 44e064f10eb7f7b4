//! What the checks find in what the inspector shows: at the field that holds it, else at the inspector's head, and counted on
//! tabs and parts.
//!
//! A field says which places it shows ([`Findings::at`]); a finding belongs to the innermost of them that holds it. Places are
//! seen from the state, which can get another name. Nothing is judged here: findings come from [`asl::check`].

use super::place::{Place, state_of, way_from};
use crate::problems::mend;
use crate::session::Ask;
use crate::text::inspector as text;
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
    /// The state, or the pipeline.
    of: Place,
    all: Memo<Arc<Vec<Found>>>,
    /// How many fields show each place.
    fields: RwSignal<HashMap<Pointer, usize>>,
    placed: Memo<Arc<Placed>>,
}

/// A finding, with the way to its place from the state.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    way: Pointer,
    finding: Diagnostic,
}

impl Found {
    fn of(state: &Pointer, finding: &Diagnostic) -> Self {
        Self {
            way: way_from(state, &finding.pointer),
            finding: shown(finding),
        }
    }

    /// The way to the member that lacks or is wrong, else to the place itself.
    fn field(&self, state: &Pointer) -> Pointer {
        way_from(state, &self.finding.place())
    }
}

/// Findings by the field that shows them, and those that no field shows.
#[derive(Debug, Clone, PartialEq, Default)]
struct Placed {
    at: HashMap<Pointer, Vec<Found>>,
    loose: Vec<Found>,
}

impl Placed {
    fn of(all: &[Found], fields: &HashMap<Pointer, usize>) -> Self {
        let mut placed = Self::default();
        for found in all {
            match field_of(found, fields) {
                Some(field) => placed.at.entry(field).or_default().push(found.clone()),
                None => placed.loose.push(found.clone()),
            }
        }
        placed
    }
}

/// The field that shows a finding: that of a member it is about, else the innermost one around its place.
fn field_of(found: &Found, fields: &HashMap<Pointer, usize>) -> Option<Pointer> {
    let about = found.finding.about.iter();
    let members = about.map(|name| found.way.join(*name));
    let mut meant = members.filter(|member| fields.contains_key(member));
    meant.next().or_else(|| {
        let mut at = Some(found.way.clone());
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
    /// Gives the fields below the findings of a state, or of the pipeline itself.
    pub(super) fn provide(of: Place) -> Self {
        let diagnostics = of.session.diagnostics();
        let all = Memo::new(move |_| {
            let within = of.state();
            diagnostics.with(|findings| {
                let near = findings
                    .iter()
                    .filter(|finding| finding.pointer.starts_with(&within));
                let own = near.filter(|finding| state_of(&finding.pointer) == within);
                Arc::new(
                    own.map(|finding| Found::of(&within, finding))
                        .collect::<Vec<_>>(),
                )
            })
        });
        let fields = RwSignal::new(HashMap::new());
        let placed = Memo::new(move |_| Arc::new(Placed::of(&all.read(), &fields.read())));
        let findings = Self {
            of,
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
                here.flatten().map(|found| note(self, found)).collect()
            })
        })
    }

    /// How many problems there are in a part, the parts in it included.
    fn count_in(self, part: &Pointer) -> usize {
        self.all.with(|all| {
            let inside = all.iter().filter(|it| is_wrong(&it.finding));
            inside.filter(|it| it.way.starts_with(part)).count()
        })
    }

    /// How many problems there are in each tab of a state.
    pub(super) fn by_tab(self, kind: Kind) -> HashMap<&'static str, usize> {
        let mut counts = HashMap::new();
        self.all.with(|all| {
            for found in all.iter().filter(|it| is_wrong(&it.finding)) {
                *counts.entry(tab_of(kind, found)).or_insert(0) += 1;
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

fn note(findings: Findings, found: &Found) -> Note {
    let finding = &found.finding;
    let mending = finding.fix.as_ref().map(|fix| {
        let wanted = found.clone();
        NoteAct {
            label: fix.label.clone(),
            // The button goes with what it mends; the focus goes to the field.
            act: Callback::new(move |()| {
                let field = wanted.field(&findings.of.pointer());
                mend(findings.of.session, &wanted.finding);
                focus_soon(field);
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
fn tab_of(kind: Kind, found: &Found) -> &'static str {
    let about = found.finding.about.first().copied();
    tab_at(kind, &found.way, about.unwrap_or_default())
}

/// The tab whose forms hold a place of a state; for the state itself, that of its member `about`.
fn tab_at(kind: Kind, way: &Pointer, about: &str) -> &'static str {
    let field = match way.0.first() {
        Some(Step::Key(field)) => &**field,
        Some(Step::Index(_)) => "",
        None => about,
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
    notes_of(members.iter().map(|member| place.member(member)).collect())
}

/// The findings at these places, for the field that shows them.
pub(super) fn notes_of(places: Vec<Place>) -> Notes {
    let ways: Vec<Pointer> = places.into_iter().map(Place::way).collect();
    let (Some(findings), Some(first)) = (use_context::<Findings>(), ways.first()) else {
        return Notes::default();
    };
    Notes::new(first.to_string(), findings.at(ways))
}

/// Findings of a part itself, where none of its fields shows them.
#[component]
pub(super) fn PartNotes(place: Place) -> impl IntoView {
    let notes = notes_of(vec![place]);
    view! { <div class="part-notes" data-at=notes.place()><NoteList id=crate::ui::fresh_id("part") notes=notes/></div> }
}

/// How many problems a part holds, for its head.
#[component]
pub(super) fn PartMark(place: Place) -> impl IntoView {
    let findings = use_context::<Findings>();
    let part = place.way();
    let count = Memo::new(move |_| findings.map_or(0, |findings| findings.count_in(&part)));
    move || {
        Some(count.get()).filter(|count| *count > 0).map(|count| {
            view! { <span class="tab-count" title=text::problems(count)>{count}<span class="sr">{text::problems_unit(count)}</span></span> }
        })
    }
}

/// What no shown field shows, with a way to where it can be changed.
#[component]
pub(super) fn Loose(
    findings: Findings,
    /// The state's kind; none for the pipeline itself.
    #[prop(optional_no_strip)]
    kind: Option<Memo<Kind>>,
    /// The tab that is shown.
    #[prop(into)]
    shown: Signal<String>,
    /// Shows a tab.
    #[prop(into)]
    show: Callback<&'static str>,
) -> impl IntoView {
    // A hint that has a field in another tab waits until that is shown.
    let is_told = move |found: &&Found| {
        is_wrong(&found.finding)
            || kind.is_none_or(|kind| tab_of(kind.get(), found) == super::FIRST_TAB)
    };
    let loose = Signal::derive(move || {
        if findings.all.with(|all| all.is_empty()) {
            return Vec::new();
        }
        findings.placed.with(|placed| {
            let told = placed.loose.iter().filter(is_told);
            told.cloned().collect::<Vec<_>>()
        })
    });
    let line = move |found: Found| {
        let at = found.way.to_string();
        let mut note = note(findings, &found);
        let way = way_to(findings, kind, &found, &shown.get(), show);
        note.acts.push(way);
        view! { <NoteLine note=note at=at/> }
    };
    view! {
        <section class="loose-findings" aria-label=text::LOOSE hidden=move || loose.with(Vec::is_empty)>
            <ul class="field-notes">{move || loose.get().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// A button that leads to where a finding can be changed: a tab's field, the state's JSON, or the code.
fn way_to(
    findings: Findings,
    kind: Option<Memo<Kind>>,
    found: &Found,
    shown: &str,
    show: Callback<&'static str>,
) -> NoteAct {
    use leptos::callback::Callable;
    let Some(kind) = kind else {
        let session = findings.of.session;
        return NoteAct {
            label: text::SHOW_IN_CODE.to_owned(),
            act: Callback::new(move |()| session.ask().set(Some(Ask::Code(Pointer::default())))),
        };
    };
    let tab = tab_of(kind.get(), found);
    let field = found.field(&findings.of.pointer());
    // What the tab that is shown has no field for, and what is said of the state as a whole, no form has.
    let is_nowhere = *tab == *shown || field == Pointer::root();
    let choices = super::tabs_for(kind.get());
    let choice = choices
        .iter()
        .find(|choice| !is_nowhere && *choice.value == *tab);
    let label = choice.map_or_else(
        || text::SHOW_AS_JSON.to_owned(),
        |choice| text::go_to_tab(&choice.label),
    );
    let (target, at) = match choice {
        Some(_) => (tab, field),
        None => (super::JSON, Pointer::root()),
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
    kind: Option<Memo<Kind>>,
    show: impl Fn(&'static str) + 'static,
) {
    let session = findings.of.session;
    Effect::new(move || {
        let Some(at) = session.sought().get() else {
            return;
        };
        let state = findings.of.pointer();
        if session.state_at(&at).unwrap_or_default() != state {
            return;
        }
        session.sought().set(None);
        let way = way_from(&state, &at);
        let found = kind.and_then(|kind| {
            findings.all.with_untracked(|all| {
                let found = all.iter().find(|found| found.finding.place() == at);
                found.map(|found| tab_of(kind.get_untracked(), found))
            })
        });
        if let Some(kind) = kind {
            show(found.unwrap_or_else(|| tab_at(kind.get_untracked(), &way, "")));
        }
        // Who looks for a state itself, for nothing that is wrong with it, gives it a name first.
        if kind.is_some() && found.is_none() && way == Pointer::root() {
            request_animation_frame(super::head::focus_name);
        } else {
            focus_soon(way);
        }
    });
}

/// Moves the focus to the field that shows a place of the state, once it is drawn.
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
    use crate::session::Session;
    use asl::check::MachineType;
    use asl::text::Document;

    const TEXT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "TimeoutSeconds": 0, "Strange": 1,
        "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": -1}], "Next": "Nowhere"}}}"#;

    fn findings() -> Vec<Found> {
        let all = asl::check::check(&Document::parse(TEXT), MachineType::Standard);
        let of = |finding| Found::of(&pointer("/States/A"), finding);
        all.iter().map(of).collect()
    }

    fn pointer(text: &str) -> Pointer {
        text.parse().expect("a pointer")
    }

    #[test]
    fn a_finding_belongs_to_the_innermost_field_that_holds_it_or_lacks_what_it_is_about() {
        let shown = ["/Resource", "/Retry/0", "/Next"];
        let fields = shown.map(|field| (pointer(field), 1)).into();
        let placed = Placed::of(&findings(), &fields);
        let codes = |field: &str| -> Vec<&str> {
            let found = placed.at.get(&pointer(field)).into_iter().flatten();
            found.map(|found| found.finding.code).collect()
        };
        assert_eq!(codes("/Resource"), ["MISSING_FIELD"]);
        assert_eq!(codes("/Retry/0").len(), 1);
        assert_eq!(codes("/Next").len(), 1);
        let loose: Vec<String> = placed
            .loose
            .iter()
            .map(|found| found.way.to_string())
            .collect();
        assert!(loose.contains(&"/TimeoutSeconds".to_owned()), "{loose:?}");
        // A field that the language does not have is a fault of the state that holds it.
        assert!(loose.contains(&String::new()), "{loose:?}");
    }

    #[test]
    fn each_problem_counts_in_the_tab_that_has_its_field_and_in_its_part() {
        let owner = Owner::new();
        owner.with(|| {
            let session = Session::new("one", TEXT);
            session.check_now();
            let findings = Findings::provide(Place::of_state(session, pointer("/States/A")));
            let counts = findings.by_tab(Kind::Task);
            assert_eq!(counts.get("errors"), Some(&2));
            assert_eq!(counts.get("data"), None);
            assert_eq!(findings.count_in(&pointer("/Retry/0")), 1);
            let own = Findings::provide(Place::pipeline(session)).all.get();
            assert!(own.iter().all(|found| found.way == Pointer::root()));
        });
    }

    #[test]
    fn what_is_looked_for_is_shown_in_the_tab_that_has_its_field() {
        let tab = |kind, way| tab_at(kind, &pointer(way), "");
        assert_eq!(tab(Kind::Task, "/Retry/0/ErrorEquals"), "errors");
        assert_eq!(tab(Kind::Choice, "/Assign"), "variables");
        assert_eq!(
            tab(Kind::Choice, "/Choices/0/Variable"),
            super::super::FIRST_TAB
        );
        assert_eq!(tab(Kind::Pass, ""), super::super::FIRST_TAB);
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
