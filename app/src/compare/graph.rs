//! A comparison on the graph: the newer or the older drawing, with what was added, removed and changed marked. The newer one shows
//! what was removed, too, states and ways; what the keys that walk it come to is said.

use super::union::Union;
use super::view::{Compared, Pick};
use super::words::{fate, field, read};
use super::{Changes, Sort, StateChange};
use crate::canvas::Canvas;
use crate::commands::Desk;
use crate::session::{Ask, Condition, Mark, Marks, Session, Taken};
use crate::text::compare as text;
use crate::ui::{Choice, Segmented, Status, StatusWord};
use leptos::prelude::*;

/// Which of the two is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    Before,
    After,
}

impl Drawn {
    fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }
}

/// The condition that a change is drawn as.
pub(super) fn condition(sort: Sort) -> Condition {
    match sort {
        Sort::Added => Condition::Added,
        Sort::Removed => Condition::Removed,
        Sort::Renamed | Sort::Moved | Sort::Changed => Condition::Changed,
    }
}

/// The status that a change is listed with.
pub(super) fn status(sort: Sort) -> Status {
    match sort {
        Sort::Added => Status::Added,
        Sort::Removed => Status::Removed,
        Sort::Renamed | Sort::Moved | Sort::Changed => Status::Changed,
    }
}

/// The marks of the one drawing or the other. What was removed is marked in the newer one as far as it was put back there.
fn marks(changes: &Changes, drawn: Drawn, union: Option<&Union>) -> Marks {
    let ghost = |change: &StateChange| union?.ghosts.get(change.before.as_ref()?).cloned();
    let mark = |change: &StateChange| {
        let place = match drawn {
            Drawn::Before => change.before.clone(),
            Drawn::After => change.after.clone().or_else(|| ghost(change)),
        };
        let mark = Mark {
            condition: condition(change.sort()),
            detail: Some(detail(change)),
            count: 1,
        };
        place.map(|place| (place, mark))
    };
    let removed = union.into_iter().flat_map(|union| &union.ways);
    let removed = removed.map(|way| (way.clone(), Taken::Removed));
    let begun = union.into_iter().flat_map(|union| &union.begun);
    let begun = begun.map(|way| (way.clone(), Taken::Added));
    Marks {
        states: changes.states.iter().filter_map(mark).collect(),
        ways: removed.chain(begun).collect(),
        over: false,
    }
}

/// What the second line of a state says.
fn detail(change: &StateChange) -> String {
    match (
        change.was.is_some() || change.moved.is_some(),
        change.fields.as_slice(),
    ) {
        (false, [only]) => field(only),
        (false, [_, _, ..]) => text::fields_changed(change.fields.len()),
        (true, _) | (false, []) => crate::pages::words::sentence(&fate(change)),
    }
}

/// The graph of a comparison.
#[component]
pub(super) fn GraphView(compared: Memo<Compared>, pick: RwSignal<Option<Pick>>) -> impl IntoView {
    let drawn = RwSignal::new(match pick.get_untracked() {
        Some(pick) if pick.is_gone => Drawn::Before,
        Some(_) | None => Drawn::After,
    });
    let choices = vec![
        Choice::new("before", text::BEFORE),
        Choice::new("after", text::AFTER),
    ];
    let take = move |word: String| {
        drawn.set(match word.as_str() {
            "before" => Drawn::Before,
            _ => Drawn::After,
        });
    };
    let union = Memo::new(move |_| {
        let compared = compared.read();
        let [before, after] = [&compared.before, &compared.after].map(|text| read(text));
        let union = compared
            .changes
            .is_some()
            .then(|| Union::of(&before, &after));
        union.flatten()
    });
    view! {
        <div class="compare-graph">
            <div class="row compare-legend">
                <Segmented label=text::DRAWN choices=choices value=Signal::derive(move || drawn.get().word().to_owned()) on_change=take/>
                {move || legend(&compared.read(), drawn.get(), union.read().as_ref())}
            </div>
            <div class="compare-canvas">
                {move || view! { <Drawing compared=compared.get() drawn=drawn.get() union=union.get() pick=pick/> }}
            </div>
        </div>
    }
}

