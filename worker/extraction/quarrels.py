"""Truces that belong to no war: of words, of tariffs, in a labour dispute, and what crowds demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Act
from worker.extraction.wars import EVIDENT

if TYPE_CHECKING:
    from worker.extraction.acts import TruceAct
    from worker.extraction.context import Context
    from worker.extraction.parties import Parties
    from worker.extraction.view import View


def is_quarrel(view: View, found: TruceAct, parties: Parties, context: Context) -> bool:
    """Whether a truce is one of words or of tariffs: "Musk and Trump call a truce"."""
    called = view.tree.tokens[found.governor].lemma == "call" and found.act is Act.CEASEFIRE_DECLARED
    war = parties.conflict is not None or context.main_conflict is not None or context.speaks_of_arms
    return (called and not war) or _of_trade(view, parties, context) or _of_labour(view, parties, context)


def _of_labour(view: View, parties: Parties, context: Context) -> bool:
    """ "Nurses suspended their strikes after a truce with the government": no enemies of any war are named."""
    named = [p.id for p in parties.parties if not p.inferred]
    return context.tells_of_labour(view.sentence.text) and not context.at_war(named, named)


def _of_trade(view: View, parties: Parties, context: Context) -> bool:
    """Whether a truce is one of tariffs: they are spoken of, and no known war is between its parties or who agrees on it."""
    evident = any(c.id == parties.conflict and strength >= EVIDENT for strength, c in context.conflicts)
    together = [a.id for a in parties.agents]
    named = together if len(together) > 1 else [p.id for p in parties.parties if not p.inferred]
    known = context.at_war(named, named)
    return not (known or (evident and len(together) < 2)) and context.tells_of_trade(view.sentence.text)  # noqa: PLR2004


def of_a_crowd(view: View, found: TruceAct, parties: Parties) -> bool:
    """ "Protesters demand an end to the strikes": that asks nobody for a truce."""
    lemmas = {view.tree.tokens[i].lemma for i in found.agents}
    if not parties.parties and view.tree.lemmas & {"protester", "protest", "riot", "rioter", "demonstrator"}:
        return True  # "police clash with protesters, and the minister urges an end to violence"
    return found.truce.stopped is not None and not parties.agents and bool(lemmas) and lemmas <= _CROWDS


_CROWDS: Final = frozenset(
    "people protester demonstrator thousand hundred activist crowd student marcher".split()
)
