//! Commands, their keys and reasons, and the palette that finds them.
