//! The pages around the studio: pipelines, runs, a run, reviews, and the dialogs that deploy and start.

pub mod cases;
pub mod deploy;
pub mod home;
pub mod json_text;
pub mod parts;
pub mod paths;
pub mod query;
pub mod review;
pub mod run;
pub mod runs;
pub mod start;
pub mod words;

pub use deploy::DeployDialog;
pub use home::Home;
pub use review::approval::Approval;
pub use review::inbox::Inbox;
pub use run::RunPage;
pub use runs::Runs;
pub use start::StartDialog;
