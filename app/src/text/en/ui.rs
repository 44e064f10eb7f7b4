//! Controls that all parts share.
