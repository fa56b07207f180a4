"""Who did what to whom around each trigger, read by the role of the trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actors import actors_of
from worker.extraction.armed import with_of
from worker.extraction.linking import between_whom
from worker.extraction.nounroles import NounRoles
from worker.lexicon.entries import ActorKind

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.triggers import Trigger

_DEADLY: Final = frozenset({"ied", "drone", "missile", "rocket"})


_SUFFERED: Final = frozenset({"target", "hit", "pound", "batter", "pummel", "rock"})
"""Verbs that always have an object: without one it is their subject that suffers."""


_FAILING: Final = frozenset(
    "power electricity light blackout outage supply water heating internet flight airport train traffic siren".split()
)
"""What is cut, halted or sounded where an attack is felt."""


class RoleReader(NounRoles):
    """Fills one frame from the triggers that belong to it."""

    def read(self, trigger: Trigger) -> None:
        """Read the roles around one trigger."""
        self.frame.modes.append(trigger.mode)
        getattr(self, f"_{trigger.role}")(trigger.i)
        if trigger.role in {"conduct", "noun"}:
            self._aimed_by(trigger.i)
        self._hurt_at_home(trigger.i)
        self._felt_at(trigger.i)
        self._made_use_of(trigger.i)

    def _made_use_of(self, i: int) -> None:
        """ "Used drones to attack a base": with what."""
        tree = self.tree
        above = tree.tokens[i].head
        if tree.tokens[i].dep in {"xcomp", "advcl", "acl"} and tree.tokens[above].lemma == "use":
            for used in tree.objects(above):
                if used in self.view.weapon_tokens:
                    self._weapon(used)

    def _felt_at(self, i: int) -> None:
        """ "Power was cut in Port Sudan after drones hit a substation": where what fails is, the attack was."""
        tree = self.tree
        told = {tree.tokens[k].lower for k in tree.kids(i, "mark", "advmod")} & {"after", "when", "as"}
        if tree.tokens[i].dep != "advcl" or not told or self.frame.grounds:
            return
        above = tree.tokens[i].head
        if _FAILING & {tree.tokens[s].lemma for s in tree.subjects(above)}:
            for place in tree.prep_objects(above, "in", "at", "near", "across"):
                self._ground(place)
        if (
            tree.tokens[above].lemma == "plunge"
        ):  # "the city was plunged into darkness after drones hit a plant"
            for place in tree.subjects(above):
                self._ground(place)

    def _aimed_by(self, i: int) -> None:
        """ "A strike on a car targeting a commander", "an air raid, aiming at the group's leaders": who is meant is hit."""
        tree = self.tree
        for at in (i, *self.frame.targets):
            for clause in tree.kids(at, "acl", "advcl"):
                if tree.tokens[clause].tag != "VBG" or tree.tokens[clause].lemma not in {"aim", "target"}:
                    continue
                for meant in (*tree.objects(clause), *tree.prep_objects(clause, "at")):
                    self._target(meant)

    def _attack(self, i: int) -> None:
        tree = self.tree
        if tree.is_passive(i) or self._is_headline(i) or self._is_among(i):
            victims = tree.subjects(i) or (
                [tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else []
            )
            for s in (*victims, *(m for v in victims for m in self._among(v))):
                self._target(s)
            for a in tree.prep_objects(i, "by", "in"):
                if tree.tokens[tree.tokens[a].head].lower == "by":
                    self._actor(a)
        else:
            for s in self._subjects(i):
                self._actor(s)
            for o in tree.objects(i):
                self._target(o)
        self._circumstances(i)

    def _is_among(self, i: int) -> bool:
        """ "Sanaa was among the cities hit": a participle that the parser hangs on the "was"."""
        tree = self.tree
        above = tree.tokens[i].head
        among = any(tree.tokens[k].lower == "among" for k in tree.kids(above, "prep"))
        return tree.tokens[i].tag == "VBN" and tree.tokens[above].lemma == "be" and among

    def _among(self, i: int) -> list[int]:
        """ "Among those targeted by Iran were Qatar and the Emirates": who is counted to them."""
        tree = self.tree
        among = tree.tokens[tree.tokens[i].head]
        verb = tree.tokens[among.head]
        told = tree.subjects(verb.i) or tree.kids(verb.i, "attr")
        return told if among.lower == "among" and verb.lemma == "be" else []

    def _is_headline(self, i: int) -> bool:
        """ "Malian base attacked": a passive without its auxiliary."""
        tree = self.tree
        subjects = tree.kids(i, "nsubj")
        tokens, after = tree.tokens, tree.tokens[i + 1 : i + 2]
        past = tokens[i].tag in {"VBD", "VBN"} and not tree.kids(i, "aux")
        by = bool(after) and after[0].lower in {"by", "with"}
        if past and by and tokens[i].lemma in _SUFFERED and tree.subjects(i):
            return True  # "Kyiv hit with missiles"
        bare = past and not tree.kids(i, "dobj")
        return bare and bool(subjects) and all(s in self.view.sites_by_head for s in subjects)

    _destroy = _attack

    def _seize(self, i: int) -> None:
        for s in self._subjects(i):
            self._actor(s)
        for loser in self.tree.prep_objects(i, "from"):
            at_home = self._government_at_home() if self.tree.tokens[loser].lemma == "government" else ()
            for actor in at_home or actors_of(self.view, loser, self.context):
                self._add_recipient(actor)
        self._attack(i)

    def _government_at_home(self) -> tuple[Actor, ...]:
        """The government that a group which seizes land at home takes it from, whichever the text told of last."""
        entries = (self.context.lexicon.actors.get(a) for a in self.frame.actors)
        homes = [
            e.countries[0] for e in entries if e is not None and e.kind is ActorKind.GROUP and e.countries
        ]
        at_war = (h for h in homes if self.context.at_war(self.frame.actors, [h]))
        return tuple(self.context.actor(h, inferred=True) for h in at_war)

    def _fall(self, i: int) -> None:
        """ "The town fell to the rebels", "the army lost it, lost control of it, to them"."""
        objects = self.tree.objects(i)
        lost = [
            town
            for o in objects
            for town in (self.tree.prep_objects(o, "of") if self.tree.tokens[o].lemma == "control" else (o,))
        ]
        for s in (*self.tree.subjects(i), *lost):
            self._target(s)
        for victor in (v for at in (i, *objects, *lost) for v in self.tree.prep_objects(at, "to")):
            self._actor(victor)

    def _launch(self, i: int) -> None:
        tree = self.tree
        token = tree.tokens[i]
        passive = tree.is_passive(i)
        objects = tree.subjects(i) if passive else tree.objects(i)
        if token.dep in {"acl", "relcl"} and not tree.kids(i, "nsubjpass", "nsubj"):
            first = tree.first_conjunct(token.head)  # "728 drones and 13 missiles launched at the city"
            listed = {first, token.head} <= self.view.weapon_tokens
            objects = [first if listed else token.head]
        for o in objects:
            self._weapon(o)
        for a in tree.prep_objects(i, "by") if passive else self._subjects(i):
            if a not in objects:
                self._actor(a)
            if self._is_fighter(a):  # "militants in Gaza fired rockets"
                for place in tree.prep_objects(a, "in"):
                    self._origin(place)
        self._circumstances(i)
        shot = [c for o in objects for c in tree.conjuncts(o)]
        for o in with_of(self.view, shot):  # "fired rockets at": the preposition may hang on the weapon
            self._circumstances(o, of_weapon=True)

    def _conduct(self, i: int) -> None:
        tree = self.tree
        agents = tree.prep_objects(i, "by") if tree.is_passive(i) else self._subjects(i)
        for a in agents:
            if a not in self.triggers:
                self._actor(a)
        self._circumstances(i)

    def _kill(self, i: int) -> None:
        tree = self.tree
        if tree.tokens[i].lemma == "lose":
            self._lost(i)
            return
        perfect = any(tree.tokens[k].lemma == "have" for k in tree.kids(i, "aux")) and not tree.kids(
            i, "auxpass"
        )
        bare = tree.tokens[i].tag == "VBN" and not perfect and not tree.kids(i, "dobj")
        if tree.is_passive(i) or bare:
            people = tree.subjects(i) or (
                [tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else []
            )
            for a in tree.prep_objects(i, "by") or self._by_after(i):
                if not self._is_reporter(i, a):
                    self._actor(a)
        else:
            people = [o for o in tree.objects(i) if tree.tokens[o].lower != "dead"]
            if not people and tree.tokens[i].tag == "VBD":
                people = tree.subjects(i)
            else:
                for s in self._subjects(i):
                    self._actor(s)
        for p in people:
            self._victim(p)
        self._circumstances(i)
        self._killed_when(i)

    def _lost(self, i: int) -> None:
        """ "Niger's army lost 34 soldiers"."""
        for s in self.tree.subjects(i):
            for actor in actors_of(self.view, s, self.context):
                self._add_recipient(actor)
        self.frame.victims += self.tree.objects(i)  # its own, whatever they are called
        self._circumstances(i)

    def _killed_when(self, i: int) -> None:
        """ "Were killed when a suicide bomber joined their queue", "when an army drone took them for rebels".

        A clause that tells of an attack by itself is another: "killed nine, while Ukrainian drones killed two".
        """
        for clause in (k for k in self.tree.kids(i, "advcl") if k not in self.triggers):
            for s in self.tree.subjects(clause):
                if any(m.weapon.weapon_class in _DEADLY for m in self.view.weapons_by_head.get(s, ())):
                    self._actor(s)

    def _is_reporter(self, i: int, by: int) -> bool:
        """ "Have been reported killed by the health ministry": by whom it is reported."""
        tree = self.tree
        reported = tree.tokens[tree.tokens[i].head].lemma in {"report", "confirm", "declare", "say"}
        return reported and tree.tokens[by].lemma in {
            "ministry",
            "authority",
            "official",
            "agency",
            "office",
            "source",
        }

    def _by_after(self, i: int) -> list[int]:
        """ "Are killed, some by decapitation, by jihadists": the parser hangs the killers on the words between commas."""
        tree = self.tree
        return [a for k in tree.kids(i, "npadvmod") for a in tree.prep_objects(k, "by")]

    def _clash(self, i: int) -> None:
        tree = self.tree
        self.frame.mutual = True
        fighting = [c for s in tree.subjects(i) for c in tree.conjuncts(s)]
        for c in fighting:
            self._both(c)
        for s in tree.subjects(i):
            for b in tree.prep_objects(s, "between"):
                self._both(b)
        for b in between_whom(tree, i):
            self._both(b)
        own = tree.tokens[i].dep not in {"acl", "relcl", "pcomp", "xcomp"} or tree.kids(i, "nsubj")
        foes = tree.kids(i, "dobj") if own else []  # "battled the army", not "soldiers fighting rebels"
        foes = [w for w in (*tree.prep_objects(i, "with", "against"), *foes) if w not in self.triggers]
        for w in foes:
            self._both(w, against=True)
        if any(
            self._is_fighter(c) or actors_of(self.view, c, self.context)
            for w in foes
            for c in tree.conjuncts(w)
        ):
            self.frame.together |= {a.id for c in fighting for a in actors_of(self.view, c, self.context)}
        self._circumstances(i)

    def _explode(self, i: int) -> None:
        laid = [o for o in self.tree.objects(i) if o in self.view.weapon_tokens]
        if self.tree.tokens[i].lemma in {"hit", "strike", "trigger"}:  # "their convoy hit a mine"
            for weapon in laid:
                self._weapon(weapon)
            for s in self._subjects(i):
                self._target(s)
            self._circumstances(i)
            return
        for s in self._subjects(i):
            self._weapon(s)
            if s in self.view.weapon_tokens:
                self._used_by(s)
                self._come_from(s)
            if laid:  # "rebels detonated a bomb"
                self._actor(s)
        for o in laid:
            self._weapon(o)
        self._circumstances(i)
