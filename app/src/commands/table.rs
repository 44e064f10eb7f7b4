//! The table.

use super::desk::Need;
use super::keys::Hears;
use crate::ui::Glyph;

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the table has the words of each")]
pub enum Command {
    Find,
    Keys,
    FindToAdd,
    Undo,
    Redo,
    Copy,
    Cut,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    SelectNone,
    Inspect,
    Rename,
    Add,
    Connect,
    WrapInParallel,
    WrapInMap,
    Extract,
    Fold,
    ShowCode,
    Breakpoint,
    Menu,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Design,
    Code,
    Split,
    DryRun,
    Problems,
    Palette,
    Inspector,
    Start,
    Deploy,
    Runs,
    CopyDefinition,
    DownloadJson,
    DownloadYaml,
    Pipelines,
}

/// What a command is about; the list of keys has a heading for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    Find,
    Edit,
    State,
    View,
    Pipeline,
}

impl Group {
    /// Every group, in the order of the list.
    pub const ALL: [Self; 5] = [
        Self::Edit,
        Self::State,
        Self::View,
        Self::Find,
        Self::Pipeline,
    ];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Find => "Find",
            Self::Edit => "Edit",
            Self::State => "State",
            Self::View => "View",
            Self::Pipeline => "Pipeline",
        }
    }
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) command: Command,
    pub(super) group: Group,
    pub(super) words: &'static str,
    /// Other words that people look for.
    pub(super) also: &'static str,
    pub(super) glyph: Glyph,
    /// The first one is shown.
    pub(super) keys: &'static [&'static str],
    pub(super) hears: Hears,
    pub(super) needs: &'static [Need],
}

const EDIT: &[Need] = &[Need::Editable, Need::Whole];
const ON_STATES: &[Need] = &[Need::Editable, Need::Whole, Need::States];
const ON_STATE: &[Need] = &[Need::Editable, Need::Whole, Need::State];
const CANVAS: &[Need] = &[Need::Canvas];
const PAGE: &[Need] = &[Need::Page];

const fn row(
    (command, group): (Command, Group),
    (words, also): (&'static str, &'static str),
    glyph: Glyph,
    (hears, keys): (Hears, &'static [&'static str]),
    needs: &'static [Need],
) -> Row {
    Row {
        command,
        group,
        words,
        also,
        glyph,
        keys,
        hears,
        needs,
    }
}

