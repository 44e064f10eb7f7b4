//! Which tasks of a definition something serves: said before a run for real is started.

use super::Engine;
use crate::arn::ActivityArn;
use crate::connectors::TaskReadiness;
use crate::store::StoreError;
use asl::definition::Resource;
use serde_json::Value;

impl Engine {
    /// Which tasks of a definition something serves, in the order of the text. Tasks whose resource is no text are left out.
    pub async fn readiness(&self, definition: &str) -> Result<Vec<TaskReadiness>, StoreError> {
        let definition: Value = serde_json::from_str(definition).unwrap_or_default();
        let mut tasks = Vec::new();
        collect(&definition, &mut tasks);
        let mut readiness = Vec::with_capacity(tasks.len());
        for (state, resource) in tasks {
            let served = self.served(&resource).await?;
            readiness.push(TaskReadiness {
                state,
                resource,
                served,
            });
        }
        Ok(readiness)
    }

    async fn served(&self, resource: &str) -> Result<Result<String, String>, StoreError> {
        let resource = Resource::parse(resource);
        let Resource::Activity(arn) = &resource else {
            let found = self.inner.connectors.find(&resource);
            return Ok(found
                .map(|connector| connector.describe())
                .map_err(|refusal| refusal.cause));
        };
        let activity = match ActivityArn::parse(arn) {
            Some(arn) => self.inner.store.activity(&arn).await?,
            None => None,
        };
        Ok(match activity {
            None => Err(format!(
                "The activity {arn} does not exist. Create it, then start its worker."
            )),
            Some(activity) if activity.answered_by_people() => {
                Ok("People answer it on the approval page".into())
            }
            Some(activity) => Ok(format!(
                "Workers that fetch tasks of the activity {}",
                activity.name
            )),
        })
    }
}

/// Tasks in the states of a machine, a branch or an item processor, and of those inside them.
fn collect(block: &Value, tasks: &mut Vec<(String, String)>) {
    let states = block.get("States").and_then(Value::as_object);
    for (name, state) in states.into_iter().flatten() {
        let is_task = state.get("Type").and_then(Value::as_str) == Some("Task");
        if let Some(resource) = state
            .get("Resource")
            .and_then(Value::as_str)
            .filter(|_| is_task)
        {
            tasks.push((name.clone(), resource.to_owned()));
        }
        let branches = state.get("Branches").and_then(Value::as_array);
        for block in branches.into_iter().flatten() {
            collect(block, tasks);
        }
        for block in ["ItemProcessor", "Iterator"]
            .iter()
            .filter_map(|field| state.get(field))
        {
            collect(block, tasks);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn tasks_inside_branches_and_iterations_are_found_in_order() {
        let task = |resource: &str| json!({"Type": "Task", "Resource": resource});
        let definition = json!({"States": {
            "A": task("a"),
            "P": {"Type": "Parallel", "Branches": [{"States": {"B": task("b")}}]},
            "M": {"Type": "Map", "ItemProcessor": {"States": {"C": task("c")}}},
            "W": {"Type": "Wait", "Resource": "no task"},
        }});
        let mut tasks = Vec::new();
        collect(&definition, &mut tasks);
        let names: Vec<_> = tasks.iter().map(|(state, _)| state.as_str()).collect();
        assert_eq!(names, ["A", "B", "C"]);
    }
}
