//! The lines that two texts differ in, with a few equal ones around them.

use super::{Diff, Line};
use crate::text::compare as text;
use leptos::prelude::*;

/// The most lines that are shown; a page with more is slow to scroll, and nobody reads them.
const MOST: usize = 3000;

/// The lines that two texts differ in.
pub fn changed_lines(diff: &Diff) -> impl IntoView + use<> {
    let rows: Vec<_> = diff.lines.iter().take(MOST).map(diff_line).collect();
    let more = diff.lines.len().saturating_sub(MOST);
    view! {
        <div class="diff" tabindex="0" role="region" aria-label=text::LINES>
            {rows}
            {(more > 0).then(|| view! { <div class="line gap"><span class="sign"></span>{text::more_lines(more)}</div> })}
        </div>
    }
}

fn diff_line(line: &Line) -> AnyView {
    let (class, sign, text) = match line {
        Line::Same(text) => ("line", " ", text.clone()),
        Line::Removed(text) => ("line del", "−", text.clone()),
        Line::Added(text) => ("line add", "+", text.clone()),
        Line::Gap(n) => ("line gap", "", text::equal_lines(*n)),
    };
    view! { <div class=class><span class="sign">{sign}</span>{text}</div> }.into_any()
}
