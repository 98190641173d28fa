"""The Events API: an event that was not acknowledged is sent again, three times.

Source: Slack's page "The Events API", error handling: nearly at once, after a minute, after five.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

from playground.slack.delivery import DISPATCH_FAILED, HTTP_ERROR, Answer, Delivery, Envelope
from playground.slack.shapes import Json

AGAIN_AFTER = (0.5, 60.0, 300.0)  # seconds
REASONS = {DISPATCH_FAILED: "connection_failed", HTTP_ERROR: "http_error"}
"""Why it is sent again, as the app hears it, by why it did not arrive; for anything else it took too long."""


class Events:
    """Sends events from threads of its own, so that a person need not wait for the retries."""

    def __init__(
        self, delivery: Delivery, patience: float, again_after: Sequence[float] = AGAIN_AFTER
    ) -> None:
        self._delivery, self._patience, self._again_after = delivery, patience, tuple(again_after)
        self._stopping = threading.Event()
        self._senders: list[threading.Thread] = []

    def send(self, payload: Json) -> Answer:
        """Send an event and return what came of the first try; the others follow by themselves."""
        first: Future[Answer] = Future()
        sender = threading.Thread(
            target=self._try_all, args=(payload, first), name="slack-event", daemon=True
        )
        self._senders = [each for each in self._senders if each.is_alive()] + [sender]
        sender.start()
        return first.result()

    def stop(self) -> None:
        """Give up what is not delivered yet."""
        self._stopping.set()
        for sender in self._senders:
            sender.join(self._patience + 1)

    def _try_all(self, payload: Json, first: "Future[Answer]") -> None:
        reason = ""
        for attempt, wait in enumerate((0.0, *self._again_after)):
            if self._stopping.wait(wait):
                break
            answer = self._delivery.deliver(Envelope("events_api", payload, attempt, reason), self._patience)
            if attempt == 0:
                first.set_result(answer)
            if answer.acked:
                break
            reason = REASONS.get(answer.why, "timeout")
        if not first.done():
            first.set_result(Answer(acked=False, seconds=0.0, why=DISPATCH_FAILED))
