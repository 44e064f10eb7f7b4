//! Which panels are open, how large they are, and what the page shows; remembered in the browser.

use crate::text::studio as text;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const KEY: &str = "statecraft:panels";

/// What stands in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Middle {
    /// The drawing.
    #[default]
    Design,
    /// The text.
    Code,
    /// Both.
    Split,
    /// What the pipeline is besides its definition.
    Config,
}

impl Middle {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::Code => "code",
            Self::Split => "split",
            Self::Config => "config",
        }
    }

    pub(super) fn from_word(word: &str) -> Self {
        match word {
            "code" => Self::Code,
            "split" => Self::Split,
            "config" => Self::Config,
            _ => Self::Design,
        }
    }

    pub(super) fn has_canvas(self) -> bool {
        match self {
            Self::Design | Self::Split => true,
            Self::Code | Self::Config => false,
        }
    }

    pub(super) fn has_code(self) -> bool {
        match self {
            Self::Code | Self::Split => true,
            Self::Design | Self::Config => false,
        }
    }
}

/// What the drawer at the bottom shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawer {
    /// The dry run.
    DryRun,
    /// What is wrong.
    Problems,
}

impl Drawer {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::DryRun => "dry-run",
            Self::Problems => "problems",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "dry-run" => Some(Self::DryRun),
            "problems" => Some(Self::Problems),
            _ => None,
        }
    }
}

/// What stands at the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Left {
    /// What can be added.
    #[default]
    Add,
    /// The states that are there, as a tree.
    States,
}

impl Left {
    pub(super) const ALL: [Self; 2] = [Self::Add, Self::States];

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Add => text::LEFT_ADD,
            Self::States => text::LEFT_STATES,
        }
    }

    pub(super) fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|left| left.label() == label)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    palette: f64,
    inspector: f64,
    drawer: f64,
    code: f64,
    palette_open: bool,
    inspector_open: bool,
    left: Left,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            palette: 232.0,
            inspector: 360.0,
            drawer: 232.0,
            code: 420.0,
            palette_open: true,
            inspector_open: true,
            left: Left::Add,
        }
    }
}

/// The panels of the studio page.
#[derive(Debug, Clone, Copy)]
pub struct Panels {
    /// Width of the palette, in pixels.
    pub palette: RwSignal<f64>,
    /// Width of the inspector.
    pub inspector: RwSignal<f64>,
    /// Height of the drawer.
    pub drawer: RwSignal<f64>,
    /// Width of the code beside the canvas.
    pub code: RwSignal<f64>,
    /// Whether the palette is there.
    pub palette_open: RwSignal<bool>,
    /// Whether the inspector is there.
    pub inspector_open: RwSignal<bool>,
    /// What the palette's panel shows.
    pub(crate) left: RwSignal<Left>,
    /// What the drawer shows; none when it is folded away.
    pub showing: RwSignal<Option<Drawer>>,
    /// What stands in the middle.
    pub(crate) middle: RwSignal<Middle>,
}

impl Panels {
    /// As they were left, in this browser.
    pub(super) fn remembered() -> Self {
        let kept = read().unwrap_or_default();
        let panels = Self {
            palette: RwSignal::new(kept.palette.clamp(160.0, 480.0)),
            inspector: RwSignal::new(kept.inspector.clamp(280.0, 640.0)),
            drawer: RwSignal::new(kept.drawer.clamp(120.0, 700.0)),
            code: RwSignal::new(kept.code.clamp(240.0, 900.0)),
            palette_open: RwSignal::new(kept.palette_open),
            inspector_open: RwSignal::new(kept.inspector_open),
            left: RwSignal::new(kept.left),
            showing: RwSignal::new(None),
            middle: RwSignal::default(),
        };
        Effect::new(move || write(panels.kept()));
        panels
    }

    fn kept(self) -> Kept {
        Kept {
            palette: self.palette.get(),
            inspector: self.inspector.get(),
            drawer: self.drawer.get(),
            code: self.code.get(),
            palette_open: self.palette_open.get(),
            inspector_open: self.inspector_open.get(),
            left: self.left.get(),
        }
    }

    /// Shows something in the drawer, or folds it away when it is shown already.
    pub fn toggle(self, drawer: Drawer) {
        self.showing.update(|showing| {
            *showing = if *showing == Some(drawer) {
                None
            } else {
                Some(drawer)
            }
        });
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn read() -> Option<Kept> {
    let text = storage()?.get_item(KEY).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Where storage is forbidden, the panels are as usual the next time.
fn write(kept: Kept) {
    if let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(&kept)) {
        let _ = storage.set_item(KEY, &text);
    }
}
