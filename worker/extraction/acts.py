"""What is done about a ceasefire: agreed, declared, rejected, ended, …, by whom, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from worker.event import Act, Assertion, Status
from worker.extraction.accords import offered_plan
from worker.extraction.actnames import SOUGHT, Reading, act_named
from worker.extraction.actwords import LASTING, STANDING
from worker.extraction.assertion import assert_clause
from worker.extraction.governing import WRAPPERS, agents_of, is_passive
from worker.extraction.readings import BACKGROUND, BARE, SPANS, climb, raised_from
from worker.extraction.standing import is_to_come, stands
from worker.extraction.tree import VERBS
from worker.extraction.truces import STOP_VERBS
from worker.extraction.turns import (
    bidden,
    charged,
    conditional,
    declares_over,
    given_up,
    insists,
    not_sought,
    of_complying,
    of_earlier_ones,
    on_an_errand,
    refusable,
    threat_unless,
    unready,
    upon_condition,
)
from worker.extraction.undertakings import is_owed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.truces import Truce
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_ACTS: Final = {
    "agreed": Act.CEASEFIRE_AGREED,
    "declared": Act.CEASEFIRE_DECLARED,
    "in_effect": Act.CEASEFIRE_IN_EFFECT,
    "extended": Act.CEASEFIRE_EXTENDED,
    "proposed": Act.CEASEFIRE_PROPOSED,
    "demanded": Act.CEASEFIRE_DEMANDED,
    "rejected": Act.CEASEFIRE_REJECTED,
    "ended": Act.CEASEFIRE_ENDED,
    "violated": Act.VIOLATION_ALLEGED,
    "sought": Act.CEASEFIRE_PROPOSED,
    "negotiating": Act.TALKS_HELD,
    "to_negotiate": Act.TALKS_SCHEDULED,
}
_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
_STANDING_SO: Final = frozenset("fragile shaky tenuous uneasy existing current ongoing old long".split())
"""Of a ceasefire that stands: "a three-week-old truce", "a year-long ceasefire"."""
_KEEPING: Final = frozenset("monitor oversee supervise police uphold enforce maintain preserve".split())
_ENDANGERING: Final = frozenset(
    "threaten risk endanger jeopardize jeopardise imperil undermine test strain".split()
)
_BRINGING: Final = frozenset("bring halt pause stop give allow ease end".split())
"""What a ceasefire that stands does: "brings respite", "has halted the fighting"."""


@dataclass(frozen=True, slots=True)
class TruceAct:
    """An act on one ceasefire. `governor` is the word that decides it; `agents` who does it, `token` the ceasefire."""

    act: Act
    truce: Truce
    governor: int
    agents: tuple[int, ...]
    assertion: Assertion
    background: bool = False
    sought: bool = False
    """Only efforts towards a ceasefire are told of ("efforts to mediate")."""
    to_come: bool = False
    """It is to take effect: the times beside it are those of its beginning, not of the act."""


def find_acts(view: View, truce: Truce, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on one ceasefire word: usually one, several where it is "accepted by Israel but rejected by Hamas"."""
    put = offered_plan(view, truce.token)
    if put is not None:
        given = stands(view, put, "proposed", cues)
        return (TruceAct(Act.CEASEFIRE_PROPOSED, truce, put, _who_offers(view, truce.token, put), given),)
    return acts_from(view, truce, None, cues) or (
        () if truce.verb or _under_talks(view, truce, cues) else (_mention(view, truce, cues),)
    )


def _who_offers(view: View, plan: int, verb: int) -> tuple[int, ...]:
    """Whose plan it is, where it is received; else who puts it to others."""
    tree = view.tree
    taken = tree.tokens[verb].lemma == "receive" or is_passive(view, verb)
    return tuple(tree.kids(plan, "poss", "amod", "compound") if taken else tree.subjects(verb))


def acts_from(view: View, truce: Truce, name: str | None, cues: Cues) -> tuple[TruceAct, ...]:
    """The acts on what the truce's word stands for: the ceasefire (None), or an act by itself ("the proposal")."""
    start = Reading("declared" if truce.verb else name, truce.token)
    readings = list(_from_stopping(view, start, cues) if truce.verb else climb(view, start, cues))
    if any(r.name == "talks" for r in readings):
        return ()
    if all(r.name not in _ACTS for r in readings) and (deal := _deal_over(view, truce)) is not None:
        readings = list(climb(view, Reading(None, deal), cues))
    if all(r.name not in _ACTS for r in readings):
        readings.extend(_called_for(view, truce))
        readings.extend(_ruled_out(view, truce))
    readings.extend(_participles(view, truce, readings, cues))
    acts = [
        _as_scheduled(_act(view, truce, r, cues))
        for r in readings
        if r.name in _ACTS and not _in_passing(view, truce, r)
    ]
    return tuple({(a.act, a.governor, a.assertion.status): a for a in acts}.values())


