"""Who did what to whom around a noun that names an attack: "an attack by rebels on the base"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Disposition
from worker.extraction.actornouns import GROUP_NOUNS
from worker.extraction.actors import RULERS, actors_of, without_homes
from worker.extraction.blames import Blames
from worker.extraction.linking import CLASHES, between_whom
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.mention import ActorMention

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
_PLACED: Final = frozenset({"attack", "bombing", "blast", "explosion", "ambush", "massacre", "shooting"})
"""Nouns before which a state is more often where it happened than who did it."""
_WAGING: Final = frozenset(
    "launch begin start resume pause halt suspend stop end continue expand widen intensify conduct order plan wage".split()
)
"""What is done with an attack by those whose it is."""
_ONE_WAY: Final = frozenset({"strike", "attack", "airstrike", "raid", "bombing"})


class NounRoles(Blames):
    """Fills a frame from the phrase of a noun and what the noun hangs on."""

    def _noun(self, i: int) -> None:
        tree = self.tree
        self._noun_names(i)
        self._noun_fighters(i)
        self._of_what(i)
        self._lives_taken(i)
        self._circumstances(i)
        self._by_behind(i)
        for upper in self._collective(i):
            self._circumstances(upper)
            for mention in self.view.actors_by_head.get(upper, ()):
                if mention.relation is None:
                    self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        self._out_of(i)
        self._under(i)
        self._lost_in(i)
        self._in_breach(i)
        self._accused(i)
        self._attributed(i)
        self._claimed(i)
        self._repelled(i)
        self._survived(i)
        self._involved(i)
        first = tree.first_conjunct(i)
        if first != i and not self.view.actors_by_head.get(i):
            self._noun_modifiers_of(first)

    def _of_what(self, i: int) -> None:
        """ "The shelling of the town", "raids of the junta", "a barrage of rebel rockets", "M23 shelling": who, whom, with what."""
        tree = self.tree
        if {tree.tokens[i].lemma, tree.tokens[i].lower} & _OF_TARGET:
            for o in tree.prep_objects(i, "of"):
                upon = [t for at in (i, o) for t in tree.prep_objects(at, "on", "against")]
                of_rulers = tree.tokens[i].tag == "NNS" and tree.tokens[o].lemma in RULERS
                if of_rulers or any(not self._is_time(t) for t in upon):
                    self._actor(o)  # "raids of the junta on a clinic", "air strikes of the Syrian regime"
                elif o not in self.triggers and tree.tokens[o].lemma not in _SPANS:
                    (self._victim if tree.tokens[i].lemma == "killing" else self._target)(o)
                    for a in tree.prep_objects(o, "by"):  # "the shelling of the camp by the army"
                        self._actor(a)
        for o in tree.prep_objects(i, "of"):  # "a barrage of rebel rockets"
            self._weapon(o)
        for s in tree.kids(i, "nsubj") if tree.tokens[i].tag == "VBG" else ():  # "M23 shelling of Sake"
            self._actor(s)

    def _lives_taken(self, i: int) -> None:
        """ "One of the blasts took the life of a US soldier": who dies in it."""
        tree = self.tree
        at = tree.tokens[tree.tokens[i].head].head if tree.tokens[i].dep == "pobj" else i
        verb = tree.tokens[tree.tokens[at].head]
        if tree.tokens[at].dep == "nsubj" and verb.lemma in {"take", "claim"}:
            lives = [o for o in tree.objects(verb.i) if tree.tokens[o].lemma == "life"]
            for who in (p for life in lives for p in tree.prep_objects(life, "of")):
                self._victim(who)

    def _out_of(self, i: int) -> None:
        """ "Rocket fire out of Gaza", which the parser hangs on the verb."""
        after = [t.lower for t in self.tree.tokens[i + 1 : i + 3]]
        for place in self.tree.prep_objects_of(i + 1) if after == ["out", "of"] else ():
            self._origin(place)

    def _noun_names(self, i: int) -> None:
        """Actors and weapons in the noun's own phrase: "an Israel-bound drone attack", "a militant attack"."""
        view, tree = self.view, self.tree
        record = self._is_record(i)
        fighters = any(tree.tokens[k].lemma in GROUP_NOUNS for k in tree.kids(i, "amod", "compound", "nmod"))
        for mention in without_homes(view.actors_by_head.get(i, ()), self.context):
            head = tree.head_of(mention.start, mention.end)
            if record and head is not None and tree.tokens[head].dep == "poss":
                self.frame.grounds.append(head)
                continue
            if mention.relation == "target":
                self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))
            if mention.relation is not None or head is None:
                continue
            if tree.tokens[head].dep == "compound" and (
                mention.alias.form is AliasForm.METONYM or (fighters and self._is_state(mention))
            ):
                self.frame.grounds.append(head)  # "a Mali rebel attack"
            elif head != i:
                self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        self.frame.unnamed |= fighters and not self.frame.actors
        for armed in view.weapons_by_head.get(i, ()):
            head = tree.head_of(armed.start, armed.end)
            if head is not None and head != i:
                self.frame.weapons.setdefault(head, (armed, Disposition.LAUNCHED))
        self._ruled(i)
        self._possessors(i)

    def _is_state(self, mention: ActorMention) -> bool:
        return self.context.kind(mention.alias.actor_id) is ActorKind.STATE

    def settle_names(self) -> None:
        """ "Two US soldiers killed in Syria attack": a state named before an attack on others, whom it does not fight, is where."""
        tree, frame = self.tree, self.frame
        for i in (t.i for t in frame.triggers if t.role == "noun"):
            for mention in self.view.actors_by_head.get(i, ()):
                head, name = tree.head_of(mention.start, mention.end), mention.alias.actor_id
                as_name = mention.alias.form is AliasForm.NAME and self._is_state(mention)
                others = [r for r in frame.recipients if r != name]
                bare = head is not None and tree.tokens[head].dep == "compound" and name in frame.actors
                if not (head is not None and bare and as_name):
                    continue
                if doers := [a for a in self._who_wages(i) if a.id != name]:
                    del frame.actors[name]
                    frame.grounds.append(head)
                    for doer in doers:
                        self._add_actor(doer)
                    continue
                strangers = bool(others) and not self.context.at_war([name], others)
                where = not strangers and self._is_where(i, name)
                if where and not others:
                    self._add_recipient(self.context.actor(name, text=mention.text))
                if strangers or where:
                    del frame.actors[name]
                    frame.grounds.append(head)

    def _who_wages(self, i: int) -> list[Actor]:
        """ "Turkey pauses Syria offensive": who has an attack in hand, where a state's name beside it can be the place."""
        verb = self.tree.tokens[self.tree.tokens[i].head]
        if self.tree.tokens[i].dep != "dobj" or verb.lemma not in _WAGING:
            return []
        return [a for s in self.tree.subjects(verb.i) for a in actors_of(self.view, s, self.context)]

    def _is_where(self, i: int, state: str) -> bool:
        """ "Killed in a Colombia attack", "in a Mali attack by jihadists": a state that fights only its own rebels is where."""
        tree, lexicon = self.tree, self.context.lexicon
        if tree.tokens[i].lemma not in _PLACED or tree.prep_objects(i, "on", "against"):
            return False
        if len(self.frame.actors) > 1 or tree.prep_objects(i, "by"):
            return True
        wars = lexicon.conflicts_of(state, self.context.on)
        return bool(wars) and all(
            state in w.countries and self.context.kind(w.against(state).id) is ActorKind.GROUP for w in wars
        )

    def _ruled(self, i: int) -> None:
        """ "An army drone strike", "junta shelling": by the state that the article is about, where nobody is named."""
        tree = self.tree
        below = tree.kids(i, "compound", "amod", "nmod")
        led = [
            c for k in below if tree.tokens[k].lemma == "lead" for c in tree.kids(k, "npadvmod", "compound")
        ]
        by_what = [k for k in below if k in self.view.weapon_tokens or tree.tokens[k].lower in _FROM_THE_AIR]
        below += [c for k in by_what for c in tree.kids(k, "compound", "amod")]  # "regime air raids"
        armed = self.view.weapons_by_head.get(i) or any(tree.tokens[k].lower in _FROM_THE_AIR for k in below)
        rulers = [
            k
            for k in below
            if tree.tokens[k].lower in RULERS | {"coalition"}
            or (armed and tree.tokens[k].lower == "military")
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

    def _by_behind(self, i: int) -> None:
        """ "An attack on a hospital by the army": the parser hangs who did it on what was hit."""
        if not self.frame.actors:
            for o in self.tree.prep_objects(i, "on", "against", "at"):
                for a in self.tree.prep_objects(o, "by"):
                    self._actor(a)

    def _noun_fighters(self, i: int) -> None:
        """Both sides of "fighting between X and Y", "clashes with X"."""
        tree = self.tree
        whole = [i, *tree.prep_objects(i, "of")] if tree.tokens[i].lemma == "exchange" else [i]
        betweens = [b for part in whole for b in between_whom(tree, part)]
        if tree.tokens[i].tag == "NN" and tree.tokens[i].lemma in _ONE_WAY:
            betweens = []  # "the deadliest strike between Israel and Lebanon" was made by one of them
        elif tree.tokens[i].lemma not in CLASHES and not any(
            self._is_fighter(c) or actors_of(self.view, c, self.context)
            for b in betweens
            for c in tree.conjuncts(b)
        ):
            betweens = []  # "airstrikes between Hermel and the valley"
        for b in betweens:
            self.frame.mutual = True
            self._both(b)
            self._allies_in(b)
        if tree.tokens[i].lemma in CLASHES:
            self.frame.mutual = True
            for w in (o for part in whole for o in tree.prep_objects(part, "with", "against")):
                self._both(w, against=True)
            preposition = tree.tokens[tree.tokens[i].head]
            verb = tree.tokens[preposition.head]
            verb = tree.tokens[verb.head] if verb.lemma in {"loss", "casualty"} else verb
            if preposition.lower == "in" and verb.lemma in _SUFFERING:
                # "suffered losses in clashes with rebels"
                for s in tree.subjects(verb.i):
                    self._both(s)

    def _allies_in(self, i: int) -> None:
        """ "Between insurgents and US and Iraqi forces": those whom one noun of several names are one side.

        So are those whom it lists: "between fighters of the YPG and fighters of IS and al-Nusra".
        """
        tree = self.tree
        listed = [
            o for k in tree.subtree(i) if self._is_fighter(k) for o in tree.prep_objects(k, "of", "from")
        ]
        for o in listed if len(listed) > 1 else ():
            side = [c for c in tree.conjuncts(o) if not self._is_fighter(c)]
            named = {a.id for c in side for a in actors_of(self.view, c, self.context)}
            if len(named) > 1:
                self.frame.together |= named
                return
        members = tree.conjuncts(i)
        for c in members if len(members) > 1 else ():
            named = {m.alias.actor_id for m in self.view.actors_by_head.get(c, ()) if m.relation is None}
            self.frame.together |= named if len(named) > 1 else set()

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
