//! Functions, containers, other machines, builds, web addresses, media.

use super::{NO_RESOURCES, Right, When, allow, pass, to, wait};

pub(super) const RIGHTS: &[Right] = &[
    Right::new(
        ("lambda", "invoke"),
        "calls a Lambda function",
        &[
            allow(&["lambda:InvokeFunction"], &["lambda:{region}:{account}:function:{FunctionName:function}"])
                .when(When::Without("Qualifier")),
            allow(
                &["lambda:InvokeFunction"],
                &["lambda:{region}:{account}:function:{FunctionName:function}:{Qualifier}"],
            )
            .when(When::Given("Qualifier")),
        ],
    ),
    Right::new(
        ("states", "startExecution"),
        "starts another state machine",
        &[
            allow(
                &["states:StartExecution"],
                &["states:{region}:{account}:stateMachine:{StateMachineArn}"],
            ),
            wait(
                &["states:DescribeExecution", "states:StopExecution"],
                &["states:{region}:{account}:execution:{StateMachineArn:execution}:*"],
            ),
        ],
    )
    .rule("StepFunctionsGetEventsForStepFunctionsExecutionRule"),
    Right::new(
        ("batch", "submitJob"),
        "starts a Batch job",
        &[
            allow(
                &["batch:SubmitJob"],
                &[
                    "batch:{region}:{account}:job-definition/{JobDefinition:revision}",
                    "batch:{region}:{account}:job-queue/{JobQueue}",
                ],
            ),
            allow(&["batch:TagResource"], &["batch:{region}:{account}:job/*"])
                .when(When::Given("Tags"))
                .why("puts tags on the job")
                .wide("The job's id is known only once it is made."),
            wait(&["batch:TerminateJob"], &["batch:{region}:{account}:job/*"])
                .wide("The job's id is known only once it is made."),
            wait(&["batch:DescribeJobs"], &["*"]).wide(NO_RESOURCES),
        ],
    )
    .rule("StepFunctionsGetEventsForBatchJobsRule"),
    Right::new(
        ("ecs", "runTask"),
        "runs an ECS task",
        &[
            allow(
                &["ecs:RunTask"],
                &["ecs:{region}:{account}:task-definition/{TaskDefinition:revision}"],
            ),
            allow(&["ecs:TagResource"], &["ecs:{region}:{account}:task/*"])
                .when(When::Given("Tags|PropagateTags"))
                .why("puts tags on the task")
                .wide("The task's id is known only once it runs."),
            wait(&["ecs:StopTask", "ecs:DescribeTasks"], &["*"])
                .wide("The task's id is known only once it runs."),
            pass(
                &["iam::{account}:role/{Overrides.TaskRoleArn}"],
                to!("ecs-tasks.amazonaws.com"),
            )
            .when(When::Given("Overrides.TaskRoleArn")),
            pass(
                &["iam::{account}:role/{Overrides.ExecutionRoleArn}"],
                to!("ecs-tasks.amazonaws.com"),
            )
            .when(When::Given("Overrides.ExecutionRoleArn")),
            pass(&["iam::{account}:role/*"], to!("ecs-tasks.amazonaws.com"))
                .wide("The roles stand in the task definition; put their ARNs here."),
        ],
    )
    .rule("StepFunctionsGetEventsForECSTaskRule"),
    Right::new(
        ("http", "invoke"),
        "calls a web address",
        &[
            allow(&["states:InvokeHTTPEndpoint"], &["states:{region}:{account}:stateMachine:{machine}"]).only(&[
                ("StringEquals", "states:HTTPMethod", "{Method}"),
                ("StringLike", "states:HTTPEndpoint", "{ApiEndpoint}"),
            ]),
            allow(
                &["events:RetrieveConnectionCredentials"],
                &[
                    "events:{region}:{account}:connection/{Authentication.ConnectionArn|InvocationConfig.ConnectionArn}",
                ],
            )
            .why("signs in with an EventBridge connection"),
            allow(
                &["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                &["secretsmanager:{region}:{account}:secret:events!connection/*"],
            )
            .why("signs in with the secret of an EventBridge connection")
            .wide("The secret's name ends with an id that EventBridge makes."),
        ],
    ),
    Right::new(
        ("apigateway", "invoke"),
        "calls an API of API Gateway",
        &[
            allow(
                &["execute-api:Invoke"],
                &["execute-api:{region}:{account}:{ApiEndpoint:api}/{Stage}/{Method}/{Path:path=}"],
            )
            .when(When::Is("AuthType", "IAM_ROLE")),
        ],
    ),
    build("startBuild", "starts a CodeBuild build", &[
        allow(&["codebuild:StartBuild"], PROJECT),
        wait(&["codebuild:StopBuild", "codebuild:BatchGetBuilds"], PROJECT),
    ])
    .rule("StepFunctionsGetEventForCodeBuildStartBuildRule"),
    build("startBuildBatch", "starts a CodeBuild batch", &[
        allow(&["codebuild:StartBuildBatch"], PROJECT),
        wait(&["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"], PROJECT),
    ])
    .rule("StepFunctionsGetEventForCodeBuildStartBuildBatchRule"),
    build("retryBuildBatch", "tries a CodeBuild batch again", &[
        allow(&["codebuild:RetryBuildBatch"], OF_BUILD),
        wait(&["codebuild:StopBuildBatch", "codebuild:BatchGetBuildBatches"], OF_BUILD),
    ]),
    build("stopBuild", "stops a CodeBuild build", &[allow(&["codebuild:StopBuild"], OF_BUILD)]),
    build("stopBuildBatch", "stops a CodeBuild batch", &[
        allow(&["codebuild:StopBuildBatch"], OF_BUILD),
    ]),
    build("deleteBuildBatch", "deletes a CodeBuild batch", &[
        allow(&["codebuild:DeleteBuildBatch"], OF_BUILD),
    ]),
    build("batchDeleteBuilds", "deletes CodeBuild builds", &[
        allow(&["codebuild:BatchDeleteBuilds"], &["codebuild:{region}:{account}:project/{Ids[]:build}"]),
    ]),
    build("batchGetReports", "reads CodeBuild reports", &[
        allow(&["codebuild:BatchGetReports"], &["codebuild:{region}:{account}:report-group/{ReportArns[]:report}"]),
    ]),
    Right::new(
        ("mediaconvert", "createJob"),
        "starts a MediaConvert job",
        &[
            allow(&["mediaconvert:CreateJob"], &["*"])
                .wide("AWS documents the action for all resources."),
            wait(&["mediaconvert:GetJob", "mediaconvert:CancelJob"], &[
                "mediaconvert:{region}:{account}:jobs/*",
            ])
            .wide("The job's id is known only once it is made."),
            pass(&["iam::{account}:role/{Role}"], to!("mediaconvert.amazonaws.com")),
        ],
    )
    .rule("StepFunctionsGetEventsForMediaConvertJobRule"),
];

const fn build(name: &'static str, does: &'static str, allows: &'static [super::Allow]) -> Right {
    Right::new(("codebuild", name), does, allows)
}

const PROJECT: &[&str] = &["codebuild:{region}:{account}:project/{ProjectName}"];
const OF_BUILD: &[&str] = &["codebuild:{region}:{account}:project/{Id:build}"];
