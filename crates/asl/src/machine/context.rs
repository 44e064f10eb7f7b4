//! The context object (asl-rules 9).
