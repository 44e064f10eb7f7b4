"""A Lambda-compatible endpoint that answers with Python functions."""

import http.server
import json
import re
import threading
import urllib.parse
import uuid


class FunctionError(Exception):
    """What a function raises: becomes the error of the task."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


class Functions:
    """Serves `handlers`: a function's name to a Python function from its event to its result. Used with `with`."""

    def __init__(self, handlers):
        outer = self
        self.handlers = handlers
        self.calls = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                """Tests print nothing."""

            def do_POST(self):
                outer.answer(self)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        """One Invoke."""
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = urllib.parse.unquote(request.path.partition("?")[0])
        found = re.fullmatch(r"/2015-03-31/functions/(.+)/invocations", path)
        name = found[1].partition(":function:")[2] or found[1] if found else ""
        status, headers, reply = self.invoke(name.partition(":")[0], body)
        request.send_response(status)
        for key, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(reply))}.items():
            request.send_header(key, value)
        request.end_headers()
        request.wfile.write(reply)

    def invoke(self, name, body):
        """Status, headers and body of the answer."""
        headers = {"x-amzn-RequestId": str(uuid.uuid4()), "X-Amz-Executed-Version": "$LATEST"}
        if name not in self.handlers:
            headers["x-amzn-ErrorType"] = "ResourceNotFoundException"
            return 404, headers, json.dumps({"Message": f"Function not found: {name}", "Type": "User"}).encode()
        event = json.loads(body or b"{}")
        self.calls.append((name, event))
        try:
            return 200, headers, json.dumps(self.handlers[name](event)).encode()
        except FunctionError as error:
            headers["X-Amz-Function-Error"] = "Unhandled"
            document = {"errorMessage": str(error), "errorType": error.kind, "requestId": "1", "stackTrace": []}
            return 200, headers, json.dumps(document).encode()
