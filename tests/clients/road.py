"""The whole road with a real boto3 client: deploy, run, work, approve, read the history."""

import json
import pathlib
import threading
import unittest

from botocore.exceptions import ClientError

from functions import FunctionError, Functions
from server import ACCOUNT, REGION, ROLE, Statecraft

PIPELINES = pathlib.Path(__file__).parents[2] / "public" / "pipelines"
PEOPLE = [{"key": "statecraft:answered-by", "value": "people"}]


def function(name):
    return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"


def pipeline(train, approve):
    """Validates data, trains, asks a person when the score is in between, deploys."""
    return {
        "Comment": "Train, validate, approve, deploy",
        "StartAt": "Validate data",
        "States": {
            "Validate data": {
                "Type": "Task", "Resource": function("validate-data"), "ResultPath": "$.validation",
                "Retry": [{"ErrorEquals": ["Unavailable"], "IntervalSeconds": 1, "MaxAttempts": 2}],
                "Catch": [{"ErrorEquals": ["BadData"], "ResultPath": "$.fault", "Next": "Data refused"}],
                "Next": "Train model"},
            "Train model": {"Type": "Task", "Resource": train, "ResultPath": "$.model", "Next": "Good enough?"},
            "Good enough?": {
                "Type": "Choice",
                "Choices": [
                    {"Variable": "$.model.score", "NumericGreaterThanEquals": 0.85, "Next": "Deploy"},
                    {"Variable": "$.model.score", "NumericGreaterThanEquals": 0.75, "Next": "Approve model"}],
                "Default": "Model refused"},
            "Approve model": {
                "Type": "Task", "Resource": approve, "ResultPath": "$.approval",
                "Parameters": {
                    "Title": "A new model", "Question": "Deploy this model?", "Evidence": {"Score.$": "$.model.score"},
                    "Reviewers": ["Maria"], "IfApproved": "It goes live.", "IfRejected": "It is dropped."},
                "Catch": [{"ErrorEquals": ["Approval.Rejected"], "ResultPath": "$.rejection", "Next": "Model refused"}],
                "Next": "Deploy"},
            "Deploy": {"Type": "Task", "Resource": function("deploy-model"), "End": True},
            "Data refused": {"Type": "Fail", "Error": "DataRefused", "Cause": "The data is not usable"},
            "Model refused": {"Type": "Fail", "Error": "ModelRefused", "Cause": "The model is not good enough"}}}


