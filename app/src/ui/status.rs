//! One disc, one hue and one word for each status, used everywhere; never colour alone.

use super::icon::{Glyph, Icon};
use crate::text::ui as text;
use leptos::prelude::*;

/// How a state or a run stands, or what became of a state from one version to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// At work.
    Running,
    /// Held by the debugger.
    Paused,
    /// Waits for a person.
    Waiting,
    /// Done.
    Succeeded,
    /// Ended with an error.
    Failed,
    /// Took too long.
    TimedOut,
    /// Stopped by a person.
    Aborted,
    /// Was not reached.
    Skipped,
    /// Is new.
    Added,
    /// Is gone.
    Removed,
    /// Differs.
    Changed,
}

impl Status {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Running => text::RUNNING,
            Self::Paused => text::PAUSED,
            Self::Waiting => text::WAITING,
            Self::Succeeded => text::SUCCEEDED,
            Self::Failed => text::FAILED,
            Self::TimedOut => text::TIMED_OUT,
            Self::Aborted => text::ABORTED,
            Self::Skipped => text::SKIPPED,
            Self::Added => text::ADDED,
            Self::Removed => text::REMOVED,
            Self::Changed => text::CHANGED,
        }
    }

    /// The glyph inside the disc.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Running => Glyph::Arc,
            Self::Paused => Glyph::Pause,
            Self::Waiting => Glyph::User,
            Self::Succeeded => Glyph::Check,
            Self::Failed => Glyph::Cross,
            Self::TimedOut => Glyph::Hourglass,
            Self::Aborted => Glyph::Square,
            Self::Skipped => Glyph::Dash,
            Self::Added => Glyph::Plus,
            Self::Removed => Glyph::Minus,
            Self::Changed => Glyph::Edit,
        }
    }

    /// The class that sets `--st` for everything inside.
    pub fn class(self) -> &'static str {
        match self {
            Self::Running | Self::Paused => "is-running",
            Self::Waiting => "is-waiting",
            Self::Succeeded => "is-succeeded",
            Self::Failed => "is-failed",
            Self::TimedOut => "is-timedout",
            Self::Aborted => "is-aborted",
            Self::Skipped => "is-skipped",
            Self::Added => "is-added",
            Self::Removed => "is-removed",
            Self::Changed => "is-changed",
        }
    }

    /// AWS's word for the status of a run, as read from the API.
    pub fn from_aws(word: &str) -> Option<Self> {
        match word {
            "RUNNING" | "PENDING_REDRIVE" => Some(Self::Running),
            "SUCCEEDED" => Some(Self::Succeeded),
            "FAILED" => Some(Self::Failed),
            "TIMED_OUT" => Some(Self::TimedOut),
            "ABORTED" => Some(Self::Aborted),
            _ => None,
        }
    }
}

/// The disc of a status. `title` is its word, so that it can stand alone.
#[component]
pub fn StatusDisc(
    /// Which status; may change.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    let class = move || {
        let status = status.get();
        format!(
            "disc {}{}",
            status.class(),
            if status == Status::Running {
                " arc"
            } else {
                ""
            }
        )
    };
    view! {
        <span class=class title=move || status.get().label()>
            <Icon glyph=Signal::derive(move || status.get().glyph())/>
            <span class="sr">{move || status.get().label()}</span>
        </span>
    }
}

/// Disc and word together.
#[component]
pub fn StatusWord(
    /// Which status; may change.
    #[prop(into)]
    status: Signal<Status>,
    /// Other words than the status's own.
    #[prop(optional, into)]
    words: Option<Signal<String>>,
    /// On a tinted pill.
    #[prop(optional)]
    pill: bool,
) -> impl IntoView {
    let class = move || {
        format!(
            "status {}{}",
            status.get().class(),
            if pill { " pill" } else { "" }
        )
    };
    let disc = move || {
        let status = status.get();
        format!(
            "disc {}{}",
            status.class(),
            if status == Status::Running {
                " arc"
            } else {
                ""
            }
        )
    };
    view! {
        <span class=class>
            <span class=disc aria-hidden="true"><Icon glyph=Signal::derive(move || status.get().glyph())/></span>
            <span class="word">{move || words.map_or_else(|| status.get().label().to_owned(), |words| words.get())}</span>
        </span>
    }
}
