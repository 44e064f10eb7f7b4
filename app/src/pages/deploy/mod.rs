//! Deploying a pipeline: first its faults, then what will change, then the change itself.

pub mod approvals;
pub mod plan;
pub mod publishing;

use crate::api::versions::number_of;
use crate::compare::Comparison;
use crate::drafts::{self, Draft};
use crate::pages::parts::{self, Load};
use crate::text::common;
use crate::text::pages::{self as shared, deploy as says};
use crate::ui::{Choice, Dialog, Glyph, Segmented};
use asl::check::{Diagnostic, MachineType, Severity, check};
use asl::text::{Pointer, Step};
use leptos::prelude::*;
use leptos::task::spawn_local;
use plan::{Change, Deployed, Plan};
use publishing::Publishing;
use std::sync::Arc;

/// What the dialog works on.
#[derive(Clone, Copy)]
struct Work {
    open: RwSignal<bool>,
    draft: Signal<Draft>,
    name: RwSignal<String>,
    machine_type: RwSignal<MachineType>,
    publish: RwSignal<Option<String>>,
    plan: RwSignal<Load<Plan>>,
    done: RwSignal<Option<String>>,
    version: RwSignal<Option<String>>,
    sending: RwSignal<bool>,
    fault: RwSignal<Option<String>>,
    reveal: Callback<Pointer>,
    deployed: Callback<Draft>,
    start: Callback<String>,
}

impl Work {
    fn begin(self) {
        let draft = self.draft.get_untracked();
        self.name.set(draft.name);
        self.machine_type.set(draft.machine_type);
        self.publish.set(draft.publish);
        self.done.set(None);
        self.fault.set(None);
    }

    /// The draft with the name and type chosen here.
    fn chosen(self) -> Draft {
        let mut draft = self.draft.get_untracked();
        draft.name = self.name.get_untracked();
        draft.machine_type = self.machine_type.get_untracked();
        draft.publish = self.publish.get_untracked();
        draft
    }

    fn ask(self) {
        let draft = self.chosen();
        self.plan.set(Load::Asked);
        spawn_local(async move {
            let plan = plan::plan(&draft).await;
            // Only the answer for the name that still stands there counts.
            if self
                .name
                .try_get_untracked()
                .is_some_and(|n| n == draft.name)
            {
                let _ = self.plan.try_set(plan.into());
            }
        });
    }

    fn deploy(self) {
        let Some(plan) = self.plan.read_untracked().here().cloned() else {
            return;
        };
        let (old, draft) = (self.draft.get_untracked(), self.chosen());
        self.sending.set(true);
        self.fault.set(None);
        spawn_local(async move {
            let result = plan::deploy(&plan, &draft).await;
            let _ = self.sending.try_set(false);
            match result {
                Ok(Deployed { draft, version }) => {
                    let _ = self.version.try_set(version);
                    self.finish(&old, draft);
                }
                Err(error) => drop(self.fault.try_set(Some(error.to_string()))),
            }
        });
    }

    /// Keeps the draft under its name; a draft that was only renamed on the way leaves no copy behind. What was done while the
    /// server was busy stays: as the studio has it, or as the browser kept it when the studio was left.
    fn finish(self, old: &Draft, deployed: Draft) {
        let now = self.draft.try_get_untracked();
        let now = now.or_else(|| drafts::load(&old.name).ok().flatten());
        let deployed = match now {
            Some(now) => since(old, deployed, now),
            None => deployed,
        };
        // Where the browser refuses to keep it, it is deployed all the same, and the studio tells.
        let _ = if old.name != deployed.name && old.deployed.is_none() {
            drafts::rename(&old.name, &deployed)
        } else {
            drafts::save(&deployed).map(drop)
        };
        let _ = self.done.try_set(Some(deployed.name.clone()));
        // Nobody takes it when the studio was left meanwhile.
        let _ = self.deployed.try_run(deployed);
    }
}

/// The draft `now`, of which `old` was sent and came out as `deployed`.
fn since(old: &Draft, deployed: Draft, now: Draft) -> Draft {
    fn later<T: PartialEq>(old: &T, deployed: T, now: T) -> T {
        if now == *old { deployed } else { now }
    }
    Draft {
        text: now.text,
        settings: later(&old.settings, deployed.settings, now.settings),
        publish: later(&old.publish, deployed.publish, now.publish),
        mocks: now.mocks,
        input: now.input,
        orientation: now.orientation,
        ..deployed
    }
}

