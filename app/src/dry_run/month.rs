//! The dialog that says what a month of such runs costs.

use super::cost::{LONGEST_EXPRESS_MS, PRICES, Work, dollars, express, memory, standard};
use super::runner::Runner;
use crate::pages::words::{duration, grouped};
use crate::text::{common, dry_run as text};
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
        <Dialog open=open title=text::COST_TITLE wide=true>
            <div class="dialog-body cost">
                <p>{move || said(runner)}</p>
                <NumberField label=text::RUNS least=1.0 most=1_000_000_000_000.0 whole=true value=Signal::derive(move || Some(runs.get())) on_change=move |wanted| runs.set(Option::unwrap_or(wanted, RUNS))/>
                {move || table(runner, runs.get())}
                <p class="hint">{text::prices(PRICES.region, PRICES.as_of)}</p>
            </div>
            <footer class="dialog-foot"><Button label=common::CLOSE on_press=move || open.set(false)/></footer>
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
    let took = duration(runner.now_ms.get() - runner.start_ms.get());
    let is_whole = matches!(runner.status.get(), Some(RunStatus::Finished(_)));
    text::work(runner.transitions.get(), &took, is_whole)
}

/// Why the pipeline cannot run as Express.
fn not_express(runner: Runner, work: Work) -> Option<&'static str> {
    let refused = runner.session.document().with(|document| {
        check(document, MachineType::Express)
            .iter()
            .any(|found| found.severity == Severity::Error)
    });
    if refused {
        Some(text::EXPRESS_REFUSED)
    } else {
        (work.took_ms > LONGEST_EXPRESS_MS).then_some(text::EXPRESS_TOO_LONG)
    }
}

fn table(runner: Runner, runs: f64) -> impl IntoView {
    let work = work(runner);
    let (slow, fast) = (standard(work, runs), express(work, runs));
    let is_express = runner.session.machine_type().get() == MachineType::Express;
    let own =
        |mine: bool| mine.then(|| view! { " " <span class="chip">{text::THIS_PIPELINE}</span> });
    let megabytes = number(fast.megabytes);
    let charged = duration(whole(fast.charged_ms));
    view! {
        <table class="list-table" aria-label=text::COST_TABLE>
            <thead><tr><th scope="col">{common::TYPE}</th><th scope="col">{text::CHARGED}</th><th scope="col" class="num">{text::A_MONTH}</th></tr></thead>
            <tbody>
                <tr>
                    <th scope="row">{common::STANDARD}{own(!is_express)}</th>
                    <td>{text::standard(&number(slow.transitions))}</td>
                    <td class="num">{dollars(slow.cost)}</td>
                </tr>
                <tr>
                    <th scope="row">{common::EXPRESS}{own(is_express)}</th>
                    {match not_express(runner, work) {
                        Some(why) => view! { <td class="wrap">{why}</td><td class="num">"–"</td> }.into_any(),
                        None => view! {
                            <td class="wrap">{text::express(&number(runs), &megabytes, &charged)}</td>
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
