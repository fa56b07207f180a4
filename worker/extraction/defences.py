"""Who was attacked, read off the defence: weapons brought down, attacks beaten back."""

from __future__ import annotations

from typing import Final

from worker.event import Disposition
from worker.extraction.actors import actors_of
from worker.extraction.fillers import Fillers
from worker.extraction.incoming import met
from worker.extraction.linking import SAYING, hangs_on_a_thing, told_of

_REPELLING: Final = frozenset("repel repulse foil thwart intercept".split())
_SERIES: Final = frozenset("wave series string barrage".split())
"""Of attacks: "intercepted waves of attacks"."""
_BEATING_BACK: Final = frozenset("beat drive push force fight fend ward hold stave throw".split())
_HELPING: Final = frozenset({"help", "assist", "aid"})


_FLYING: Final = frozenset("fly head travel approach aim".split())


class Defences(Fillers):
    """Fills a frame from the words for its failure."""

    def _subjects(self, i: int) -> list[int]:
        tree = self.tree
        if tree.tokens[i].dep in {"acl", "relcl"} and not tree.kids(i, "nsubj", "nsubjpass"):
            return [] if tree.is_passive(i) else [tree.tokens[i].head]
        token = tree.tokens[i]
        if hangs_on_a_thing(tree, i) or self._is_of_what_is_met(i):
            return []
        if token.dep == "conj" and tree.tokens[token.head].lemma in SAYING and not tree.kids(i, "nsubj"):
            return []
        found = [s for s in tree.subjects(i) if tree.tokens[s].tag not in {"WDT", "WP"}]
        if not found and tree.tokens[i].dep == "relcl":
            return [told_of(tree, i)]
        return found

    def _is_of_what_is_met(self, i: int) -> bool:
        """ "Intercepted missiles fired at the city", the fired of which the parser hangs on who intercepts them."""
        token = self.tree.tokens[i]
        above = self.tree.tokens[token.head]
        return token.dep == "advcl" and token.tag in {"VBN", "VBD"} and above.lemma == "intercept"

    def _intercept(self, i: int) -> None:
        tree = self.tree
        objects, passive = self._brought_down(i)
        before = set(self.frame.weapons)
        for o in objects:
            self._weapon(o, Disposition.INTERCEPTED)
            for w in tree.prep_objects(o, "of"):
                self._weapon(w, Disposition.INTERCEPTED)
            for place in tree.prep_objects(o, "from"):
                self._origin(place)
            self._flying_to(o)
        if set(self.frame.weapons) - before:
            self.frame.intercepted = True
        defenders = tree.prep_objects(i, "by") if passive else self._subjects(i)
        if tree.tokens[tree.tokens[i].head].lemma in _HELPING and tree.tokens[i].dep in {"xcomp", "ccomp"}:
            defenders = []  # allies that "helped to shoot down" what was fired at another
        for d in (d for d in defenders if passive or d not in objects):
            for actor in actors_of(self.view, d, self.context):
                if self.context.fights(actor.id):
                    self.frame.defenders.setdefault(actor.id, actor)
        self._circumstances(i, of_defence=True)

    def _repel(self, i: int) -> None:
        """ "The army beat back the rebels": who is beaten back had attacked."""
        tree = self.tree
        passive = tree.is_passive(i)
        for attacker in tree.subjects(i) if passive else tree.objects(i):
            self._actor(attacker)
        for d in tree.prep_objects(i, "by") if passive else self._subjects(i):
            for actor in actors_of(self.view, d, self.context):
                self._add_recipient(actor)
        self._circumstances(i, of_defence=True)

    def _meet(self, i: int) -> None:
        """Weapons that are only met: whether they are brought down is not said."""
        for w in met(self.view, i):
            self._weapon(w)
            self._come_from(w)
            self._flying_to(w)
        for d in self._subjects(i):
            for actor in actors_of(self.view, d, self.context):
                if self.context.fights(actor.id):
                    self.frame.defenders.setdefault(actor.id, actor)
        self._circumstances(i, of_defence=True)

    def _flying_to(self, weapon: int) -> None:
        """ "Drones heading for the capital were intercepted"."""
        for flight in self.tree.kids(weapon, "acl"):
            if self.tree.tokens[flight].lemma in _FLYING:
                for at in self.tree.prep_objects(flight, "toward", "towards", "to", "for", "at"):
                    self._target(at)

    def _brought_down(self, i: int) -> tuple[list[int], bool]:
        """What a verb brings down, and whether it stands in the passive."""
        tree = self.tree
        token, passive = tree.tokens[i], tree.is_passive(i)
        objects = tree.subjects(i) if passive else tree.objects(i)
        if token.dep in {"acl", "relcl"} and not tree.kids(i, "nsubjpass", "nsubj", "dobj"):
            objects = [token.head]
        if not objects and token.tag == "VBN":
            objects, passive = tree.subjects(i), True
        if token.dep == "relcl" and any(self._stands_for_all(o) for o in objects):
            objects = [token.head]
        return objects, passive

    def _stands_for_all(self, i: int) -> bool:
        """ "… missiles, all of which were shot down": the missiles."""
        tree = self.tree
        return tree.tokens[i].lower in {"all", "both"} and "which" in {
            tree.tokens[o].lower for o in tree.prep_objects(i, "of")
        }

    def _repelled(self, i: int) -> None:
        """ "Repelled a drone attack", "beat back an assault": whoever does so was attacked."""
        tree = self.tree
        token = tree.tokens[i]
        if token.dep == "pobj" and tree.tokens[tree.tokens[tree.tokens[i].head].head].lemma in _SERIES:
            token = tree.tokens[tree.tokens[token.head].head]
        verb = token.head
        if token.dep not in {"dobj", "nsubjpass"} or not self._wards_off(verb):
            return
        passive = token.dep == "nsubjpass"
        for s in tree.prep_objects(verb, "by") if passive else tree.subjects(verb):
            for actor in actors_of(self.view, s, self.context):
                if self.context.fights(actor.id):
                    self._add_recipient(actor)
        # "beat back an assault on its base", wherever the base hangs
        self._circumstances(verb, of_defence=True)

    def _wards_off(self, verb: int) -> bool:
        tree = self.tree
        particles = {tree.tokens[k].lower for k in tree.kids(verb, "prt", "advmod")}
        lemma = tree.tokens[verb].lemma
        return lemma in _REPELLING or (lemma in _BEATING_BACK and bool(particles & {"back", "off"}))
