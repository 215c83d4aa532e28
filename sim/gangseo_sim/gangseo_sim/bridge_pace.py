"""How fast simulated time may pass: the wanted factor, or less where the machine cannot; never a jump."""

from collections import deque

STEP_S = 0.01
"""One engine step."""
STEPS_PER_SECOND = round(1 / STEP_S)
SHARE_OF_TICK = 0.8
"""Part of a tick that stepping may use; the rest belongs to messages."""
WINDOW_S = 2.0


class Pace:
    """Counts the steps that are due; wall times come from the caller's monotonic clock."""

    def __init__(self, factor: float, now_s: float) -> None:
        self.factor = factor
        self._last_s = now_s
        self._owed_s = 0.0
        self._step_cost_s = 0.0001
        self._passed: deque[tuple[float, float]] = deque([(now_s, 0.0)])
        self._simulated_s = 0.0

    @property
    def tick_s(self) -> float:
        """Wall time between ticks: 50 Hz, up to 100 Hz where simulated time is fast."""
        return max(0.01, min(0.02, 0.05 / self.factor))

    def due(self, now_s: float, *, limit_s: float | None = None) -> int:
        """Steps to take now; what the machine cannot do in a tick is forgotten, so time slows instead of jumping."""
        self._owed_s += max(0.0, now_s - self._last_s) * self.factor
        self._last_s = now_s
        steps = int(self._owed_s / STEP_S + 1e-9)
        most = max(1, int(self.tick_s * SHARE_OF_TICK / self._step_cost_s))
        if steps > 2 * most:
            self._owed_s = most * STEP_S
            steps = most
        if limit_s is not None:
            steps = min(steps, int(min(limit_s, 1e6) / STEP_S + 1e-6))
        self._owed_s -= steps * STEP_S
        return steps

    def idle(self, now_s: float) -> None:
        """Wall time that passes without simulated time: paused."""
        self._last_s = now_s
        self._owed_s = 0.0
        self._note(now_s, 0.0)

    def done(self, steps: int, took_s: float, now_s: float) -> None:
        """Notes that steps were taken and what they cost."""
        if steps:
            self._step_cost_s += 0.1 * (took_s / steps - self._step_cost_s)
        self._note(now_s, steps * STEP_S)

    def achieved(self) -> float:
        """Simulated seconds per wall second, over the last two wall seconds."""
        (first_s, first), (last_s, last) = self._passed[0], self._passed[-1]
        return (last - first) / (last_s - first_s) if last_s > first_s else 0.0

    def _note(self, now_s: float, simulated_s: float) -> None:
        self._simulated_s += simulated_s
        self._passed.append((now_s, self._simulated_s))
        while len(self._passed) > 2 and now_s - self._passed[0][0] > WINDOW_S:
            self._passed.popleft()