pub(super) const TABLE: [Row; 41] = [
    row(
        (Command::Undo, Group::Edit),
        ("Undo", "back revert"),
        Glyph::Undo,
        (Hears::NotTyping, &["Ctrl+Z"]),
        &[Need::Undo],
    ),
    row(
        (Command::Redo, Group::Edit),
        ("Redo", "again repeat"),
        Glyph::Redo,
        (Hears::NotTyping, &["Ctrl+Shift+Z", "Ctrl+Y"]),
        &[Need::Redo],
    ),
    row(
        (Command::Copy, Group::Edit),
        ("Copy", "clipboard"),
        Glyph::Copy,
        (Hears::Browser, &["Ctrl+C"]),
        &[Need::Whole, Need::States],
    ),
    row(
        (Command::Cut, Group::Edit),
        ("Cut", "clipboard"),
        Glyph::Copy,
        (Hears::Browser, &["Ctrl+X"]),
        ON_STATES,
    ),
    row(
        (Command::Paste, Group::Edit),
        ("Paste", "clipboard insert"),
        Glyph::Copy,
        (Hears::Browser, &["Ctrl+V"]),
        EDIT,
    ),
    row(
        (Command::Duplicate, Group::Edit),
        ("Duplicate", "copy clone"),
        Glyph::Copy,
        (Hears::Canvas, &["Ctrl+D"]),
        ON_STATES,
    ),
    row(
        (Command::Delete, Group::Edit),
        ("Delete", "remove disconnect"),
        Glyph::Trash,
        (Hears::Canvas, &["Del", "Backspace"]),
        &[Need::Editable, Need::Whole, Need::Selection],
    ),
    row(
        (Command::SelectAll, Group::Edit),
        ("Select all", ""),
        Glyph::List,
        (Hears::Canvas, &["Ctrl+A"]),
        CANVAS,
    ),
    row(
        (Command::SelectNone, Group::Edit),
        ("Select nothing", "deselect clear"),
        Glyph::Cross,
        (Hears::Canvas, &["Escape"]),
        &[Need::Selection],
    ),
    row(
        (Command::Inspect, Group::State),
        ("Show in the inspector", "fields form edit"),
        Glyph::Inspector,
        (Hears::Canvas, &["Enter"]),
        &[Need::State],
    ),
    row(
        (Command::Rename, Group::State),
        ("Rename", "name"),
        Glyph::Edit,
        (Hears::Canvas, &["F2"]),
        ON_STATE,
    ),
    row(
        (Command::Add, Group::State),
        ("Add a state after it…", "insert new"),
        Glyph::Plus,
        (Hears::Canvas, &["A"]),
        &[Need::Editable, Need::Whole, Need::Canvas],
    ),
    row(
        (Command::Connect, Group::State),
        ("Connect…", "arrow next link"),
        Glyph::Right,
        (Hears::Canvas, &["C"]),
        &[Need::Editable, Need::Whole, Need::State, Need::Canvas],
    ),
    row(
        (Command::WrapInParallel, Group::State),
        ("Wrap in Parallel", "branches group"),
        Glyph::Parallel,
        (Hears::Canvas, &[]),
        ON_STATES,
    ),
    row(
        (Command::WrapInMap, Group::State),
        ("Wrap in Map", "loop group"),
        Glyph::Map,
        (Hears::Canvas, &[]),
        ON_STATES,
    ),
    row(
        (Command::Extract, Group::State),
        (
            "Extract into a pipeline of its own",
            "move nested child split",
        ),
        Glyph::External,
        (Hears::Canvas, &[]),
        ON_STATES,
    ),
    row(
        (Command::Fold, Group::State),
        ("Fold or unfold", "collapse expand"),
        Glyph::Panel,
        (Hears::Canvas, &["F"]),
        &[Need::Container],
    ),
    row(
        (Command::ShowCode, Group::State),
        ("Show in the code", "json text"),
        Glyph::Code,
        (Hears::Canvas, &[]),
        &[Need::State],
    ),
    row(
        (Command::Breakpoint, Group::State),
        ("Breakpoint", "stop debug"),
        Glyph::Breakpoint,
        (Hears::Canvas, &["B"]),
        &[Need::Editable, Need::State],
    ),
    row(
        (Command::Menu, Group::State),
        ("Open its menu", "context"),
        Glyph::Dots,
        (Hears::Canvas, &["Shift+F10", "ContextMenu"]),
        &[Need::State, Need::Canvas],
    ),
    row(
        (Command::Fit, Group::View),
        ("Show the whole pipeline", "centre center zoom fit"),
        Glyph::Fit,
        (Hears::Canvas, &["Alt+C", "1"]),
        CANVAS,
    ),
    row(
        (Command::ZoomIn, Group::View),
        ("Zoom in", "larger"),
        Glyph::Plus,
        (Hears::Canvas, &["+", "=", "Ctrl+=", "Ctrl++"]),
        CANVAS,
    ),
    row(
        (Command::ZoomOut, Group::View),
        ("Zoom out", "smaller"),
        Glyph::Minus,
        (Hears::Canvas, &["-", "Ctrl+-"]),
        CANVAS,
    ),
    row(
        (Command::ActualSize, Group::View),
        ("Zoom to 100%", "actual size reset"),
        Glyph::Square,
        (Hears::Canvas, &["0", "Ctrl+0"]),
        CANVAS,
    ),
    row(
        (Command::Design, Group::View),
        ("Show the drawing", "design canvas"),
        Glyph::Design,
        (Hears::Everywhere, &["Alt+1"]),
        PAGE,
    ),
    row(
        (Command::Code, Group::View),
        ("Show the code", "json text"),
        Glyph::Code,
        (Hears::Everywhere, &["Alt+2"]),
        PAGE,
    ),
    row(
        (Command::Split, Group::View),
        ("Show drawing and code", "split both"),
        Glyph::Split,
        (Hears::Everywhere, &["Alt+3"]),
        PAGE,
    ),
    row(
        (Command::Problems, Group::View),
        ("Problems", "errors checks validate"),
        Glyph::Warning,
        (Hears::Everywhere, &["Alt+P"]),
        PAGE,
    ),
    row(
        (Command::Palette, Group::View),
        ("Show or fold the palette", "states browser panel"),
        Glyph::Panel,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::Inspector, Group::View),
        ("Show or fold the inspector", "panel"),
        Glyph::Inspector,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::Find, Group::Find),
        ("Commands, and search", "palette jump go to state"),
        Glyph::Search,
        (Hears::Everywhere, &["Ctrl+K", "F1"]),
        PAGE,
    ),
    row(
        (Command::FindToAdd, Group::Find),
        ("Find a state or an action to add", "palette insert"),
        Glyph::Search,
        (Hears::NotTyping, &["/"]),
        &[Need::Editable, Need::Page],
    ),
    row(
        (Command::Keys, Group::Find),
        ("Keys", "shortcuts keyboard help"),
        Glyph::Question,
        (Hears::NotTyping, &["?"]),
        PAGE,
    ),
    row(
        (Command::DryRun, Group::Pipeline),
        ("Dry run", "test simulate debug"),
        Glyph::Bug,
        (Hears::Everywhere, &["Alt+D"]),
        PAGE,
    ),
    row(
        (Command::Start, Group::Pipeline),
        ("Start…", "execute run"),
        Glyph::Play,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::Deploy, Group::Pipeline),
        ("Deploy…", "save publish"),
        Glyph::Rocket,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::Runs, Group::Pipeline),
        ("Runs", "executions history"),
        Glyph::List,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::CopyDefinition, Group::Pipeline),
        ("Copy the definition", "clipboard json export"),
        Glyph::Copy,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::DownloadJson, Group::Pipeline),
        ("Download as JSON", "export save file"),
        Glyph::Download,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::DownloadYaml, Group::Pipeline),
        ("Download as YAML", "export save file"),
        Glyph::Download,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
    row(
        (Command::Pipelines, Group::Pipeline),
        ("All pipelines", "home start page"),
        Glyph::Left,
        (Hears::Everywhere, &[]),
        PAGE,
    ),
];