/// Deploys a draft.
#[component]
pub fn DeployDialog(
    /// Whether it is open; the dialog sets it back.
    open: RwSignal<bool>,
    /// The draft as it stands.
    #[prop(into)]
    draft: Signal<Draft>,
    /// Shows a state in the studio.
    #[prop(into)]
    on_reveal: Callback<Pointer>,
    /// Takes the draft as it was deployed; its name may be another one.
    #[prop(into)]
    on_deployed: Callback<Draft>,
    /// Asked to start a run of the deployed pipeline.
    #[prop(into)]
    on_start: Callback<String>,
) -> impl IntoView {
    let work = Work {
        open,
        draft,
        name: RwSignal::new(String::new()),
        machine_type: RwSignal::new(MachineType::Standard),
        publish: RwSignal::new(None),
        plan: RwSignal::new(Load::Asked),
        done: RwSignal::new(None),
        version: RwSignal::new(None),
        sending: RwSignal::new(false),
        fault: RwSignal::new(None),
        reveal: on_reveal,
        deployed: on_deployed,
        start: on_start,
    };
    Effect::new(move |_| {
        if open.get() {
            work.begin();
        }
    });
    let title = Signal::derive(move || match work.done.get() {
        Some(name) => says::done_title(&name),
        None => says::TITLE.to_owned(),
    });
    view! {
        <Dialog open=open title=title wide=true>
            {move || match work.done.get() {
                Some(name) => done(work, name).into_any(),
                None => view! { <Before work=work /> }.into_any(),
            }}
        </Dialog>
    }
}

fn done(work: Work, name: String) -> impl IntoView {
    let start = move |_| {
        work.open.set(false);
        work.start.run(name.clone());
    };
    view! {
        <div class="dialog-body">
            <p class="row"><span class="disc is-succeeded">{parts::icon(Glyph::Check)}</span>{says::DONE}</p>
            {work.version.get_untracked().map(|arn| view! { <p>{says::published(number_of(&arn))}</p> })}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| work.open.set(false)>{says::BACK}</button>
            <button type="button" class="btn primary" on:click=start>{parts::icon(Glyph::Play)}{shared::START_RUN}</button>
        </footer>
    }
}

#[component]
fn Before(work: Work) -> impl IntoView {
    let errors = Memo::new(move |_| {
        let document = work.draft.read().document();
        let mut found = check(&document, work.machine_type.get());
        found.retain(|d| d.severity == Severity::Error);
        found
    });
    let name_fault = Memo::new(move |_| {
        drafts::check_name(&work.name.read())
            .err()
            .map(|f| f.to_string())
    });
    let settings = Memo::new(move |_| {
        let mut faults = work.draft.read().settings.faults().all();
        faults.extend(publishing::fault(work.publish.read().as_deref()));
        faults
    });
    Effect::new(move |_| {
        work.name.track();
        work.machine_type.track();
        if errors.read().is_empty() && name_fault.read().is_none() {
            work.ask();
        }
    });
    let ready = move || {
        let fits = !matches!(
            work.plan.read().here().map(|p| &p.change),
            None | Some(Change::OtherType { .. })
        );
        let checked = errors.read().is_empty() && settings.read().is_empty();
        fits && checked && name_fault.read().is_none() && !work.sending.get()
    };
    view! {
        <div class="dialog-body deploy">
            {move || (!errors.read().is_empty()).then(|| refused(work, &errors.read()))}
            {move || (!settings.read().is_empty()).then(|| refused_settings(&settings.read()))}
            {fields(work, name_fault)}
            <Publishing publish=work.publish/>
            {move || (errors.read().is_empty() && name_fault.read().is_none()).then(|| planned(work))}
            {move || work.fault.get().map(parts::refusal)}
        </div>
        <footer class="dialog-foot">
            <button type="button" class="btn" on:click=move |_| work.open.set(false)>{common::CANCEL}</button>
            <button type="button" class="btn primary" disabled=move || !ready() on:click=move |_| work.deploy()>
                {parts::icon(Glyph::Rocket)}{move || button(work)}
            </button>
        </footer>
    }
}

