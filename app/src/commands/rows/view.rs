//! Commands for what is shown, and how.

use super::super::keys::Hears;
use super::super::table::{Group, Row};
use super::{CANVAS, PAGE, row};
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const FIT: Row = row(
    Group::View,
    text::FIT,
    Glyph::Fit,
    (Hears::Canvas, &["Alt+C", "1"]),
    CANVAS,
);

pub(super) const ZOOM_IN: Row = row(
    Group::View,
    text::ZOOM_IN,
    Glyph::Plus,
    (Hears::Canvas, &["+", "=", "Ctrl+=", "Ctrl++"]),
    CANVAS,
);

pub(super) const ZOOM_OUT: Row = row(
    Group::View,
    text::ZOOM_OUT,
    Glyph::Minus,
    (Hears::Canvas, &["-", "Ctrl+-"]),
    CANVAS,
);

pub(super) const ACTUAL_SIZE: Row = row(
    Group::View,
    text::ACTUAL_SIZE,
    Glyph::Square,
    (Hears::Canvas, &["0", "Ctrl+0"]),
    CANVAS,
);

pub(super) const TURN: Row = row(
    Group::View,
    text::TURN,
    Glyph::Turn,
    (Hears::Canvas, &["R"]),
    CANVAS,
);

pub(super) const THEME_SYSTEM: Row = row(
    Group::View,
    text::THEME_SYSTEM,
    Glyph::System,
    (Hears::Everywhere, &[]),
    &[],
);

pub(super) const THEME_LIGHT: Row = row(
    Group::View,
    text::THEME_LIGHT,
    Glyph::Sun,
    (Hears::Everywhere, &[]),
    &[],
);

pub(super) const THEME_DARK: Row = row(
    Group::View,
    text::THEME_DARK,
    Glyph::Moon,
    (Hears::Everywhere, &[]),
    &[],
);

pub(super) const DESIGN: Row = row(
    Group::View,
    text::DESIGN,
    Glyph::Design,
    (Hears::Everywhere, &["Alt+1"]),
    PAGE,
);

pub(super) const CODE: Row = row(
    Group::View,
    text::CODE,
    Glyph::Code,
    (Hears::Everywhere, &["Alt+2"]),
    PAGE,
);

pub(super) const SPLIT: Row = row(
    Group::View,
    text::SPLIT,
    Glyph::Split,
    (Hears::Everywhere, &["Alt+3"]),
    PAGE,
);

pub(super) const CONFIG: Row = row(
    Group::View,
    text::CONFIG,
    Glyph::List,
    (Hears::Everywhere, &["Alt+5"]),
    PAGE,
);

pub(super) const PROBLEMS: Row = row(
    Group::View,
    text::PROBLEMS,
    Glyph::Warning,
    (Hears::Everywhere, &["Alt+P"]),
    PAGE,
);

pub(super) const PALETTE: Row = row(
    Group::View,
    text::PALETTE,
    Glyph::Panel,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const STATES: Row = row(
    Group::View,
    text::STATES,
    Glyph::List,
    (Hears::Everywhere, &["Alt+4"]),
    PAGE,
);

pub(super) const INSPECTOR: Row = row(
    Group::View,
    text::INSPECTOR,
    Glyph::Inspector,
    (Hears::Everywhere, &[]),
    PAGE,
);