class Road(unittest.TestCase):
    """One deployed pipeline on one server for each test."""

    def setUp(self):
        self.functions = self.enterContext(Functions(self.handlers()))
        self.server = self.enterContext(Statecraft(self.functions.address))
        self.client = self.server.client()
        self.addCleanup(self.client.close)
        self.train = self.client.create_activity(name="train-model")["activityArn"]
        self.approve = self.client.create_activity(name="approve-model", tags=PEOPLE)["activityArn"]
        self.definition = json.dumps(pipeline(self.train, self.approve))
        self.machine = self.client.create_state_machine(
            name="road", definition=self.definition, roleArn=ROLE)["stateMachineArn"]

    def handlers(self):
        self.attempts = 0

        def validate(event):
            self.attempts += 1
            if self.attempts == 1:
                raise FunctionError("Unavailable", "come back soon")
            if event["rows"] == 0:
                raise FunctionError("BadData", "no rows")
            return {"rows": event["rows"]}

        return {"validate-data": validate, "deploy-model": lambda event: {"deployed": True, "by": event["approval"]["decidedBy"]}}

    def start(self, **data):
        return self.client.start_execution(stateMachineArn=self.machine, input=json.dumps(data))["executionArn"]

    def work(self, score):
        """One activity worker that trains one model."""
        def worker():
            task = self.client.get_activity_task(activityArn=self.train, workerName="trainer")
            self.assertIn("validation", json.loads(task["input"]))
            self.client.send_task_heartbeat(taskToken=task["taskToken"])
            self.client.send_task_success(taskToken=task["taskToken"], output=json.dumps({"score": score}))

        thread = threading.Thread(target=worker)
        thread.start()
        self.addCleanup(thread.join)

    def history(self, execution, **options):
        """All events, page by page."""
        pages = self.client.get_paginator("get_execution_history").paginate(
            executionArn=execution, PaginationConfig={"PageSize": 5}, **options)
        return [event for page in pages for event in page["events"]]

    def decide(self, review, decision, by="Maria"):
        return self.server.post(f"/api/reviews/{review['id']}/decision", {"decision": decision, "by": by, "comment": "Seen."})

    def test_an_approved_model_is_deployed_and_the_history_tells_it(self):
        self.work(0.8)
        execution = self.start(rows=100)
        review = self.server.waiting_review()
        self.assertEqual(review["question"], "Deploy this model?")
        self.assertEqual(review["evidence"], [{"label": "Score", "value": 0.8}])
        self.assertEqual(review["machine"], "road")
        status, _ = self.decide(review, "approve", by="Mallory")
        self.assertEqual(status, 403)
        status, decided = self.decide(review, "approve")
        self.assertEqual((status, decided["status"], decided["decidedBy"]), (200, "approved", "Maria"))
        self.assertEqual(self.decide(review, "reject")[0], 409)

        self.assertEqual(self.server.end_of(execution)["status"], "SUCCEEDED")
        described = self.client.describe_execution(executionArn=execution)
        self.assertEqual(json.loads(described["output"]), {"deployed": True, "by": "Maria"})
        self.assertGreaterEqual(described["stopDate"], described["startDate"])

        events = self.history(execution)
        self.assertEqual([event["id"] for event in events], list(range(1, len(events) + 1)))
        self.assertTrue(all(event["previousEventId"] < event["id"] for event in events))
        kinds = [event["type"] for event in events]
        self.assertEqual(kinds[0], "ExecutionStarted")
        self.assertEqual(kinds[-1], "ExecutionSucceeded")
        self.assertEqual(kinds.count("LambdaFunctionFailed"), 1, "the retried attempt")
        self.assertEqual(kinds.count("LambdaFunctionSucceeded"), 2)
        workers = [event["activityStartedEventDetails"].get("workerName") for event in events if event["type"] == "ActivityStarted"]
        self.assertEqual(workers, ["trainer", "Maria"])
        backwards = self.history(execution, reverseOrder=True)
        self.assertEqual([event["id"] for event in backwards], list(range(len(events), 0, -1)))

    def test_a_rejected_model_takes_the_catch(self):
        self.work(0.8)
        execution = self.start(rows=100)
        self.assertEqual(self.decide(self.server.waiting_review(), "reject")[0], 200)
        ended = self.server.end_of(execution)
        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "ModelRefused"))
        exited = [event["stateExitedEventDetails"] for event in self.history(execution)
                  if event["type"] == "TaskStateExited" and event["stateExitedEventDetails"]["name"] == "Approve model"]
        rejection = json.loads(exited[0]["output"])["rejection"]
        self.assertEqual(rejection["Error"], "Approval.Rejected")
        self.assertEqual(json.loads(rejection["Cause"])["decidedBy"], "Maria")
        self.assertNotIn("deploy-model", [name for name, _ in self.functions.calls])

    def test_a_caught_error_of_a_function_ends_where_the_catch_leads(self):
        ended = self.server.end_of(self.start(rows=0))
        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "DataRefused"))

    def test_workers_cannot_take_what_people_answer(self):
        with self.assertRaises(ClientError) as refusal:
            self.client.get_activity_task(activityArn=self.approve)
        self.assertEqual(refusal.exception.response["Error"]["Code"], "ValidationException")
        self.assertIn("answered by people", refusal.exception.response["Error"]["Message"])

    def test_a_run_on_sample_results_needs_neither_functions_nor_workers(self):
        mocks = {
            "StateMachines": {"road": {"TestCases": {"Good": {
                "Validate data": "Valid", "Train model": "Good", "Deploy": "Deployed"}}}},
            "MockedResponses": {
                "Valid": {"0": {"Return": {"rows": 1}}}, "Good": {"0": {"Return": {"score": 0.9}}},
                "Deployed": {"0": {"Return": {"deployed": "sample"}}}}}
        self.assertEqual(self.server.put("/api/machines/road/mocks", mocks), 204)
        execution = self.client.start_execution(stateMachineArn=self.machine + "#Good", input='{"rows": 1}')["executionArn"]
        ended = self.server.end_of(execution)
        self.assertEqual(json.loads(ended["output"]), {"deployed": "sample"})
        self.assertEqual(self.functions.calls, [])

    def test_a_failed_run_is_redriven_and_asks_its_reviewer_anew(self):
        self.work(0.8)
        execution = self.start(rows=100)
        first = self.server.waiting_review()
        self.client.stop_execution(executionArn=execution, error="Enough")
        self.assertEqual(self.client.describe_execution(executionArn=execution)["redriveStatus"], "REDRIVABLE")
        redriven = self.client.redrive_execution(executionArn=execution)["redriveDate"]
        with self.assertRaises(self.client.exceptions.ExecutionNotRedrivable) as refused:
            self.client.redrive_execution(executionArn=execution)
        self.assertIn("Execution is RUNNING and cannot be redriven", str(refused.exception))
        second = self.server.waiting_review()
        self.assertNotEqual(second["id"], first["id"])
        self.assertEqual(self.decide(first, "approve")[0], 410)
        self.assertEqual(self.decide(second, "approve")[0], 200)

        self.server.end_of(execution)
        ended = self.client.describe_execution(executionArn=execution)
        self.assertEqual((ended["status"], ended["redriveCount"], ended["redriveDate"]), ("SUCCEEDED", 1, redriven))
        kinds = [event["type"] for event in self.history(execution)]
        self.assertEqual(kinds.count("ExecutionRedriven"), 1)
        self.assertEqual(kinds.count("LambdaFunctionSucceeded"), 2, "what had succeeded did not run again")
        listed = self.client.list_executions(stateMachineArn=self.machine, redriveFilter="REDRIVEN")["executions"]
        self.assertEqual([(run["executionArn"], run["redriveCount"]) for run in listed], [(execution, 1)])

    def test_the_client_lists_describes_updates_and_deletes_what_it_deployed(self):
        machines = self.client.get_paginator("list_state_machines").paginate(PaginationConfig={"PageSize": 1})
        self.assertEqual([m["name"] for page in machines for m in page["stateMachines"]], ["road"])
        described = self.client.describe_state_machine(stateMachineArn=self.machine)
        self.assertEqual(described["definition"], self.definition)
        updated = self.client.update_state_machine(stateMachineArn=self.machine, roleArn=ROLE + "-2")
        self.assertIn("revisionId", updated)
        self.client.tag_resource(resourceArn=self.machine, tags=[{"key": "team", "value": "ml"}])
        tags = self.client.list_tags_for_resource(resourceArn=self.machine)["tags"]
        self.assertEqual(tags, [{"key": "team", "value": "ml"}])
        checked = self.client.validate_state_machine_definition(definition="{}")
        self.assertEqual(checked["result"], "FAIL")
        self.client.delete_state_machine(stateMachineArn=self.machine)
        with self.assertRaises(self.client.exceptions.StateMachineDoesNotExist):
            self.client.describe_state_machine(stateMachineArn=self.machine)