fn button(work: Work) -> &'static str {
    match (
        work.sending.get(),
        work.plan.read().here().map(|p| &p.change),
    ) {
        (true, _) => says::DEPLOYING,
        (false, Some(Change::Update { .. })) => says::DEPLOY_CHANGES,
        (false, Some(Change::Same { .. })) if changes_settings(work) => says::DEPLOY_CHANGES,
        (false, Some(Change::Same { .. })) if work.publish.read().is_some() => {
            says::PUBLISH_VERSION
        }
        (false, Some(Change::Same { .. })) => says::DEPLOY_AGAIN,
        (false, Some(Change::Create | Change::OtherType { .. }) | None) => says::DEPLOY,
    }
}

/// The list of faults that keep the pipeline from being deployed, each a way to its state.
fn refused(work: Work, errors: &[Diagnostic]) -> impl IntoView + use<> {
    let faults = says::faults(errors.len());
    let rows: Vec<_> = errors.iter().map(|d| fault_row(work, d)).collect();
    view! {
        <div class="trouble" role="alert">
            {parts::icon(Glyph::Error)}
            <div>
                <p>{faults}</p>
                <ul class="faults">{rows}</ul>
            </div>
        </div>
    }
}

fn changes_settings(work: Work) -> bool {
    let plan = work.plan.read();
    plan.here()
        .is_some_and(|plan| !plan.settings.changes().is_empty())
}

/// What the server would refuse besides the definition.
fn refused_settings(faults: &[String]) -> impl IntoView + use<> {
    let rows: Vec<_> = faults
        .iter()
        .map(|fault| view! { <li>{fault.clone()}</li> })
        .collect();
    view! {
        <div class="trouble" role="alert">
            {parts::icon(Glyph::Error)}
            <div><p>{says::SETTINGS_FAULTS}</p><ul class="faults">{rows}</ul></div>
        </div>
    }
}

/// What changes besides the definition.
fn changed_settings(plan: &Plan) -> impl IntoView + use<> {
    let changes = plan.settings.changes();
    let intro = match plan.settings.present {
        Some(_) => says::SETTINGS_CHANGE,
        None => says::SETTINGS,
    };
    (!changes.is_empty()).then(|| {
        let rows: Vec<_> = changes
            .into_iter()
            .map(|words| view! { <li>{words}</li> })
            .collect();
        view! { <div class="changed-settings"><p>{intro}</p><ul>{rows}</ul></div> }
    })
}

fn fault_row(work: Work, diagnostic: &Diagnostic) -> impl IntoView + use<> {
    let place = state_in(&diagnostic.pointer);
    let message = diagnostic.message.clone();
    let link = place.map(|(name, pointer)| {
        let show = move |_| {
            work.open.set(false);
            work.reveal.run(pointer.clone());
        };
        view! { <button type="button" class="link" on:click=show>{name}</button>": " }
    });
    view! { <li>{link}{message}</li> }
}

/// The state that holds a place: its name and its pointer.
fn state_in(pointer: &Pointer) -> Option<(String, Pointer)> {
    let steps = &pointer.0;
    let at = steps
        .iter()
        .rposition(|s| matches!(s, Step::Key(k) if &**k == "States"))?;
    let name = steps.get(at + 1)?.name().into_owned();
    Some((name, Pointer(steps[..=at + 1].to_vec())))
}

fn fields(work: Work, fault: Memo<Option<String>>) -> impl IntoView {
    let value = Signal::derive(move || plan::wire_type(work.machine_type.get()).to_owned());
    let choices = vec![
        Choice::new("STANDARD", common::STANDARD),
        Choice::new("EXPRESS", common::EXPRESS),
    ];
    let take = move |v: String| {
        work.machine_type.set(if v == "EXPRESS" {
            MachineType::Express
        } else {
            MachineType::Standard
        });
    };
    let hint = move || match work.machine_type.get() {
        MachineType::Standard => common::STANDARD_HINT,
        MachineType::Express => says::EXPRESS_HINT,
    };
    view! {
        <label class="stack">
            <span class="label">{common::NAME}</span>
            <span class="field" class:bad=move || fault.read().is_some()>
                <input type="text" maxlength="90" spellcheck="false" bind:value=work.name aria-invalid=move || fault.read().is_some().to_string() />
            </span>
            {move || fault.get().map(|t| view! { <span class="field-error" role="alert">{t}</span> })}
        </label>
        <div class="stack">
            <span class="label">{common::TYPE}</span>
            <div><Segmented label=common::TYPE choices=choices value=value on_change=take /></div>
            <p class="t3 sm">{hint}</p>
        </div>
    }
}

