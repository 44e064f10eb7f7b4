//! Commands, their keys and reasons, and the palette that finds them.

/// What a command does, as an order, and other words that people look for.
pub(crate) type Words = (&'static str, &'static str);

pub(crate) const UNDO: Words = ("Undo", "back revert");
pub(crate) const REDO: Words = ("Redo", "again repeat");
pub(crate) const COPY: Words = ("Copy", "clipboard");
pub(crate) const CUT: Words = ("Cut", "clipboard");
pub(crate) const PASTE: Words = ("Paste", "clipboard insert");
pub(crate) const DUPLICATE: Words = ("Duplicate", "copy clone");
pub(crate) const DELETE: Words = ("Delete", "remove disconnect");
pub(crate) const SELECT_ALL: Words = ("Select all", "");
pub(crate) const SELECT_NONE: Words = ("Select nothing", "deselect clear");
pub(crate) const INSPECT: Words = ("Show in the inspector", "fields form edit");
pub(crate) const RENAME: Words = ("Rename", "name");
pub(crate) const ADD: Words = ("Add a state after it…", "insert new");
pub(crate) const ADD_RULE: Words = ("Add a rule", "choice condition branch if");
pub(crate) const ADD_RETRIER: Words = ("Add a retry rule", "retrier errors again attempts");
pub(crate) const ADD_CATCHER: Words = ("Add a catch rule", "catcher errors fallback handle");
pub(crate) const ADD_BRANCH: Words = ("Add a branch", "parallel");
pub(crate) const ADD_VARIABLE: Words = ("Add a variable", "assign set");
pub(crate) const ADD_PARAMETER: Words = ("Add a parameter…", "arguments call field find");
pub(crate) const CONNECT: Words = ("Connect…", "arrow next link");
pub(crate) const NEXT_WAY: Words = ("Select a way of the state", "next arrow edge transition");
pub(crate) const LEAD: Words = ("Lead to…", "way arrow redirect reconnect target");
pub(crate) const LEAD_FROM: Words = ("Let it begin at…", "way arrow redirect reconnect source");
pub(crate) const WRAP_IN_PARALLEL: Words = ("Wrap in Parallel", "branches group");
pub(crate) const WRAP_IN_MAP: Words = ("Wrap in Map", "loop group");
pub(crate) const EXTRACT: Words = (
    "Extract into a pipeline of its own",
    "move nested child split",
);
pub(crate) const NOTE: Words = ("Note…", "comment sticky annotate");
pub(crate) const GROUP: Words = ("Group…", "frame section cluster");
pub(crate) const RENAME_GROUP: Words = ("Rename the group…", "frame title");
pub(crate) const UNGROUP: Words = ("Take out of the group", "ungroup remove frame");
pub(crate) const DISSOLVE: Words = ("Dissolve the group", "ungroup all remove frame");
pub(crate) const FOLD: Words = ("Fold or unfold", "collapse expand");
pub(crate) const SHOW_CODE: Words = ("Show in the code", "json text");
pub(crate) const TEST_STATE: Words = ("Test this state…", "try run alone mock");
pub(crate) const AS_JSON: Words = ("Show the state as JSON, or as forms", "raw text inspector");
pub(crate) const CONVERT_STATE: Words = (
    "Convert the state to JSONata…",
    "jsonpath query language expressions migrate",
);
pub(crate) const BREAKPOINT: Words = ("Breakpoint", "stop debug");
pub(crate) const MENU: Words = ("Open its menu", "context");
pub(crate) const FIT: Words = ("Show the whole pipeline", "centre center zoom fit");
pub(crate) const ZOOM_IN: Words = ("Zoom in", "larger");
pub(crate) const ZOOM_OUT: Words = ("Zoom out", "smaller");
pub(crate) const ACTUAL_SIZE: Words = ("Zoom to 100%", "actual size reset");
pub(crate) const TURN: Words = (
    "Draw to the right, or down",
    "direction orientation horizontal vertical turn",
);
pub(crate) const THEME_SYSTEM: Words = ("Light or dark as the system", "theme colours colors mode");
pub(crate) const THEME_LIGHT: Words = ("Light colours", "theme colors day mode");
pub(crate) const THEME_DARK: Words = ("Dark colours", "theme colors night mode");
pub(crate) const DESIGN: Words = ("Show the drawing", "design canvas");
pub(crate) const CODE: Words = ("Show the code", "json text");
pub(crate) const SPLIT: Words = ("Show drawing and code", "split both");
pub(crate) const CONFIG: Words = (
    "Show the configuration",
    "config settings role logging tracing tags versions aliases",
);
pub(crate) const PROBLEMS: Words = ("Problems", "errors checks validate");
pub(crate) const PALETTE: Words = ("Show or fold the palette", "states browser panel");
pub(crate) const STATES: Words = ("Show the states as a tree", "outline list accessible");
pub(crate) const INSPECTOR: Words = ("Show or fold the inspector", "panel");
pub(crate) const FIND: Words = ("Commands, and search", "palette jump go to state");
pub(crate) const FIND_TO_ADD: Words = ("Find a state or an action to add", "palette insert");
pub(crate) const HELP: Words = ("Help on this field or state", "explain documentation info");
pub(crate) const KEYS: Words = ("Keys", "shortcuts keyboard help");
pub(crate) const DRY_RUN: Words = ("Dry run", "test simulate debug");
pub(crate) const DRY_RUN_ON: Words = (
    "Dry run: run to the next breakpoint",
    "go continue debug simulate",
);
pub(crate) const DRY_RUN_TO_END: Words = ("Dry run: run to the end", "finish debug simulate");
pub(crate) const DRY_RUN_STEP: Words = ("Dry run: step", "event debug next");
pub(crate) const DRY_RUN_INTO: Words = ("Dry run: step into the next state", "debug");
pub(crate) const DRY_RUN_BACK: Words = ("Dry run: step back", "debug undo reverse");
pub(crate) const DRY_RUN_ANEW: Words = ("Dry run: start over", "restart reset debug");
pub(crate) const DRY_RUN_STOP: Words = ("Dry run: stop", "halt cancel pause");
pub(crate) const SAMPLES: Words = ("Sample results…", "mocks test cases answers dry run");
pub(crate) const COST: Words = ("Cost…", "price money bill month transitions aws");
pub(crate) const START: Words = ("Start…", "execute run");
pub(crate) const DEPLOY: Words = ("Deploy…", "save publish");
pub(crate) const RUNS: Words = ("Runs", "executions history");
pub(crate) const VERSIONS: Words = (
    "Versions…",
    "history compare restore roll back rollback differences",
);
pub(crate) const KEEP_VERSION: Words = ("Keep a version…", "save snapshot name note");
pub(crate) const PUBLISH: Words = (
    "Publish a version…",
    "release number publishstatemachineversion",
);
pub(crate) const NEW_ALIAS: Words = ("New alias…", "version route weight traffic canary");
pub(crate) const CONVERT: Words = (
    "Convert the pipeline to JSONata…",
    "jsonpath query language expressions migrate",
);
pub(crate) const FORMAT: Words = ("Lay the text out", "format code indent tidy pretty");
pub(crate) const AS_JSON_TEXT: Words = ("Write the text as JSON", "convert notation code yaml");
pub(crate) const AS_YAML_TEXT: Words = ("Write the text as YAML", "convert notation code json");
pub(crate) const PERMISSIONS: Words = ("Permissions…", "iam role policy rights security");
pub(crate) const COPY_DEFINITION: Words = ("Copy the definition", "clipboard json export");
pub(crate) const OPEN_FILE: Words = (
    "Open a file…",
    "import load definition template sam cloudformation",
);
pub(crate) const COPY_LINK: Words = (
    "Copy a link with the pipeline in it",
    "share url address export send",
);
pub(crate) const DOWNLOAD_JSON: Words = ("Download as JSON", "export save file");
pub(crate) const DOWNLOAD_YAML: Words = ("Download as YAML", "export save file");
pub(crate) const DOWNLOAD_SVG: Words = ("Download as SVG", "export picture image diagram");
pub(crate) const DOWNLOAD_PNG: Words = ("Download as PNG", "export picture image diagram");
pub(crate) const DOWNLOAD_SAM: Words = (
    "SAM template…",
    "download export infrastructure serverless iac",
);
pub(crate) const DOWNLOAD_CLOUD_FORMATION: Words = (
    "CloudFormation template…",
    "download export infrastructure iac cfn",
);
pub(crate) const PIPELINES: Words = ("All pipelines", "home start page");

