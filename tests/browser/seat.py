"""A seat in front of the page: what a person types, clicks and sees."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.scenarios.given import ENGLISH, OPERATOR

APPROVE, DENY, REVIEW = "button-toban.approve", "button-toban.deny", "button-toban.review"


@dataclass(frozen=True)
class Seat:
    """One window, in which one person works at a time."""

    page: Page
    url: str

    def sits(self, person: str = OPERATOR, channel: str = ENGLISH, **other: str) -> "Seat":
        """Open the page as somebody, and wait until it follows what happens."""
        more = "".join(f"&{name}={value}" for name, value in other.items())
        self.page.goto(f"{self.url}/?person={person}&channel={channel}{more}")
        expect(self.page.locator("body[data-awake]")).to_be_attached()
        return self

    def becomes(self, person: str) -> None:
        """Switch to another person by the page's own switch."""
        self.page.get_by_test_id(f"person-{person}").click()
        expect(self.page.get_by_test_id(f"person-{person}")).to_have_attribute("aria-current", "true")

    def types(self, line: str) -> None:
        """Type a line and press Enter."""
        composer = self.page.get_by_test_id("composer")
        composer.fill(line)
        composer.press("Enter")
        expect(composer).to_have_value("")

    def card(self, line: str) -> Locator:
        """The message of the operation that was asked for by this line."""
        command = self.page.get_by_text(line, exact=True)
        return self.page.get_by_test_id("message").filter(has=command).last

    def told(self, *words: str) -> Locator:
        """The last message that only this person sees and that says these words."""
        private = self.page.locator(".ephemeral")
        for each in words:
            private = private.filter(has_text=each)
        return private.last

    def asks(self, line: str, state: str = "waiting for approval") -> Locator:
        """Type a line; return its card once it shows this state."""
        self.types(line)
        card = self.card(line)
        expect(card).to_contain_text(state)
        return card

    def approves(self, card: Locator) -> None:
        """Agree, and say yes once more when the card asks for that."""
        button = card.get_by_test_id(APPROVE)
        asks = button.get_attribute("data-confirm")
        button.click()
        if asks:
            self.page.get_by_test_id("confirm-yes").click()

    def thread_of(self, card: Locator) -> Locator:
        """Open the thread below a message."""
        card.get_by_test_id("replies").click()
        return self.page.get_by_test_id("thread")

    def instance(self, name: str) -> Locator:
        """An instance's row in the estate."""
        return self.page.get_by_test_id(f"instance-{name}")

    def sees(self, name: str, state: str) -> None:
        """Wait until the estate shows an instance in this state."""
        expect(self.instance(name)).to_have_attribute("data-state", state)
