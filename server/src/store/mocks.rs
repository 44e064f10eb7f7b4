//! Sample results of machines.

use super::{Store, StoreError};

impl Store {
    /// The machine's `MockConfigFile.json`, as it was given.
    pub async fn mocks(&self, _machine_name: &str) -> Result<Option<String>, StoreError> {
        unimplemented!()
    }
    /// Keeps the machine's `MockConfigFile.json`, checked by the caller.
    pub async fn set_mocks(&self, _machine_name: &str, _file: String) -> Result<(), StoreError> {
        unimplemented!()
    }
}
