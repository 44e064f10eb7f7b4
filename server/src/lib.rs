//! The Statecraft server: engine, store, AWS API, approvals and the studio's pages.
