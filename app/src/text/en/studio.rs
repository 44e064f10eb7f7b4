//! The studio around the drawing: its head, panels, keys.
