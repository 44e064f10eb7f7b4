//! The frame of all pages: faults, leaving, unknown addresses.
