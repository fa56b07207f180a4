"""Who is behind an attack, or was its victim, by what is said of it: accused, blamed, claimed, lost in, survived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.assertion import ACCUSING
from worker.extraction.defences import Defences
from worker.extraction.linking import CLASHES
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.extraction.tree import Token

BREAKING: Final = frozenset("violate breach break flout defy ignore disregard contravene shatter".split())
"""What is done to a ceasefire by an attack."""
_CONDEMNING: Final = frozenset({"condemn", "denounce"})
_BREACHES: Final = frozenset({"violation", "breach", "infringement"})
_DONE: Final = frozenset("cause trigger commit perpetrate orchestrate".split())
_BLAME: Final = frozenset({"blame", "accusation"})


class Blames(Defences):
    """Fills roles by words of blame and of harm around an attack, on the way to `RoleReader`."""

    def _hurt_at_home(self, i: int) -> None:
        """ "Iraq accuses Turkey of attacks inside Iraq", "on its soil": it is hit, whoever else was meant there."""
        tree, frame = self.tree, self.frame
        if "accuse" not in tree.lemmas:
            return
        hit = (*frame.grounds, *frame.targets)
        where = (*hit, *(p for h in hit for p in tree.prep_objects(h, "in", "inside", "within")))
        named = self.view.named_at(where)
        own = any(tree.tokens[k].lower == "its" for g in where for k in tree.kids(g, "poss"))
        accusing = next((a for a in tree.ancestors(i) if tree.tokens[a].lemma == "accuse"), i)
        for s in tree.subjects(accusing) if accusing != i else ():
            for actor in actors_of(self.view, s, self.context):
                if self.context.kind(actor.id) is ActorKind.STATE and (own or actor.id in named):
                    frame.wronged.setdefault(actor.id, actor)

    def _lost_in(self, i: int) -> None:
        """ "The army lost nine men in an attack on its post": it was attacked."""
        tree = self.tree
        preposition = tree.tokens[tree.tokens[i].head]
        verb = tree.tokens[preposition.head]
        lost = tree.tokens[i].dep == "pobj" and verb.lemma in {"lose", "suffer", "sustain"}
        if lost and preposition.lower == "in" and tree.tokens[i].lemma not in CLASHES:
            for s in tree.subjects(verb.i):
                for actor in actors_of(self.view, s, self.context):
                    self._add_recipient(actor)

    def _involved(self, i: int) -> None:
        """ "Rebels involved in an ambush of the patrol": they laid it."""
        tree = self.tree
        said = tree.tokens[tree.tokens[tree.tokens[i].head].head]
        if tree.tokens[i].dep == "pobj" and said.lemma == "involve" and said.dep == "acl":
            self._actor(said.head)

    def _survived(self, i: int) -> None:
        """ "The army chief survived a drone attack": it was on him."""
        tree = self.tree
        verb = tree.tokens[i].head
        if tree.tokens[i].dep == "dobj" and tree.tokens[verb].lemma in {"survive", "escape"}:
            for s in tree.subjects(verb):
                for actor in actors_of(self.view, s, self.context):
                    self._add_recipient(actor)

    def _in_breach(self, i: int) -> None:
        """ "Violated its truce with shelling": whoever breaks the truce does it by the attack."""
        tree = self.tree
        preposition = tree.tokens[tree.tokens[i].head]
        verb = tree.tokens[preposition.head]
        if (
            tree.tokens[i].dep in {"pobj", "pcomp"}
            and preposition.lower in {"with", "by", "through"}
            and verb.lemma in BREAKING
        ):
            above = tree.tokens[tree.tokens[verb.head].head]  # "accused X of breaking the truce with raids"
            blamed = tree.objects(above.i) if verb.dep == "pcomp" and above.lemma in ACCUSING else []
            for s in blamed or tree.subjects(verb.i):
                self._actor(s)

    def _accused(self, i: int) -> None:
        """ "Accused the army of attacks on civilians"."""
        tree = self.tree
        preposition = tree.tokens[tree.tokens[i].head]
        verb = tree.tokens[preposition.head]
        if tree.tokens[i].dep == "pobj" and preposition.lower in {"of", "for"} and verb.lemma in ACCUSING:
            for o in tree.objects(verb.i):
                self._actor(o)
        charged = {tree.tokens[o].lemma for o in tree.prep_objects(verb.i, "of")}
        # "accused Iran of a violation after an attack on a ship", "condemned Sudan after an air raid on a camp"
        blamed = (verb.lemma in ACCUSING and charged & _BREACHES) or verb.lemma in _CONDEMNING
        if preposition.lower in {"following", "after"} and blamed:
            for o in tree.objects(verb.i):
                self._actor(o)
        if preposition.lower in {"of", "for", "over", "including"} and self._blame_each_other(preposition):
            self.frame.mutual = True

    def _blame_each_other(self, preposition: Token) -> bool:
        """ "The two armies traded blame for the shelling", "accused each other of it": either did some, by the other's word."""
        tree = self.tree
        blame = tree.tokens[preposition.head]
        verb = tree.tokens[blame.head] if blame.lemma in _BLAME else blame
        other = any(tree.tokens[o].lower in {"other", "another"} for o in tree.objects(blame.i))
        each = (blame.lemma in _BLAME and verb.lemma in {"trade", "exchange"}) or (
            blame.lemma in ACCUSING and other
        )
        if not each or not tree.subjects(verb.i):
            return False
        for s in tree.subjects(verb.i):
            self._both(s)
            for c in tree.conjuncts(s):
                self._both(c)
        return True

    def _attributed(self, i: int) -> None:
        """ "Air strikes attributed to Israel", "an attack blamed on the PKK", "linked to it", "a blast caused by the group"."""
        tree = self.tree
        for k in tree.kids(i, "acl"):
            if tree.tokens[k].lemma in {"attribute", "blame", "pin", "ascribe", "link", "tie"}:
                for a in tree.prep_objects(k, "to", "on"):
                    self._actor(a)
            elif tree.tokens[k].lemma in _DONE:
                for a in tree.prep_objects(k, "by"):
                    self._actor(a)

    def _claimed(self, i: int) -> None:
        """ "The Houthis claimed an attack on a ship": theirs, unless somebody else is named."""
        tree = self.tree
        token = tree.tokens[i]
        if token.dep == "dobj" and tree.tokens[token.head].lemma == "claim" and not self.frame.actors:
            for s in tree.subjects(token.head):
                if not any(tree.tokens[k].lower == "no" for k in tree.kids(s, "det")):
                    self._actor(s)
