"""Buckets: how often each may ask; a bucket holds a burst, and fills at a rate."""

from __future__ import annotations

from collections import OrderedDict

MOST = 65_536  # names remembered; of more the one that asked longest ago begins anew


class Buckets:
    """Tokens by name; 8 MiB at most."""

    def __init__(self, rate: float, burst: float) -> None:
        """Fill *rate* tokens a second, up to *burst*; a rate of 0 limits nobody."""
        self.rate, self.burst = rate, max(burst, 1.0)
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # name → tokens, when

    def __len__(self) -> int:
        """Count the names."""
        return len(self._held)

    def take(self, name: str, now: float) -> float:
        """Take a token; give 0, or for how many seconds there is none. Time may go back."""
        if not self.rate:
            return 0.0
        tokens, since = self._held.get(name, (self.burst, now))
        tokens = min(self.burst, tokens + max(now - since, 0.0) * self.rate)
        wait = 0.0 if tokens >= 1.0 else (1.0 - tokens) / self.rate
        self._held[name] = (tokens if wait else tokens - 1.0), now
        self._held.move_to_end(name)
        if len(self._held) > MOST:
            self._held.popitem(last=False)
        return wait
