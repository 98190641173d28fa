"""What every request passes through: the faults on order, then moto, then the log of calls."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from playground.aws import long_poll, scheduler_calls, universal_target, zonal_shift_calls
from playground.aws.answer import Answer, Cut
from playground.aws.call import Call, Request, read_call
from playground.aws.control import Control
from playground.aws.door import PATH, through_the_door
from playground.aws.faults import Fault, Kind
from playground.aws.identity import account_of, caller_of
from playground.aws.moto_app import MotoApp
from playground.aws.refusals import refusal
from playground.aws.refused_calls import recorded
from playground.aws.s3_calls import is_strangers
from playground.aws.timers import Where

_NOT_HERE = "pricing"
"""The Price List: nobody here may ask it, so that toban's own dated prices are seen."""


class Front:
    """Requests in, answers (or cuts) out."""

    def __init__(self, moto: MotoApp, control: Control) -> None:
        self._moto = moto
        self._control = control
        control.times.timers.make = self._make

    def answer(self, request: Request) -> Answer | Cut:
        """Answer one request; it is in the log before the client sees the answer."""
        if request.path == PATH:
            return through_the_door(self._control, request)
        with self._moto.lock:
            call = read_call(request, account_of)
        result = self._dated(self._carry_out(request, call))
        self._control.log.add(call, self._control.clock.now(), result.outcome, result.request_id)
        return result

    def _dated(self, result: Answer | Cut) -> Answer | Cut:
        """With the time of this AWS, as every answer of AWS has it."""
        if isinstance(result, Cut):
            return result
        now = datetime.now(UTC) + timedelta(seconds=self._control.clock.ahead)
        return replace(result, headers={**result.headers, "date": format_datetime(now, usegmt=True)})

    def _carry_out(self, request: Request, call: Call) -> Answer | Cut:
        decisive = None
        for fault in self._control.faults.take(call):
            if fault.kind is Kind.LATENCY:
                time.sleep(fault.seconds)
            else:
                decisive = fault
        if decisive is None:
            return self._work(request, call)
        if decisive.kind is Kind.CUT_BEFORE:
            return Cut("cut-before")
        if decisive.kind is Kind.CUT_AFTER:
            self._work(request, call)
            return Cut("cut-after")
        with self._moto.lock:
            caller = caller_of(call.account, call.access_key)
            if event := recorded(decisive, call, caller):
                self._control.times.trail.note(event)
        return refusal(decisive, call, caller)

    def _work(self, request: Request, call: Call) -> Answer:
        if long_poll.is_one(call):
            return long_poll.answer(request, call, self._at_once)
        return self._at_once(request, call)

    def _at_once(self, request: Request, call: Call) -> Answer:
        with self._moto.lock:
            if call.service == _NOT_HERE or (
                call.service == "s3" and is_strangers(request.path, request.headers)
            ):
                return refusal(Fault(Kind.DENY), call, caller_of(call.account, call.access_key))
            self._control.settle()
            if call.service == zonal_shift_calls.SERVICE:  # moto has no such service
                return zonal_shift_calls.answer(self._control.times.zonal_shifts, request, call)
            if call.service == scheduler_calls.SERVICE:  # moto's calls nothing
                return scheduler_calls.answer(self._control.times.timers, request, call)
            return self._moto.answer(request, call)

    def _make(self, where: Where, target: Mapping[str, Any]) -> str:
        """Make a call that was prepared for this moment, as whoever may; the lock is held already."""

        def answering(request: Request) -> Answer:
            return self._moto.answer(request, read_call(request, account_of))

        return universal_target.make(universal_target.read(target), *where, answering)
