//! The drawing: its states, ways, menus, refusals.
