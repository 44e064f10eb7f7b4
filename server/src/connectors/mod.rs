//! What runs tasks: Lambda-compatible endpoints, activities, sample results.

/// Whether something serves a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskReadiness {
    /// The state.
    pub state: String,
    /// Its `Resource`, as written.
    pub resource: String,
    /// Who serves it, in plain words (`Lambda-compatible endpoint http://…`), or what is missing and what to do.
    pub served: Result<String, String>,
}