def _called_for(view: View, truce: Truce) -> list[Reading]:
    """ "Calls for peace, the release of prisoners and a truce", wherever the parser hangs the last of the list."""
    tree = view.tree
    for at in tree.ancestors(truce.token):
        if tree.tokens[at].pos in VERBS:
            asked = tree.tokens[at].lemma == "call" and tree.prep_objects(at, "for")
            listed = asked and any(k > asked[0] for k in (*tree.objects(at), truce.token))
            return [Reading("demanded", at, tuple(tree.subjects(at)))] if listed else []
    return []


def _ruled_out(view: View, truce: Truce) -> list[Reading]:
    """ "Said there would be no ceasefire", "Hamas: no truce until prisoners go free", not "there was no truce on Monday"."""
    tree = view.tree
    none = next((k for k in tree.kids(truce.token, "det") if tree.tokens[k].lower == "no"), None)
    if none is None:
        return []
    if none > 1 and tree.tokens[none - 1].text == ":":
        return [Reading("rejected", truce.token, (none - 2,), presupposed=True)]
    verb = tree.tokens[tree.tokens[truce.token].head]
    if verb.lemma == "be":
        to_be = _TO_BE & {tree.tokens[k].lower for k in tree.kids(verb.i, "aux")}
        verb = tree.tokens[verb.head] if to_be and verb.dep == "ccomp" else tree.tokens[truce.token]
    said = verb.lemma in {"say", "tell", "insist", "vow", "declare", "warn"}
    return [Reading("rejected", verb.i, tuple(tree.subjects(verb.i)))] if said else []


_TO_BE: Final = frozenset({"will", "would", "shall", "'ll", "’ll"})


def _as_scheduled(act: TruceAct) -> TruceAct:
    """ "Are expected to discuss a truce": talks that are still to be held are set for a day."""
    if act.act is not Act.TALKS_HELD or act.assertion.status is not Status.PLANNED:
        return act
    asserted = replace(act.assertion, status=Status.ASSERTED)
    return replace(act, act=Act.TALKS_SCHEDULED, assertion=asserted)


def _deal_over(view: View, truce: Truce) -> int | None:
    """The deal whose terms name the ceasefire: "an agreement under which a ceasefire is to apply"."""
    tree = view.tree
    for at in (truce.token, *tree.ancestors(truce.token)):
        if tree.tokens[at].dep == "relcl":
            by = any(tree.tokens[k].lower in {"under", "by"} for k in tree.kids(at, "prep"))
            deal = tree.tokens[at].head
            return deal if by and tree.tokens[deal].lemma in WRAPPERS | {"declaration"} else None
    return None


def _under_talks(view: View, truce: Truce, cues: Cues) -> bool:
    return any(r.name == "talks" for r in climb(view, Reading(None, truce.token), cues))


def standing_for(view: View, truce: Truce) -> tuple[int, ...]:
    """Nouns that stand for the ceasefire in its phrase: "deal" in "the ceasefire deal with Israel"."""
    found = []
    for at in view.tree.ancestors(truce.token):
        if view.tree.tokens[at].lemma in WRAPPERS:
            found.append(at)
        elif view.tree.tokens[at].pos != "ADP":
            break
    return tuple(found)


