//! Light, dark, or as the system says; remembered in the browser. `app/js/start.js` applies it before the first paint.

use super::{
    icon::Glyph,
    menu::{Menu, MenuItem},
};
use crate::text::ui as text;
use leptos::prelude::*;

const KEY: &str = "statecraft:theme";

/// Which colours the page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Those that the system asks for.
    System,
    /// Light ones.
    Light,
    /// Dark ones.
    Dark,
}

/// The page's theme, for all that show or change it.
fn present() -> ArcRwSignal<Theme> {
    thread_local! {
        static PRESENT: ArcRwSignal<Theme> = ArcRwSignal::new(Theme::remembered());
    }
    PRESENT.with(Clone::clone)
}

impl Theme {
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn remembered() -> Self {
        match storage()
            .and_then(|storage| storage.get_item(KEY).ok().flatten())
            .as_deref()
        {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::System => Glyph::System,
            Self::Light => Glyph::Sun,
            Self::Dark => Glyph::Moon,
        }
    }

    /// Gives the page this theme.
    pub fn choose(self) {
        self.apply();
        present().set(self);
    }

    /// Shows the theme and remembers it. Where storage is forbidden it holds until the page is left.
    fn apply(self) {
        if let Some(root) = document().document_element() {
            let _ = match self {
                Self::System => root.remove_attribute("data-theme"),
                Self::Light | Self::Dark => root.set_attribute("data-theme", self.word()),
            };
        }
        if let Some(storage) = storage() {
            let _ = match self {
                Self::System => storage.remove_item(KEY),
                Self::Light | Self::Dark => storage.set_item(KEY, self.word()),
            };
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// The menu that switches between system, light and dark.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let theme = RwSignal::from(present());
    let label = move |wanted: Theme, word: &str| {
        if theme.get() == wanted {
            text::theme_now(word)
        } else {
            word.to_owned()
        }
    };
    view! {
        <Menu label=text::THEME glyph=Glyph::Sun icon_only=true>
            <MenuItem label=Signal::derive(move || label(Theme::System, text::THEME_SYSTEM)) glyph=Theme::System.glyph() on_press=move || Theme::System.choose()/>
            <MenuItem label=Signal::derive(move || label(Theme::Light, text::THEME_LIGHT)) glyph=Theme::Light.glyph() on_press=move || Theme::Light.choose()/>
            <MenuItem label=Signal::derive(move || label(Theme::Dark, text::THEME_DARK)) glyph=Theme::Dark.glyph() on_press=move || Theme::Dark.choose()/>
        </Menu>
    }
}
