"""Who did what to whom around each trigger, read by the role of the trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Disposition
from worker.extraction.actors import GROUP_NOUNS, RULERS, actors_of
from worker.extraction.blames import CLASHES, Blames
from worker.lexicon.entries import AliasForm

if TYPE_CHECKING:
    from worker.extraction.triggers import Trigger

_OF_TARGET: Final = frozenset(
    "attack strike shelling bombing bombardment invasion assassination ambush massacre raid siege killing".split()
)
_SUFFERING: Final = frozenset({"suffer", "sustain", "lose", "take", "engage", "involve"})
_SPANS: Final = frozenset("campaign war conflict offensive operation year month week day".split())
"""What an attack is one of: "the deadliest attack of the war"."""
_COLLECTIVES: Final = frozenset(
    "series wave spate string number round barrage volley salvo flurry campaign hundred dozen one some".split()
)
_FROM_THE_AIR: Final = frozenset({"air", "aerial", "drone", "helicopter", "jet", "artillery"})
_WORST: Final = frozenset({"deadliest", "bloodiest", "worst"})
_DEADLY: Final = frozenset({"ied", "drone", "missile", "rocket"})


class RoleReader(Blames):
    """Fills one frame from the triggers that belong to it."""

    def read(self, trigger: Trigger) -> None:
        """Read the roles around one trigger."""
        self.frame.modes.append(trigger.mode)
        getattr(self, f"_{trigger.role}")(trigger.i)
        self._hurt_at_home(trigger.i)

    def _attack(self, i: int) -> None:
        tree = self.tree
        if tree.is_passive(i) or self._is_headline(i):
            victims = tree.subjects(i) or (
                [tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else []
            )
            for s in victims:
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

    def _is_headline(self, i: int) -> bool:
        """ "Malian base attacked": a passive without its auxiliary."""
        tree = self.tree
        subjects = tree.kids(i, "nsubj")
        bare = tree.tokens[i].tag in {"VBD", "VBN"} and not tree.kids(i, "aux", "dobj")
        return bare and bool(subjects) and all(s in self.view.sites_by_head for s in subjects)

    _destroy = _attack

    def _seize(self, i: int) -> None:
        for loser in self.tree.prep_objects(i, "from"):
            for actor in actors_of(self.view, loser, self.context):
                self._add_recipient(actor)
        self._attack(i)

    def _fall(self, i: int) -> None:
        for s in self.tree.subjects(i):
            self._target(s)
        for victor in self.tree.prep_objects(i, "to"):
            self._actor(victor)

    def _launch(self, i: int) -> None:
        tree = self.tree
        token = tree.tokens[i]
        passive = tree.is_passive(i)
        objects = tree.subjects(i) if passive else tree.objects(i)
        if token.dep in {"acl", "relcl"} and not tree.kids(i, "nsubjpass", "nsubj"):
            objects = [token.head]
        for o in objects:
            self._weapon(o)
        for a in tree.prep_objects(i, "by") if passive else self._subjects(i):
            if a not in objects:
                self._actor(a)
        self._circumstances(i)
        for o in objects:  # "fired rockets at": the preposition may hang on the weapon
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
        perfect = any(tree.tokens[k].lemma == "have" for k in tree.kids(i, "aux")) and not tree.kids(
            i, "auxpass"
        )
        bare = tree.tokens[i].tag == "VBN" and not perfect and not tree.kids(i, "dobj")
        if tree.is_passive(i) or bare:
            people = tree.subjects(i) or (
                [tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else []
            )
            for a in tree.prep_objects(i, "by") or self._by_after(i):
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

    def _killed_when(self, i: int) -> None:
        """ "Were killed when a suicide bomber joined their queue", "when an army drone took them for rebels"."""
        for clause in self.tree.kids(i, "advcl"):
            for s in self.tree.subjects(clause):
                if any(m.weapon.weapon_class in _DEADLY for m in self.view.weapons_by_head.get(s, ())):
                    self._actor(s)

    def _by_after(self, i: int) -> list[int]:
        """ "Are killed, some by decapitation, by jihadists": the parser hangs the killers on the words between commas."""
        tree = self.tree
        return [a for k in tree.kids(i, "npadvmod") for a in tree.prep_objects(k, "by")]

    def _clash(self, i: int) -> None:
        tree = self.tree
        self.frame.mutual = True
        for s in tree.subjects(i):
            for c in tree.conjuncts(s):
                self._both(c)
            for b in tree.prep_objects(s, "between"):
                self._both(b)
        for b in tree.prep_objects(i, "between"):
            self._both(b)
        own = tree.tokens[i].dep not in {"acl", "relcl", "pcomp", "xcomp"} or tree.kids(i, "nsubj")
        foes = tree.kids(i, "dobj") if own else []  # "battled the army", not "soldiers fighting rebels"
        for w in (*tree.prep_objects(i, "with", "against"), *foes):
            if w not in self.triggers:
                self._both(w, against=True)
        self._circumstances(i)

    def _explode(self, i: int) -> None:
        laid = [o for o in self.tree.objects(i) if o in self.view.weapon_tokens]
        for s in self._subjects(i):
            self._weapon(s)
            if laid:  # "rebels detonated a bomb"
                self._actor(s)
        for o in laid:
            self._weapon(o)
        self._circumstances(i)

    def _noun(self, i: int) -> None:
        tree = self.tree
        self._noun_names(i)
        self._noun_fighters(i)
        if {tree.tokens[i].lemma, tree.tokens[i].lower} & _OF_TARGET:
            for o in tree.prep_objects(i, "of"):
                if o not in self.triggers and tree.tokens[o].lemma not in _SPANS:
                    self._target(o)
                    for a in tree.prep_objects(o, "by"):  # "the shelling of the camp by the army"
                        self._actor(a)
        self._circumstances(i)
        for upper in self._collective(i):
            self._circumstances(upper)
            for mention in self.view.actors_by_head.get(upper, ()):
                if mention.relation is None:
                    self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        self._under(i)
        self._lost_in(i)
        self._in_breach(i)
        self._accused(i)
        self._attributed(i)
        self._claimed(i)
        self._repelled(i)
        self._survived(i)
        first = tree.first_conjunct(i)
        if first != i and not self.view.actors_by_head.get(i):
            self._noun_modifiers_of(first)

    def _noun_names(self, i: int) -> None:
        """Actors and weapons in the noun's own phrase: "an Israel-bound drone attack", "a militant attack"."""
        view, tree = self.view, self.tree
        record = self._is_record(i)
        for mention in view.actors_by_head.get(i, ()):
            head = tree.head_of(mention.start, mention.end)
            if record and head is not None and tree.tokens[head].dep == "poss":
                self.frame.grounds.append(head)
                continue
            if mention.relation == "target":
                self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))
            if mention.relation is not None or head is None:
                continue
            if mention.alias.form is AliasForm.METONYM and tree.tokens[head].dep == "compound":
                self.frame.grounds.append(head)
            elif head != i:
                self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        self.frame.unnamed |= not self.frame.actors and any(
            tree.tokens[k].lemma in GROUP_NOUNS for k in tree.kids(i, "amod", "compound", "nmod")
        )
        for armed in view.weapons_by_head.get(i, ()):
            head = tree.head_of(armed.start, armed.end)
            if head is not None and head != i:
                self.frame.weapons.setdefault(head, (armed, Disposition.LAUNCHED))
        self._ruled(i)
        self._possessors(i)

    def _ruled(self, i: int) -> None:
        """ "An army drone strike", "junta shelling": by the state that the article is about, where nobody is named."""
        tree = self.tree
        below = tree.kids(i, "compound", "amod", "nmod")
        led = [
            c for k in below if tree.tokens[k].lemma == "lead" for c in tree.kids(k, "npadvmod", "compound")
        ]
        below += [c for k in below if k in self.view.weapon_tokens for c in tree.kids(k, "compound", "amod")]
        armed = self.view.weapons_by_head.get(i) or any(tree.tokens[k].lower in _FROM_THE_AIR for k in below)
        rulers = [
            k
            for k in below
            if tree.tokens[k].lower in RULERS or (armed and tree.tokens[k].lower == "military")
        ]
        rulers += [k for k in led if tree.tokens[k].lower in RULERS or tree.tokens[k].lower == "military"]
        for k in () if self.frame.actors else rulers:
            self._actor(k)

    def _is_record(self, i: int) -> bool:
        """ "Ukraine's deadliest attack of the year": the worst that it suffered, not that it made."""
        return any(self.tree.tokens[k].lower in _WORST for k in self.tree.kids(i, "amod"))

    def _possessors(self, i: int) -> None:
        """ "Their attack", "the group's raid", where the noun has no name of its own beside it."""
        if self.view.actors_by_head.get(i) or self._is_record(i):
            return
        for p in self.tree.kids(i, "poss"):
            for actor in actors_of(self.view, p, self.context):
                self._add_actor(actor)

    def _noun_fighters(self, i: int) -> None:
        """Both sides of "fighting between X and Y", "clashes with X"."""
        tree = self.tree
        betweens = tree.prep_objects(i, "between")
        if not betweens and i + 1 < len(tree.tokens) and tree.tokens[i + 1].lower == "between":
            betweens = tree.prep_objects_of(i + 1)  # hung on the verb: "were killed in shelling between …"
        for b in betweens:
            self.frame.mutual = True
            self._both(b)
        if tree.tokens[i].lemma in CLASHES:
            self.frame.mutual = True
            for w in tree.prep_objects(i, "with", "against"):
                self._both(w, against=True)
            preposition = tree.tokens[tree.tokens[i].head]
            verb = tree.tokens[preposition.head]
            verb = tree.tokens[verb.head] if verb.lemma in {"loss", "casualty"} else verb
            if (
                preposition.lower == "in" and verb.lemma in _SUFFERING
            ):  # "suffered losses in clashes with rebels"
                for s in tree.subjects(verb.i):
                    self._both(s)

    def _collective(self, i: int) -> list[int]:
        """ "a series of airstrikes by Turkey": what is said of the series is said of the airstrikes."""
        token = self.tree.tokens[i]
        preposition = self.tree.tokens[token.head]
        if (
            token.dep == "pobj"
            and preposition.lower == "of"
            and self.tree.tokens[preposition.head].lemma in _COLLECTIVES
        ):
            return [preposition.head]
        return []

    def _under(self, i: int) -> None:
        """ "came under attack from rebels", "under fire": the subject is hit, whoever it is from attacks."""
        tree = self.tree
        token = tree.tokens[i]
        if token.dep != "pobj" or tree.tokens[token.head].lower != "under":
            return
        verb = tree.tokens[token.head].head
        for s in tree.subjects(verb):
            self._target(s)
        for at in (i, token.head, verb):
            for a in tree.prep_objects(at, "from", "by"):
                self._actor(a)

    def _noun_modifiers_of(self, i: int) -> None:
        for mention in self.view.actors_by_head.get(i, ()):
            if mention.relation is None and mention.alias.form is AliasForm.DEMONYM:
                self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
