"""What is only done to be able to attack: no attack of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View


def is_means(view: View, i: int) -> bool:
    """ "Is using schools to launch attacks", not "used drones to attack Kyiv": tells of no attack that was launched."""
    token = view.tree.tokens[i]
    if token.lemma not in {"use", "exploit"} or token.tag in {"VBD", "VBN"}:
        return False
    return any(o in view.sites_by_head or view.tree.tokens[o].lemma in _GROUND for o in view.tree.objects(i))


_GROUND: Final = frozenset(
    "infrastructure territory land soil area building home house civilian airspace".split()
)
"""What one attacks from, not with."""
