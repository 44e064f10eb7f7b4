"""Connections and HTTP tasks with real boto3 clients."""

import http.server
import json
import threading
import unittest

from server import ROLE, Statecraft


class Api:
    """An HTTP API on the loopback interface that answers with what it was sent. Used with `with`."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                """Tests print nothing."""

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                reply = json.dumps({"path": self.path, "body": body, "authorization": self.headers["Authorization"]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Connections(unittest.TestCase):
    def setUp(self):
        self.api = self.enterContext(Api())
        self.server = self.enterContext(Statecraft(STATECRAFT_HTTP_ALLOW=self.api.host))
        self.states, self.events = self.server.client(), self.server.client("events")

    def create(self):
        return self.events.create_connection(
            Name="api", AuthorizationType="BASIC",
            AuthParameters={"BasicAuthParameters": {"Username": "me", "Password": "hush"}})["ConnectionArn"]

    def test_an_http_task_calls_an_api_by_a_connection(self):
        task = {
            "Type": "Task", "Resource": "arn:aws:states:::http:invoke", "End": True,
            "Parameters": {
                "ApiEndpoint": f"http://{self.api.host}/invoices", "Method": "POST",
                "Authentication": {"ConnectionArn": self.create()},
                "QueryParameters": {"page": "1"}, "RequestBody": {"n.$": "$.n"},
            },
            "ResultPath": "$.reply",
        }
        machine = self.states.create_state_machine(
            name="calls", roleArn=ROLE, definition=json.dumps({"StartAt": "Call", "States": {"Call": task}}))
        execution = self.states.start_execution(stateMachineArn=machine["stateMachineArn"], input='{"n": 7}')
        ended = self.server.end_of(execution["executionArn"])
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        reply = json.loads(ended["output"])["reply"]
        self.assertEqual(reply["StatusCode"], 200)
        self.assertEqual(
            reply["ResponseBody"],
            {"path": "/invoices?page=1", "body": '{"n":7}', "authorization": "Basic bWU6aHVzaA=="})

    def test_connections_are_managed_as_on_aws_and_keep_their_secrets(self):
        arn = self.create()
        with self.assertRaises(self.events.exceptions.ResourceAlreadyExistsException):
            self.create()
        self.events.update_connection(Name="api", Description="Invoices")
        shown = self.events.describe_connection(Name="api")
        self.assertEqual((shown["ConnectionArn"], shown["Description"]), (arn, "Invoices"))
        self.assertEqual(shown["AuthParameters"], {"BasicAuthParameters": {"Username": "me"}})
        self.assertEqual([one["Name"] for one in self.events.list_connections()["Connections"]], ["api"])
        self.events.delete_connection(Name="api")
        with self.assertRaises(self.events.exceptions.ResourceNotFoundException):
            self.events.describe_connection(Name="api")
        with self.assertRaises(self.events.exceptions.ClientError) as refused:
            self.events.list_rules()
        self.assertEqual(refused.exception.response["Error"]["Code"], "UnknownOperationException")


if __name__ == "__main__":
    unittest.main()
