"""moto as one function from call to answer: one at a time, gaps told apart from AWS's answers."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from moto.core.utils import convert_to_flask_response
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.test import EnvironBuilder, run_wsgi_app

from playground.aws.answer import GAP, Answer, error, new_request_id
from playground.aws.call import Call, Request
from playground.aws.times import Times
from playground.aws.views import PATHS, view_of

_REQUEST_ID = re.compile(rb"<(requestId|RequestId|RequestID)>[^<]*<")
_CODE = re.compile(rb"<Code>([^<]+)</Code>|\"__type\": ?\"([^\"]+)\"")
_UNDONE = re.compile(rb"has not been implemented|is not yet implemented|not been implemented in Moto")
_OURS = {"content-length", "transfer-encoding", "connection"}  # headers that speak of the wire only
_NO_IMAGES = Path(__file__).with_name("no_images.json")


class _Dispatcher(DomainDispatcherApplication):
    """moto's, but a service it does not have is an exception and not a line on the console."""

    def get_backend_for_host(self, host: str | None) -> Any:
        known = (pattern for _, pattern in self.backend_url_patterns)
        if host and "amazonaws.com" in host and not any(one.match(f"http://{host}") for one in known):
            raise NotImplementedError(f"no such service: {host}")
        return super().get_backend_for_host(host)


class MotoApp:
    """moto's dispatcher with our views in it; who asks holds `lock`, for moto knows no threads."""

    def __init__(self, times: Times, lock: RLock) -> None:
        self.lock = lock
        self._times = times
        self._app = _Dispatcher(self._create)

    def answer(self, request: Request, call: Call) -> Answer:
        """Let moto answer, under the lock; whatever it cannot do comes back as the error LocalAwsGap."""
        try:
            status, headers, body = self._run(request, call)
        except Exception as problem:  # noqa: BLE001 - moto's bugs must not look like answers of AWS
            return error(call, GAP, f"{call.action}: {type(problem).__name__}: {problem}")
        found = _CODE.search(body) if status >= 400 else None
        code = (found[1] or found[2]).decode() if found else str(status)
        if status >= 500 or (status >= 400 and (code.isdigit() or _UNDONE.search(body))):
            return error(call, GAP, f"{call.action}: {body[:300].decode('utf-8', 'replace')}")
        request_id = new_request_id()
        body = _REQUEST_ID.sub(rb"<\1>" + request_id.encode() + b"<", body, count=1)
        headers["x-amzn-requestid"] = request_id
        return Answer(status, headers, body, code if status >= 400 else "ok", request_id)

    def reset(self) -> None:
        """Empty every account."""
        with self.lock:
            moto_api_backend.reset()

    def _run(self, request: Request, call: Call) -> tuple[int, dict[str, str], bytes]:
        kept = {key: value for key, value in request.headers.items() if key not in _OURS}
        kept["x-moto-account-id"] = call.account
        builder = EnvironBuilder(
            path=request.path, method=request.method, headers=kept.items(), data=request.body or None
        )
        chunks, status, headers = run_wsgi_app(self._app, builder.get_environ(), buffered=True)
        plain = {key.lower(): value for key, value in headers if key.lower() not in _OURS}
        return int(status.split()[0]), plain, b"".join(chunks)

    def _create(self, service: Any) -> Any:
        app = create_backend_app(service)
        for path in PATHS.get(service, ()):
            app.add_url_rule(path, endpoint=path, methods=["GET", "POST"])
        if view := view_of(service, self._times):
            known = [*app.view_functions, *PATHS.get(service, ())]
            app.view_functions = dict.fromkeys(known, convert_to_flask_response(view))
        return app


@contextmanager
def without_foreign_images() -> Iterator[None]:
    """Keep moto from filling each region with 1,301 images and snapshots of other people.

    The first import of moto's EC2 reads their list; pointing it to an empty one saves 0.4 s.
    """
    before = os.environ.get("MOTO_EC2_LOAD_DEFAULT_AMIS")
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    if "moto.ec2.models" not in sys.modules and "MOTO_AMIS_PATH" not in os.environ:
        os.environ["MOTO_AMIS_PATH"] = str(_NO_IMAGES)
        import moto.ec2.models  # noqa: F401, PLC0415 - it reads the list when it is first imported

        del os.environ["MOTO_AMIS_PATH"]
    try:
        yield
    finally:
        if before is None:
            del os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"]
        else:
            os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = before
