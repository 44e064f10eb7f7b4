//! The table.

use super::desk::Need;
use super::keys::Hears;
use crate::text::commands::{self as text, Words};
use crate::text::common;
use crate::ui::Glyph;

/// Lists every command once, for the type and for [`Command::ALL`].
macro_rules! commands {
    ($($name:ident),+ $(,)?) => {
        /// A command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table has the words of each")]
        pub enum Command {
            $($name),+
        }

        impl Command {
            /// Every command, in the order in which they are listed.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];
        }
    };
}

commands! {
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
    NextWay,
    Lead,
    LeadFrom,
    WrapInParallel,
    WrapInMap,
    Extract,
    Note,
    Group,
    RenameGroup,
    Ungroup,
    Dissolve,
    Fold,
    ShowCode,
    Breakpoint,
    TestState,
    Menu,
    Fit,
    ZoomIn,
    ZoomOut,
    ActualSize,
    Turn,
    Design,
    Code,
    Split,
    Config,
    Problems,
    Palette,
    States,
    Inspector,
    Find,
    FindToAdd,
    Help,
    Keys,
    DryRun,
    Start,
    Deploy,
    Runs,
    Versions,
    KeepVersion,
    Permissions,
    OpenFile,
    CopyDefinition,
    CopyLink,
    DownloadJson,
    DownloadYaml,
    DownloadSvg,
    DownloadPng,
    DownloadSam,
    DownloadCloudFormation,
    Pipelines,
}

/// What a command is about; the list of keys has a heading for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Group {
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
            Self::Find => text::GROUP_FIND,
            Self::Edit => text::GROUP_EDIT,
            Self::State => text::GROUP_STATE,
            Self::View => text::GROUP_VIEW,
            Self::Pipeline => text::GROUP_PIPELINE,
        }
    }
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
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
const ON_STRETCH: &[Need] = &[Need::Editable, Need::Whole, Need::States, Need::Stretch];
const ON_STATE: &[Need] = &[Need::Editable, Need::Whole, Need::State];
const ON_GROUP: &[Need] = &[Need::Editable, Need::Whole, Need::Group];
const ON_WAY: &[Need] = &[Need::Editable, Need::Whole, Need::Way, Need::Canvas];
const CANVAS: &[Need] = &[Need::Canvas];
const PAGE: &[Need] = &[Need::Page];
const FILE: &[Need] = &[Need::Page, Need::Whole];

const fn row(
    group: Group,
    (words, also): Words,
    glyph: Glyph,
    (hears, keys): (Hears, &'static [&'static str]),
    needs: &'static [Need],
) -> Row {
    Row {
        group,
        words,
        also,
        glyph,
        keys,
        hears,
        needs,
    }
}

