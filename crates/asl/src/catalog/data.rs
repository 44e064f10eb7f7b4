//! Preparing data: Glue, DataBrew, EMR in its three forms.

use super::action::{Action, Form, JOB, REQUEST, Subject, TOKEN};
use super::parameter::{Parameter, flag, list, number, object, text};

pub(super) const ACTIONS: &[Action] = &[
    Action::new(("glue", "startJobRun"), JOB, ("Run a Glue job", "Glue job"), GLUE)
        .about(Subject::Alone("JobName"))
        .usual(),
    Action::new(
        ("glue", "startCrawler"),
        TOKEN,
        ("Start a crawler", "Glue crawler"),
        &[text("Name", "").required().like("my-crawler")],
    )
    .form(Form::Sdk)
    .about(Subject::Alone("Name")),
    Action::new(
        ("databrew", "startJobRun"),
        JOB,
        ("Run a DataBrew job", "DataBrew job"),
        &[text("Name", "").required().like("my-job")],
    )
    .about(Subject::Alone("Name")),
    emr("createCluster", JOB, ("Create a cluster", "EMR cluster"), CLUSTER).usual(),
    emr("addStep", JOB, ("Add a step", "EMR step"), &[CLUSTER_ID, object("Step", "`Name`, `ActionOnFailure` and `HadoopJarStep`.").required().json(r#"{"Name": "my-step", "ActionOnFailure": "CONTINUE", "HadoopJarStep": {"Jar": "command-runner.jar", "Args": ["spark-submit", "s3://my-bucket/job.py"]}}"#)]).usual(),
    emr("cancelStep", REQUEST, ("Cancel a step", "EMR step"), &[CLUSTER_ID, text("StepId", "").required().like("s-1ABCDEFGHIJKL")]),
    emr("terminateCluster", JOB, ("End a cluster", "EMR cluster"), &[CLUSTER_ID]),
    emr("setClusterTerminationProtection", REQUEST, ("Protect a cluster", "EMR cluster"), &[CLUSTER_ID, flag("TerminationProtected", "").required().json("true")]),
    emr("modifyInstanceFleetByName", REQUEST, ("Resize an instance fleet", "EMR instance fleet"), &[CLUSTER_ID, text("InstanceFleetName", "").required().like("my-fleet"), object("InstanceFleet", "`TargetOnDemandCapacity` and `TargetSpotCapacity`.").required().json(r#"{"TargetOnDemandCapacity": 2}"#)]),
    emr("modifyInstanceGroupByName", REQUEST, ("Resize an instance group", "EMR instance group"), &[CLUSTER_ID, text("InstanceGroupName", "").required().like("my-group"), object("InstanceGroup", "`InstanceCount`.").required().json(r#"{"InstanceCount": 2}"#)]),
    serverless("startJobRun", ("Run a serverless job", "EMR Serverless job"), SERVERLESS_JOB).usual(),
    serverless("cancelJobRun", ("Cancel a serverless job", "EMR Serverless job"), &[APPLICATION, text("JobRunId", "").required().like("00f1abc")]),
    serverless("createApplication", ("Create an application", "EMR Serverless application"), &[text("Name", "").like("my-application"), text("ReleaseLabel", "").required().like("emr-7.5.0"), text("Type", "`SPARK` or `HIVE`.").required().like("SPARK")]),
    serverless("startApplication", ("Start an application", "EMR Serverless application"), &[APPLICATION]),
    serverless("stopApplication", ("Stop an application", "EMR Serverless application"), &[APPLICATION]),
    serverless("deleteApplication", ("Delete an application", "EMR Serverless application"), &[APPLICATION]),
    containers("startJobRun", JOB, ("Run a job on EKS", "EMR on EKS job"), EKS_JOB),
    containers("createVirtualCluster", REQUEST, ("Create a virtual cluster", "EMR virtual cluster"), &[text("Name", "").required().like("my-virtual-cluster"), object("ContainerProvider", "`Id` of the EKS cluster, `Type` `EKS` and `Info` with the namespace.").required().json(r#"{"Id": "my-cluster", "Type": "EKS", "Info": {"EksInfo": {"Namespace": "default"}}}"#)]),
    containers("deleteVirtualCluster", JOB, ("Delete a virtual cluster", "EMR virtual cluster"), &[text("Id", "").required().like("0123456789abcdef")]),
];

const fn emr(
    name: &'static str,
    patterns: &'static [super::Pattern],
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("elasticmapreduce", name), patterns, words, parameters)
}

const fn serverless(
    name: &'static str,
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("emr-serverless", name), JOB, words, parameters)
}

const fn containers(
    name: &'static str,
    patterns: &'static [super::Pattern],
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("emr-containers", name), patterns, words, parameters)
}

const GLUE: &[Parameter] = &[
    text("JobName", "").checked().like("my-job"),
    object("Arguments", "Texts, each name with `--` before it.")
        .json(r#"{"--date": "2030-01-01"}"#),
    text("WorkerType", "`G.1X`, `G.2X` and so on."),
    number("NumberOfWorkers", ""),
    number("Timeout", "In minutes."),
];
const CLUSTER_ID: Parameter = text("ClusterId", "").required().like("j-1ABCDEFGHIJKL");
const CLUSTER: &[Parameter] = &[
    text("Name", "").required().like("my-cluster"),
    object("Instances", "Which machines, and whether the cluster stays.")
        .required()
        .json(r#"{"KeepJobFlowAliveWhenNoSteps": true, "InstanceGroups": [{"InstanceRole": "MASTER", "InstanceType": "m5.xlarge", "InstanceCount": 1}]}"#),
    text("ReleaseLabel", "").like("emr-7.5.0"),
    list("Applications", "`Name` of each.").json(r#"[{"Name": "Spark"}]"#),
    text("ServiceRole", "").required().like("EMR_DefaultRole"),
    text("JobFlowRole", "").required().like("EMR_EC2_DefaultRole"),
    text("LogUri", "Where the logs go."),
];
const APPLICATION: Parameter = text("ApplicationId", "")
    .required()
    .like("00f1abcdefghijkl");
const SERVERLESS_JOB: &[Parameter] = &[
    APPLICATION,
    text("ExecutionRoleArn", "The role that the job works with.")
        .required()
        .like("arn:aws:iam::123456789012:role/my-role"),
    object("JobDriver", "`SparkSubmit` or `Hive`.")
        .required()
        .json(r#"{"SparkSubmit": {"EntryPoint": "s3://my-bucket/job.py"}}"#),
    object("ConfigurationOverrides", ""),
    text("Name", ""),
];
const EKS_JOB: &[Parameter] = &[
    text("VirtualClusterId", "")
        .required()
        .like("0123456789abcdef"),
    text("ExecutionRoleArn", "The role that the job works with.")
        .required()
        .like("arn:aws:iam::123456789012:role/my-role"),
    text("ReleaseLabel", "").required().like("emr-7.5.0-latest"),
    object("JobDriver", "`SparkSubmitJobDriver`.")
        .required()
        .json(r#"{"SparkSubmitJobDriver": {"EntryPoint": "s3://my-bucket/job.py"}}"#),
    text("Name", ""),
];
