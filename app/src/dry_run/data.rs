//! The values of one visit: input, after each filter, result, output; two of them side by side with what changed.

use super::diff::{Change, Counts, diff};
use super::runner::Runner;
use crate::text::dry_run as text;
use crate::ui::json::coloured;
use crate::ui::{Glyph, Icon};
use asl::machine::{Observation, Stage};
use leptos::html;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// A stage in plain words, with AWS's name for the tooltip.
fn words(stage: Stage) -> text::Stage {
    match stage {
        Stage::Input => text::STAGE_INPUT,
        Stage::AfterInputPath => text::STAGE_INPUT_PATH,
        Stage::AfterParameters => text::STAGE_PARAMETERS,
        Stage::AfterArguments => text::STAGE_ARGUMENTS,
        Stage::MaxConcurrency => text::STAGE_CONCURRENCY,
        Stage::AfterItemsPath => text::STAGE_ITEMS,
        Stage::ToleratedFailureCount => text::STAGE_TOLERATED,
        Stage::ToleratedFailurePercentage => text::STAGE_TOLERATED_SHARE,
        Stage::AfterItemsPointer => text::STAGE_ITEMS_IN_FILE,
        Stage::AfterItemBatcher => text::STAGE_BATCH,
        Stage::AfterItemSelector => text::STAGE_ITEM,
        Stage::Result => text::STAGE_RESULT,
        Stage::AfterResultSelector => text::STAGE_SELECTED,
        Stage::AfterResultPath => text::STAGE_PUT_TOGETHER,
        Stage::Output => text::STAGE_OUTPUT,
        Stage::Variables => text::STAGE_VARIABLES,
        Stage::Error => text::STAGE_ERROR,
    }
}

/// The latest value of each stage of a visit, in order, without those that changed nothing.
fn stages(values: &[Observation], entered: u64) -> Vec<(Stage, Arc<str>)> {
    let mut found: Vec<(Stage, Arc<str>)> = Vec::new();
    for value in values.iter().filter(|value| value.entered == entered) {
        found.retain(|(stage, _)| *stage != value.stage);
        found.push((value.stage, value.value.clone()));
    }
    found.sort_by_key(|(stage, _)| *stage);
    let mut kept: Vec<(Stage, Arc<str>)> = Vec::new();
    for (stage, value) in found {
        let filter = matches!(
            stage,
            Stage::AfterInputPath
                | Stage::AfterResultSelector
                | Stage::AfterResultPath
                | Stage::AfterItemsPath
        );
        if !filter || kept.last().is_none_or(|(_, before)| *before != value) {
            kept.push((stage, value));
        }
    }
    kept
}

/// The height of a line of a value, as `dry-run.css` has it.
const LINE_PX: i32 = 16;

/// The line to begin with, so that the first change is seen under a line of what is around it.
fn first_changed(lines: &[(Change, String)]) -> i32 {
    let changed = lines.iter().position(|(change, _)| *change != Change::Same);
    let above = changed.unwrap_or(0).saturating_sub(1);
    i32::try_from(above).unwrap_or(i32::MAX / LINE_PX)
}