/// The line of each command.
const fn line(command: Command) -> Row {
    match command {
        Command::Undo => row(
            Group::Edit,
            text::UNDO,
            Glyph::Undo,
            (Hears::NotTyping, &["Ctrl+Z"]),
            &[Need::Undo],
        ),
        Command::Redo => row(
            Group::Edit,
            text::REDO,
            Glyph::Redo,
            (Hears::NotTyping, &["Ctrl+Shift+Z", "Ctrl+Y"]),
            &[Need::Redo],
        ),
        Command::Copy => row(
            Group::Edit,
            text::COPY,
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+C"]),
            &[Need::Whole, Need::States],
        ),
        Command::Cut => row(
            Group::Edit,
            text::CUT,
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+X"]),
            ON_STATES,
        ),
        Command::Paste => row(
            Group::Edit,
            text::PASTE,
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+V"]),
            EDIT,
        ),
        Command::Duplicate => row(
            Group::Edit,
            text::DUPLICATE,
            Glyph::Copy,
            (Hears::Canvas, &["Ctrl+D"]),
            ON_STATES,
        ),
        Command::Delete => row(
            Group::Edit,
            text::DELETE,
            Glyph::Trash,
            (Hears::Canvas, &["Del", "Backspace"]),
            &[Need::Editable, Need::Whole, Need::Selection],
        ),
        Command::SelectAll => row(
            Group::Edit,
            text::SELECT_ALL,
            Glyph::List,
            (Hears::Canvas, &["Ctrl+A"]),
            CANVAS,
        ),
        Command::SelectNone => row(
            Group::Edit,
            text::SELECT_NONE,
            Glyph::Cross,
            (Hears::Canvas, &["Escape"]),
            &[Need::Selection],
        ),
        Command::Inspect => row(
            Group::State,
            text::INSPECT,
            Glyph::Inspector,
            (Hears::Canvas, &["Enter"]),
            &[Need::State],
        ),
        Command::Rename => row(
            Group::State,
            text::RENAME,
            Glyph::Edit,
            (Hears::Canvas, &["F2"]),
            ON_STATE,
        ),
        Command::Add => row(
            Group::State,
            text::ADD,
            Glyph::Plus,
            (Hears::Canvas, &["A"]),
            &[Need::Editable, Need::Whole, Need::Canvas],
        ),
        Command::Connect => row(
            Group::State,
            text::CONNECT,
            Glyph::Right,
            (Hears::Canvas, &["C"]),
            &[Need::Editable, Need::Whole, Need::State, Need::Canvas],
        ),
        Command::NextWay => row(
            Group::State,
            text::NEXT_WAY,
            Glyph::Down,
            (Hears::Canvas, &["W"]),
            &[Need::Canvas],
        ),
        Command::Lead => row(
            Group::State,
            text::LEAD,
            Glyph::Right,
            (Hears::Canvas, &["L"]),
            ON_WAY,
        ),
        Command::LeadFrom => row(
            Group::State,
            text::LEAD_FROM,
            Glyph::Left,
            (Hears::Canvas, &["Shift+L"]),
            ON_WAY,
        ),
        Command::WrapInParallel => row(
            Group::State,
            text::WRAP_IN_PARALLEL,
            Glyph::Parallel,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::WrapInMap => row(
            Group::State,
            text::WRAP_IN_MAP,
            Glyph::Map,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::Extract => row(
            Group::State,
            text::EXTRACT,
            Glyph::External,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::Note => row(
            Group::State,
            text::NOTE,
            Glyph::Note,
            (Hears::Canvas, &["N"]),
            &[Need::State, Need::Canvas],
        ),
        Command::Group => row(
            Group::State,
            text::GROUP,
            Glyph::Group,
            (Hears::Canvas, &["G"]),
            ON_STATES,
        ),
        Command::RenameGroup => row(
            Group::State,
            text::RENAME_GROUP,
            Glyph::Edit,
            (Hears::Canvas, &[]),
            ON_GROUP,
        ),
        Command::Ungroup => row(
            Group::State,
            text::UNGROUP,
            Glyph::Group,
            (Hears::Canvas, &["Shift+G"]),
            ON_STATES,
        ),
        Command::Dissolve => row(
            Group::State,
            text::DISSOLVE,
            Glyph::Cross,
            (Hears::Canvas, &[]),
            ON_GROUP,
        ),
        Command::Fold => row(
            Group::State,
            text::FOLD,
            Glyph::Panel,
            (Hears::Canvas, &["F"]),
            &[Need::Container],
        ),
        Command::ShowCode => row(
            Group::State,
            text::SHOW_CODE,
            Glyph::Code,
            (Hears::Canvas, &[]),
            &[Need::Editable, Need::State],
        ),
        Command::TestState => row(
            Group::State,
            text::TEST_STATE,
            Glyph::Step,
            (Hears::Canvas, &["T"]),
            &[Need::Page, Need::Editable, Need::Whole, Need::State],
        ),
        Command::Breakpoint => row(
            Group::State,
            text::BREAKPOINT,
            Glyph::Breakpoint,
            (Hears::Canvas, &["B"]),
            &[Need::Editable, Need::State],
        ),
        Command::Menu => row(
            Group::State,
            text::MENU,
            Glyph::Dots,
            (Hears::Canvas, &["Shift+F10", "ContextMenu"]),
            &[Need::State, Need::Canvas],
        ),
        Command::Fit => row(
            Group::View,
            text::FIT,
            Glyph::Fit,
            (Hears::Canvas, &["Alt+C", "1"]),
            CANVAS,
        ),
        Command::ZoomIn => row(
            Group::View,
            text::ZOOM_IN,
            Glyph::Plus,
            (Hears::Canvas, &["+", "=", "Ctrl+=", "Ctrl++"]),
            CANVAS,
        ),
        Command::ZoomOut => row(
            Group::View,
            text::ZOOM_OUT,
            Glyph::Minus,
            (Hears::Canvas, &["-", "Ctrl+-"]),
            CANVAS,
        ),
        Command::ActualSize => row(
            Group::View,
            text::ACTUAL_SIZE,
            Glyph::Square,
            (Hears::Canvas, &["0", "Ctrl+0"]),
            CANVAS,
        ),
        Command::Turn => row(
            Group::View,
            text::TURN,
            Glyph::Turn,
            (Hears::Canvas, &["R"]),
            CANVAS,
        ),
        Command::Design => row(
            Group::View,
            text::DESIGN,
            Glyph::Design,
            (Hears::Everywhere, &["Alt+1"]),
            PAGE,
        ),
        Command::Code => row(
            Group::View,
            text::CODE,
            Glyph::Code,
            (Hears::Everywhere, &["Alt+2"]),
            PAGE,
        ),
        Command::Split => row(
            Group::View,
            text::SPLIT,
            Glyph::Split,
            (Hears::Everywhere, &["Alt+3"]),
            PAGE,
        ),
        Command::Config => row(
            Group::View,
            text::CONFIG,
            Glyph::List,
            (Hears::Everywhere, &["Alt+5"]),
            PAGE,
        ),
        Command::Problems => row(
            Group::View,
            text::PROBLEMS,
            Glyph::Warning,
            (Hears::Everywhere, &["Alt+P"]),
            PAGE,
        ),
        Command::Palette => row(
            Group::View,
            text::PALETTE,
            Glyph::Panel,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::States => row(
            Group::View,
            text::STATES,
            Glyph::List,
            (Hears::Everywhere, &["Alt+4"]),
            PAGE,
        ),
        Command::Inspector => row(
            Group::View,
            text::INSPECTOR,
            Glyph::Inspector,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Find => row(
            Group::Find,
            text::FIND,
            Glyph::Search,
            (Hears::Everywhere, &["Ctrl+K", "F1"]),
            PAGE,
        ),
        Command::FindToAdd => row(
            Group::Find,
            text::FIND_TO_ADD,
            Glyph::Search,
            (Hears::NotTyping, &["/"]),
            &[Need::Editable, Need::Page],
        ),
        Command::Help => row(
            Group::Find,
            text::HELP,
            Glyph::Info,
            (Hears::Everywhere, &["Shift+F1"]),
            &[Need::Inspector, Need::Page],
        ),
        Command::Keys => row(
            Group::Find,
            text::KEYS,
            Glyph::Question,
            (Hears::NotTyping, &["?"]),
            PAGE,
        ),
        Command::DryRun => row(
            Group::Pipeline,
            text::DRY_RUN,
            Glyph::Bug,
            (Hears::Everywhere, &["Alt+D"]),
            PAGE,
        ),
        Command::Start => row(
            Group::Pipeline,
            text::START,
            Glyph::Play,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Deploy => row(
            Group::Pipeline,
            text::DEPLOY,
            Glyph::Rocket,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Runs => row(
            Group::Pipeline,
            text::RUNS,
            Glyph::List,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Versions => row(
            Group::Pipeline,
            text::VERSIONS,
            Glyph::Clock,
            (Hears::Everywhere, &["Alt+V"]),
            PAGE,
        ),
        Command::KeepVersion => row(
            Group::Pipeline,
            text::KEEP_VERSION,
            Glyph::Plus,
            (Hears::Everywhere, &["Ctrl+S"]),
            PAGE,
        ),
        Command::Permissions => row(
            Group::Pipeline,
            text::PERMISSIONS,
            Glyph::Shield,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::CopyDefinition => row(
            Group::Pipeline,
            text::COPY_DEFINITION,
            Glyph::Copy,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::OpenFile => row(
            Group::Pipeline,
            text::OPEN_FILE,
            Glyph::Upload,
            (Hears::Everywhere, &["Ctrl+O"]),
            PAGE,
        ),
        Command::CopyLink => row(
            Group::Pipeline,
            text::COPY_LINK,
            Glyph::External,
            (Hears::Everywhere, &["Alt+L"]),
            PAGE,
        ),
        Command::DownloadJson => row(
            Group::Pipeline,
            text::DOWNLOAD_JSON,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadYaml => row(
            Group::Pipeline,
            text::DOWNLOAD_YAML,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadSvg => row(
            Group::Pipeline,
            text::DOWNLOAD_SVG,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadPng => row(
            Group::Pipeline,
            text::DOWNLOAD_PNG,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadSam => row(
            Group::Pipeline,
            text::DOWNLOAD_SAM,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::DownloadCloudFormation => row(
            Group::Pipeline,
            text::DOWNLOAD_CLOUD_FORMATION,
            Glyph::Download,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::Pipelines => row(
            Group::Pipeline,
            text::PIPELINES,
            Glyph::Left,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
    }
}

impl Command {
    pub(super) const fn row(self) -> Row {
        line(self)
    }

    /// What it does, as an order.
    pub fn words(self) -> &'static str {
        self.row().words
    }

    /// Its icon.
    pub fn glyph(self) -> Glyph {
        self.row().glyph
    }

    /// Whether it is of use only where a pipeline is worked on, not where one is merely shown.
    pub fn is_for_work(self) -> bool {
        self.row().needs.contains(&Need::Editable)
    }

    /// Whether it is about the state in focus.
    pub fn is_about_state(self) -> bool {
        let needs = self.row().needs;
        needs.contains(&Need::State) || needs.contains(&Need::Container)
    }

    /// The key to show for it; empty when it has none.
    pub fn key(self) -> &'static str {
        self.row().keys.first().copied().unwrap_or_default()
    }

    /// Words with the key in brackets, for the tip of a control that does it.
    pub fn tip(self, words: &str) -> String {
        match self.key() {
            "" => words.to_owned(),
            key => common::with_key(words, key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_command_has_words_of_its_own() {
        let words: HashSet<&str> = Command::ALL.map(Command::words).into_iter().collect();
        assert_eq!(words.len(), Command::ALL.len());
        assert!(!words.contains(""));
    }

    #[test]
    fn no_two_commands_have_the_same_key() {
        let mut seen = HashSet::new();
        for key in Command::ALL.iter().flat_map(|command| command.row().keys) {
            assert!(seen.insert(key.to_lowercase()), "{key}");
        }
    }

    #[test]
    fn every_group_has_commands() {
        for group in Group::ALL {
            assert!(
                Command::ALL
                    .iter()
                    .any(|command| command.row().group == group)
            );
        }
    }

    #[test]
    fn a_tip_says_the_key_where_there_is_one() {
        assert_eq!(Command::DryRun.tip("Dry run"), "Dry run (Alt+D)");
        assert_eq!(Command::Start.tip("Start…"), "Start…");
    }
}
