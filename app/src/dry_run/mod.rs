//! The dry-run drawer: input, sample results, stepping, values and events. The engine itself lives in [`asl::dry_run`].

mod acts;
mod ask;
mod bar;
mod begin;
mod cost;
mod data;
mod diff;
mod events;
mod keep_sample;
mod month;
mod question;
mod runner;
mod samples;
mod timeline;

pub use acts::DryAct;
pub(crate) use keep_sample::{machine_in, with_answers};

use crate::session::Session;
use crate::text::dry_run as text;
use crate::ui::{EmptyState, Glyph};
use leptos::callback::Callable;
use leptos::prelude::*;
use runner::Runner;

/// The drawer.
#[component]
pub fn DryRunDrawer(
    /// The pipeline.
    session: Session,
    /// The input, as typed.
    input: RwSignal<String>,
    /// Sample results, as the text of a mock file.
    mocks: RwSignal<String>,
    /// Closes the drawer.
    #[prop(into)]
    on_close: UnsyncCallback<()>,
) -> impl IntoView {
    let runner = Runner::new(session, input, mocks);
    on_cleanup(move || {
        session.marks().set(crate::session::Marks::default());
    });
    view! {
        <section class="dry-run" aria-label=text::TITLE>
            <bar::Bar runner=runner on_close=move || on_close.run(())/>
            <Show when=move || runner.begun.get() fallback=move || view! { <begin::Begin runner=runner/> }>
                <Notes runner=runner/>
                <div class="dry-run-columns">
                    <timeline::Timeline runner=runner/>
                    <div class="dry-run-middle">
                        <Show when=move || runner.asks.with(Vec::is_empty) fallback=move || view! { <ask::Asks runner=runner/> }>
                            <Show
                                when=move || runner.visit.get().is_some()
                                fallback=|| view! { <EmptyState glyph=Glyph::Step title=text::NOTHING hint=text::NOTHING_HINT/> }
                            >
                                <data::Data runner=runner/>
                            </Show>
                        </Show>
                    </div>
                    <events::Events runner=runner/>
                </div>
            </Show>
        </section>
    }
}

/// What went wrong, in a sentence.
#[component]
fn Notes(runner: Runner) -> impl IntoView {
    view! {
        <Show when=move || runner.trouble.with(Option::is_some)>
            <p class="dry-run-trouble" role="alert">
                <crate::ui::Icon glyph=Glyph::Error/>
                <span>{move || runner.trouble.get()}</span>
            </p>
        </Show>
    }
}
