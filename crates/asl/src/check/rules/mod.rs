//! The rules, one file each. A rule reads the view and adds findings; none depends on another having run.

mod choice_logic;
mod choice_rules;
mod concurrency;
mod credentials;
mod definition_size;
mod distributed_map;
mod duplicate_keys;
mod duplicate_states;
mod endless_loops;
pub(super) mod error_names;
pub(super) mod exclusive_fields;
mod express;
mod expression_braces;
mod expression_syntax;
mod field_values;
mod function_calls;
mod handlers;
mod heartbeat;
mod item_batcher;
mod item_reader;
mod labels;
mod language_habits;
mod missing_paths;
mod nesting;
mod next_or_end;
mod no_timeout;
mod payload_size;
mod query_language;
mod reachability;
pub(super) mod required_fields;
mod resource;
mod root;
mod secrets;
mod state_names;
mod states_members;
mod static_text;
pub(super) mod syntax;
mod targets;
mod task_arguments;
mod task_token;
mod template_keys;
mod terminal;
mod top_level_reference;
mod unknown_fields;
mod variable_uses;
mod variables;
mod wait_time;
mod zero_seconds;

pub(super) use template_keys::templates;

use super::Diagnostic;
use super::view::View;

/// A rule.
pub(super) type Rule = fn(&View<'_>, &mut Vec<Diagnostic>);

/// All rules for texts that are JSON.
pub(super) const ALL: &[Rule] = &[
    root::check,
    required_fields::check,
    next_or_end::check,
    unknown_fields::check,
    query_language::check,
    field_values::check,
    exclusive_fields::check,
    duplicate_keys::check,
    duplicate_states::check,
    state_names::check,
    targets::check,
    terminal::check,
    reachability::check,
    endless_loops::check,
    payload_size::check,
    definition_size::check,
    nesting::check,
    choice_rules::check,
    choice_logic::check,
    wait_time::check,
    error_names::check,
    handlers::check,
    heartbeat::check,
    zero_seconds::check,
    credentials::check,
    resource::check,
    task_arguments::check,
    task_token::check,
    no_timeout::check,
    express::check,
    expression_braces::check,
    expression_syntax::check,
    top_level_reference::check,
    missing_paths::check,
    states_members::check,
    function_calls::check,
    distributed_map::check,
    item_batcher::check,
    item_reader::check,
    labels::check,
    template_keys::check,
    variables::check,
    variable_uses::check,
    static_text::check,
    language_habits::check,
    concurrency::check,
    secrets::check,
];