def _act(view: View, truce: Truce, reading: Reading, cues: Cues) -> TruceAct:
    name = _name_of(view, reading)
    assertion = _stands(view, truce, reading, name, cues)
    at, status = reading.at, assertion.status
    broken = status is Status.DENIED and of_complying(view, at) and not conditional(view, at)
    if name in {"in_effect", "agreed"} and broken:
        return _turned(Act.VIOLATION_ALLEGED, truce, reading, assertion)
    if name in {"agreed", "declared"} and status in _REAL and _upon_condition(view, truce, at):
        name = "proposed"
    if name in {"agreed", "declared"} and bidden(view, at):
        name = "demanded"
    if truce.verb and name == "declared" and at == truce.token and is_owed(view, at):
        return _turned(Act.CEASEFIRE_DEMANDED, truce, replace(reading, agents=()), assertion)
    if name == "agreed" and status is Status.HYPOTHETICAL and on_an_errand(view, at):
        name, assertion = "negotiating", replace(assertion, status=Status.ASSERTED)
    if status is Status.DENIED and conditional(view, at):
        threat = threat_unless(view, at)
        if threat is not None and name in {"agreed", "declared"}:
            forced = replace(reading, at=threat, agents=tuple(view.tree.subjects(threat)))
            return _turned(Act.CEASEFIRE_DEMANDED, truce, forced, assertion)
        assertion = replace(assertion, status=Status.HYPOTHETICAL)
    refused = (
        name in {"agreed", "declared", "sought"}
        and assertion.status is Status.DENIED
        and reading.agents
        and refusable(view, at)
    )
    unwanted = name == "proposed" and assertion.status is Status.DENIED and not_sought(view, at)
    if refused or unwanted or (name == "proposed" and unready(view, at)):
        return _turned(Act.CEASEFIRE_REJECTED, truce, reading, assertion)
    return TruceAct(
        _ACTS[name],
        truce,
        at,
        reading.agents,
        assertion,
        sought=reading.sought or name == "sought",
        to_come=name == "in_effect" and is_to_come(view, at, name, cues),
    )


def _turned(act: Act, truce: Truce, reading: Reading, assertion: Assertion) -> TruceAct:
    """What is denied makes another act, which is done."""
    done = replace(assertion, status=Status.ASSERTED)
    return TruceAct(act, truce, reading.at, reading.agents, done)


def _upon_condition(view: View, truce: Truce, at: int) -> bool:
    return upon_condition(view, at) or (truce.verb and upon_condition(view, truce.token))


_REAL: Final = frozenset({Status.ASSERTED, Status.PLANNED})


def _stands(view: View, truce: Truce, reading: Reading, name: str, cues: Cues) -> Assertion:
    """How an act is asserted, by what stands around its word and the ceasefire's."""
    tree, at = view.tree, reading.at
    assertion = stands(view, at, name, cues)
    no = any(tree.tokens[k].lower == "no" for k in tree.kids(truce.token, "det"))
    accused = name == "violated" and any(tree.tokens[a].lemma in _CHARGING for a in (at, *tree.ancestors(at)))
    if name in {"proposed", "sought"} and given_up(view, truce.token, at):
        assertion = replace(assertion, status=Status.DENIED)
    if name in {"ended", "proposed", "demanded", "sought"} and of_earlier_ones(view, truce.token, at):
        assertion = replace(assertion, status=Status.HISTORICAL)
    if name == "demanded" and assertion.status is Status.HYPOTHETICAL and insists(view, at):
        assertion = replace(assertion, status=Status.ASSERTED)  # "there must be a ceasefire"
    if name in {"agreed", "declared"} and any(
        tree.tokens[o].lemma == "past" for o in tree.prep_objects(at, "in")
    ):
        assertion = replace(assertion, status=Status.HISTORICAL)
    if name == "agreed" and any(tree.tokens[k].lower == "being" for k in tree.kids(at, "auxpass", "aux")):
        assertion = replace(assertion, status=Status.HYPOTHETICAL)  # "is being finalised"
    short = name == "ended" and assertion.status is Status.DENIED and tree.tokens[at].lemma in LASTING
    if short or reading.presupposed or (accused and assertion.status is Status.HYPOTHETICAL):
        assertion = replace(assertion, status=Status.ASSERTED)
    if reading.denied or (no and name in STANDING and assertion.status is Status.ASSERTED):
        assertion = replace(assertion, status=Status.DENIED)
    return assertion


_CHARGING: Final = frozenset({"accuse", "blame"})


def _name_of(view: View, reading: Reading) -> str:
    """The act of a reading; "declared over", "a broken commitment", "accused of tearing it up" turn it round."""
    name = reading.name or ""
    if name == "declared" and declares_over(view, reading.at):
        return "ended"
    if name == "ended" and charged(view, reading.at):
        return "violated"
    broken = any(view.tree.tokens[k].lower == "broken" for k in view.tree.kids(reading.at, "amod"))
    return "violated" if broken and name in {"agreed", "declared"} else name


def _in_passing(view: View, truce: Truce, reading: Reading) -> bool:
    """ "Norway, which brokered the accord, urged …": that tells who mediates, not that a ceasefire is made."""
    tree = view.tree
    token = tree.tokens[reading.at]
    if reading.name == "violated":  # "accused of undermining a proposed truce"
        words = {tree.tokens[k].lower for k in tree.kids(truce.token, "amod")}
        return not words.isdisjoint({"proposed", "potential", "possible", "prospective"})
    if reading.name == "agreed" and token.lemma == "help" and token.dep == "relcl":
        return True  # "Kushner, who helped broker the truce that took effect in October"
    if reading.name != "agreed" or token.lemma not in {"broker", "mediate"} or token.dep != "relcl":
        return False
    clause = set(tree.subtree(token.i))
    dated = any(tree.at(m.start) in clause for m in view.times)
    return truce.token in tree.objects(token.i) and tree.tokens[token.head].pos == "PROPN" and not dated