impl Command {
    /// Every command, in the table's order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.command)
    }

    pub(super) fn row(self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.command == self)
    }

    /// What it does, as an order.
    pub fn words(self) -> &'static str {
        self.row().map_or("", |row| row.words)
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        self.row().map_or(Glyph::Dots, |row| row.glyph)
    }

    /// Whether it changes the pipeline.
    pub fn edits(self) -> bool {
        self.row()
            .is_some_and(|row| row.needs.contains(&Need::Editable))
    }

    /// Whether it is about the state in focus.
    pub fn is_about_state(self) -> bool {
        self.row().is_some_and(|row| {
            row.needs.contains(&Need::State) || row.needs.contains(&Need::Container)
        })
    }

    /// The key to show for it; empty when it has none.
    pub fn key(self) -> &'static str {
        self.row()
            .and_then(|row| row.keys.first().copied())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_command_is_in_the_table_once() {
        let seen: HashSet<Command> = Command::all().collect();
        assert_eq!(seen.len(), TABLE.len());
        assert!(Command::all().all(|command| !command.words().is_empty()));
    }

    #[test]
    fn no_two_commands_have_the_same_key() {
        let mut seen = HashSet::new();
        for key in TABLE.iter().flat_map(|row| row.keys) {
            assert!(seen.insert(key.to_lowercase()), "{key}");
        }
    }

    #[test]
    fn every_group_has_commands() {
        for group in Group::ALL {
            assert!(TABLE.iter().any(|row| row.group == group));
        }
    }
}