// Headings of commands.

pub(crate) const GROUP_EDIT: &str = "Edit";
pub(crate) const GROUP_FIND: &str = "Find";
pub(crate) const GROUP_PIPELINE: &str = "Pipeline";
pub(crate) const GROUP_STATE: &str = "State";
pub(crate) const GROUP_VIEW: &str = "View";

// Why a command cannot be done.

pub(crate) const NEEDS_CANVAS: &str = "Show the drawing first.";
pub(crate) const NEEDS_CONTAINER: &str = "Select a Parallel or a Map first.";
pub(crate) const NEEDS_DEPLOYED: &str = "Deploy the pipeline first.";
pub(crate) const NEEDS_EDITABLE: &str =
    "Nothing can be changed here. Open the pipeline in a wide window.";
pub(crate) const NEEDS_GROUP: &str = "Select a state of a group first.";
pub(crate) const NEEDS_IN_PATHS: &str = "All of it is written in JSONata.";
pub(crate) const NEEDS_INSPECTOR: &str =
    "Help stands in the inspector. Open the pipeline in a wide window.";
pub(crate) const NEEDS_OTHER_NOTATION: &str = "It is written in that notation.";
pub(crate) const NEEDS_PAGE: &str = "Only in the studio.";
pub(crate) const NEEDS_REDO: &str = "There is nothing to redo.";
pub(crate) const NEEDS_SELECTION: &str = "Select a state or a way first.";
pub(crate) const NEEDS_STATE: &str = "Select a state first.";
pub(crate) const NEEDS_STATE_IN_PATHS: &str = "The state is written in JSONata.";
pub(crate) const NEEDS_TASK: &str = "Select a Task first.";
pub(crate) const NEEDS_UNDO: &str = "There is nothing to undo.";
pub(crate) const NEEDS_WAY: &str =
    "Select a way first: click it, or select one of a state's with W.";

