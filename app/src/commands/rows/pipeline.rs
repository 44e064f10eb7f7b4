//! Commands for the pipeline as a whole.

use super::super::keys::Hears;
use super::super::need::Need;
use super::super::table::{Group, Row};
use super::{ON_SERVER, PAGE, row};
use crate::text::commands as text;
use crate::ui::Glyph;
use asl::text::Format;

pub(super) const START: Row = row(
    Group::Pipeline,
    text::START,
    Glyph::Play,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const DEPLOY: Row = row(
    Group::Pipeline,
    text::DEPLOY,
    Glyph::Rocket,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const RUNS: Row = row(
    Group::Pipeline,
    text::RUNS,
    Glyph::List,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const VERSIONS: Row = row(
    Group::Pipeline,
    text::VERSIONS,
    Glyph::Clock,
    (Hears::Everywhere, &["Alt+V"]),
    PAGE,
);

pub(super) const KEEP_VERSION: Row = row(
    Group::Pipeline,
    text::KEEP_VERSION,
    Glyph::Plus,
    (Hears::Everywhere, &["Ctrl+S"]),
    PAGE,
);

pub(super) const PUBLISH: Row = row(
    Group::Pipeline,
    text::PUBLISH,
    Glyph::Plus,
    (Hears::Everywhere, &[]),
    ON_SERVER,
);

pub(super) const NEW_ALIAS: Row = row(
    Group::Pipeline,
    text::NEW_ALIAS,
    Glyph::Plus,
    (Hears::Everywhere, &[]),
    ON_SERVER,
);

pub(super) const CONVERT: Row = row(
    Group::Pipeline,
    text::CONVERT,
    Glyph::Variable,
    (Hears::Everywhere, &[]),
    &[Need::Page, Need::Editable, Need::Whole, Need::InPaths],
);

pub(super) const FORMAT: Row = row(
    Group::Pipeline,
    text::FORMAT,
    Glyph::Code,
    (Hears::Everywhere, &["Shift+Alt+F"]),
    &[Need::Page, Need::Editable, Need::Whole],
);

pub(super) const AS_JSON_TEXT: Row = row(
    Group::Pipeline,
    text::AS_JSON_TEXT,
    Glyph::Code,
    (Hears::Everywhere, &[]),
    &[
        Need::Page,
        Need::Editable,
        Need::Whole,
        Need::Otherwise(Format::Json),
    ],
);

pub(super) const AS_YAML_TEXT: Row = row(
    Group::Pipeline,
    text::AS_YAML_TEXT,
    Glyph::Code,
    (Hears::Everywhere, &[]),
    &[
        Need::Page,
        Need::Editable,
        Need::Whole,
        Need::Otherwise(Format::Yaml),
    ],
);

pub(super) const PIPELINES: Row = row(
    Group::Pipeline,
    text::PIPELINES,
    Glyph::Left,
    (Hears::Everywhere, &[]),
    PAGE,
);
