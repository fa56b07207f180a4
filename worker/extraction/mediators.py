"""Who stands between the parties: brokers, hosts and guarantors, and the third who announces what others agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of, unique
from worker.extraction.attachments import CONVERSATIONS
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.view import View

_BROKERS: Final = frozenset(
    "broker mediate sponsor facilitate organise organize arrange host oversee guarantee negotiate propose chair convene "
    "supervise".split()
)
_ACTIVE_BROKERS: Final = frozenset("broker mediate sponsor facilitate host oversee chair".split())
_MADE_PUBLIC: Final = frozenset("announce declare propose put request seek draw float draft table".split())
"""Participles after a ceasefire whose agent, if no party, made it: "the truce announced by the envoy"."""
_AUSPICES: Final = frozenset(
    "auspex auspice auspices aegis eye mediation supervision patronage sponsorship facilitation".split()
)
_HELP: Final = frozenset("mediation effort attempt bid help facilitation initiative".split())
_ROLES: Final = frozenset({"mediator", "broker", "sponsor", "guarantor", "facilitator", "host"})
_REPORTING: Final = frozenset({"report", "accord", "deny", "write"})
"""Verbs of saying that only pass on what others did."""


def find_mediators(view: View, tokens: Sequence[int], context: Context) -> tuple[Actor, ...]:
    """Those said to mediate what `tokens` name: "brokered by X", "X-brokered", "mediators X and Y", "X is mediating"."""
    tree = view.tree
    found: list[Actor] = [
        context.actor(m.alias.actor_id, text=m.text) for m in view.actors if m.relation == "mediator"
    ]
    for token in tree.tokens:
        if (
            token.pos == "VERB"
            and token.lemma in _BROKERS
            and (token.head in tokens or token.i in tokens or token.dep in {"acl", "relcl"})
            and not _to_another_end(view, token.i, tokens)
        ):
            for at in tree.prep_objects(token.i, "by"):
                found.extend(actors_of(view, at, context))
            active = token.tag != "VBN" or tree.kids(token.i, "nsubj")  # "has brokered"
            if active and token.lemma in _ACTIVE_BROKERS:
                who = tree.subjects(token.i)
                if any(tree.tokens[s].tag in {"WDT", "WP"} for s in who):
                    who = [token.head]  # "Turkey, which mediated the talks along with Qatar"
                beside = [k for at in (token.i, *tree.objects(token.i)) for k in tree.kids(at, "prep")]
                for along in (
                    k for k in beside if tree.tokens[k].lower in {"along", "alongside", "together"}
                ):
                    who += [*tree.prep_objects(along, "with"), *tree.prep_objects_of(along)]
                for s in who:
                    found.extend(actors_of(view, s, context))
        elif token.lemma in _ROLES and token.pos in {"NOUN", "PROPN"}:
            found.extend(a for at in _holders(view, token.i) for a in actors_of(view, at, context))
        elif token.lemma in _AUSPICES and token.dep == "pobj":  # "under the eyes of", "with the mediation of"
            found.extend(_whose(view, token.i, context))
    return unique(found)


def _to_another_end(view: View, i: int, tokens: Sequence[int]) -> bool:
    """ "Declares a truce to facilitate relief", but not "flew in to mediate" or "to broker a truce"."""
    objects = view.tree.kids(i, "dobj")
    return view.tree.tokens[i].dep == "advcl" and bool(objects) and not set(objects) & set(tokens)


def _holders(view: View, role: int) -> list[int]:
    """Who is called a mediator: "mediators X and Y", "mediator X", "X is a guarantor"."""
    tree = view.tree
    token = tree.tokens[role]
    found = [role, *tree.kids(role, "appos"), *tree.prep_objects(role, "from")]
    if token.dep in {"compound", "nmod", "appos"}:
        found.append(token.head)
    return [*found, *(tree.subjects(token.head) if token.dep == "attr" else ())]


def find_helpers(view: View, context: Context) -> tuple[Actor, ...]:
    """Mediators named where nothing else is told of a ceasefire: "The accord, brokered by X, obliges …", "X is a guarantor"."""
    tokens = view.tree.tokens
    deals = [t.i for t in tokens if t.lemma in _SPOKEN_OF | _ROLES and t.pos in {"NOUN", "PROPN"}]
    return find_mediators(view, [*deals, *(tokens[d].head for d in deals)], context) if deals else ()


_SPOKEN_OF: Final = frozenset(
    "deal agreement accord pact arrangement truce talk negotiation process ceasefire".split()
)


def find_go_betweens(view: View, tokens: Sequence[int], context: Context) -> tuple[Actor, ...]:
    """Those who may have made a ceasefire or talks come about, unless they are a party: "a US plan", "in a call with X"."""
    tree, proposals = view.tree, context.lexicon.cues.act_nouns["proposed"]
    found = [a for at in tokens for a in _spoken_with(view, at, context)]
    for at in tokens:
        for noun in (at, *_nouns_above(view, at)):
            if tree.tokens[noun].lemma in proposals | _HELP:
                found += _whose(view, noun, context)
            for k in tree.kids(noun, "acl", "relcl"):
                if tree.tokens[k].lemma in _MADE_PUBLIC:
                    passive = tree.tokens[k].tag == "VBN"
                    by = tree.prep_objects(k, "by") if passive else tree.kids(k, "nsubj")
                    found += [a for b in by for a in actors_of(view, b, context)]
    for token in tree.tokens:  # "asked X to mediate a truce", "X's efforts to mediate a truce"
        if (
            token.lemma in {"broker", "mediate"}
            and token.tag == "VB"
            and set(tree.objects(token.i)) & {*tokens}
        ):
            found += [a for s in tree.subjects(token.i) for a in actors_of(view, s, context)]
            if token.dep == "acl":
                found += _whose(view, token.head, context)
    return unique(found)


def _spoken_with(view: View, at: int, context: Context) -> list[Actor]:
    """ "Agreed in a call with Trump", "after talks with Qatar's emir"."""
    tree = view.tree
    occasions = [
        o
        for o in tree.prep_objects(at, "in", "during", "after", "following")
        if tree.tokens[o].lemma in CONVERSATIONS
    ]
    return [a for o in occasions for w in tree.prep_objects(o, "with") for a in actors_of(view, w, context)]


def _whose(view: View, noun: int, context: Context) -> list[Actor]:
    """Whose plan, effort or auspices: "an Egyptian plan", "mediation by Qatar", "the good offices of Norway"."""
    named = [m for m in view.actors_by_head.get(noun, ()) if m.relation is None]
    below = view.tree.prep_objects(noun, "by", "of", "from")
    return [
        *(context.actor(m.alias.actor_id, text=m.text) for m in named),
        *(a for at in below for a in actors_of(view, at, context)),
    ]


def find_announcers(
    view: View, governor: int, parties: Sequence[Actor], context: Context
) -> tuple[Actor, ...]:
    """Third ones who say that others have agreed: "Qatar announced that …", "…, Trump says"; no ally or enemy of a party."""
    tree = view.tree
    for at in tree.ancestors(governor):
        token = tree.tokens[at]
        if token.lemma not in context.lexicon.cues.assertion["say"] or token.lemma in _REPORTING:
            continue
        found = unique([a for s in tree.subjects(at) for a in actors_of(view, s, context)])
        return tuple(a for a in found if _is_third(a, parties, context))
    return ()


def are_powers(
    actors: Sequence[Actor], principals: Sequence[str], outsiders: Sequence[Actor], context: Context
) -> bool:
    """ "The United States, Russia and Jordan agreed a truce in Syria": states that act for others in the others' war.

    So do three of which none is one of the two that it is named after, whomever each backs: "Iran, Russia and Turkey".
    """
    return (
        len(actors) > 1
        and (bool(outsiders) or len(actors) > 2)  # noqa: PLR2004
        and all(context.kind(a.id) is not ActorKind.GROUP and a.id not in principals for a in actors)
    )


def _is_third(actor: Actor, parties: Sequence[Actor], context: Context) -> bool:
    if context.kind(actor.id) is ActorKind.GROUP or any(actor.side == p.side for p in parties):
        return False
    ids = [p.id for p in parties]
    main = context.main_conflict
    return not context.at_war([actor.id], ids) and (main is None or main.side_of(actor.id) is None)


def _nouns_above(view: View, at: int) -> Iterator[int]:
    """Nouns whose phrase a word stands in: "proposal" over "truce" in "an Egyptian proposal for a truce"."""
    for a in view.tree.ancestors(at):
        if view.tree.tokens[a].pos in {"NOUN", "PROPN"}:
            yield a
        elif view.tree.tokens[a].pos != "ADP":
            return
