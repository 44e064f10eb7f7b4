//! The line between two panels: drag it, or move it with the arrow keys; a double click or Enter folds the panel.

use crate::text::ui as text;
use leptos::callback::Callable;
use leptos::html;
use leptos::prelude::*;

/// On which side of the line its panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Left of the line.
    Left,
    /// Right of the line.
    Right,
    /// Above the line.
    Above,
    /// Below the line.
    Below,
}

impl Side {
    fn is_vertical_line(self) -> bool {
        match self {
            Self::Left | Self::Right => true,
            Self::Above | Self::Below => false,
        }
    }

    /// How much the panel grows when the pointer moves by (`x`, `y`).
    fn growth(self, x: f64, y: f64) -> f64 {
        match self {
            Self::Left => x,
            Self::Right => -x,
            Self::Above => y,
            Self::Below => -y,
        }
    }
}

/// A line that gives its panel another size, in pixels.
#[component]
pub fn Resizer(
    /// What is resized.
    label: &'static str,
    /// Where the panel is.
    side: Side,
    /// The panel's size.
    size: RwSignal<f64>,
    /// The least and the greatest size.
    limits: (f64, f64),
    /// Folds the panel.
    #[prop(into)]
    on_fold: UnsyncCallback<()>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let grip = StoredValue::new(None::<(f64, f64, f64)>);
    let set = move |wanted: f64| size.set(wanted.clamp(limits.0, limits.1).round());
    let start = move |event: web_sys::PointerEvent| {
        if let Some(line) = line.get_untracked() {
            // Without the capture the drag ends at the line's edge: still usable.
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
        grip.set_value(Some((
            f64::from(event.client_x()),
            f64::from(event.client_y()),
            size.get_untracked(),
        )));
    };
    let drag = move |event: web_sys::PointerEvent| {
        if let Some((x, y, before)) = grip.get_value() {
            set(before
                + side.growth(
                    f64::from(event.client_x()) - x,
                    f64::from(event.client_y()) - y,
                ));
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let (x, y) = match event.key().as_str() {
            "ArrowLeft" => (-16.0, 0.0),
            "ArrowRight" => (16.0, 0.0),
            "ArrowUp" => (0.0, -16.0),
            "ArrowDown" => (0.0, 16.0),
            "Enter" => return on_fold.run(()),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set(size.get_untracked() + side.growth(x, y));
    };
    view! {
        <div
            node_ref=line
            class="resizer"
            class:across=!side.is_vertical_line()
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=if side.is_vertical_line() { "vertical" } else { "horizontal" }
            aria-valuenow=move || size.get().to_string()
            aria-valuemin=limits.0.to_string()
            aria-valuemax=limits.1.to_string()
            title=text::RESIZER
            on:pointerdown=start
            on:pointermove=drag
            on:pointerup=move |_| grip.set_value(None)
            on:pointercancel=move |_| grip.set_value(None)
            on:dblclick=move |_| on_fold.run(())
            on:keydown=keys
        ></div>
    }
}
