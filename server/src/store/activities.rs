//! Activities.

use super::{Store, StoreError, Tags};
use crate::arn::ActivityArn;

/// The tag that says who answers an activity's tasks.
const ANSWERED_BY: &str = "statecraft:answered-by";

/// An activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its ARN.
    pub arn: ActivityArn,
    /// Its name.
    pub name: String,
    /// When it was created, in milliseconds since 1970.
    pub created_ms: i64,
    /// Its tags.
    pub tags: Tags,
}

impl Activity {
    /// Whether people answer its tasks (tag `statecraft:answered-by` = `people`), not workers.
    pub fn answered_by_people(&self) -> bool {
        self.tags
            .get(ANSWERED_BY)
            .is_some_and(|who| who == "people")
    }
}

/// One page of activities, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ActivityPage {
    /// The activities.
    pub activities: Vec<Activity>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<String>,
}

impl Store {
    /// Creates an activity, or gives the one that is there (its tags stay as they are).
    pub async fn create_activity(
        &self,
        _arn: &ActivityArn,
        _tags: Tags,
        _now_ms: i64,
    ) -> Result<Activity, StoreError> {
        unimplemented!()
    }
    /// An activity.
    pub async fn activity(&self, _arn: &ActivityArn) -> Result<Option<Activity>, StoreError> {
        unimplemented!()
    }
    /// Activities by name, after the name `after`.
    pub async fn activities(
        &self,
        _after: Option<String>,
        _limit: usize,
    ) -> Result<ActivityPage, StoreError> {
        unimplemented!()
    }
    /// Deletes an activity; `false` when there was none. Tasks that wait for it can still be answered.
    pub async fn delete_activity(&self, _arn: &ActivityArn) -> Result<bool, StoreError> {
        unimplemented!()
    }
}
