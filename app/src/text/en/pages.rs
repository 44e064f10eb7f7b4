//! The pages around the studio: start, deploy, runs, reviews.
