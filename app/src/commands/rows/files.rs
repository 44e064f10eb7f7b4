//! Commands for what leaves the page and comes in.

use super::super::keys::Hears;
use super::super::table::{Group, Row};
use super::{FILE, PAGE, row};
use crate::text::commands as text;
use crate::ui::Glyph;

pub(super) const PERMISSIONS: Row = row(
    Group::Pipeline,
    text::PERMISSIONS,
    Glyph::Shield,
    (Hears::Everywhere, &[]),
    FILE,
);

pub(super) const COPY_DEFINITION: Row = row(
    Group::Pipeline,
    text::COPY_DEFINITION,
    Glyph::Copy,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const OPEN_FILE: Row = row(
    Group::Pipeline,
    text::OPEN_FILE,
    Glyph::Upload,
    (Hears::Everywhere, &["Ctrl+O"]),
    PAGE,
);

pub(super) const COPY_LINK: Row = row(
    Group::Pipeline,
    text::COPY_LINK,
    Glyph::External,
    (Hears::Everywhere, &["Alt+L"]),
    PAGE,
);

pub(super) const DOWNLOAD_JSON: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_JSON,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const DOWNLOAD_YAML: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_YAML,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const DOWNLOAD_SVG: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_SVG,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const DOWNLOAD_PNG: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_PNG,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    PAGE,
);

pub(super) const DOWNLOAD_SAM: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_SAM,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    FILE,
);

pub(super) const DOWNLOAD_CLOUD_FORMATION: Row = row(
    Group::Pipeline,
    text::DOWNLOAD_CLOUD_FORMATION,
    Glyph::Download,
    (Hears::Everywhere, &[]),
    FILE,
);