fn planned(work: Work) -> AnyView {
    match work.plan.get() {
        Load::Asked => view! { <p class="t3" role="status">{says::COMPARING}</p> }.into_any(),
        Load::Failed(error) => parts::trouble(&error, move || work.ask()).into_any(),
        Load::Here(plan) => view! {
            <section class="plan" aria-label=says::PLAN>
                {change(&plan.change)}
                {changed_settings(&plan)}
                {activities(&plan)}
                {foreign(&plan)}
                {mocks(work)}
            </section>
        }
        .into_any(),
    }
}

fn change(change: &Change) -> AnyView {
    match change {
        Change::Create => view! { <p>{says::CREATES}</p> }.into_any(),
        Change::Same { .. } => view! { <p>{says::SAME}</p> }.into_any(),
        Change::OtherType { kind } => {
            let kind = if kind == "EXPRESS" {
                common::EXPRESS
            } else {
                common::STANDARD
            };
            parts::refusal(says::other_type(kind)).into_any()
        }
        Change::Update { before, after, .. } => compared(before, after).into_any(),
    }
}

fn compared(before: &Arc<str>, after: &Arc<str>) -> impl IntoView + use<> {
    let (before, after) = (before.clone(), after.clone());
    view! {
        <p>{says::CHANGES}</p>
        <Comparison before=Signal::stored(before) after=Signal::stored(after)/>
    }
}

fn activities(plan: &Plan) -> impl IntoView + use<> {
    let states: Vec<String> = plan.activities.iter().map(|a| a.state.clone()).collect();
    (!states.is_empty()).then(|| {
        view! {
            <p class="row top">
                {parts::icon(Glyph::Person)}
                <span>{says::people_answer(&states)}</span>
            </p>
        }
    })
}

fn foreign(plan: &Plan) -> impl IntoView + use<> {
    let own = (plan.info.account_id.as_str(), plan.info.region.as_str());
    plan.foreign
        .iter()
        .map(|a| {
            let text = says::asks_elsewhere(&a.state, (&a.account, &a.region), own);
            view! { <div class="trouble warn" role="status">{parts::icon(Glyph::Warning)}<p>{text}</p></div> }
        })
        .collect_view()
}

fn mocks(work: Work) -> impl IntoView {
    let has = !work.draft.read().mocks.trim().is_empty();
    has.then(|| view! { <p class="t2">{says::SAMPLES}</p> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_while_the_server_is_busy_stays() {
        let old = Draft::new("a", "{}");
        let mut deployed = old.clone();
        deployed.name = "b".to_owned();
        deployed.deployed = Some("{}".to_owned());
        deployed.settings.role = "arn:aws:iam::123456789012:role/given".to_owned();
        let mut now = old.clone();
        assert_eq!(since(&old, deployed.clone(), now.clone()), deployed);
        now.text = "{ }".to_owned();
        now.settings.tracing = true;
        let kept = since(&old, deployed.clone(), now.clone());
        assert_eq!((&kept.text, &kept.settings), (&now.text, &now.settings));
        assert_eq!(
            (&kept.name, &kept.deployed),
            (&deployed.name, &deployed.deployed)
        );
        assert!(kept.is_dirty());
    }

    #[test]
    fn a_fault_inside_a_branch_leads_to_the_innermost_state() {
        let pointer: Pointer = "/States/Both/Branches/0/States/A/Retry/0"
            .parse()
            .expect("a pointer");
        let (name, place) = state_in(&pointer).expect("a state");
        assert_eq!(
            (name.as_str(), place.to_string().as_str()),
            ("A", "/States/Both/Branches/0/States/A")
        );
        assert_eq!(state_in(&"/StartAt".parse().expect("a pointer")), None);
    }
}