/// What the colours mean, with how many there are; what the drawing does not show is named.
fn legend(compared: &Compared, drawn: Drawn, union: Option<&Union>) -> impl IntoView + use<> {
    let changes = compared.changes.clone().unwrap_or_default();
    let count = |status_of: Status| {
        let all = changes.states.iter();
        all.filter(|change| status(change.sort()) == status_of)
            .count()
    };
    let shown: &[Status] = match (drawn, union) {
        (Drawn::Before, _) => &[Status::Removed, Status::Changed],
        (Drawn::After, None) => &[Status::Added, Status::Changed],
        (Drawn::After, Some(_)) => &[Status::Added, Status::Changed, Status::Removed],
    };
    let words = shown.iter().copied().filter(|it| count(*it) > 0).map(|it| {
        let words = Signal::stored(text::legend(count(it), it.label()));
        view! { <StatusWord status=it words=words/> }
    });
    let union_drawn = union.filter(|_| drawn == Drawn::After);
    let ways = union_drawn.map(ways_told);
    let is_put_back = |change: &StateChange| {
        let ghosts = union.map(|union| &union.ghosts);
        let place = ghosts.zip(change.before.as_ref());
        place.is_some_and(|(ghosts, before)| ghosts.contains_key(before))
    };
    let gone: Vec<&str> = changes
        .states
        .iter()
        .filter(|change| match drawn {
            Drawn::Before => change.before.is_none(),
            Drawn::After => change.after.is_none() && !is_put_back(change),
        })
        .map(|change| change.name.as_str())
        .collect();
    let lacks = (!gone.is_empty()).then(|| match drawn {
        Drawn::Before => text::not_yet_there(&gone.join(", ")),
        Drawn::After => text::no_longer_there(&gone.join(", ")),
    });
    view! {
        {words.collect_view()}
        {ways}
        {lacks.map(|lacks| view! { <span class="t2 clip" title=lacks.clone()>{lacks.clone()}</span> })}
    }
}

/// How many ways were removed without their state, and how many starts there are instead.
fn ways_told(union: &Union) -> impl IntoView + use<> {
    let (removed, added) = (union.between, union.begun.len());
    let told = [
        (removed > 0).then(|| (Status::Removed, text::ways_removed(removed))),
        (added > 0).then(|| (Status::Added, text::starts_added(added))),
    ];
    let words = told.into_iter().flatten().map(|(status, words)| {
        view! { <StatusWord status=status words=Signal::stored(words)/> }
    });
    words.collect_view()
}

#[component]
fn Drawing(
    compared: Compared,
    drawn: Drawn,
    union: Option<Union>,
    pick: RwSignal<Option<Pick>>,
) -> impl IntoView {
    let union = union.filter(|_| drawn == Drawn::After);
    let text = match (drawn, &union) {
        (Drawn::Before, _) => &*compared.before,
        (Drawn::After, None) => &*compared.after,
        (Drawn::After, Some(union)) => &*union.text,
    };
    let session = Session::to_look_at("comparison", text);
    if let Some(changes) = &compared.changes {
        session.marks().set(marks(changes, drawn, union.as_ref()));
    }
    if let Some(union) = union {
        session.draw_as(union.outline);
    }
    // The commands of this canvas are its own, not those of the studio around it.
    provide_context(Desk::of_canvas(session, Signal::stored(true)));
    let picked = pick.get_untracked().and_then(|pick| match drawn {
        Drawn::Before => pick.before,
        Drawn::After => pick.after,
    });
    if let Some(state) = picked {
        session.select(state.clone());
        session.ask().set(Some(Ask::Reveal(state)));
    }
    view! {
        <Canvas session=session read_only=true/>
        <p class="sr" role="status" aria-live="polite">{move || session.notice().get().text}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use asl::text::Document;

    #[test]
    fn each_drawing_has_the_marks_of_the_states_that_it_shows() {
        let before = r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "Next": "B"}, "B": {"Type": "Succeed"}}}"#;
        let after = r#"{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 2, "End": true}, "C": {"Type": "Fail"}}}"#;
        let [old, new] = [before, after].map(Document::parse);
        let changes = Changes::between(&old, &new);
        let union = Union::of(&old, &new);
        let shown = |drawn| {
            let union = union.as_ref().filter(|_| drawn == Drawn::After);
            let mut found: Vec<_> = marks(&changes, drawn, union)
                .states
                .into_iter()
                .map(|(place, mark)| (place.to_string(), mark.condition))
                .collect();
            found.sort_by(|a, b| a.0.cmp(&b.0));
            found
        };
        let changed = ("/States/A".to_owned(), Condition::Changed);
        assert_eq!(
            shown(Drawn::Before),
            [
                changed.clone(),
                ("/States/B".to_owned(), Condition::Removed)
            ]
        );
        assert_eq!(
            shown(Drawn::After),
            [
                changed,
                ("/States/B".to_owned(), Condition::Removed),
                ("/States/C".to_owned(), Condition::Added)
            ]
        );
    }
}
