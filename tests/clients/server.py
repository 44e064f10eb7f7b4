"""The real server in a folder of its own, and what a test asks of it over HTTP."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import urllib.error
import urllib.request

import boto3
from botocore.config import Config

REGION = "us-east-1"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/pipeline"
PATIENCE = 60  # Seconds after which anything awaited counts as failed.


class Statecraft:
    """A running `statecraft serve` on a free port; used with `with`."""

    def __init__(self, lambda_endpoint=None, config=None, **settings):
        self.folder = tempfile.TemporaryDirectory()
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "SFN_", "STATECRAFT_"))}
        self.environment["AWS_REGION"] = REGION
        if lambda_endpoint:
            self.environment["AWS_ENDPOINT_URL_LAMBDA"] = lambda_endpoint
        self.environment.update(settings)
        self.config = config

    def __enter__(self):
        self.log = open(os.path.join(self.folder.name, "log"), "w+", encoding="utf-8")
        command = [os.environ["STATECRAFT_BIN"], "serve", "--listen", "127.0.0.1:0", "--data", self.folder.name + "/data"]
        if self.config:
            file = os.path.join(self.folder.name, "settings.json")
            with open(file, "w", encoding="utf-8") as settings:
                json.dump(self.config, settings)
            command += ["--config", file]
        self.process = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.address = self._address()
        return self

    def _address(self):
        """The address that the server prints once it listens."""
        lines = queue.Queue()

        def read():
            for line in self.process.stdout:
                lines.put(line)
            lines.put(None)

        threading.Thread(target=read, daemon=True).start()
        while True:
            line = lines.get(timeout=PATIENCE)
            if line is None:
                self.log.seek(0)
                raise AssertionError("the server ended before it listened:\n" + self.log.read())
            for word in line.split():
                if word.startswith("http://"):
                    return word.rstrip("/.,")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()

    def client(self, service="stepfunctions", key_id="any", secret="any"):
        """A client as anybody would make it, but for the address."""
        return boto3.client(
            service, endpoint_url=self.address, region_name=REGION, aws_access_key_id=key_id,
            aws_secret_access_key=secret, config=Config(retries={"total_max_attempts": 1}, read_timeout=PATIENCE + 10))

    def get(self, path):
        """What the studio's API answers."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as reply:
            return json.load(reply)

    def post(self, path, body):
        """Status and answer of a request that changes something."""
        request = urllib.request.Request(
            self.address + path, json.dumps(body).encode(), {"content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return reply.status, json.load(reply)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def put(self, path, body):
        """Status of a request that replaces something."""
        request = urllib.request.Request(
            self.address + path, json.dumps(body).encode(), {"content-type": "application/json"}, method="PUT")
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            return reply.status

    def events(self, path):
        """Server-sent events as (name, data), until the server ends them. Begins with (None, None) once the line is open."""
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as reply:
            yield None, None
            name, data = None, ""
            for line in reply:
                field, _, value = line.decode().rstrip("\n").partition(":")
                if field == "event":
                    name = value.strip()
                elif field == "data":
                    data += value.strip()
                elif not line.strip() and name:
                    yield name, json.loads(data)
                    name, data = None, ""

    def end_of(self, execution):
        """The last status of a run."""
        machine, name = execution.split(":")[-2:]
        last = None
        for kind, data in self.events(f"/api/executions/{machine}/{name}/live"):
            if kind == "status":
                last = data
        return last

    def waiting_review(self):
        """The one approval that waits, as soon as there is one."""
        for _ in self.events("/api/live"):
            reviews = self.get("/api/reviews?status=waiting")["reviews"]
            if reviews:
                return reviews[0]
        raise AssertionError("the server closed its line")
