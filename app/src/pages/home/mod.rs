//! The first page: deployed pipelines, drafts, starter pipelines, import.

mod delete;
mod import;
mod picture;
pub mod shelf;
pub mod starters;

use crate::api::live::{self, ListNews};
use crate::api::{ApiError, MachineItem, RunItem, aws};
use crate::drafts::{self, Draft, StoreError};
use crate::opening::{self, DropTarget, Found};
use crate::pages::parts::{self, Frame, Load, status_of};
use crate::pages::start::StartDialog;
use crate::pages::{paths, words};
use crate::text::common;
use crate::text::pages::{self as shared, home as says};
use crate::ui::{Glyph, StatusWord};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use picture::Picture;
use shelf::{Pipeline, Stage, matches, pipelines};
use starters::Starter;
use std::collections::BTreeMap;

/// The home page, as signals.
#[derive(Clone, Copy)]
struct Model {
    machines: RwSignal<Load<Vec<MachineItem>>>,
    latest: RwSignal<BTreeMap<String, RunItem>>,
    drafts: RwSignal<Result<Vec<Draft>, StoreError>>,
    starters: RwSignal<Load<Vec<Starter>>>,
    pictures: RwSignal<BTreeMap<String, Picture>>,
    wanted: RwSignal<String>,
    deleting: RwSignal<Option<Pipeline>>,
    starting: RwSignal<Option<String>>,
    fault: RwSignal<Option<String>>,
    /// Whether the line to the server is lost.
    lost: RwSignal<bool>,
}

impl Model {
    fn open() -> Self {
        let model = Self {
            machines: RwSignal::new(Load::Asked),
            latest: RwSignal::new(BTreeMap::new()),
            drafts: RwSignal::new(drafts::list()),
            starters: RwSignal::new(Load::Asked),
            pictures: RwSignal::new(BTreeMap::new()),
            wanted: RwSignal::new(String::new()),
            deleting: RwSignal::new(None),
            starting: RwSignal::new(None),
            fault: RwSignal::new(None),
            lost: RwSignal::new(false),
        };
        model.read();
        spawn_local(async move {
            let _ = model.starters.try_set(starters::list().await.into());
            let _ = model.pictures.try_set(picture::all().await);
        });
        let _line = StoredValue::new_local(live::lists(None, move |news| model.hear(news)));
        let _watch = StoredValue::new_local(drafts::watch(None, move |_, _| model.read_drafts()));
        model
    }

    fn read(self) {
        spawn_local(async move {
            let machines = aws::list_state_machines().await;
            let arns: Vec<(String, String)> = machines
                .iter()
                .flatten()
                .map(|m| (m.name.clone(), m.state_machine_arn.clone()))
                .collect();
            let _ = self.machines.try_set(machines.into());
            for (name, arn) in arns {
                let Ok(page) = aws::list_executions(&arn, None, 1, None).await else {
                    return;
                };
                if let Some(run) = page.items.into_iter().next() {
                    let _ = self.latest.try_update(|l| l.insert(name, run));
                }
            }
        });
    }

    fn read_drafts(self) {
        let _ = self.drafts.try_set(drafts::list());
    }

