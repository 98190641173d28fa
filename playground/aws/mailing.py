"""How accounts stand with SES, as it was ordered; all others are in its sandbox."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """An account in a region; the words are those of GetAccount."""

    quota: float = 200.0  # of the sandbox ("Amazon SES quotas")
    sent: float = 0.0
    enforcement: str = "HEALTHY"
    production: bool = False
    enabled: bool = True


@dataclass(slots=True)
class Mailing:
    """All of them, by account and region."""

    of: dict[tuple[str, str], Account] = field(default_factory=dict)

    def there(self, account: str, region: str) -> Account:
        """Return how one stands."""
        return self.of.get((account, region), Account())

    def reset(self) -> None:
        """Send everybody back to the sandbox."""
        self.of.clear()
