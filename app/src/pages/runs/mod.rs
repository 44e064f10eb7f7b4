//! The runs of one pipeline: newest first, live, with a filter.

use crate::api::live::{self, ListNews};
use crate::api::{ApiError, ExecutionNews, RunItem, RunStatus, aws};
use crate::pages::parts::{self, Frame, Load, status_of};
use crate::pages::start::StartDialog;
use crate::pages::{paths, words};
use crate::text::common;
use crate::text::pages::{self as shared, runs as text};
use crate::ui::{Choice, Dialog, EmptyState, Glyph, Segmented, StatusWord};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};

/// Runs read at once.
const PAGE: u32 = 50;

/// What was read so far.
#[derive(Debug, Clone, PartialEq, Default)]
struct Listed {
    arn: String,
    runs: Vec<RunItem>,
    next: Option<String>,
}

/// The list of runs, as signals.
#[derive(Clone, Copy)]
struct Model {
    machine: StoredValue<String>,
    filter: RwSignal<Option<RunStatus>>,
    list: RwSignal<Load<Listed>>,
    now: RwSignal<crate::api::Time>,
    /// Whether the line to the server is lost.
    lost: RwSignal<bool>,
}

impl Model {
    fn read(self) {
        let machine = self.machine.get_value();
        let filter = self.filter.get_untracked();
        spawn_local(async move {
            let result = first_page(&machine, filter).await;
            if self.filter.try_get_untracked() == Some(filter) {
                let _ = self.list.try_set(result.into());
            }
        });
    }

    fn read_more(self) {
        let Some(Listed { arn, next, .. }) = self.list.read_untracked().here().cloned() else {
            return;
        };
        let filter = self.filter.get_untracked();
        spawn_local(async move {
            if let Ok(page) = aws::list_executions(&arn, filter, PAGE, next).await {
                let _ = self.list.try_update(|list| {
                    if let Load::Here(listed) = list {
                        listed.runs.extend(page.items);
                        listed.next = page.next;
                    }
                });
            }
        });
    }

    fn hear(self, news: ListNews) {
        match news {
            ListNews::Execution(news) => {
                let filter = self.filter.try_get_untracked().flatten();
                let _ = self.list.try_update(|list| {
                    if let Load::Here(listed) = list {
                        take(&mut listed.runs, news, filter);
                    }
                });
            }
            ListNews::ReadAgain => {
                let _ = self.lost.try_set(false);
                self.read();
            }
            ListNews::Lost => drop(self.lost.try_set(true)),
            ListNews::Review { .. } => {}
        }
    }
}

async fn first_page(machine: &str, filter: Option<RunStatus>) -> Result<Listed, ApiError> {
    let machines = aws::list_state_machines().await?;
    let found = machines
        .into_iter()
        .find(|m| m.name == machine)
        .ok_or_else(|| ApiError::Refused {
            status: 404,
            code: "StateMachineDoesNotExist".to_owned(),
            message: text::not_deployed(machine),
        })?;
    let page = aws::list_executions(&found.state_machine_arn, filter, PAGE, None).await?;
    Ok(Listed {
        arn: found.state_machine_arn,
        runs: page.items,
        next: page.next,
    })
}

/// Puts news into the list: a known run changes, a new one comes first, one that no longer fits the filter goes.
fn take(runs: &mut Vec<RunItem>, news: ExecutionNews, filter: Option<RunStatus>) {
    let fits = filter.is_none_or(|f| f == news.status);
    let place = runs
        .iter()
        .position(|r| r.execution_arn == news.execution_arn);
    let item = RunItem {
        execution_arn: news.execution_arn,
        name: news.name,
        status: news.status,
        start_date: news.start_date,
        stop_date: news.stop_date,
    };
    match (place, fits) {
        (Some(at), true) => runs[at] = item,
        (Some(at), false) => drop(runs.remove(at)),
        (None, true) => runs.insert(0, item),
        (None, false) => {}
    }
}

/// The page of a pipeline's runs.
#[component]
pub fn Runs() -> impl IntoView {
    let params = use_params_map();
    let name = Memo::new(move |_| params.read().get("name").unwrap_or_default());
    move || view! { <RunsOf machine=name.get() /> }
}

