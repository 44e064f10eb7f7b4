//! The studio page: puts palette, canvas, inspector, code and drawers together. It holds no logic of theirs.
