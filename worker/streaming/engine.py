"""Correlation as the fold of a partition takes it: one policy, bound once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worker.correlation import Policy, advance, engine_id, new_state, state_from_dict, state_to_dict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from worker.alert import Alert
    from worker.event import Event
    from worker.settings import Settings
    from worker.streaming.partition_state import Step


class CorrelationEngine:
    """`Engine` of `worker.correlation`."""

    def __init__(self, policy: Policy) -> None:
        """`id` names code and policy."""
        self._policy = policy
        self.id = engine_id(policy)

    def new_state(self, conflict: str) -> Any:  # noqa: ANN401 - opaque to the fold
        """Nothing is known of the conflict yet."""
        return new_state(conflict)

    def advance(self, state: Any, event: Event, *, at: datetime | None = None) -> Step:  # noqa: ANN401
        """One step of correlation, `at` being when the event was written to its log."""
        return advance(state, event, self._policy, at=at)

    def alerts(self, state: Any) -> Iterable[Alert]:  # noqa: ANN401
        """The alerts that are remembered."""
        return [alert for _, alert in state.alerts.values()]

    def dump(self, state: Any) -> dict[str, Any]:  # noqa: ANN401
        """The state as plain values."""
        return state_to_dict(state)

    def load(self, raw: dict[str, Any]) -> Any:  # noqa: ANN401
        """The state from plain values."""
        return state_from_dict(raw)


def policy_of(settings: Settings) -> Policy:
    """The policy that a deployment asks for."""
    return Policy(window=settings.window, grace=settings.grace)
