//! Glue, DataBrew, EMR in its three forms.

use super::{Allow, NO_RESOURCES, Right, allow, pass, to, wait};

pub(super) const RIGHTS: &[Right] = &[
    Right::new(
        ("glue", "startJobRun"),
        "starts a Glue job",
        &[
            allow(&["glue:StartJobRun"], GLUE_JOB),
            wait(&["glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"], GLUE_JOB),
        ],
    ),
    Right::new(
        ("databrew", "startJobRun"),
        "starts a DataBrew job",
        &[
            allow(&["databrew:StartJobRun"], BREW_JOB),
            wait(&["databrew:ListJobRuns", "databrew:StopJobRun"], BREW_JOB),
        ],
    ),
    emr("createCluster", "starts an EMR cluster", &[
        allow(&["elasticmapreduce:RunJobFlow"], &["*"]).wide(NO_RESOURCES),
        wait(
            &["elasticmapreduce:DescribeCluster", "elasticmapreduce:TerminateJobFlows"],
            &["elasticmapreduce:{region}:{account}:cluster/*"],
        )
        .wide("The cluster's id is known only once it is made."),
        pass(&["iam::{account}:role/{ServiceRole}"], to!("elasticmapreduce.amazonaws.com")),
        pass(&["iam::{account}:role/{JobFlowRole}"], to!("ec2.amazonaws.com")),
    ])
    .rule("StepFunctionsGetEventForEMRRunJobFlowRule"),
    emr("addStep", "gives an EMR cluster a step", &[
        allow(&["elasticmapreduce:AddJobFlowSteps"], CLUSTER),
        wait(&["elasticmapreduce:DescribeStep", "elasticmapreduce:CancelSteps"], CLUSTER),
    ])
    .rule("StepFunctionsGetEventForEMRAddJobFlowStepsRule"),
    emr("cancelStep", "cancels a step of an EMR cluster", &[
        allow(&["elasticmapreduce:CancelSteps"], CLUSTER),
    ]),
    emr("terminateCluster", "ends an EMR cluster", &[
        allow(&["elasticmapreduce:TerminateJobFlows"], CLUSTER),
        wait(&["elasticmapreduce:DescribeCluster"], CLUSTER),
    ])
    .rule("StepFunctionsGetEventForEMRTerminateJobFlowsRule"),
    emr("setClusterTerminationProtection", "protects an EMR cluster", &[
        allow(&["elasticmapreduce:SetTerminationProtection"], CLUSTER),
    ]),
    emr("modifyInstanceFleetByName", "resizes an instance fleet of an EMR cluster", &[
        allow(&["elasticmapreduce:ModifyInstanceFleet", "elasticmapreduce:ListInstanceFleets"], CLUSTER),
    ]),
    emr("modifyInstanceGroupByName", "resizes an instance group of an EMR cluster", &[
        allow(&["elasticmapreduce:ModifyInstanceGroups", "elasticmapreduce:ListInstanceGroups"], CLUSTER),
    ]),
    serverless("startJobRun", "starts an EMR Serverless job", &[
        allow(&["emr-serverless:StartJobRun"], APPLICATION),
        wait(&["emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"], &[
            "emr-serverless:{region}:{account}:/applications/{ApplicationId}/jobruns/*",
        ])
        .wide("The job's id is known only once it is made."),
        pass(&["iam::{account}:role/{ExecutionRoleArn}"], to!("emr-serverless.amazonaws.com")),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessJobRule"),
    serverless("cancelJobRun", "cancels an EMR Serverless job", &[
        allow(&["emr-serverless:CancelJobRun"], JOB_RUN),
        wait(&["emr-serverless:GetJobRun"], JOB_RUN),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessJobRule"),
    serverless("createApplication", "creates an EMR Serverless application", &[
        allow(&["emr-serverless:CreateApplication"], &["emr-serverless:{region}:{account}:/*"])
            .wide(NO_RESOURCES),
        wait(&["emr-serverless:GetApplication", "emr-serverless:DeleteApplication"], &[
            "emr-serverless:{region}:{account}:/applications/*",
        ])
        .wide("The application's id is known only once it is made."),
        allow(
            &["iam:CreateServiceLinkedRole"],
            &["iam::{account}:role/aws-service-role/ops.emr-serverless.amazonaws.com/AWSServiceRoleForAmazonEMRServerless*"],
        )
        .only(&[("StringLike", "iam:AWSServiceName", "ops.emr-serverless.amazonaws.com")])
        .why("may make the account's first application, for which EMR Serverless gets a role of its own"),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
    serverless("startApplication", "starts an EMR Serverless application", &[
        allow(&["emr-serverless:StartApplication"], APPLICATION),
        wait(&["emr-serverless:GetApplication", "emr-serverless:StopApplication"], APPLICATION),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
    serverless("stopApplication", "stops an EMR Serverless application", &[
        allow(&["emr-serverless:StopApplication"], APPLICATION),
        wait(&["emr-serverless:GetApplication"], APPLICATION),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
    serverless("deleteApplication", "deletes an EMR Serverless application", &[
        allow(&["emr-serverless:DeleteApplication"], APPLICATION),
        wait(&["emr-serverless:GetApplication"], APPLICATION),
    ])
    .rule("StepFunctionsGetEventsForEMRServerlessApplicationRule"),
    containers("startJobRun", "starts a job of EMR on EKS", &[
        allow(
            &["emr-containers:StartJobRun"],
            &["emr-containers:{region}:{account}:/virtualclusters/{VirtualClusterId}"],
        )
        .only(&[("StringEquals", "emr-containers:ExecutionRoleArn", "{ExecutionRoleArn}")]),
        wait(&["emr-containers:DescribeJobRun", "emr-containers:CancelJobRun"], &[
            "emr-containers:{region}:{account}:/virtualclusters/{VirtualClusterId}/jobruns/*",
        ])
        .wide("The job's id is known only once it is made."),
    ]),
    containers("createVirtualCluster", "creates a virtual cluster of EMR on EKS", &[
        allow(&["emr-containers:CreateVirtualCluster"], &["*"]).wide(NO_RESOURCES),
        allow(
            &["iam:CreateServiceLinkedRole"],
            &["iam::{account}:role/aws-service-role/emr-containers.amazonaws.com/AWSServiceRoleForAmazonEMRContainers"],
        )
        .only(&[("StringLike", "iam:AWSServiceName", "emr-containers.amazonaws.com")])
        .why("may make the account's first virtual cluster, for which EMR gets a role of its own"),
    ]),
    containers("deleteVirtualCluster", "deletes a virtual cluster of EMR on EKS", &[
        allow(&["emr-containers:DeleteVirtualCluster"], VIRTUAL),
        wait(&["emr-containers:DescribeVirtualCluster"], VIRTUAL),
    ]),
];

const fn emr(name: &'static str, does: &'static str, allows: &'static [Allow]) -> Right {
    Right::new(("elasticmapreduce", name), does, allows)
}

const fn serverless(name: &'static str, does: &'static str, allows: &'static [Allow]) -> Right {
    Right::new(("emr-serverless", name), does, allows)
}

const fn containers(name: &'static str, does: &'static str, allows: &'static [Allow]) -> Right {
    Right::new(("emr-containers", name), does, allows)
}

const GLUE_JOB: &[&str] = &["glue:{region}:{account}:job/{JobName}"];
const BREW_JOB: &[&str] = &["databrew:{region}:{account}:job/{Name}"];
const CLUSTER: &[&str] = &["elasticmapreduce:{region}:{account}:cluster/{ClusterId}"];
const APPLICATION: &[&str] = &["emr-serverless:{region}:{account}:/applications/{ApplicationId}"];
const JOB_RUN: &[&str] =
    &["emr-serverless:{region}:{account}:/applications/{ApplicationId}/jobruns/{JobRunId}"];
const VIRTUAL: &[&str] = &["emr-containers:{region}:{account}:/virtualclusters/{Id}"];
