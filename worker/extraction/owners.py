"""Whose a thing is that is hit, and whether somebody is a fighter: by what stands beside the noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.extraction.actornouns import CIVILIANS, FACELESS, GROUP_NOUNS, POSSESSIVES
from worker.extraction.actors import actors_of
from worker.extraction.enemies import TRUCELESS
from worker.extraction.linking import SAYING
from worker.extraction.sayers import told_by
from worker.extraction.view import INSIDE_NOUN_PHRASE
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.view import View

_ARMIES: Final = frozenset({"army", "government"})
_FACELESS: Final = frozenset({"armed", "masked", "unidentified", "unknown"})
_MOUNTS: Final = frozenset({"motorbike", "motorcycle"})
_RUNNING: Final = frozenset("operate run own control use crew man occupy hold".split())
"""What they do with a thing whose it is."""
_HELD: Final = re.compile(
    r"\b(?:(?P<rebels>rebel|opposition|insurgent|separatist|militant)|government|regime)[- ](?:held|controlled)\b",
    re.IGNORECASE,
)
_OWN: Final = frozenset({"its", "their", "our", "his"})
_SOLDIERS: Final = frozenset({"soldier", "troop", "serviceman", "servicemen", "reservist"})


_OF_FIGHTERS: Final = frozenset(
    "camp position base stronghold hideout target post headquarters convoy fighter".split()
)
_OF_A_TOWN: Final = frozenset(
    "outskirt outskirts suburb centre center downtown neighbourhood neighborhood".split()
)
_ABOARD: Final = frozenset("crew occupant passenger driver pilot sailor crewman crewmen".split())


class Owners:
    """What a frame's reader knows of the nouns of its sentence; `triggers` are all its triggers, which fill no role."""

    def __init__(self, view: View, context: Context, frame: Frame, triggers: frozenset[int]) -> None:
        self.view, self.tree, self.context, self.frame = view, view.tree, context, frame
        self.triggers = triggers

    def _army_of(self, c: int) -> tuple[Actor, ...]:
        """ "Attacked an army post": that of the state that the article is about, where rebels do it."""
        rebels = self.frame.unnamed or any(self.context.kind(a) is ActorKind.GROUP for a in self.frame.actors)
        army = [k for k in self.tree.kids(c, "compound", "amod") if self.tree.tokens[k].lower in _ARMIES]
        return actors_of(self.view, army[0], self.context) if army and rebels else ()

    def _of_a_people(self, c: int) -> tuple[Actor, ...]:
        """ "Struck a Kurdish camp in northern Iraq": whose fighters of that people the attacker is at war with there."""
        if self.tree.tokens[c].lemma not in _OF_FIGHTERS:
            return ()
        peoples = (self.tree.tokens[k].text for k in self.tree.kids(c, "amod", "compound"))
        groups = sorted({g for p in peoples for g in self.context.lexicon.peoples.get(p, ())})
        known = (
            (war, group)
            for group in groups
            for actor in self.frame.actors
            if (war := self.context.lexicon.conflict_between(actor, group, self.context.on)) is not None
        )
        lands = {
            entry.country
            for at in (c, self.tree.tokens[c].head)
            for o in self.tree.prep_objects(at, "in", "near")
            for entry in self.context.lexicon.places.lookup(self.tree.tokens[o].text)[:1]
        }
        fought = [group for war, group in known if not lands or lands & war.countries]
        return (self.context.actor(fought[0], inferred=True),) if fought else ()

    def _of_speaker(self, c: int) -> tuple[Actor, ...]:
        """ "Two soldiers died, the Israeli army said": a state tells of its own dead."""
        tree = self.tree
        doers = tree.subjects(tree.tokens[c].head)
        own = any(tree.tokens[k].lower in _OWN for d in doers if d != c for k in tree.kids(d, "poss"))
        if tree.tokens[c].lemma not in _SOLDIERS or tree.kids(c, "amod") or own:
            return ()  # "its forces had killed 30 soldiers"
        speakers = told_by(self.view, c, SAYING)
        found = (a for s in speakers for a in actors_of(self.view, s, self.context))
        return tuple(
            a for a in found if self.context.kind(a.id) is ActorKind.STATE and a.id not in self.frame.actors
        )

    def _run_by(self, c: int) -> list[int]:
        """ "A boat operated by the cartel", "which he said was run by the group"."""
        tree = self.tree
        clauses = tree.kids(c, "acl", "relcl")
        clauses += [k for clause in clauses for k in tree.kids(clause, "ccomp")]
        hands = [h for k in clauses for h in tree.prep_objects(k, "in") if tree.tokens[h].lemma == "hand"]
        # "had been in the hands of rebels"
        held = [o for hand in hands for o in tree.prep_objects(hand, "of")]
        run = [p for k in clauses if tree.tokens[k].lemma in _RUNNING for p in tree.prep_objects(k, "by")]
        return [*run, *held]

    def _its(self, c: int) -> list[int]:
        """ "The attack on its embassy", said by whom it hit; "its outskirts" are a town's, "its crew" a tank's."""
        if self.tree.tokens[c].lemma in _OF_A_TOWN | _ABOARD:
            return []
        return [k for k in self.tree.kids(c, "poss") if self.tree.tokens[k].lower in POSSESSIVES]

    def _accusers(self, c: int) -> list[int]:
        """ "Russia accused Ukraine of shelling its towns", "Israel says Iran fired at its north": whose they are."""
        return told_by(self.view, c, {"accuse", "blame", *SAYING})

    def _held_by(self, c: int) -> Actor | None:
        """ "rebel-held districts": whoever the article calls so."""
        below = [k for k in self.tree.children[c] if self.tree.tokens[k].dep in INSIDE_NOUN_PHRASE]
        if not below:
            return None
        start = self.tree.tokens[min(self.tree.subtree(min(below)))].start
        match = _HELD.search(self.view.words(start, self.tree.tokens[c].start))
        if match is None:
            return None
        sentence, offset = self.view.sentence, start + match.start()
        if match["rebels"]:
            holder = self.context.group_before(sentence, offset)
            if holder in TRUCELESS:  # jihadists are not whom "rebel-held" means
                sides = (side.id for _, war in self.context.conflicts for side in war.sides)
                rebels = (s for s in sides if self.context.kind(s) is ActorKind.GROUP and s not in TRUCELESS)
                holder = next(rebels, holder)
        else:
            holder = self.context.state_before(sentence, offset)
        return self.context.actor(holder, text=match[0]) if holder is not None else None

    def _is_fighter(self, i: int) -> bool:
        """ "Gunmen", "armed men", but not the "unknown assailants" of a crime."""
        lemma = self.tree.tokens[i].lemma
        said = {self.tree.tokens[k].lower for k in self.tree.kids(i, "amod")}
        mounted = {self.tree.tokens[o].lemma for o in self.tree.prep_objects(i, "on", "riding")}
        if mounted & _MOUNTS and lemma in CIVILIANS:
            return True  # "men on motorbikes"
        if said & {"unknown", "unidentified"} and lemma in {"assailant", "attacker"}:
            return False
        return lemma in GROUP_NOUNS or (bool(said & _FACELESS) and lemma in CIVILIANS | FACELESS)
