//! The dialog that says what a month of such runs costs.

use super::cost::{LONGEST_EXPRESS_MS, PRICES, Work, dollars, express, memory, standard};
use super::runner::Runner;
use crate::pages::words::{duration, grouped};
use crate::ui::{Button, Dialog, NumberField};
use asl::check::{MachineType, Severity, check};
use asl::dry_run::Status as RunStatus;
use leptos::prelude::*;

/// So many runs a month are reckoned with until somebody says otherwise.
const RUNS: f64 = 10_000.0;

/// The dialog "What it costs".
#[component]
pub(super) fn Month(runner: Runner, open: RwSignal<bool>) -> impl IntoView {
    let runs = RwSignal::new(RUNS);
    view! {
        <Dialog open=open title="What it costs" wide=true>
            <div class="dialog-body cost">
                <p>{move || said(runner)}</p>
                <NumberField label="Such runs a month" least=1.0 most=1_000_000_000_000.0 whole=true value=Signal::derive(move || Some(runs.get())) on_change=move |wanted| runs.set(Option::unwrap_or(wanted, RUNS))/>
                {move || table(runner, runs.get())}
                <p class="hint">
                    {format!("Prices of Step Functions in {}, as of {}. What tasks call, logs and transfers cost besides. ", PRICES.region, PRICES.as_of)}
                    "Waiting for people, callbacks and jobs costs nothing with Standard; times here are virtual, as the sample results say."
                </p>
            </div>
            <footer class="dialog-foot"><Button label="Close" on_press=move || open.set(false)/></footer>
        </Dialog>
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts and times are far below 2^53"
)]
fn work(runner: Runner) -> Work {
    let (payload, fans) = runner.events.with(|events| memory(events));
    let definition = runner.session.text().len();
    Work {
        transitions: runner.transitions.get() as f64,
        took_ms: (runner.now_ms.get() - runner.start_ms.get()) as f64,
        definition: definition as f64,
        payload: payload as f64,
        fans: fans as f64,
    }
}

fn said(runner: Runner) -> String {
    let count = i64::try_from(runner.transitions.get()).unwrap_or(i64::MAX);
    let took = duration(runner.now_ms.get() - runner.start_ms.get());
    let transitions = crate::pages::words::counted(count, "state transition", "state transitions");
    let rest = match runner.status.get() {
        Some(RunStatus::Finished(_)) => "",
        Some(RunStatus::Ready | RunStatus::Waiting(_) | RunStatus::Exhausted) | None => {
            " It has not run to its end, so a whole run costs more."
        }
    };
    format!("The dry run made {transitions} in {took}; each try again counts as one.{rest}")
}

/// Why the pipeline cannot run as Express.
fn not_express(runner: Runner, work: Work) -> Option<&'static str> {
    let refused = runner.session.document().with(|document| {
        check(document, MachineType::Express)
            .iter()
            .any(|found| found.severity == Severity::Error)
    });
    if refused {
        Some(
            "Express cannot run this pipeline: the checks for that type find errors, such as tasks that wait for a callback or a job.",
        )
    } else {
        (work.took_ms > LONGEST_EXPRESS_MS)
            .then_some("Express runs end after five minutes; the dry run took longer.")
    }
}

fn table(runner: Runner, runs: f64) -> impl IntoView {
    let work = work(runner);
    let (slow, fast) = (standard(work, runs), express(work, runs));
    let is_express = runner.session.machine_type().get() == MachineType::Express;
    let own = |mine: bool| mine.then(|| view! { " " <span class="chip">"This pipeline"</span> });
    let (transitions, free) = (number(slow.transitions), "4,000 of them free");
    let megabytes = number(fast.megabytes);
    let charged = duration(whole(fast.charged_ms));
    view! {
        <table class="list-table" aria-label="Cost of a month">
            <thead><tr><th scope="col">"Type"</th><th scope="col">"What is charged"</th><th scope="col" class="num">"A month"</th></tr></thead>
            <tbody>
                <tr>
                    <th scope="row">"Standard"{own(!is_express)}</th>
                    <td>{format!("{transitions} transitions, {free}")}</td>
                    <td class="num">{dollars(slow.cost)}</td>
                </tr>
                <tr>
                    <th scope="row">"Express"{own(is_express)}</th>
                    {match not_express(runner, work) {
                        Some(why) => view! { <td class="wrap">{why}</td><td class="num">"–"</td> }.into_any(),
                        None => view! {
                            <td class="wrap">{format!("{} starts; {megabytes} MB for {charged} each", number(runs))}</td>
                            <td class="num">{dollars(fast.cost)}</td>
                        }.into_any(),
                    }}
                </tr>
            </tbody>
        </table>
    }
}

fn number(value: f64) -> String {
    grouped(whole(value))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "counts of a month, far below 2^63"
)]
fn whole(value: f64) -> i64 {
    value.round() as i64
}