#[component]
fn RunsOf(machine: String) -> impl IntoView {
    let model = Model {
        machine: StoredValue::new(machine.clone()),
        filter: RwSignal::new(None),
        list: RwSignal::new(Load::Asked),
        now: RwSignal::new(words::now()),
        lost: RwSignal::new(false),
    };
    Effect::new(move |_| {
        model.filter.track();
        model.read();
    });
    let _line = StoredValue::new_local(live::lists(Some(&machine), move |news| model.hear(news)));
    let tick = gloo::timers::callback::Interval::new(1000, move || {
        let _ = model.now.try_set(words::now());
    });
    let _tick = StoredValue::new_local(tick);
    let starting = RwSignal::new(false);
    let crumbs = vec![
        (common::PIPELINES.to_owned(), Some(paths::home())),
        (machine.clone(), Some(paths::studio(&machine))),
        (shared::RUNS.to_owned(), None),
    ];
    let studio = paths::studio(&machine);
    let deployed = move || matches!(&*model.list.read(), Load::Here(_));
    let actions = move || {
        view! {
            <a class="btn" href=studio.clone()>{parts::icon(Glyph::Design)}<span class="wide-only">{text::OPEN_STUDIO}</span><span class="narrow-only">{text::OPEN_STUDIO_SHORT}</span></a>
            <button type="button" class="btn primary" disabled=move || !deployed() on:click=move |_| starting.set(true)>
                {parts::icon(Glyph::Play)}<span class="wide-only">{shared::START_RUN}</span><span class="narrow-only">{shared::START}</span>
            </button>
        }
    };
    let input = Signal::derive(move || {
        let draft = crate::drafts::load(&model.machine.get_value())
            .ok()
            .flatten();
        draft
            .map(|d| d.input)
            .filter(|i| !i.trim().is_empty())
            .unwrap_or_else(|| "{}".to_owned())
    });
    view! {
        <Frame crumbs=crumbs actions=actions>
            <main class="page-body">
                <header class="page-head">
                    <div><h1>{move || headline(&model.list.read(), model.filter.get(), &machine)}</h1></div>
                    <Filter model=model />
                </header>
                <Show when=deployed>{parts::older(model.lost)}</Show>
                {move || body(model, starting)}
            </main>
            <StartDialog open=starting machine=Signal::derive(move || model.machine.get_value()) input=input />
        </Frame>
    }
}

/// The finding: how many run now, how the latest ones ended.
fn headline(list: &Load<Listed>, filter: Option<RunStatus>, machine: &str) -> String {
    let Some(listed) = list.here() else {
        return text::of_pipeline(machine);
    };
    let count = |s: RunStatus| listed.runs.iter().filter(|r| r.status == s).count();
    let (running, failed) = (
        count(RunStatus::Running),
        count(RunStatus::Failed) + count(RunStatus::TimedOut),
    );
    if let Some(status) = filter {
        return text::filtered(status_of(status).label(), machine);
    }
    match (listed.runs.len(), running, failed) {
        (0, _, _) => text::of_pipeline(machine),
        (_, 0, 0) => text::ALL_WELL.to_owned(),
        (1, 0, _) => text::ONLY_FAILED.to_owned(),
        (all, 0, failed) => text::failed(failed, all),
        (_, running, _) => text::under_way(running),
    }
}

#[component]
fn Filter(model: Model) -> impl IntoView {
    const KINDS: [(&str, Option<RunStatus>); 6] = [
        ("all", None),
        ("running", Some(RunStatus::Running)),
        ("succeeded", Some(RunStatus::Succeeded)),
        ("failed", Some(RunStatus::Failed)),
        ("timedout", Some(RunStatus::TimedOut)),
        ("stopped", Some(RunStatus::Aborted)),
    ];
    let value = Signal::derive(move || {
        let filter = model.filter.get();
        KINDS
            .iter()
            .find(|k| k.1 == filter)
            .map_or("all", |k| k.0)
            .to_owned()
    });
    let take = move |v: String| {
        model
            .filter
            .set(KINDS.iter().find(|k| k.0 == v).and_then(|k| k.1))
    };
    let label = |status: Option<RunStatus>| status.map_or(text::ALL, |it| status_of(it).label());
    let choices: Vec<Choice> = KINDS.iter().map(|k| Choice::new(k.0, label(k.1))).collect();
    view! { <Segmented label=text::FILTER choices=choices value=value on_change=take /> }
}

fn body(model: Model, starting: RwSignal<bool>) -> AnyView {
    match &*model.list.read() {
        Load::Asked => view! { <p class="t3" role="status">{common::LOOKING}</p> }.into_any(),
        Load::Failed(error) => parts::trouble(error, move || model.read()).into_any(),
        Load::Here(listed) if listed.runs.is_empty() => nothing(model, starting).into_any(),
        Load::Here(_) => view! { <Table model=model /> }.into_any(),
    }
}

