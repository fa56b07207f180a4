"""What fills a role: a noun in the tree becomes an actor, a target, a victim, a weapon or a place of one frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Disposition, Mode
from worker.extraction.actors import CIVILIANS, GROUP_NOUNS, REBEL_NOUNS, RULERS, actors_of, members_of
from worker.extraction.linking import SAYING, is_beside, place_of
from worker.extraction.sayers import told_by
from worker.extraction.view import INSIDE_NOUN_PHRASE
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.context import Context
    from worker.extraction.frames import Frame
    from worker.extraction.mention import ActorMention
    from worker.extraction.view import View

_AT: Final = (
    "at",
    "on",
    "into",
    "against",
    "toward",
    "towards",
    "onto",
    "upon",
    "over",
    "across",
    "in",
    "near",
    "above",
    "beside",
    "inside",
    "around",
    "throughout",
    "outside",
    "along",
    "to",
    "targeting",
    "within",
)
_AIMED: Final = frozenset({"at", "on", "into", "against", "toward", "towards", "onto", "upon", "targeting"})
_USING: Final = frozenset("fly send use operate deploy steer".split())
PIECES: Final = frozenset({"fragment", "debris", "wreckage", "shrapnel"})
"""What a weapon does harm by when it comes down."""
_LAYING: Final = frozenset("plant lay place set leave operate".split())
_AIRCRAFT: Final = frozenset({"aircraft", "plane", "jet", "helicopter"})
_BYSTANDERS: Final = frozenset(
    "national citizen contractor journalist worker employee tourist student doctor volunteer reporter engineer activist "
    "protester".split()
)
"""Victims whose nationality does not tell which side is hit."""


_ARMIES: Final = frozenset({"army", "government"})
_CARRIERS: Final = frozenset(
    "ship warship submarine destroyer frigate carrier aircraft jet plane bomber warplane helicopter drone".split()
)
_FACELESS: Final = frozenset({"armed", "masked", "unidentified", "unknown"})
_COUNTS: Final = frozenset("score dozen hundred number pair handful scores dozens hundreds".split())
_BLAMING: Final = frozenset({"blame", "pin"})
_WISHES: Final = frozenset(
    "request invitation behest retaliation response revenge reprisal reply answer solidarity support".split()
)
"""What something is done at or in, without being aimed at it: "at the request of the government", "in retaliation"."""
_HELD: Final = re.compile(
    r"\b(?:(?P<rebels>rebel|opposition|insurgent|separatist|militant)|government|regime)[- ](?:held|controlled)\b",
    re.IGNORECASE,
)


_OWN: Final = frozenset({"its", "their", "our", "his"})
_SOLDIERS: Final = frozenset({"soldier", "troop", "serviceman", "servicemen", "reservist"})


class Fillers:
    """Puts nouns of one sentence into the roles of one frame; `triggers` are all its triggers, which fill none."""

    def __init__(self, view: View, context: Context, frame: Frame, triggers: frozenset[int]) -> None:
        self.view, self.tree, self.context, self.frame = view, view.tree, context, frame
        self.triggers = triggers

    def _circumstances(self, i: int, *, of_weapon: bool = False, of_defence: bool = False) -> None:
        tree = self.tree
        for k in tree.children[i]:
            token = tree.tokens[k]
            another = token.dep == "conj" and token.pos == "ADP"
            if token.dep not in {"prep", "agent", "dative"} and not another:
                continue
            if of_defence and token.lower in {"by", "with", "using"}:
                continue  # who, and what, brought the weapon down
            by = tree.tokens[i].pos == "NOUN" or token.dep == "agent"
            blamed = token.lower == "on" and tree.tokens[tree.tokens[i].head].lemma in _BLAMING
            for again in (c for c in tree.conjuncts(k) if tree.tokens[c].pos == "ADP"):  # "at X and at Y"
                for p in tree.prep_objects_of(again):
                    if blamed and tree.tokens[i].dep == "dobj":
                        self._actor(p)  # "blamed the attack on a militia"
                    elif p not in self.triggers:
                        self._circumstance(tree.tokens[again].lower, p, by=by, origin=not of_weapon)

    def _circumstance(self, preposition: str, i: int, *, by: bool, origin: bool) -> None:
        """Put one noun into the role that its preposition says; `by` and `origin`: whether those roles are open."""
        if self._is_time(i) or self.tree.tokens[i].lemma in _WISHES:
            return
        aimed = preposition in _AIMED or (preposition == "to" and self.frame.triggers[0].role == "destroy")
        if preposition == "under":
            return
        if aimed:
            self._target(i)
        elif preposition in _AT:
            if preposition != "near" or not is_beside(self.tree, i):
                self._ground(i)
        elif preposition == "by" and by:
            self._actor(i)
        elif preposition == "from" and origin:
            self._origin(i)
        elif preposition in {"with", "using"}:
            self._weapon(i)

    def _is_time(self, i: int) -> bool:
        """ "On Saturday", "at 09:30": no place that is hit."""
        start = self.tree.tokens[i].start
        return any(m.start <= start < m.end for m in self.view.times)

    def _actor(self, i: int) -> None:
        for c in members_of(self.view, i):
            if c in self.triggers and self.tree.tokens[c].pos != "VERB":
                continue
            if c in self.view.weapon_tokens:
                self._weapon_token(c)
                for mention in self.view.actors_by_head.get(c, ()):
                    self._weapon_owner(mention)
                self._used_by(c)
                for place in self.tree.prep_objects(c, "from"):
                    self._origin(place)
                continue
            if self.tree.tokens[c].lemma in PIECES:
                self._weapon(c)
            civilian = self.tree.tokens[c].lemma in CIVILIANS and not self._is_fighter(c)
            if self.tree.tokens[c].tag in {"WDT", "WP", "DT"} or civilian:
                continue
            named = () if place_of(self.tree, c) is not None else actors_of(self.view, c, self.context)
            who = (c, *self.tree.prep_objects(c, "of")) if self.tree.tokens[c].lemma in _COUNTS else (c,)
            self.frame.unnamed |= not named and any(self._is_fighter(w) for w in who)
            if named and self.tree.tokens[c].lemma in _AIRCRAFT:
                self.frame.modes.append(Mode.AIRSTRIKE)
            for actor in named:
                self._add_actor(actor)

    def _is_fighter(self, i: int) -> bool:
        """ "Gunmen", "armed men", but not the "unknown assailants" of a crime."""
        lemma = self.tree.tokens[i].lemma
        said = {self.tree.tokens[k].lower for k in self.tree.kids(i, "amod")}
        if said & {"unknown", "unidentified"} and lemma in {"assailant", "attacker"}:
            return False
        return lemma in GROUP_NOUNS or (bool(said & _FACELESS) and lemma in CIVILIANS)

    def _used_by(self, weapon: int) -> None:
        """Who uses a weapon by the words around it: "junta warships", "drones that the police flew"."""
        tree = self.tree
        for k in tree.kids(weapon, "compound", "amod"):
            if tree.tokens[k].lower in RULERS:
                self._actor(k)
        for laid in tree.kids(weapon, "acl"):
            if tree.tokens[laid].lemma in _LAYING:
                for a in tree.prep_objects(laid, "by"):
                    self._actor(a)
        clauses = tree.kids(weapon, "relcl")
        if weapon + 1 < len(tree.tokens) and tree.tokens[weapon + 1].tag == "WDT":
            clauses.append(tree.tokens[weapon + 1].head)  # wherever the parser hangs the clause
        for verb in clauses:
            if tree.tokens[verb].lemma in _USING and verb not in self.triggers:
                for s in tree.kids(verb, "nsubj"):
                    self._actor(s)

    def _weapon_owner(self, mention: ActorMention) -> None:
        """ "Russian drones" are Russia's; "Israel-bound drones" are meant for Israel."""
        actor = self.context.actor(mention.alias.actor_id, text=mention.text)
        if mention.relation is None:
            self._add_actor(actor)
        elif mention.relation == "target":
            self._add_recipient(actor)

    def _weapon(self, i: int, disposition: Disposition = Disposition.LAUNCHED) -> None:
        for c in self.tree.conjuncts(i):
            if self.view.weapons_by_head.get(c) and c not in self.triggers:
                self._weapon_token(c, disposition)
                for mention in self.view.actors_by_head.get(c, ()):
                    self._weapon_owner(mention)
            of = ("of", "including", "from") if self.tree.tokens[c].lemma in PIECES else ("of", "including")
            for w in self.tree.prep_objects(c, *of):
                if self.view.weapons_by_head.get(w) and w not in self.triggers:
                    self._weapon(w, disposition)

    def _weapon_token(self, i: int, disposition: Disposition = Disposition.LAUNCHED) -> None:
        for mention in self.view.weapons_by_head.get(i, ()):
            head = self.tree.head_of(mention.start, mention.end)
            if head is not None:
                self.frame.weapons[head] = (mention, disposition)

    def _target(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            if c in self.triggers:
                continue
            self.frame.targets.append(c)
            self._recipients_in(c)
            for at in self.tree.prep_objects(c, "near", "around", "outside"):
                self._near(at)
            self._flown_by(c)

    def _flown_by(self, i: int) -> None:
        """A drone that is hit is its operator's, where only one of the war flies it."""
        operators = [
            o for m in self.view.weapons_by_head.get(i, ()) if m.weapon.returns for o in m.weapon.operators
        ]
        if len(operators) == 1 and not self.frame.recipients:
            self._add_recipient(self.context.actor(operators[0], inferred=True))

    def _victim(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            self.frame.victims.append(c)
            if self.tree.tokens[c].lemma in _BYSTANDERS:
                for actor in actors_of(self.view, c, self.context):
                    self.frame.nearby.setdefault(actor.id, actor)
            else:
                self._recipients_in(c)

    def _recipients_in(self, c: int) -> None:
        """Actors named in a target: its own modifiers, holders, and "positions of Hamas"."""
        inside = [
            at for at in self.tree.prep_objects(c, "in", "inside") if self.tree.tokens[at].pos == "NOUN"
        ]
        holders = [
            m
            for at in (c, *inside)  # "positions in Kurdish-held areas"
            for m in self.view.actors_by_head.get(at, ())
            if m.relation in {"holder", "owner"}
        ]
        for mention in holders:
            self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))
        holders_at = self._held_by(c)
        if holders_at is not None:
            self._add_recipient(holders_at)
        if holders or holders_at is not None:
            return
        found = actors_of(self.view, c, self.context)
        if not found:
            whose = [*self.tree.prep_objects(c, "of", "from", "belonging"), *self._its(c)]
            found = tuple(a for at in whose for a in actors_of(self.view, at, self.context))
            if any(a.id in self.frame.actors for a in found):  # nobody attacks his own
                found = tuple(a for s in self._accusers(c) for a in actors_of(self.view, s, self.context))
        for actor in found or self._army_of(c) or self._of_speaker(c):
            self._add_recipient(actor)

    def _army_of(self, c: int) -> tuple[Actor, ...]:
        """ "Attacked an army post": that of the state that the article is about, where rebels do it."""
        rebels = self.frame.unnamed or any(self.context.kind(a) is ActorKind.GROUP for a in self.frame.actors)
        army = [k for k in self.tree.kids(c, "compound", "amod") if self.tree.tokens[k].lower in _ARMIES]
        return actors_of(self.view, army[0], self.context) if army and rebels else ()

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

    def _its(self, c: int) -> list[int]:
        """ "The attack on its embassy", said by whom it hit."""
        return [k for k in self.tree.kids(c, "poss") if self.tree.tokens[k].lower in {"its", "their"}]

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
        sentence, offset = self.view.sentence, self.tree.tokens[c].start
        if match["rebels"]:
            holder = self.context.group_before(sentence, offset)
        else:
            holder = self.context.state_before(sentence, offset)
        return self.context.actor(holder, text=match[0]) if holder is not None else None

    def _ground(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            self.frame.grounds.append(c)
            holder = self._held_by(c)
            if holder is not None:
                self._add_recipient(holder)
            self._near(c)
            for mention in self.view.actors_by_head.get(c, ()):
                actor = self.context.actor(mention.alias.actor_id, text=mention.text)
                if mention.relation == "holder":
                    self._add_recipient(actor)
                elif mention.relation == "attacker":  # "the Houthi-hit ship"
                    self._add_actor(actor)

    def _near(self, i: int) -> None:
        """ "Near Kurdish positions": whose they are may be who is meant."""
        if self.tree.tokens[i].pos == "NOUN":
            for actor in actors_of(self.view, i, self.context):
                self.frame.nearby.setdefault(actor.id, actor)

    def _origin(self, i: int) -> None:
        """ "launched from Yemen", "rocket fire from Gaza": who holds the place may be the actor."""
        self.frame.origins.append(i)
        armed = any(self.tree.tokens[c].lemma in _CARRIERS for c in self.tree.conjuncts(i))
        if armed:
            self._circumstances(i, of_weapon=True)  # "from ships at the coast", wherever the coast hangs
        for actor in actors_of(self.view, i, self.context):
            # "From Russian ships", not "from Russia".
            holds = armed or self.context.kind(actor.id) is ActorKind.GROUP
            if holds and actor.id not in self.frame.recipients:
                self._add_actor(actor)

    def _both(self, i: int, *, against: bool = False) -> None:
        for c in self.tree.conjuncts(i):
            named = actors_of(self.view, c, self.context)
            self.frame.unnamed |= not named and self.tree.tokens[c].lemma in REBEL_NOUNS
            for actor in named:
                if self.context.fights(actor.id):
                    if against and actor.id not in self.frame.actors:
                        self.frame.against.add(actor.id)
                    self.frame.actors.setdefault(actor.id, actor)

    def _add_actor(self, actor: Actor) -> None:
        if self.context.fights(actor.id):
            self.frame.actors.setdefault(actor.id, actor)

    def _add_recipient(self, actor: Actor) -> None:
        self.frame.recipients.setdefault(actor.id, actor)
