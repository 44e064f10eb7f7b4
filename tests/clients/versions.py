"""Versions and aliases with a real boto3 client, and the calls that infrastructure tools make around them."""

import json
import unittest

from botocore.exceptions import ClientError

from server import ROLE, Statecraft


def numbered(number):
    """A definition that gives its number, so that a run shows what it ran."""
    return json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": number, "End": True}}})


class Machines(unittest.TestCase):
    """A server and a client for each test."""

    def setUp(self):
        self.server = self.enterContext(Statecraft())
        self.client = self.server.client()
        self.addCleanup(self.client.close)

    def create(self, **more):
        return self.client.create_state_machine(name="train", definition=numbered(1), roleArn=ROLE, **more)

    def ran(self, arn):
        """The number that a run on a machine, version or alias gives, and its description."""
        execution = self.client.start_execution(stateMachineArn=arn)["executionArn"]
        number = json.loads(self.server.end_of(execution)["output"])
        return number, self.client.describe_execution(executionArn=execution)

    def refused(self, code, call, **parameters):
        with self.assertRaises(ClientError) as refusal:
            call(**parameters)
        self.assertEqual(refusal.exception.response["Error"]["Code"], code)
        return refusal.exception.response


class Releases(Machines):
    """From the first version to a rollback."""

    def route(self, *weights):
        return [{"stateMachineVersionArn": f"{self.machine}:{version}", "weight": weight} for version, weight in weights]

    def test_a_version_is_released_by_weight_and_rolled_back(self):
        created = self.create(publish=True, versionDescription="first")
        self.machine = created["stateMachineArn"]
        alias = self.client.create_state_machine_alias(
            name="PROD", routingConfiguration=self.route((1, 100)))["stateMachineAliasArn"]
        updated = self.client.update_state_machine(
            stateMachineArn=self.machine, definition=numbered(2), publish=True)
        self.assertEqual(updated["stateMachineVersionArn"], f"{self.machine}:2")
        number, described = self.ran(alias)
        self.assertEqual(number, 1)
        self.assertEqual(described["stateMachineVersionArn"], created["stateMachineVersionArn"])
        self.assertEqual(described["stateMachineAliasArn"], alias)

        self.client.update_state_machine_alias(
            stateMachineAliasArn=alias, routingConfiguration=self.route((1, 50), (2, 50)))
        # With even odds, forty-eight runs on one version alone would be a wonder.
        self.assertEqual({self.ran(alias)[0] for _ in range(48)}, {1, 2})
        self.client.update_state_machine_alias(stateMachineAliasArn=alias, routingConfiguration=self.route((1, 100)))
        self.assertEqual(self.ran(alias)[0], 1)

        refusal = self.refused("ConflictException", self.client.delete_state_machine_version,
                               stateMachineVersionArn=f"{self.machine}:1")
        self.assertIn("[PROD]", refusal["Error"]["Message"])
        self.client.delete_state_machine_version(stateMachineVersionArn=f"{self.machine}:2")
        third = self.client.update_state_machine(
            stateMachineArn=self.machine, roleArn=ROLE + "-2", publish=True)["stateMachineVersionArn"]
        self.assertEqual(third, f"{self.machine}:3")

    def test_runs_are_listed_by_version_and_by_alias_page_by_page(self):
        version = self.create(publish=True)["stateMachineVersionArn"]
        self.machine = version.rpartition(":")[0]
        alias = self.client.create_state_machine_alias(
            name="PROD", routingConfiguration=self.route((1, 100)))["stateMachineAliasArn"]
        for arn in (self.machine, version, version, alias):
            self.ran(arn)
        pages = self.client.get_paginator("list_executions")
        for arn, count in ((self.machine, 4), (version, 3), (alias, 1)):
            found = [run for page in pages.paginate(stateMachineArn=arn, PaginationConfig={"PageSize": 1})
                     for run in page["executions"]]
            self.assertEqual(len(found), count, arn)


