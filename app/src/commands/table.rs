//! The table.

use super::desk::Need;
use super::keys::Hears;
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
    (words, also): (&'static str, &'static str),
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
            ("Undo", "back revert"),
            Glyph::Undo,
            (Hears::NotTyping, &["Ctrl+Z"]),
            &[Need::Undo],
        ),
        Command::Redo => row(
            Group::Edit,
            ("Redo", "again repeat"),
            Glyph::Redo,
            (Hears::NotTyping, &["Ctrl+Shift+Z", "Ctrl+Y"]),
            &[Need::Redo],
        ),
        Command::Copy => row(
            Group::Edit,
            ("Copy", "clipboard"),
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+C"]),
            &[Need::Whole, Need::States],
        ),
        Command::Cut => row(
            Group::Edit,
            ("Cut", "clipboard"),
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+X"]),
            ON_STATES,
        ),
        Command::Paste => row(
            Group::Edit,
            ("Paste", "clipboard insert"),
            Glyph::Copy,
            (Hears::Browser, &["Ctrl+V"]),
            EDIT,
        ),
        Command::Duplicate => row(
            Group::Edit,
            ("Duplicate", "copy clone"),
            Glyph::Copy,
            (Hears::Canvas, &["Ctrl+D"]),
            ON_STATES,
        ),
        Command::Delete => row(
            Group::Edit,
            ("Delete", "remove disconnect"),
            Glyph::Trash,
            (Hears::Canvas, &["Del", "Backspace"]),
            &[Need::Editable, Need::Whole, Need::Selection],
        ),
        Command::SelectAll => row(
            Group::Edit,
            ("Select all", ""),
            Glyph::List,
            (Hears::Canvas, &["Ctrl+A"]),
            CANVAS,
        ),
        Command::SelectNone => row(
            Group::Edit,
            ("Select nothing", "deselect clear"),
            Glyph::Cross,
            (Hears::Canvas, &["Escape"]),
            &[Need::Selection],
        ),
        Command::Inspect => row(
            Group::State,
            ("Show in the inspector", "fields form edit"),
            Glyph::Inspector,
            (Hears::Canvas, &["Enter"]),
            &[Need::State],
        ),
        Command::Rename => row(
            Group::State,
            ("Rename", "name"),
            Glyph::Edit,
            (Hears::Canvas, &["F2"]),
            ON_STATE,
        ),
        Command::Add => row(
            Group::State,
            ("Add a state after it…", "insert new"),
            Glyph::Plus,
            (Hears::Canvas, &["A"]),
            &[Need::Editable, Need::Whole, Need::Canvas],
        ),
        Command::Connect => row(
            Group::State,
            ("Connect…", "arrow next link"),
            Glyph::Right,
            (Hears::Canvas, &["C"]),
            &[Need::Editable, Need::Whole, Need::State, Need::Canvas],
        ),
        Command::NextWay => row(
            Group::State,
            ("Select a way of the state", "next arrow edge transition"),
            Glyph::Down,
            (Hears::Canvas, &["W"]),
            &[Need::Canvas],
        ),
        Command::Lead => row(
            Group::State,
            ("Lead to…", "way arrow redirect reconnect target"),
            Glyph::Right,
            (Hears::Canvas, &["L"]),
            ON_WAY,
        ),
        Command::LeadFrom => row(
            Group::State,
            ("Let it begin at…", "way arrow redirect reconnect source"),
            Glyph::Left,
            (Hears::Canvas, &["Shift+L"]),
            ON_WAY,
        ),
        Command::WrapInParallel => row(
            Group::State,
            ("Wrap in Parallel", "branches group"),
            Glyph::Parallel,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::WrapInMap => row(
            Group::State,
            ("Wrap in Map", "loop group"),
            Glyph::Map,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::Extract => row(
            Group::State,
            (
                "Extract into a pipeline of its own",
                "move nested child split",
            ),
            Glyph::External,
            (Hears::Canvas, &[]),
            ON_STRETCH,
        ),
        Command::Note => row(
            Group::State,
            ("Note…", "comment sticky annotate"),
            Glyph::Note,
            (Hears::Canvas, &["N"]),
            &[Need::State, Need::Canvas],
        ),
        Command::Group => row(
            Group::State,
            ("Group…", "frame section cluster"),
            Glyph::Group,
            (Hears::Canvas, &["G"]),
            ON_STATES,
        ),
        Command::RenameGroup => row(
            Group::State,
            ("Rename the group…", "frame title"),
            Glyph::Edit,
            (Hears::Canvas, &[]),
            ON_GROUP,
        ),
        Command::Ungroup => row(
            Group::State,
            ("Take out of the group", "ungroup remove frame"),
            Glyph::Group,
            (Hears::Canvas, &["Shift+G"]),
            ON_STATES,
        ),
        Command::Dissolve => row(
            Group::State,
            ("Dissolve the group", "ungroup all remove frame"),
            Glyph::Cross,
            (Hears::Canvas, &[]),
            ON_GROUP,
        ),
        Command::Fold => row(
            Group::State,
            ("Fold or unfold", "collapse expand"),
            Glyph::Panel,
            (Hears::Canvas, &["F"]),
            &[Need::Container],
        ),
        Command::ShowCode => row(
            Group::State,
            ("Show in the code", "json text"),
            Glyph::Code,
            (Hears::Canvas, &[]),
            &[Need::Editable, Need::State],
        ),
        Command::TestState => row(
            Group::State,
            ("Test this state…", "try run alone mock"),
            Glyph::Step,
            (Hears::Canvas, &["T"]),
            &[Need::Page, Need::Editable, Need::Whole, Need::State],
        ),
        Command::Breakpoint => row(
            Group::State,
            ("Breakpoint", "stop debug"),
            Glyph::Breakpoint,
            (Hears::Canvas, &["B"]),
            &[Need::Editable, Need::State],
        ),
        Command::Menu => row(
            Group::State,
            ("Open its menu", "context"),
            Glyph::Dots,
            (Hears::Canvas, &["Shift+F10", "ContextMenu"]),
            &[Need::State, Need::Canvas],
        ),
        Command::Fit => row(
            Group::View,
            ("Show the whole pipeline", "centre center zoom fit"),
            Glyph::Fit,
            (Hears::Canvas, &["Alt+C", "1"]),
            CANVAS,
        ),
        Command::ZoomIn => row(
            Group::View,
            ("Zoom in", "larger"),
            Glyph::Plus,
            (Hears::Canvas, &["+", "=", "Ctrl+=", "Ctrl++"]),
            CANVAS,
        ),
        Command::ZoomOut => row(
            Group::View,
            ("Zoom out", "smaller"),
            Glyph::Minus,
            (Hears::Canvas, &["-", "Ctrl+-"]),
            CANVAS,
        ),
        Command::ActualSize => row(
            Group::View,
            ("Zoom to 100%", "actual size reset"),
            Glyph::Square,
            (Hears::Canvas, &["0", "Ctrl+0"]),
            CANVAS,
        ),
        Command::Turn => row(
            Group::View,
            (
                "Draw to the right, or down",
                "direction orientation horizontal vertical turn",
            ),
            Glyph::Turn,
            (Hears::Canvas, &["R"]),
            CANVAS,
        ),
        Command::Design => row(
            Group::View,
            ("Show the drawing", "design canvas"),
            Glyph::Design,
            (Hears::Everywhere, &["Alt+1"]),
            PAGE,
        ),
        Command::Code => row(
            Group::View,
            ("Show the code", "json text"),
            Glyph::Code,
            (Hears::Everywhere, &["Alt+2"]),
            PAGE,
        ),
        Command::Split => row(
            Group::View,
            ("Show drawing and code", "split both"),
            Glyph::Split,
            (Hears::Everywhere, &["Alt+3"]),
            PAGE,
        ),
        Command::Config => row(
            Group::View,
            (
                "Show the configuration",
                "config settings role logging tracing tags versions aliases",
            ),
            Glyph::List,
            (Hears::Everywhere, &["Alt+5"]),
            PAGE,
        ),
        Command::Problems => row(
            Group::View,
            ("Problems", "errors checks validate"),
            Glyph::Warning,
            (Hears::Everywhere, &["Alt+P"]),
            PAGE,
        ),
        Command::Palette => row(
            Group::View,
            ("Show or fold the palette", "states browser panel"),
            Glyph::Panel,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::States => row(
            Group::View,
            ("Show the states as a tree", "outline list accessible"),
            Glyph::List,
            (Hears::Everywhere, &["Alt+4"]),
            PAGE,
        ),
        Command::Inspector => row(
            Group::View,
            ("Show or fold the inspector", "panel"),
            Glyph::Inspector,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Find => row(
            Group::Find,
            ("Commands, and search", "palette jump go to state"),
            Glyph::Search,
            (Hears::Everywhere, &["Ctrl+K", "F1"]),
            PAGE,
        ),
        Command::FindToAdd => row(
            Group::Find,
            ("Find a state or an action to add", "palette insert"),
            Glyph::Search,
            (Hears::NotTyping, &["/"]),
            &[Need::Editable, Need::Page],
        ),
        Command::Help => row(
            Group::Find,
            ("Help on this field or state", "explain documentation info"),
            Glyph::Info,
            (Hears::Everywhere, &["Shift+F1"]),
            &[Need::Inspector, Need::Page],
        ),
        Command::Keys => row(
            Group::Find,
            ("Keys", "shortcuts keyboard help"),
            Glyph::Question,
            (Hears::NotTyping, &["?"]),
            PAGE,
        ),
        Command::DryRun => row(
            Group::Pipeline,
            ("Dry run", "test simulate debug"),
            Glyph::Bug,
            (Hears::Everywhere, &["Alt+D"]),
            PAGE,
        ),
        Command::Start => row(
            Group::Pipeline,
            ("Start…", "execute run"),
            Glyph::Play,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Deploy => row(
            Group::Pipeline,
            ("Deploy…", "save publish"),
            Glyph::Rocket,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Runs => row(
            Group::Pipeline,
            ("Runs", "executions history"),
            Glyph::List,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::Versions => row(
            Group::Pipeline,
            (
                "Versions…",
                "history compare restore roll back rollback differences",
            ),
            Glyph::Clock,
            (Hears::Everywhere, &["Alt+V"]),
            PAGE,
        ),
        Command::KeepVersion => row(
            Group::Pipeline,
            ("Keep a version…", "save snapshot name note"),
            Glyph::Plus,
            (Hears::Everywhere, &["Ctrl+S"]),
            PAGE,
        ),
        Command::Permissions => row(
            Group::Pipeline,
            ("Permissions…", "iam role policy rights security"),
            Glyph::Shield,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::CopyDefinition => row(
            Group::Pipeline,
            ("Copy the definition", "clipboard json export"),
            Glyph::Copy,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::OpenFile => row(
            Group::Pipeline,
            (
                "Open a file…",
                "import load definition template sam cloudformation",
            ),
            Glyph::Upload,
            (Hears::Everywhere, &["Ctrl+O"]),
            PAGE,
        ),
        Command::CopyLink => row(
            Group::Pipeline,
            (
                "Copy a link with the pipeline in it",
                "share url address export send",
            ),
            Glyph::External,
            (Hears::Everywhere, &["Alt+L"]),
            PAGE,
        ),
        Command::DownloadJson => row(
            Group::Pipeline,
            ("Download as JSON", "export save file"),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadYaml => row(
            Group::Pipeline,
            ("Download as YAML", "export save file"),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadSvg => row(
            Group::Pipeline,
            ("Download as SVG", "export picture image diagram"),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadPng => row(
            Group::Pipeline,
            ("Download as PNG", "export picture image diagram"),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            PAGE,
        ),
        Command::DownloadSam => row(
            Group::Pipeline,
            (
                "SAM template…",
                "download export infrastructure serverless iac",
            ),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::DownloadCloudFormation => row(
            Group::Pipeline,
            (
                "CloudFormation template…",
                "download export infrastructure iac cfn",
            ),
            Glyph::Download,
            (Hears::Everywhere, &[]),
            FILE,
        ),
        Command::Pipelines => row(
            Group::Pipeline,
            ("All pipelines", "home start page"),
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
            key => format!("{words} ({key})"),
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
