//! EKS.

use super::{Allow, NO_RESOURCES, Right, allow, pass, to, wait};

pub(super) const RIGHTS: &[Right] = &[
    eks("runJob", "runs a Kubernetes job", &[]).elsewhere(IN_CLUSTER),
    eks("call", "calls Kubernetes", &[]).elsewhere(IN_CLUSTER),
    eks(
        "createCluster",
        "creates an EKS cluster",
        &[
            allow(&["eks:CreateCluster"], &["*"]).wide(NO_RESOURCES),
            wait(
                &["eks:DescribeCluster", "eks:DeleteCluster"],
                &["eks:{region}:{account}:cluster/{Name}"],
            ),
            pass(&["iam::{account}:role/{RoleArn}"], to!("eks.amazonaws.com")),
        ],
    ),
    eks(
        "deleteCluster",
        "deletes an EKS cluster",
        &[
            allow(
                &["eks:DeleteCluster"],
                &["eks:{region}:{account}:cluster/{Name}"],
            ),
            wait(
                &["eks:DescribeCluster"],
                &["eks:{region}:{account}:cluster/{Name}"],
            ),
        ],
    ),
    eks(
        "createNodegroup",
        "creates a node group of an EKS cluster",
        &[
            allow(&["eks:CreateNodegroup"], CLUSTER),
            wait(&["eks:DescribeNodegroup", "eks:DeleteNodegroup"], NODES),
            allow(&["ec2:DescribeSubnets"], &["*"])
                .why("has the subnets looked up")
                .wide(NO_RESOURCES),
            allow(
                &["iam:GetRole", "iam:ListAttachedRolePolicies"],
                &["iam::{account}:role/{NodeRole}"],
            )
            .why("has the role of the nodes looked up"),
            pass(
                &["iam::{account}:role/{NodeRole}"],
                to!("eks.amazonaws.com"),
            ),
        ],
    ),
    eks(
        "deleteNodegroup",
        "deletes a node group of an EKS cluster",
        &[
            allow(&["eks:DeleteNodegroup"], NODES),
            wait(&["eks:DescribeNodegroup"], NODES),
        ],
    ),
    eks(
        "createFargateProfile",
        "creates a Fargate profile of an EKS cluster",
        &[
            allow(&["eks:CreateFargateProfile"], CLUSTER),
            wait(
                &["eks:DescribeFargateProfile", "eks:DeleteFargateProfile"],
                PROFILE,
            ),
            pass(
                &["iam::{account}:role/{PodExecutionRoleArn}"],
                to!("eks.amazonaws.com"),
            ),
        ],
    ),
    eks(
        "deleteFargateProfile",
        "deletes a Fargate profile of an EKS cluster",
        &[
            allow(&["eks:DeleteFargateProfile"], PROFILE),
            wait(&["eks:DescribeFargateProfile"], PROFILE),
        ],
    ),
];

const fn eks(name: &'static str, does: &'static str, allows: &'static [Allow]) -> Right {
    Right::new(("eks", name), does, allows)
}

const IN_CLUSTER: &str = "Kubernetes itself decides who may do this: give the role an access entry (or a line in `aws-auth`) in the cluster.";
const CLUSTER: &[&str] = &["eks:{region}:{account}:cluster/{ClusterName}"];
const NODES: &[&str] = &["eks:{region}:{account}:nodegroup/{ClusterName}/{NodegroupName}/*"];
const PROFILE: &[&str] =
    &["eks:{region}:{account}:fargateprofile/{ClusterName}/{FargateProfileName}/*"];
