//! The forms of a state and of the pipeline.
