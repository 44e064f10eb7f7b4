"""Signed requests of real boto3 clients to a server whose settings name keys."""

import json
import os
import unittest

from botocore.exceptions import ClientError

from server import ROLE, Statecraft

ID, SECRET = "AKIDEXAMPLE_0001", "one secret"
DEFINITION = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}})


class Signed(unittest.TestCase):
    """One server that takes one key for each test."""

    def setUp(self):
        self.server = self.enterContext(Statecraft(config={"accessKeys": {ID: SECRET}}))

    def refusal(self, client):
        """The name of the error that a client gets."""
        with self.assertRaises(ClientError) as refused:
            client.list_state_machines()
        self.assertNotIn(SECRET, str(refused.exception))
        return refused.exception.response["Error"]["Code"]

    def test_a_client_with_the_right_key_works(self):
        states = self.server.client(key_id=ID, secret=SECRET)
        states.create_state_machine(name="Zürich", roleArn=ROLE, definition=DEFINITION)
        self.assertEqual([one["name"] for one in states.list_state_machines()["stateMachines"]], ["Zürich"])
        self.assertEqual(self.server.client("events", key_id=ID, secret=SECRET).list_connections()["Connections"], [])

    def test_a_wrong_secret_and_an_unknown_key_are_told_apart(self):
        self.assertEqual(self.refusal(self.server.client(key_id=ID, secret="another")), "InvalidSignatureException")
        self.assertEqual(
            self.refusal(self.server.client(key_id="AKIDEXAMPLE_0002", secret=SECRET)), "UnrecognizedClientException")

    def test_the_servers_own_output_holds_no_secret(self):
        self.refusal(self.server.client(key_id=ID, secret="another"))
        with open(os.path.join(self.server.folder.name, "log"), encoding="utf-8") as log:
            self.assertNotIn(SECRET, log.read())


if __name__ == "__main__":
    unittest.main()