/// The values of the shown visit.
#[component]
pub(super) fn Data(runner: Runner) -> impl IntoView {
    let entered = Memo::new(move |_| {
        let story = runner.story.get();
        runner
            .visit
            .get()
            .and_then(|visit| story.visit(visit))
            .and_then(|visit| visit.events.first().copied())
    });
    let found = Memo::new(move |_| {
        entered
            .get()
            .map(|entered| stages(&runner.values.get(), entered))
            .unwrap_or_default()
    });
    let picked = RwSignal::new((None::<Stage>, None::<Stage>));
    let from = Memo::new(move |_| {
        let found = found.get();
        let wanted = picked
            .get()
            .0
            .and_then(|stage| found.iter().position(|(other, _)| *other == stage));
        wanted.or(if found.is_empty() { None } else { Some(0) })
    });
    let to = Memo::new(move |_| {
        let found = found.get();
        let wanted = picked
            .get()
            .1
            .and_then(|stage| found.iter().position(|(other, _)| *other == stage));
        let last = found
            .iter()
            .rposition(|(stage, _)| *stage == Stage::Output)
            .or(found.len().checked_sub(1));
        wanted.or(last)
    });
    let pick = move |index: usize| {
        let found = found.get_untracked();
        let before = index
            .checked_sub(1)
            .and_then(|before| found.get(before))
            .map(|(stage, _)| *stage);
        let stage = found.get(index).map(|(stage, _)| *stage);
        picked.set((before.or(stage), stage));
    };
    let pair = Memo::new(move |_| {
        let found = found.get();
        let value = |index: Option<usize>| {
            index
                .and_then(|index| found.get(index))
                .map(|(_, value)| value.clone())
        };
        (value(from.get()), value(to.get()))
    });
    let compared = Memo::new(move |_| match pair.get() {
        (Some(before), Some(after)) => {
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or(Value::Null);
            let (lines, counts) = diff(&read(&before), &read(&after));
            (
                lines
                    .into_iter()
                    .map(|line| (line.change, line.text))
                    .collect::<Vec<_>>(),
                counts,
            )
        }
        _ => (Vec::new(), Counts::default()),
    });
    let after = NodeRef::<html::Pre>::new();
    Effect::new(move || {
        let first = compared.with(|(lines, _)| first_changed(lines));
        if let Some(after) = after.get() {
            request_animation_frame(move || after.set_scroll_top(first * LINE_PX));
        }
    });
    view! {
        <div class="col-head">
            <span class="stages" role="group" aria-label=text::STAGES>
                {move || found.get().into_iter().enumerate().map(|(index, (stage, _))| {
                    let (word, title) = words(stage);
                    view! {
                        {(index > 0).then(|| view! { <Icon glyph=Glyph::Right size="xs"/> })}
                        <button
                            type="button"
                            title=title
                            aria-pressed=move || (from.get() == Some(index) || to.get() == Some(index)).to_string()
                            on:click=move |_| pick(index)
                        >{word}</button>
                    }
                }).collect_view()}
            </span>
            <span class="end"></span>
            <Show when=move || picked.get() != (None, None)>
                <button type="button" class="link sm" on:click=move |_| picked.set((None, None))>{text::FIRST_AND_LAST}</button>
            </Show>
            <CountsView counts=Signal::derive(move || compared.get().1)/>
        </div>
        <div class="value-panes">
            <pre class="json" tabindex="0" aria-label=text::VALUE_BEFORE>
                {move || pair.get().0.map(|text| coloured(&crate::ui::json::pretty(&text)))}
            </pre>
            <pre node_ref=after class="json value-diff" tabindex="0" aria-label=text::VALUE_AFTER>
                {move || compared.get().0.into_iter().map(|(change, text)| {
                    let (class, sign) = match change {
                        Change::Same => ("l", ""),
                        Change::Added => ("l add", "+"),
                        Change::Removed => ("l del", "−"),
                        Change::Changed => ("l chg", "~"),
                    };
                    view! { <span class=class><i aria-hidden=sign.is_empty().to_string()>{sign}</i>{coloured(&text)}</span> }
                }).collect_view()}
            </pre>
        </div>
    }
}

#[component]
fn CountsView(counts: Signal<Counts>) -> impl IntoView {
    view! {
        <span class="counts" title=text::COUNTS>
            <span class="plus">{move || format!("+{}", counts.get().added)}</span>
            <span class="minus">{move || format!("−{}", counts.get().removed)}</span>
            <span class="tilde">{move || format!("~{}", counts.get().changed)}</span>
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(stage: Stage, value: &str) -> Observation {
        Observation {
            state: "A".into(),
            entered: 2,
            stage,
            value: Arc::from(value),
        }
    }

    #[test]
    fn what_changed_first_is_shown_with_the_line_above_it() {
        let line = |change| (change, String::new());
        let same = || line(Change::Same);
        assert_eq!(
            first_changed(&[same(), same(), same(), line(Change::Added)]),
            2
        );
        assert_eq!(first_changed(&[line(Change::Removed), same()]), 0);
        assert_eq!(first_changed(&[same(), same()]), 0);
    }

    #[test]
    fn stages_come_in_order_and_filters_that_change_nothing_are_left_out() {
        let values = [
            seen(Stage::Output, "3"),
            seen(Stage::Input, "1"),
            seen(Stage::AfterInputPath, "1"),
            seen(Stage::Result, "2"),
        ];
        let found: Vec<Stage> = stages(&values, 2)
            .into_iter()
            .map(|(stage, _)| stage)
            .collect();
        assert_eq!(found, [Stage::Input, Stage::Result, Stage::Output]);
        assert!(stages(&values, 9).is_empty());
    }
}