/// The name that a pipeline made of another one's states begins with.
pub(crate) fn part_of(machine: &str) -> String {
    format!("{machine}-part")
}

/// What is done: states were moved into a pipeline of their own.
pub(crate) fn extracted(name: &str) -> String {
    format!("These states are the pipeline {name}. Deploy it, too.")
}

// The palette of commands.

pub(crate) const FINDER_FIELD: &str = "A command, a state, something to add";
pub(crate) const FINDER_FOUND: &str = "What was found";
pub(crate) const FINDER_NONE: &str = "Nothing by that name.";
pub(crate) const FINDER_STATE: &str = "State";

pub(crate) fn add(what: &str) -> String {
    format!("Add: {what}")
}

pub(crate) fn go_to(state: &str) -> String {
    format!("Go to {state}")
}

// The list of keys.

pub(crate) const KEYS_ARROWS: &str = "Arrows";
pub(crate) const KEYS_CANVAS: &str = "Canvas";
pub(crate) const KEYS_END: &str = "Go to the first or the last state";
pub(crate) const KEYS_GO: &str = "Go to the next state";
pub(crate) const KEYS_HOME: &str = "Home, End";
pub(crate) const KEYS_MOVE: &str = "Move what is seen";
pub(crate) const KEYS_SELECT: &str = "Select further states";
pub(crate) const KEYS_SHIFT_ARROWS: &str = "Shift+Arrows";
pub(crate) const KEYS_SPACE_DRAG: &str = "Space+drag";

// The dialog that names a group.

pub(crate) const NAMING_FRAME: &str = "A frame is drawn around them where no other state stands in between, else the name on each. The name of another group of the same container adds them to it.";
pub(crate) const NAMING_GROUP: &str = "Group";
pub(crate) const NAMING_HINT: &str = "It stands in the Comment of each state: [group: name]";
pub(crate) const NAMING_RENAME: &str = "Rename";
pub(crate) const NAMING_TITLE: &str = "Group the selected states";

pub(crate) fn naming_title(group: &str) -> String {
    format!("Rename the group {group}")
}