def _participles(view: View, truce: Truce, read: list[Reading], cues: Cues) -> list[Reading]:
    """ "A truce declared on Friday", "the ceasefire that took effect", "broke down shortly after coming into effect"."""
    tree = view.tree
    told = frozenset(r.name for r in read)
    opened = any(r.name in {"agreed", "in_effect", "declared", "extended"} and not r.denied for r in read)
    found: list[Reading] = []
    tops = dict.fromkeys([truce.token, *standing_for(view, truce), *(r.at for r in read)])
    for top in tops:
        if tree.tokens[top].pos in VERBS:
            found.extend(
                Reading("in_effect", k)
                for p in tree.kids(top, "prep")
                if tree.tokens[p].lower in {"after", "before", "since", "upon", "on"}
                for k in tree.kids(p, "pcomp")
                if act_named(view, k, "subject", Reading(None, top), cues) == "in_effect"
            )
            continue
        below = next((r.name for r in read if r.at == top), None)
        for k in tree.kids(top, "acl", "relcl", "amod"):
            name, role = _of_participle(view, k, Reading(below, top), cues, told)
            if name is not None and name != below:
                found.append(Reading(name, k, tuple(agents_of(view, k, role)) if role != "subject" else ()))
    found.extend(_far_clauses(view, truce, found, told, cues))
    return [r for r in found if not opened or r.name in {"rejected", "violated"}]


def _far_clauses(
    view: View, truce: Truce, found: list[Reading], told: frozenset[str | None], cues: Cues
) -> list[Reading]:
    """Relative clauses that the parser hangs on a noun inside the ceasefire's phrase ("a truce along the border, which …")."""
    tree = view.tree
    done = {r.at for r in found}
    more = []
    for k in tree.subtree(truce.token):
        if tree.tokens[k].dep != "relcl" or k in done:
            continue
        if tree.tokens[k].lemma in cues.acts["rejected"] and tree.kids(k, "nsubjpass"):
            more.append(Reading("rejected", k, tuple(tree.prep_objects(k, "by"))))
        elif (
            "ended" not in told
            and _begins(view, k)
            and act_named(view, k, "subject", Reading(None, truce.token), cues) == "in_effect"
        ):
            more.append(Reading("in_effect", k))
    return more


def _begins(view: View, k: int) -> bool:
    """Whether a relative clause says of its "which" that it began."""
    tree = view.tree
    relative = any(tree.tokens[s].tag == "WDT" for s in tree.kids(k, "nsubj"))
    return relative and tree.tokens[k].lemma in {"begin", "start", "take", "come", "go", "enter"}


def _of_participle(
    view: View, k: int, below: Reading, cues: Cues, acts: frozenset[str | None]
) -> tuple[str | None, str]:
    """(act, role of the ceasefire in it) of a participle or relative clause below a ceasefire or a noun of act.

    `acts` are those that the rest of the sentence tells of.
    """
    tree, ended = view.tree, "ended" in acts
    token = tree.tokens[k]
    dated = any(tree.at(m.start) in set(tree.subtree(k)) for m in view.times)
    if token.pos not in {"VERB", "AUX", "ADJ"} or (
        token.lemma in SOUGHT and token.tag == "VBN" and not dated
    ):
        return None, ""
    own = tree.kids(k, "nsubj")
    if token.dep == "amod" and (token.tag != "VBN" or token.lemma in {"support", "back", "want", "call"}):
        return None, ""  # "a lasting ceasefire", "an internationally backed truce", "the so-called truce"
    told = tree.tokens[tree.tokens[below.at].head].lower in BACKGROUND and tree.tokens[below.at].dep == "pobj"
    if (
        (ended or "violated" in acts or (told and token.dep == "acl"))
        and not dated
        and token.tag in {"VBN", "VBG"}
        and not own
        and not tree.kids(k, "nsubjpass")
    ):
        return None, ""
    relative = any(tree.tokens[s].tag in {"WDT", "WP"} or tree.tokens[s].lower == "that" for s in own)
    passive = (
        is_passive(view, k)
        or bool(tree.kids(k, "nsubjpass"))
        or (token.tag == "VBN" and not own)
        or (token.dep == "acl" and token.tag == "VBD")
    )
    role = "passive" if passive else "subject" if relative or not own else "object"
    name = act_named(view, k, role, below, cues)
    if name == "ended" and token.tag in {"VBN", "VBG"} and not own:
        return None, ""
    if name == "in_effect" and ended and token.tag in {"VBD", "VBN"}:
        return (
            None,
            "",
        )  # "buried the truce that had held since March", "ended the truce which began two days ago"
    definite = {tree.tokens[d].lower for d in tree.kids(below.at, "det")} & _DEFINITE
    if name == "agreed" and token.dep == "amod" and definite and not dated:
        return None, ""  # "resigned over the approved ceasefire deal"
    to_come = token.dep == "acl" and any(tree.tokens[a].tag == "TO" for a in tree.kids(k, "aux"))
    starting = token.dep == "acl" and token.tag == "VBG" and acts & {"proposed", "demanded", "rejected"}
    if name == "in_effect" and (starting or (to_come and acts - {None})):
        return None, ""  # "proposed a truce to start on Sunday": its time, no act of its own
    return (name if name not in {None, "demanded"} else None), role


