//! The members of the context object (asl-rules 9; feature map 5.4).

/// What a member of the context object holds, by its path without the root; empty when it needs no words.
pub(in crate::editor) fn context(path: &str) -> &'static str {
    match path {
        "" => "The context object: the execution, the workflow and the state.",
        "Execution" => "The execution.",
        "Execution.Id" => "The ARN of the execution.",
        "Execution.Input" => "The input of the workflow.",
        "Execution.Name" => "The name of the execution.",
        "Execution.RoleArn" => "The role that the workflow runs as.",
        "Execution.StartTime" => "When the execution started, as a timestamp.",
        "Execution.RedriveCount" => "How often the execution was redriven.",
        "StateMachine" => "The workflow.",
        "StateMachine.Id" => "The ARN of the workflow.",
        "StateMachine.Name" => "The name of the workflow.",
        "State" => "The state that runs.",
        "State.Name" => "The name of the state.",
        "State.EnteredTime" => "When the state was entered, as a timestamp.",
        "State.RetryCount" => "How often the state was tried again; from 0.",
        "Task" => "The task; only with `.waitForTaskToken`.",
        "Task.Token" => "Whoever returns this token ends the task.",
        "Map" => "The iteration; only in ItemSelector.",
        "Map.Item" => "The item of the iteration.",
        "Map.Item.Index" => "The number of the item, from 0.",
        "Map.Item.Value" => "The item itself.",
        "Map.Item.Key" => "The key of the item, when the Map goes through an object.",
        "Map.Item.Source" => "Where the item comes from: `STATE_DATA` or an address in S3.",
        _ => "",
    }
}
