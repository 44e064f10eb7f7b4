//! Patterns: what each is called and does, and the names, comments and texts that it writes into a definition.

/// Trying again, then telling the team.
pub(crate) mod retry {
    pub(crate) const LABEL: &str = "Retry with alert";
    pub(crate) const HINT: &str = "Try again, then tell the team";

    pub(crate) const WORK: &str = "Do the work";
    pub(crate) const WORK_COMMENT: &str = "Tried five times in all, with growing pauses.";
    pub(crate) const TELL: &str = "Tell the team";
    pub(crate) const TELL_COMMENT: &str = "Every attempt failed.";
    pub(crate) const SUBJECT: &str = "A pipeline needs a look";
    pub(crate) const STOP: &str = "Stop after the alert";
    pub(crate) const STOP_COMMENT: &str = "The team knows; the run ends here.";
    pub(crate) const CAUSE: &str = "Every attempt failed. The team was told.";
}

/// Going on only with good data.
pub(crate) mod gate {
    pub(crate) const LABEL: &str = "Validate and gate";
    pub(crate) const HINT: &str = "Go on only with good data";

    pub(crate) const VALIDATE: &str = "Validate data";
    pub(crate) const VALIDATE_COMMENT: &str = "Answers with a score from 0 to 1.";
    pub(crate) const GATE: &str = "Good enough";
    pub(crate) const GATE_COMMENT: &str = "Only good data goes on.";
    pub(crate) const REJECT: &str = "Reject the data";
    pub(crate) const REJECT_COMMENT: &str = "The score is under the limit.";
    pub(crate) const CAUSE: &str = "The data did not pass its validation.";
}

/// A share of the runs for each variant.
pub(crate) mod split {
    pub(crate) const LABEL: &str = "A/B split";
    pub(crate) const HINT: &str = "Send a share to each variant";

    pub(crate) const DRAW: &str = "Draw a number";
    pub(crate) const DRAW_COMMENT: &str = "From 0 to 99; decides the variant of this run.";
    pub(crate) const WHICH: &str = "Which variant";
    pub(crate) const WHICH_COMMENT: &str = "Half of the runs get each one.";
    pub(crate) const A: &str = "Variant A";
    pub(crate) const A_COMMENT: &str = "The present way.";
    pub(crate) const B: &str = "Variant B";
    pub(crate) const B_COMMENT: &str = "The way to try.";
}

/// Work on every object of a data set.
pub(crate) mod fan_out {
    pub(crate) const LABEL: &str = "Fan out over a data set";
    pub(crate) const HINT: &str = "Work on every object in S3";

    pub(crate) const OBJECT: &str = "Process object";
    pub(crate) const OBJECT_COMMENT: &str = "Works on one object of the data set.";
    pub(crate) const MAP: &str = "Work on the data set";
    pub(crate) const MAP_COMMENT: &str = "A run of its own for every object, 100 at a time.";
    pub(crate) const SUM: &str = "Sum up";
    pub(crate) const SUM_COMMENT: &str = "Reads where the results are.";
}

/// Waiting and looking until a job is done.
pub(crate) mod poll {
    pub(crate) const LABEL: &str = "Poll until done";
    pub(crate) const HINT: &str = "Start, wait, look, repeat";

    pub(crate) const START: &str = "Start the job";
    pub(crate) const START_COMMENT: &str = "Answers at once; the job goes on.";
    pub(crate) const WAIT: &str = "Wait for the job";
    pub(crate) const WAIT_COMMENT: &str = "The pause between two looks.";
    pub(crate) const LOOK: &str = "Look at the job";
    pub(crate) const LOOK_COMMENT: &str = "Answers with a status: DONE, FAILED or another.";
    pub(crate) const DONE: &str = "Job done";
    pub(crate) const DONE_COMMENT: &str = "Another status means: wait and look again.";
    pub(crate) const FAILED: &str = "Job failed";
    pub(crate) const CAUSE: &str = "The job ended with an error.";
}

/// Asking one, then another.
pub(crate) mod approval {
    pub(crate) const LABEL: &str = "Approve with escalation";
    pub(crate) const HINT: &str = "Ask, then ask somebody else";

    pub(crate) const TEAM: &str = "Ask the team";
    pub(crate) const TEAM_COMMENT: &str = "Waits a day for the first answer.";
    pub(crate) const TEAM_DETAILS: &str = "A decision is needed.";
    pub(crate) const LEAD: &str = "Ask the lead";
    pub(crate) const LEAD_COMMENT: &str = "Nobody answered in time, so somebody else is asked.";
    pub(crate) const LEAD_DETAILS: &str = "The team has not answered within a day.";
    pub(crate) const REFUSED: &str = "Not approved";
    pub(crate) const CAUSE: &str = "The reviewer said no, or nobody answered.";

    pub(crate) const TITLE: &str = "Approve the next step";
    pub(crate) const QUESTION: &str = "Shall this go on?";
    pub(crate) const IF_APPROVED: &str = "The pipeline goes on.";
    pub(crate) const IF_REJECTED: &str = "The pipeline stops here.";
}

/// Moving an endpoint to the next model, and back.
pub(crate) mod blue_green {
    pub(crate) const LABEL: &str = "Blue/green switch";
    pub(crate) const HINT: &str = "Move traffic, and back if need be";

    pub(crate) const CONFIGURE: &str = "Configure green";
    pub(crate) const CONFIGURE_COMMENT: &str = "The next configuration, beside the present one.";
    pub(crate) const SWITCH: &str = "Switch to green";
    pub(crate) const SWITCH_COMMENT: &str =
        "The endpoint takes the next configuration without a pause.";
    pub(crate) const WORK: &str = "Let green work";
    pub(crate) const WORK_COMMENT: &str = "Long enough to see how it does.";
    pub(crate) const CHECK: &str = "Check green";
    pub(crate) const CHECK_COMMENT: &str = "Answers with the share of requests that failed.";
    pub(crate) const HEALTHY: &str = "Green healthy";
    pub(crate) const HEALTHY_COMMENT: &str = "Fewer than 1 in 100 requests failed.";
    pub(crate) const BACK: &str = "Back to blue";
    pub(crate) const BACK_COMMENT: &str = "The endpoint takes the configuration of before.";
    pub(crate) const ROLLED_BACK: &str = "Rolled back";
    pub(crate) const CAUSE: &str = "The next model failed too often, so the one of before is back.";
}

/// Sparing a service that fails.
pub(crate) mod breaker {
    pub(crate) const LABEL: &str = "Circuit breaker";
    pub(crate) const HINT: &str = "Spare a service that fails";

    pub(crate) const READ: &str = "Read the breaker";
    pub(crate) const READ_COMMENT: &str =
        "Give the table a time to live, so that an open breaker closes by itself.";
    pub(crate) const IS_OPEN: &str = "Breaker open";
    pub(crate) const IS_OPEN_COMMENT: &str = "While it is open the service is spared.";
    pub(crate) const CALL: &str = "Call the service";
    pub(crate) const CALL_COMMENT: &str = "Its failure opens the breaker.";
    pub(crate) const OPEN: &str = "Open the breaker";
    pub(crate) const OPEN_COMMENT: &str = "The next runs do without the service.";
    pub(crate) const WITHOUT: &str = "Do without";
    pub(crate) const WITHOUT_COMMENT: &str = "What counts when the service does not answer.";
}