    fn hear(self, news: ListNews) {
        match news {
            ListNews::Execution(news) => {
                let item = RunItem {
                    execution_arn: news.execution_arn,
                    name: news.name,
                    status: news.status,
                    start_date: news.start_date,
                    stop_date: news.stop_date,
                };
                let _ = self.latest.try_update(|latest| {
                    let older = latest
                        .get(&news.machine)
                        .is_some_and(|l| l.start_date > item.start_date);
                    if !older {
                        latest.insert(news.machine, item);
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

    fn rows(self) -> Vec<Pipeline> {
        let machines = self.machines.read().here().cloned().unwrap_or_default();
        let drafts = self.drafts.read().clone().unwrap_or_default();
        pipelines(&machines, &drafts, &self.latest.read())
    }

    fn is_taken(self, name: &str) -> bool {
        let machines = self.machines.read_untracked();
        drafts::is_taken(name, machines.here().map_or(&[][..], |all| all))
    }
}

/// Keeps a new draft under a free name and opens it in the studio.
fn open_draft(model: Model, mut draft: Draft, navigate: &impl Fn(&str, NavigateOptions)) {
    draft.name = drafts::unique_name(&draft.name, |n| model.is_taken(n));
    match drafts::save(&draft) {
        Ok(draft) => navigate(&paths::studio(&draft.name), NavigateOptions::default()),
        Err(error) => model.fault.set(Some(error.to_string())),
    }
}

/// The home page.
#[component]
pub fn Home() -> impl IntoView {
    let model = Model::open();
    let none = Memo::new(move |_| model.rows().is_empty());
    let navigate = use_navigate();
    let new = {
        let navigate = navigate.clone();
        move |_| {
            open_draft(
                model,
                Draft::new(says::NEW_NAME, drafts::EMPTY_PIPELINE),
                &navigate,
            )
        }
    };
    let fault = Callback::new(move |text| model.fault.set(Some(text)));
    let found = {
        let navigate = navigate.clone();
        Callback::new(move |found| match found {
            Found::Definition(draft) => open_draft(model, *draft, &navigate),
            Found::Template(template) => match opening::hand_over(&template) {
                Ok(()) => navigate(&paths::open(), NavigateOptions::default()),
                Err(text) => fault.run(text),
            },
        })
    };
    let take = Callback::new(move |draft: Draft| open_draft(model, draft, &navigate));
    import::take_pasted(found, fault);
    let starting = RwSignal::new(false);
    Effect::new(move |_| {
        if model.starting.read().is_some() {
            starting.set(true);
        }
    });
    let start_name = Signal::derive(move || model.starting.get().unwrap_or_default());
    let start_input = Signal::derive(move || {
        let draft = drafts::load(&start_name.get()).ok().flatten();
        draft
            .map(|d| d.input)
            .filter(|i| !i.trim().is_empty())
            .unwrap_or_else(|| "{}".to_owned())
    });
    view! {
        <Frame crumbs=Signal::derive(|| vec![(common::PIPELINES.to_owned(), None)])>
            <DropTarget on_found=found on_fault=fault/>
            <main class="page-body home">
                <header class="page-head">
                    <div>
                        <h1>{move || if none.get() { says::FIRST } else { common::PIPELINES }}</h1>
                        <p>{move || none.get().then_some(says::FIRST_HINT)}</p>
                    </div>
                    <div class="row">
                        <import::ImportButton on_found=found on_fault=fault />
                        <button type="button" class="btn primary" on:click=new>{parts::icon(Glyph::Plus)}{says::NEW}</button>
                    </div>
                </header>
                {move || model.fault.get().map(parts::refusal)}
                {move || model.drafts.read().as_ref().err().map(|e| parts::refusal(e.to_string()))}
                {move || match &*model.machines.read() {
                    Load::Failed(error) => Some(no_server(model, error)),
                    Load::Here(_) => Some(parts::older(model.lost).into_any()),
                    Load::Asked => None,
                }}
                <Show when=move || !none.get()><Table model=model /></Show>
                <Starters model=model on_take=take />
            </main>
            <delete::DeleteDialog pipeline=model.deleting on_done=Callback::new(move |()| {
                model.read_drafts();
                model.read();
            }) />
            <StartDialog open=starting machine=start_name input=start_input />
        </Frame>
    }
}

/// Without a server the studio still draws and dry-runs: said calmly, not as an error.
fn no_server(model: Model, error: &ApiError) -> AnyView {
    if *error == ApiError::NoServer {
        return view! { <p class="notice">{parts::icon(Glyph::Info)}{error.to_string()}</p> }
            .into_any();
    }
    let more = error.is_offline().then(|| {
        view! {
            <p class="notice">{parts::icon(Glyph::Info)}{says::WITHOUT_SERVER}</p>
        }
    });
    view! { {parts::trouble(error, move || model.read())}{more} }.into_any()
}

#[component]
fn Table(model: Model) -> impl IntoView {
    let found = move || {
        let wanted = model.wanted.get();
        model
            .rows()
            .into_iter()
            .filter(|p| matches(p, &wanted))
            .collect::<Vec<_>>()
    };
    let many = Memo::new(move |_| model.rows().len() > 5);
    view! {
        <section aria-label=says::LIST>
            <Show when=move || many.get()>
                <label class="field search home-search">
                    {parts::icon(Glyph::Search)}
                    <input type="search" placeholder=says::FIND aria-label=says::FIND bind:value=model.wanted />
                </label>
            </Show>
            <div class="card table-card">
                <table class="list-table">
                    <thead><tr>
                        <th scope="col">{says::PIPELINE}</th><th scope="col" class="hide-narrow">{says::WHERE}</th><th scope="col">{says::LAST_RUN}</th>
                        <th scope="col" class="hide-narrow">{says::CHANGED}</th><th scope="col"><span class="sr">{shared::ACTS}</span></th>
                    </tr></thead>
                    <tbody>{move || found().into_iter().map(|p| row(model, p)).collect_view()}</tbody>
                </table>
                {move || found().is_empty().then(|| view! { <p class="run-note t3">{says::NOTHING_FOUND}</p> })}
            </div>
        </section>
    }
}

fn row(model: Model, pipeline: Pipeline) -> impl IntoView {
    let name = pipeline.name.clone();
    let (chip, hint) = match pipeline.stage {
        Stage::Draft => (says::STAGE_DRAFT, says::STAGE_DRAFT_HINT),
        Stage::Deployed => (says::STAGE_DEPLOYED, says::STAGE_DEPLOYED_HINT),
        Stage::Changed => (says::STAGE_CHANGED, says::STAGE_CHANGED_HINT),
    };
    let last = pipeline.last.clone().map(|run| {
        let address = paths::run(&name, &run.name);
        view! {
            <a class="last-run" href=address>
                <StatusWord status=status_of(run.status) />
                <span class="t3 sm hide-narrow">{words::when_here(run.start_date)}</span>
            </a>
        }
    });
    let deployed = pipeline.arn.is_some();
    let acts = deployed.then(|| {
        let (runs, start) = (paths::runs(&name), name.clone());
        view! {
            <a class="btn quiet" href=runs>{shared::RUNS}</a>
            <button type="button" class="btn quiet hide-narrow" on:click=move |_| model.starting.set(Some(start.clone()))>{shared::START}</button>
        }
    });
    let label = says::delete(&name);
    view! {
        <tr>
            <td><a class="title" href=paths::studio(&name)>{name.clone()}</a></td>
            <td class="hide-narrow"><span class="chip" title=hint>{chip}</span></td>
            <td>{if last.is_none() { Some(if deployed { shared::NO_RUNS } else { "–" }) } else { None }}{last}</td>
            <td class="hide-narrow t2">{pipeline.changed.map(words::when_here)}</td>
            <td class="num acts">
                {acts}
                <button type="button" class="btn quiet icon" aria-label=label.clone() title=label
                    on:click=move |_| model.deleting.set(Some(pipeline.clone()))>{parts::icon(Glyph::Trash)}</button>
            </td>
        </tr>
    }
}

#[component]
fn Starters(model: Model, on_take: Callback<Draft>) -> impl IntoView {
    let cards = move || match &*model.starters.read() {
        Load::Asked => view! { <p class="t3" role="status">{common::LOOKING}</p> }.into_any(),
        Load::Failed(error) => parts::refusal(error.to_string()).into_any(),
        Load::Here(all) => {
            let cards: Vec<_> = all
                .iter()
                .cloned()
                .map(|s| card(model, s, on_take))
                .collect();
            view! { <div class="starters">{cards}</div> }.into_any()
        }
    };
    view! {
        <section class="starters-part" aria-labelledby="starters-title">
            <h2 id="starters-title">{says::STARTERS}</h2>
            <p class="t2">{says::STARTERS_HINT}</p>
            {cards}
        </section>
    }
}

fn card(model: Model, starter: Starter, on_take: Callback<Draft>) -> impl IntoView {
    let (title, summary) = (starter.title.clone(), starter.summary.clone());
    let id = starter.id.clone();
    let picture = move || model.pictures.read().get(&id).map(picture::drawing);
    let open = move |_| {
        let starter = starter.clone();
        spawn_local(async move {
            match starters::draft(&starter).await {
                // The page may have been left meanwhile.
                Ok(draft) => drop(on_take.try_run(draft)),
                Err(error) => drop(model.fault.try_set(Some(error.to_string()))),
            }
        });
    };
    view! {
        <button type="button" class="starter card" on:click=open>
            <span class="starter-frame">{picture}</span>
            <strong>{title}</strong>
            <span>{summary}</span>
        </button>
    }
}