fn nothing(model: Model, starting: RwSignal<bool>) -> impl IntoView {
    let filtered = model.filter.get_untracked().is_some();
    let dry = paths::dry_run(&model.machine.get_value());
    if filtered {
        return view! { <EmptyState glyph=Glyph::Filter title=text::NONE_FILTERED hint=text::NONE_FILTERED_HINT /> }.into_any();
    }
    view! {
        <EmptyState glyph=Glyph::Play title=shared::NO_RUNS hint=text::NONE_HINT>
            <button type="button" class="btn primary" on:click=move |_| starting.set(true)>{shared::START_RUN}</button>
            <a class="btn" href=dry>{text::DRY_RUN}</a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Table(model: Model) -> impl IntoView {
    let stopping = RwSignal::new(None::<RunItem>);
    let rows = move || {
        model
            .list
            .read()
            .here()
            .map(|l| l.runs.clone())
            .unwrap_or_default()
    };
    let more = move || model.list.read().here().is_some_and(|l| l.next.is_some());
    view! {
        <div class="card table-card">
            <table class="list-table">
                <thead><tr>
                    <th scope="col">{shared::STATUS}</th><th scope="col">{text::RUN}</th><th scope="col" class="hide-narrow">{shared::STARTED}</th>
                    <th scope="col" class="num">{shared::TOOK}</th><th scope="col"><span class="sr">{shared::ACTS}</span></th>
                </tr></thead>
                <tbody>
                    <For each=rows key=|r| (r.execution_arn.clone(), r.status) let:run>{row(model, stopping, run)}</For>
                </tbody>
            </table>
        </div>
        <Show when=more>
            <div class="row more"><button type="button" class="btn" on:click=move |_| model.read_more()>{text::OLDER}</button></div>
        </Show>
        <StopDialog run=stopping />
    }
}

fn row(model: Model, stopping: RwSignal<Option<RunItem>>, run: RunItem) -> impl IntoView {
    let navigate = use_navigate();
    let address = paths::run(&model.machine.get_value(), &run.name);
    let go = {
        let address = address.clone();
        move |_| navigate(&address, leptos_router::NavigateOptions::default())
    };
    let (start, stop) = (run.start_date, run.stop_date);
    let took = move || {
        let until = stop.unwrap_or_else(|| model.now.get());
        words::duration(until.0 - start.0)
    };
    let started = move || words::when(start, model.now.get(), words::zone(start));
    let running = !run.status.is_over();
    let status = status_of(run.status);
    let name = run.name.clone();
    let ask = move |event: web_sys::MouseEvent| {
        event.stop_propagation();
        stopping.set(Some(run.clone()));
    };
    view! {
        <tr class="go" on:click=go>
            <td><StatusWord status=status /></td>
            <td><a class="mono" href=address>{name}</a><span class="narrow-only sm t3">{started}</span></td>
            <td class="tabular hide-narrow">{started}</td>
            <td class="num">{took}</td>
            <td class="num acts">{running.then(|| view! { <button type="button" class="btn quiet" on:click=ask>{shared::STOP}</button> })}</td>
        </tr>
    }
}

#[component]
fn StopDialog(run: RwSignal<Option<RunItem>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        if run.read().is_some() {
            fault.set(None);
            open.set(true);
        }
    });
    let stop = move |_| {
        let Some(run) = run.get_untracked() else {
            return;
        };
        spawn_local(async move {
            match aws::stop_execution(&run.execution_arn, text::STOP_CAUSE).await {
                Ok(()) => {
                    let _ = open.try_set(false);
                }
                Err(error) => drop(fault.try_set(Some(error.to_string()))),
            }
        });
    };
    let title = Signal::derive(move || {
        run.read()
            .as_ref()
            .map_or_else(String::new, |r| shared::stop_question(&r.name))
    });
    view! {
        <Dialog open=open title=title>
            <div class="dialog-body">
                <p>{shared::STOP_EFFECT}</p>
                {move || fault.get().map(parts::refusal)}
            </div>
            <footer class="dialog-foot">
                <button type="button" class="btn" on:click=move |_| open.set(false)>{shared::STOP_NOT}</button>
                <button type="button" class="btn danger" on:click=stop>{shared::STOP_NOW}</button>
            </footer>
        </Dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Time;

    fn news(name: &str, status: RunStatus) -> ExecutionNews {
        ExecutionNews {
            execution_arn: name.into(),
            name: name.into(),
            machine: "m".into(),
            status,
            start_date: Time(0),
            stop_date: None,
        }
    }

    #[test]
    fn news_change_a_known_run_and_put_a_new_one_first() {
        let mut runs = Vec::new();
        take(&mut runs, news("a", RunStatus::Running), None);
        take(&mut runs, news("b", RunStatus::Running), None);
        take(&mut runs, news("a", RunStatus::Succeeded), None);
        let names: Vec<_> = runs.iter().map(|r| (r.name.as_str(), r.status)).collect();
        assert_eq!(
            names,
            [("b", RunStatus::Running), ("a", RunStatus::Succeeded)]
        );
    }

    #[test]
    fn a_run_that_no_longer_fits_the_filter_goes() {
        let mut runs = Vec::new();
        take(
            &mut runs,
            news("a", RunStatus::Running),
            Some(RunStatus::Running),
        );
        take(
            &mut runs,
            news("a", RunStatus::Failed),
            Some(RunStatus::Running),
        );
        assert!(runs.is_empty());
    }
}
