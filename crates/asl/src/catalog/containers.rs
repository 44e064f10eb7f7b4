//! Kubernetes: EKS.

use super::action::{Action, JOB, JOB_OR_TOKEN, Pattern, REQUEST};
use super::parameter::{Parameter, list, object, text};

pub(super) const ACTIONS: &[Action] = &[
    eks(
        "runJob",
        JOB_OR_TOKEN,
        ("Run a Kubernetes job", "Kubernetes job"),
        &[
            CLUSTER,
            AUTHORITY,
            ADDRESS,
            object("Job", "The job, as Kubernetes writes it.")
                .required()
                .json(
                    r#"{"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "my-job"}}"#,
                ),
            object(
                "LogOptions",
                "`RetrieveLogs`: whether the logs are in the answer.",
            ),
        ],
    ),
    eks(
        "call",
        REQUEST,
        ("Call Kubernetes", "Kubernetes call"),
        &[
            CLUSTER,
            AUTHORITY,
            ADDRESS,
            text("Method", "").required().like("GET"),
            text("Path", "")
                .required()
                .like("/api/v1/namespaces/default/pods"),
            object("QueryParameters", ""),
            object("RequestBody", ""),
        ],
    ),
    eks(
        "createCluster",
        JOB,
        ("Create a Kubernetes cluster", "EKS cluster"),
        &[
            NAME,
            object("ResourcesVpcConfig", "`SubnetIds`.")
                .required()
                .json(r#"{"SubnetIds": ["subnet-1", "subnet-2"]}"#),
            text("RoleArn", "")
                .required()
                .like("arn:aws:iam::123456789012:role/my-role"),
        ],
    ),
    eks(
        "deleteCluster",
        JOB,
        ("Delete a Kubernetes cluster", "EKS cluster"),
        &[NAME],
    ),
    eks(
        "createNodegroup",
        JOB,
        ("Create a node group", "EKS node group"),
        &[
            CLUSTER,
            GROUP,
            text("NodeRole", "")
                .required()
                .like("arn:aws:iam::123456789012:role/my-role"),
            list("Subnets", "").required().json(r#"["subnet-1"]"#),
        ],
    ),
    eks(
        "deleteNodegroup",
        JOB,
        ("Delete a node group", "EKS node group"),
        &[CLUSTER, GROUP],
    ),
    eks(
        "createFargateProfile",
        JOB,
        ("Create a Fargate profile", "EKS Fargate profile"),
        &[
            CLUSTER,
            PROFILE,
            text("PodExecutionRoleArn", "")
                .required()
                .like("arn:aws:iam::123456789012:role/my-role"),
            list("Selectors", "`Namespace` of each.").json(r#"[{"Namespace": "default"}]"#),
        ],
    ),
    eks(
        "deleteFargateProfile",
        JOB,
        ("Delete a Fargate profile", "EKS Fargate profile"),
        &[CLUSTER, PROFILE],
    ),
];

const fn eks(
    name: &'static str,
    patterns: &'static [Pattern],
    words: (&'static str, &'static str),
    parameters: &'static [Parameter],
) -> Action {
    Action::new(("eks", name), patterns, words, parameters)
}

const CLUSTER: Parameter = text("ClusterName", "").required().like("my-cluster");
const AUTHORITY: Parameter = text("CertificateAuthority", "Of the cluster, base64.")
    .required()
    .like("ANPAJ2UCCR6DPCEXAMPLE");
const ADDRESS: Parameter = text("Endpoint", "The cluster's address.")
    .required()
    .like("https://example.eks.amazonaws.com");
const NAME: Parameter = text("Name", "").required().like("my-cluster");
const GROUP: Parameter = text("NodegroupName", "").required().like("my-nodes");
const PROFILE: Parameter = text("FargateProfileName", "").required().like("my-profile");
