"""The AWS CLI as anybody would use it, and what the README says about it and boto3."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

from server import PATIENCE, REGION, ROLE, Statecraft

ROOT = pathlib.Path(__file__).parents[2]
SECTION = "## Use it from boto3 and the AWS CLI"
ADDRESS = "http://127.0.0.1:8080"


def pass_on(**more):
    return {"Type": "Pass", "End": True, **more}


def machine(state):
    return json.dumps({"StartAt": "A", "States": {"A": state}})


class Shell(unittest.TestCase):
    """A server for each test, and programs that find the CLI and boto3 and nothing of the caller's AWS settings."""

    def setUp(self):
        self.server = self.enterContext(Statecraft())
        tools = os.path.dirname(sys.executable)
        self.environment = {
            **self.server.environment, "PATH": tools + os.pathsep + os.environ["PATH"],
            "HOME": self.server.folder.name, "AWS_EC2_METADATA_DISABLED": "true"}
        del self.environment["AWS_REGION"]

    def run_program(self, *command, **environment):
        done = subprocess.run(
            command, env={**self.environment, **environment}, capture_output=True, text=True, timeout=PATIENCE, check=False,
            cwd=self.server.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout


class Cli(Shell):
    """Every part of the API from the command line."""

    def aws(self, operation, *words, **options):
        """One command's answer."""
        given = [part for name, value in options.items() for part in ("--" + name.replace("_", "-"), value)]
        text = self.run_program(
            "aws", "stepfunctions", operation, *given, *words, "--output", "json", "--no-paginate",
            AWS_ENDPOINT_URL_SFN=self.server.address, AWS_DEFAULT_REGION=REGION, AWS_ACCESS_KEY_ID="any",
            AWS_SECRET_ACCESS_KEY="any", AWS_DISABLE_HOST_PREFIX_INJECTION="true")
        return json.loads(text) if text.strip() else {}

    def create(self, name, definition, *words):
        return self.aws("create-state-machine", *words, name=name, definition=definition, role_arn=ROLE)

    def finished(self, arn):
        execution = self.aws("start-execution", state_machine_arn=arn, input='{"n": 1}')["executionArn"]
        self.server.end_of(execution)
        return self.aws("describe-execution", execution_arn=execution)

    def test_a_machine_is_deployed_versioned_aliased_and_run(self):
        created = self.create("train", machine(pass_on()), "--publish", "--version-description", "first")
        arn, version = created["stateMachineArn"], created["stateMachineVersionArn"]
        updated = self.aws("update-state-machine", state_machine_arn=arn, definition=machine(pass_on(Result=2)))
        published = self.aws("publish-state-machine-version", state_machine_arn=arn, revision_id=updated["revisionId"])
        self.assertEqual(published["stateMachineVersionArn"], arn + ":2")
        listed = self.aws("list-state-machine-versions", state_machine_arn=arn)["stateMachineVersions"]
        self.assertEqual([item["stateMachineVersionArn"] for item in listed], [arn + ":2", version])
        alias = self.aws("create-state-machine-alias", name="PROD",
                         routing_configuration=f"stateMachineVersionArn={version},weight=100")["stateMachineAliasArn"]
        described = self.finished(alias)
        self.assertEqual((described["status"], described["output"]), ("SUCCEEDED", '{"n": 1}'))
        self.assertEqual(described["stateMachineVersionArn"], version)
        history = self.aws("get-execution-history", execution_arn=described["executionArn"])["events"]
        self.assertEqual(history[0]["executionStartedEventDetails"]["stateMachineAliasArn"], alias)
        self.assertEqual(history[-1]["type"], "ExecutionSucceeded")
        self.aws("update-state-machine-alias", state_machine_alias_arn=alias,
                 routing_configuration=f"stateMachineVersionArn={arn}:2,weight=100")
        self.assertEqual(self.finished(alias)["output"], "2")
        self.aws("delete-state-machine", state_machine_arn=arn)
        self.assertEqual(self.aws("list-state-machines")["stateMachines"], [])

    def test_a_map_run_is_described(self):
        processor = {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B",
                     "States": {"B": pass_on()}}
        each = {"Type": "Map", "Label": "Each", "ItemsPath": "$.items", "ItemProcessor": processor, "End": True}
        arn = self.create("each", machine(each))["stateMachineArn"]
        execution = self.aws("start-execution", state_machine_arn=arn, input='{"items": [1, 2]}')["executionArn"]
        self.server.end_of(execution)
        map_run = self.aws("list-map-runs", execution_arn=execution)["mapRuns"][0]["mapRunArn"]
        described = self.aws("describe-map-run", map_run_arn=map_run)
        self.assertEqual((described["status"], described["itemCounts"]["succeeded"]), ("SUCCEEDED", 2))
        children = self.aws("list-executions", map_run_arn=map_run)["executions"]
        self.assertEqual(len(children), 2)

    def test_a_worker_answers_an_activity(self):
        activity = self.aws("create-activity", name="label")["activityArn"]
        arn = self.create("ask", machine({"Type": "Task", "Resource": activity, "End": True}))["stateMachineArn"]
        execution = self.aws("start-execution", state_machine_arn=arn, input='{"image": 7}')["executionArn"]
        task = self.aws("get-activity-task", activity_arn=activity, worker_name="w")
        self.assertEqual(json.loads(task["input"]), {"image": 7})
        self.aws("send-task-heartbeat", task_token=task["taskToken"])
        self.aws("send-task-success", task_token=task["taskToken"], task_output='{"label": "cat"}')
        self.assertEqual(json.loads(self.server.end_of(execution)["output"]), {"label": "cat"})

    def test_a_state_is_tested_and_an_express_machine_answers_at_once(self):
        tested = self.aws("test-state", definition=json.dumps(pass_on(Result=3)), role_arn=ROLE)
        self.assertEqual((tested["status"], tested["output"]), ("SUCCEEDED", "3"))
        arn = self.create("quick", machine(pass_on()), "--type", "EXPRESS")["stateMachineArn"]
        answered = self.aws("start-sync-execution", state_machine_arn=arn, input='{"n": 2}')
        self.assertEqual((answered["status"], answered["output"]), ("SUCCEEDED", '{"n": 2}'))


class Readme(Shell):
    """The README's section, run as it is written; only the address is replaced."""

    def blocks(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        section = text.partition(SECTION + "\n")[2].partition("\n## ")[0]
        found = re.findall(r"^```(\w+)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        return [(language, code.replace(ADDRESS, self.server.address)) for language, code in found]

    def test_what_the_readme_says_of_boto3_and_the_cli_works_as_it_is_written(self):
        blocks = self.blocks()
        self.assertEqual({language for language, _ in blocks}, {"python", "sh"})
        programs = {"python": [sys.executable, "-c"], "sh": ["sh", "-euc"]}
        printed = [self.run_program(*programs[language], code) for language, code in blocks]
        for (language, code), output in zip(blocks, printed):
            self.assertIn("SUCCEEDED", output, f"{language}: {code}")


if __name__ == "__main__":
    unittest.main()