class Starter(unittest.TestCase):
    """The first starter pipeline, as the studio ships it, on its own sample results."""

    NAME = "train-validate-approve-deploy"

    def setUp(self):
        self.server = self.enterContext(Statecraft())
        self.client = self.server.client()
        self.addCleanup(self.client.close)

    def read(self, ending):
        return (PIPELINES / f"{self.NAME}.{ending}").read_text(encoding="utf-8")

    def deploy(self):
        """The file itself, the activities that it names, and its sample results."""
        definition = self.read("asl.json")
        for state in json.loads(definition)["States"].values():
            _, is_activity, activity = state.get("Resource", "").partition(":activity:")
            if is_activity:
                self.client.create_activity(name=activity, tags=PEOPLE)
        self.assertEqual(self.client.validate_state_machine_definition(definition=definition)["result"], "OK")
        machine = self.client.create_state_machine(name=self.NAME, definition=definition, roleArn=ROLE)
        mocks = json.loads(self.read("mocks.json"))
        self.assertEqual(self.server.put(f"/api/machines/{self.NAME}/mocks", mocks), 204)
        return machine["stateMachineArn"], list(mocks["StateMachines"][self.NAME]["TestCases"])

    def test_a_person_approves_the_starter_pipeline_as_it_is_shipped(self):
        machine, cases = self.deploy()
        self.assertIn("ReviewerDecides", cases)
        execution = self.client.start_execution(
            stateMachineArn=machine + "#ReviewerDecides", input=self.read("input.json"))["executionArn"]
        review = self.server.waiting_review()
        by = (review["reviewers"] or ["Anybody"])[0]
        status, decided = self.server.post(
            f"/api/reviews/{review['id']}/decision", {"decision": "approve", "by": by, "comment": "Go."})
        self.assertEqual((status, decided["status"]), (200, "approved"))
        ended = self.server.end_of(execution)
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        self.assertEqual(json.loads(ended["output"])["review"]["decidedBy"], by)


if __name__ == "__main__":
    unittest.main()