class Providers(Machines):
    """What Terraform and CloudFormation ask when they create, read, update and delete."""

    def read(self, arn):
        """A refresh: every call that a provider makes to compare the machine with its plan."""
        described = self.client.describe_state_machine(stateMachineArn=arn)
        del described["ResponseMetadata"]
        tags = self.client.list_tags_for_resource(resourceArn=arn)["tags"]
        versions = self.client.list_state_machine_versions(stateMachineArn=arn)["stateMachineVersions"]
        return described, tags, [version["stateMachineVersionArn"] for version in versions]

    def test_a_machine_is_created_read_updated_and_deleted_as_a_provider_does(self):
        checked = self.client.validate_state_machine_definition(definition=numbered(1), type="STANDARD", severity="ERROR")
        self.assertEqual((checked["result"], checked["diagnostics"]), ("OK", []))
        settings = {
            "type": "STANDARD", "publish": True, "versionDescription": "first", "tags": [{"key": "team", "value": "ml"}],
            "loggingConfiguration": {"level": "OFF", "includeExecutionData": False}, "tracingConfiguration": {"enabled": False},
            "encryptionConfiguration": {"type": "AWS_OWNED_KEY"}}
        created = self.create(**settings)
        again = self.create(**settings)
        for member in ("stateMachineArn", "stateMachineVersionArn", "creationDate"):
            self.assertEqual(created[member], again[member])
        arn = created["stateMachineArn"]
        first = self.read(arn)
        self.assertEqual(first[0]["status"], "ACTIVE")
        self.assertEqual(first[1:], (settings["tags"], [created["stateMachineVersionArn"]]))
        self.assertEqual(self.read(arn), first, "a second plan finds nothing to change")

        same = {"stateMachineArn": arn, "definition": numbered(1), "roleArn": ROLE, "publish": True,
                "loggingConfiguration": settings["loggingConfiguration"],
                "tracingConfiguration": settings["tracingConfiguration"],
                "encryptionConfiguration": settings["encryptionConfiguration"]}
        unchanged = self.client.update_state_machine(**same)
        self.assertEqual(unchanged["stateMachineVersionArn"], created["stateMachineVersionArn"])
        self.assertEqual(self.read(arn), first)
        changed = self.client.update_state_machine(**{**same, "definition": numbered(2)})
        described, _, versions = self.read(arn)
        self.assertEqual((described["definition"], described["revisionId"]), (numbered(2), changed["revisionId"]))
        self.assertEqual(versions, [f"{arn}:2", f"{arn}:1"])
        self.client.tag_resource(resourceArn=arn, tags=[{"key": "stage", "value": "test"}])
        self.client.untag_resource(resourceArn=arn, tagKeys=["team"])
        self.assertEqual(self.read(arn)[1], [{"key": "stage", "value": "test"}])

        for _ in range(2):
            self.client.delete_state_machine(stateMachineArn=arn)
        for qualified in (arn, f"{arn}:1"):
            self.refused("StateMachineDoesNotExist", self.client.describe_state_machine, stateMachineArn=qualified)
        self.refused("ResourceNotFound", self.client.list_tags_for_resource, resourceArn=arn)
        self.assertEqual(self.create(publish=True)["stateMachineVersionArn"], f"{arn}:1")

    def test_an_alias_is_created_read_updated_and_deleted_as_a_provider_does(self):
        version = self.create(publish=True)["stateMachineVersionArn"]
        settings = {"name": "PROD", "description": "live",
                    "routingConfiguration": [{"stateMachineVersionArn": version, "weight": 100}]}
        created = self.client.create_state_machine_alias(**settings)
        self.assertEqual(self.client.create_state_machine_alias(**settings)["creationDate"], created["creationDate"])
        self.refused("ConflictException", self.client.create_state_machine_alias, **{**settings, "description": "other"})
        arn = created["stateMachineAliasArn"]
        described = self.client.describe_state_machine_alias(stateMachineAliasArn=arn)
        self.assertEqual({name: described[name] for name in settings}, settings)
        self.client.update_state_machine_alias(stateMachineAliasArn=arn, description="later")
        described = self.client.describe_state_machine_alias(stateMachineAliasArn=arn)
        self.assertEqual(described["description"], "later")
        self.client.delete_state_machine_alias(stateMachineAliasArn=arn)
        self.refused("ResourceNotFound", self.client.describe_state_machine_alias, stateMachineAliasArn=arn)
        self.client.delete_state_machine_version(stateMachineVersionArn=version)


if __name__ == "__main__":
    unittest.main()