def _mention(view: View, truce: Truce, cues: Cues) -> TruceAct:
    """A ceasefire named in passing; one that nothing points to ("a condition for a truce") need not exist."""
    assertion = assert_clause(view, truce.token, cues)
    token = view.tree.tokens[truce.token]
    if assertion.status is Status.THREATENED and token.dep == "dobj":
        # "threatens a truce": what is in danger stands
        assertion = replace(assertion, status=Status.ASSERTED)
    if assertion.status is Status.ASSERTED and not _exists(view, truce):
        assertion = replace(assertion, status=Status.HYPOTHETICAL)
    return TruceAct(Act.CEASEFIRE_MENTIONED, truce, truce.token, (), assertion, background=True)


def _exists(view: View, truce: Truce) -> bool:
    """Whether the words take a ceasefire for granted: "the truce", "despite a truce", "a fragile truce", "monitors a truce"."""
    tree = view.tree
    for at in (truce.token, *standing_for(view, truce)):
        token = tree.tokens[at]
        if (
            any(tree.tokens[k].lower in _DEFINITE for k in tree.kids(at, "det", "poss"))
            or any(tree.tokens[k].lower in _STANDING_SO for k in tree.kids(at, "amod", "compound"))
            or tree.kids(at, "poss")
            or tree.kids(at, "nummod")
        ):
            return True
        above = tree.tokens[token.head].lemma
        if _is_complied_with(view, truce, at):
            return True
        if (token.dep == "dobj" and above in _KEEPING | _ENDANGERING) or (
            token.dep == "nsubj" and above in _BRINGING
        ):
            return True
        preposition = tree.tokens[token.head]
        if token.dep == "pobj" and preposition.lower in BACKGROUND | {"after", "following", "violation"}:
            return True
        if (
            token.dep == "pobj"
            and preposition.lower == "into"
            and tree.tokens[preposition.i - 1].lemma in SPANS
        ):
            return True  # "hours into a truce"
        if any(
            tree.tokens[k].pos == "PROPN" or tree.tokens[k].tag == "VBN"
            for k in tree.kids(at, "compound", "amod", "acl")
        ):
            return True
    return False


def _is_complied_with(view: View, truce: Truce, at: int) -> bool:
    """ "Freed as part of a truce", "according to ceasefire terms"; not "as part of any peace deal"."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[at].head]
    named = tree.tokens[truce.token].lemma in BARE and not any(
        tree.tokens[k].lower in {"any", "potential", "possible", "future"}
        for k in (*tree.kids(at, "det", "amod"), *tree.kids(truce.token, "det", "amod"))
    )
    doing = tree.tokens[preposition.head].lower in {"part", "according"}
    return named and tree.tokens[at].dep == "pobj" and doing


def _from_stopping(view: View, start: Reading, cues: Cues) -> Iterable[Reading]:
    """ "Agreed to halt strikes", "will halt strikes": the verb of undertaking above the stopping decides."""
    agents = tuple(agents_of(view, start.at, "object"))
    tree = view.tree
    refused = tree.tokens[start.at].dep == "xcomp" and tree.kids(start.at, "neg")
    if refused and tree.tokens[start.at].lemma in STOP_VERBS:  # "vowed not to stop its attacks"
        start = replace(start, name="rejected")
    return raised_from(view, replace(start, agents=agents), start.at, cues)
