//! Short notices at the corner of the page.

use super::{
    button::IconButton,
    icon::{Glyph, Icon},
};
use crate::text::ui as text;
use leptos::prelude::*;
use std::time::Duration;

/// What kind of notice it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something to know.
    Note,
    /// Something failed; stays until it is closed.
    Failed,
}

#[derive(Debug, Clone, PartialEq)]
struct Notice {
    id: u64,
    tone: Tone,
    text: String,
}

#[derive(Debug, Clone, Copy)]
struct Notices {
    list: RwSignal<Vec<Notice>>,
    next: StoredValue<u64>,
}

/// Makes [`toast`] work below this point.
pub fn provide_toasts() {
    provide_context(Notices {
        list: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    });
}

/// Shows a notice. Must be called with the reactive owner of a component (an event handler has none: take
/// [`Toasts`] at set-up then).
pub fn toast(tone: Tone, text: impl Into<String>) {
    if let Some(toasts) = Toasts::take() {
        toasts.show(tone, text);
    }
}

/// A handle that shows notices from event handlers and tasks.
#[derive(Debug, Clone, Copy)]
pub struct Toasts(Notices);

impl Toasts {
    /// The page's notices; none outside of the studio's frame.
    pub fn take() -> Option<Self> {
        use_context::<Notices>().map(Self)
    }

    /// Shows a notice.
    pub fn show(self, tone: Tone, text: impl Into<String>) {
        let text = text.into();
        let id = self.0.next.get_value();
        self.0.next.set_value(id + 1);
        self.0.list.update(|list| {
            list.retain(|notice| notice.text != text);
            list.push(Notice { id, tone, text });
        });
        if tone != Tone::Failed {
            set_timeout(move || self.close(id), Duration::from_secs(6));
        }
    }

    fn close(self, id: u64) {
        // The list is gone when the page was left meanwhile.
        let _ = self
            .0
            .list
            .try_update(|list| list.retain(|notice| notice.id != id));
    }
}

/// The place where notices appear; stands once in the frame.
#[component]
pub fn ToastShelf() -> impl IntoView {
    let toasts = Toasts::take();
    toasts.map(|toasts| {
        view! {
            <div class="toasts" role="region" aria-label=text::NOTICES aria-live="polite">
                <For each=move || toasts.0.list.get() key=|notice| notice.id let:notice>
                    <div class="toast" class:failed=notice.tone == Tone::Failed class:done=notice.tone == Tone::Done>
                        <Icon glyph=match notice.tone {
                            Tone::Done => Glyph::Succeed,
                            Tone::Note => Glyph::Info,
                            Tone::Failed => Glyph::Error,
                        }/>
                        <span class="grow">{notice.text.clone()}</span>
                        <IconButton label=text::CLOSE_NOTICE glyph=Glyph::Cross on_press=move || toasts.close(notice.id)/>
                    </div>
                </For>
            </div>
        }
    })
}
