//! The pages around the studio: pipelines, runs, a run, reviews, and the dialogs that deploy and start.
