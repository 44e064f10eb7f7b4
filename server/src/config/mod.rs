//! What the server is told from outside: settings file, environment variables, defaults.

use crate::arn::Home;
use asl::dry_run::mocks::MockConfig;
use std::path::PathBuf;

/// All settings of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Region and account that ARNs carry.
    pub home: Home,
    /// Folder of the database.
    pub data: PathBuf,
    /// Base address of the Lambda-compatible endpoint (`AWS_ENDPOINT_URL_LAMBDA`, else `AWS_ENDPOINT_URL`).
    pub lambda_endpoint: Option<String>,
    /// The file named by `SFN_MOCK_CONFIG`.
    pub mocks: Option<MockConfig>,
}
