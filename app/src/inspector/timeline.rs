//! The attempts of a retrier and the waits between them: plain numbers, then a small drawing.

use crate::text::inspector::retry as text;
use leptos::prelude::*;

/// More waits than these are not drawn.
const DRAWN: usize = 6;

/// The waits between attempts, in seconds.
pub(super) fn waits(interval: f64, attempts: u32, rate: f64, longest: Option<f64>) -> Vec<f64> {
    let rate = rate.max(1.0);
    let cap = longest.unwrap_or(f64::INFINITY);
    // AWS allows very many attempts; the sum of the first thousand waits is enough to say "years".
    (0..attempts.min(1000))
        .map(|n| (interval * rate.powi(i32::try_from(n).unwrap_or(i32::MAX))).min(cap))
        .collect()
}

/// The drawing: a numbered disc for each attempt, a hatched bar for each wait, as long as the wait.
#[component]
pub(super) fn Timeline(#[prop(into)] waits: Signal<Vec<f64>>) -> impl IntoView {
    let sum = move || waits.with(|waits| waits.iter().sum::<f64>());
    let drawn = move || waits.with(|waits| waits.iter().take(DRAWN).copied().collect::<Vec<_>>());
    let label = move || {
        let waits = waits.get();
        let drawn = waits.get(..DRAWN).unwrap_or(&waits);
        text::timeline(waits.len() + 1, drawn)
    };
    view! {
        <div class="well" role="img" aria-label=label>
            <div class="attempts" aria-hidden="true">
                <span class="attempt first">"1"</span>
                {move || drawn().into_iter().enumerate().map(|(index, wait)| {
                    // Roots keep the short waits visible beside the long ones.
                    let share = wait.max(0.1).sqrt();
                    view! {
                        <span class="pause" style:flex-grow=format!("{share:.3}")><i></i><small>{text::duration(wait)}</small></span>
                        <span class="attempt">{index + 2}</span>
                    }
                }).collect_view()}
                {move || (waits.with(Vec::len) > DRAWN).then(|| view! { <span class="t3">"…"</span> })}
            </div>
            <p class="sm t2">
                {move || text::attempts(waits.with(Vec::len) + 1)}
                <span class="med attempts-sum">{move || text::duration(sum())}</span>
                {text::OF_WAITING}
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_grows_by_the_rate_up_to_the_longest() {
        assert_eq!(waits(30.0, 3, 2.0, None), [30.0, 60.0, 120.0]);
        assert_eq!(waits(30.0, 3, 2.0, Some(45.0)), [30.0, 45.0, 45.0]);
        assert!(waits(1.0, 0, 2.0, None).is_empty());
    }
}
