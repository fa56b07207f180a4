"""What fills a role: a noun in the tree becomes an actor, a target, a victim, a weapon or a place of one frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Disposition, Mode
from worker.extraction.actornouns import AGENT_NOUNS, CIVILIANS, POSSESSIVES, REBEL_NOUNS
from worker.extraction.actors import RULERS, actors_of, is_group, members_of, taken_for, without_homes
from worker.extraction.attachments import DEFYING
from worker.extraction.linking import is_beside, load_of, place_of
from worker.extraction.owners import Owners
from worker.extraction.phrasal import LINES
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from worker.event import Actor
    from worker.extraction.mention import ActorMention

_AT: Final = frozenset(
    "at on into against toward towards onto upon over across in near above beside "
    "inside around throughout outside along to targeting within".split()
)
_AIMED: Final = frozenset({"at", "on", "into", "against", "toward", "towards", "onto", "upon", "targeting"})
_USING: Final = frozenset("fly send use operate deploy steer".split())
PIECES: Final = frozenset({"fragment", "debris", "wreckage", "shrapnel"})
"""What a weapon does harm by when it comes down."""
FIRES: Final = frozenset({"fire", "blaze", "inferno"})
_LAYING: Final = frozenset("plant lay place set leave operate fly".split())
_AIRCRAFT: Final = frozenset({"aircraft", "plane", "jet", "helicopter"})
_NATIONALS: Final = frozenset({"national", "citizen"})
"""Who acts for no state, whatever the passport says."""
_SHELTERS: Final = frozenset({"school", "shelter", "camp"})
"""What aid organisations run for people of the land."""
_KIN: Final = frozenset({"clan", "family"})
_BYSTANDERS: Final = frozenset(
    "national citizen contractor journalist worker employee tourist student doctor volunteer reporter engineer activist "
    "protester refugee migrant".split()
)
"""Victims whose nationality does not tell which side is hit."""


_CARRIERS: Final = frozenset(
    "ship warship submarine destroyer frigate carrier aircraft jet plane bomber warplane helicopter drone".split()
)
_COUNTS: Final = frozenset("score dozen hundred number pair handful scores dozens hundreds".split())
_BLAMING: Final = frozenset({"blame", "pin"})
_WISHES: Final = DEFYING | frozenset(
    "request invitation behest retaliation response revenge reprisal reply answer solidarity support".split()
)
"""What something is done at or in, without being aimed at it: "at the request of the government", "in retaliation"."""


_BORDERS: Final = frozenset({"border", "frontier"})
_HARMING: Final = frozenset({"kill", "destroy"})

_FIRING: Final = frozenset({"fire", "launch", "use", "send"})
_COMING: Final = frozenset({"come", "arrive", "fly", "cross", "originate"})


class Fillers(Owners):
    """Puts nouns of one sentence into the roles of one frame; `triggers` are all its triggers, which fill none."""

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
                        word = tree.tokens[again].lower
                        self._circumstance(word, p, by=by, origin=not of_weapon, of=self._role_of(i))

    def _circumstance(self, preposition: str, i: int, *, by: bool, origin: bool, of: str = "") -> None:
        """Put one noun into the role that its preposition says; `by` and `origin`: whether those roles are open.

        `of` is the role of the trigger that it is said of.
        """
        if self._is_time(i) or self.tree.tokens[i].lemma in _WISHES:
            return
        aimed = preposition in _AIMED or (preposition == "to" and self.frame.triggers[0].role == "destroy")
        aimed = aimed or (preposition == "through" and self.tree.tokens[i].lemma in LINES)
        if preposition == "under":
            return
        if aimed:
            self._target(i)
        elif preposition in _AT or (preposition == "between" and self.tree.tokens[i].pos == "PROPN"):
            if preposition != "near" or not is_beside(self.tree, i):
                self._ground(i)  # "between Bamako and Kayes"
        elif preposition == "by" and by:
            self._actor(i)
        elif preposition == "from" and origin and of in _HARMING and is_group(self.view, i):
            self._recipients_in(i)  # "killed nine men from the movement"
        elif preposition == "from" and origin:
            self._origin(i)
        elif preposition in {"with", "using"}:
            self._weapon(i)

    def _role_of(self, i: int) -> str:
        return next((t.role for t in self.frame.triggers if t.i == i), "")

    def _is_time(self, i: int) -> bool:
        """ "On Saturday", "at 09:30": no place that is hit."""
        start = self.tree.tokens[i].start
        return any(m.start <= start < m.end for m in self.view.times)

    def _actor(self, i: int) -> None:
        for c in members_of(self.view, i):
            if c in self.triggers and self.tree.tokens[c].pos != "VERB":
                continue
            if c in self.frame.targets:
                continue  # "a helicopter came under fire, killing two"
            if c in self.view.weapon_tokens:
                self._weapon_at_work(c)
                continue
            self._counted_weapons(c)
            lemma = self.tree.tokens[c].lemma
            civilian = lemma in CIVILIANS and not self._is_fighter(c)
            if self.tree.tokens[c].tag in {"WDT", "WP", "DT"} or civilian or lemma in _NATIONALS:
                continue
            self.frame.stranger |= lemma in _KIN and self.tree.tokens[c].pos in {"NOUN", "PROPN"}
            named = () if place_of(self.tree, c) is not None else actors_of(self.view, c, self.context)
            who = (c, *self.tree.prep_objects(c, "of")) if self.tree.tokens[c].lemma in _COUNTS else (c,)
            self.frame.unnamed |= not named and any(self._is_fighter(w) for w in who)
            if self._is_fighter(c):
                self._named_after_a_place(c)
            if named and self.tree.tokens[c].lemma in _AIRCRAFT:
                self.frame.modes.append(Mode.AIRSTRIKE)
            for actor in named:
                self._add_actor(actor)

    def _counted_weapons(self, c: int) -> None:
        """ "Dozens of M23 drones attacked", "debris from a drone fell": the weapons behind the noun that acts."""
        if self.tree.tokens[c].lemma in _COUNTS:
            for weapon in (o for o in self.tree.prep_objects(c, "of") if o in self.view.weapon_tokens):
                self._weapon_at_work(weapon)
        if self.tree.tokens[c].lemma in PIECES:
            self._weapon(c)

    def _weapon_at_work(self, i: int) -> None:
        """A weapon that does what is done: whose it is, who uses it, from where and where."""
        self._weapon_token(i)
        self._owned_weapon(i)
        self._used_by(i)
        self._come_from(i)
        for place in self.tree.prep_objects(i, "in", "near"):
            self._ground(place)  # "was set on fire by a drone in Darfur"
        self._named_after_a_place(i)

    def _come_from(self, i: int) -> None:
        """ "Missiles from Iran", "drones that came from Yemen"."""
        came = (k for k in self.tree.kids(i, "acl", "relcl") if self.tree.tokens[k].lemma in _COMING)
        for place in (p for at in (i, *came) for p in self.tree.prep_objects(at, "from")):
            self._origin(place)

    def _named_after_a_place(self, i: int) -> None:
        """ "Gaza rockets hit Ashkelon", "Gaza militants": where they come from."""
        for name in (self.tree.tokens[k] for k in self.tree.kids(i, "compound", "nmod")):
            make = any(m.start <= name.start < m.end for m in self.view.weapons)  # "Scud missiles"
            if name.tag == "NNP" and not (make or self.view.actors_by_head.get(i)):
                self.frame.origins.append(name.i)

    def _used_by(self, weapon: int) -> None:
        """Who uses a weapon by the words around it: "junta warships", "its drones", "jets of the regime", "a drone belonging to the RSF"."""
        tree = self.tree
        before = tree.kids(weapon, "compound", "amod", "poss")
        whose = [k for k in before if tree.tokens[k].lower in RULERS | POSSESSIVES | {"coalition"}]
        of = tree.prep_objects(weapon, "of")
        whose += [o for o in of if tree.tokens[o].lemma in AGENT_NOUNS | RULERS]
        for k in whose:
            self._actor(k)
        for said in tree.kids(weapon, "acl"):
            owned = tree.tokens[said].lemma == "belong"
            if owned or tree.tokens[said].lemma in _LAYING:
                for a in tree.prep_objects(said, "to" if owned else "by"):
                    self._actor(a)
        clauses = tree.kids(weapon, "relcl")
        if weapon + 1 < len(tree.tokens) and tree.tokens[weapon + 1].tag == "WDT":
            clauses.append(tree.tokens[weapon + 1].head)  # wherever the parser hangs the clause
        for verb in clauses:
            if tree.tokens[verb].lemma in _USING and verb not in self.triggers:
                for s in tree.kids(verb, "nsubj"):
                    self._actor(s)

    def _owned_weapon(self, i: int) -> None:
        """Whose a weapon is by the names beside it, or whose it is taken for."""
        beside = [m for at in (i, *taken_for(self.view, i)) for m in self.view.actors_by_head.get(at, ())]
        for mention in without_homes(beside, self.context):
            self._weapon_owner(mention)

    def _weapon_owner(self, mention: ActorMention) -> None:
        """ "Russian drones" are Russia's; "Israel-bound drones" are meant for Israel."""
        actor = self.context.actor(mention.alias.actor_id, text=mention.text)
        if mention.relation is None and not self._fired_by_another(mention):
            self._add_actor(actor)
            named = mention.alias.form is AliasForm.NAME and self.context.is_place(actor)
            if named and self.context.kind(actor.id) is ActorKind.STATE:
                self.frame.lands.add(actor.id)
        elif mention.relation == "target":
            self._add_recipient(actor)

    def _fired_by_another(self, mention: ActorMention) -> bool:
        """ "American missiles fired by Ukraine", "Ukraine fired American missiles": who made them is not who fires them."""
        tree, head = self.tree, self.tree.head_of(mention.start, mention.end)
        if head is None:
            return False
        weapon = tree.tokens[tree.first_conjunct(tree.tokens[head].head)]
        above = tree.tokens[weapon.head]
        verb = above.head if weapon.dep == "pobj" and above.lower in {"with", "using"} else above.i
        firing = verb in self.triggers and weapon.dep in {"dobj", "pobj"} and not self._downs(verb, weapon.i)
        by = tree.subjects(verb) if firing else []
        fired = (k for k in tree.kids(weapon.i, "acl") if tree.tokens[k].lemma in _FIRING)
        by += [a for k in fired for a in tree.prep_objects(k, "by")]
        return any(actors_of(self.view, a, self.context) for a in by)

    def _downs(self, verb: int, weapon: int) -> bool:
        """Whether a weapon is what is brought down, not what it is done with."""
        downing = any(t.i == verb and t.role == "intercept" for t in self.frame.triggers)
        return downing and self.tree.tokens[weapon].dep == "dobj"

    def _weapon(self, i: int, disposition: Disposition = Disposition.LAUNCHED) -> None:
        for c in self.tree.conjuncts(i):
            if self.view.weapons_by_head.get(c) and c not in self.triggers:
                self._weapon_token(c, disposition)
                self._owned_weapon(c)
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
        attacks = self.context.lexicon.cues.strike_nouns
        for c in self.tree.conjuncts(i):
            if c in self.triggers or (c != i and self.tree.tokens[c].lemma in attacks):
                continue  # "air strikes on the city and a raid that killed scores"
            c = self.tree.antecedent(c)  # noqa: PLW2901
            self.frame.targets.append(c)
            self._recipients_in(c)
            for at in self.tree.prep_objects(c, "near", "around", "outside"):
                self._near(at)
            for at in self.tree.prep_objects(c, "at") if self.tree.tokens[c].lemma in FIRES else ():
                self._target(at)  # "sparked a fire at a refinery"
            self._flown_by(c)

    def _flown_by(self, i: int) -> None:
        """A drone that is hit is its operator's, where only one of the war flies it."""
        operators = [
            o for m in self.view.weapons_by_head.get(i, ()) if m.weapon.returns for o in m.weapon.operators
        ]
        if len(operators) == 1 and not self.frame.recipients:
            self._add_recipient(self.context.actor(operators[0], inferred=True))

    def _victim(self, i: int) -> None:
        for c in map(self.tree.antecedent, self.tree.conjuncts(i)):
            if c in self.frame.victims:
                continue
            self.frame.victims.append(c)
            if self.tree.tokens[c].lemma in _BYSTANDERS:
                for actor in actors_of(self.view, c, self.context):
                    self.frame.nearby.setdefault(actor.id, actor)
            else:
                self._recipients_in(c)

    def _recipients_in(self, c: int) -> None:
        """Actors named in a target: its own modifiers, holders, and "positions of Hamas"."""
        inside = self.tree.prep_objects(c, "in", "inside")
        if any(m.relation is None for m in self.view.actors_by_head.get(c, ())):
            inside = []  # "Hezbollah fighters in an Israeli-held area"
        holders = [
            m
            for at in (c, *inside, *self._called(c))  # "positions in Kurdish-held areas"
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
            whose = [*self.tree.prep_objects(c, "of", "from", "belonging"), *self._run_by(c), *self._its(c)]
            whose += [o for o in load_of(self.tree, c) if self.tree.tokens[o].lemma not in _BYSTANDERS]
            found = tuple(a for at in whose for a in actors_of(self.view, at, self.context))
            if any(a.id in self.frame.actors for a in found):  # nobody attacks his own
                found = tuple(a for s in self._accusers(c) for a in actors_of(self.view, s, self.context))
        if self.tree.tokens[c].lemma in _SHELTERS:  # "a UN school" in Gaza: those who live there are hit
            found = tuple(a for a in found if self.context.fights(a.id))
        for actor in found or self._army_of(c) or self._of_a_people(c) or self._of_speaker(c):
            self._add_recipient(actor)

    def _called(self, i: int) -> list[int]:
        """ "The ship hit on Thursday was the Ever Lovely, a Singapore-flagged vessel"."""
        verb = self.tree.tokens[self.tree.tokens[i].head]
        if verb.lemma != "be" or self.tree.tokens[i].dep != "nsubj":
            return self.tree.kids(i, "appos")
        names = self.tree.kids(verb.i, "attr")
        return [*names, *(k for n in names for k in self.tree.kids(n, "appos"))]

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
        if self.tree.tokens[i].pos == "NOUN" and self.tree.tokens[i].lemma not in _BORDERS:
            for actor in actors_of(self.view, i, self.context):
                self.frame.nearby.setdefault(actor.id, actor)

    def _origin(self, i: int) -> None:
        """ "launched from Yemen", "rocket fire from Gaza": who holds the place may be the actor."""
        self.frame.origins.append(i)
        armed = any(self.tree.tokens[c].lemma in _CARRIERS for c in self.tree.conjuncts(i))
        if armed:
            self._circumstances(i, of_weapon=True)  # "from ships at the coast", wherever the coast hangs
        for actor in actors_of(self.view, i, self.context):
            # "From Russian ships", "from Israeli positions", not "from Russia".
            posted = self.tree.tokens[i].lemma in {"position", "post", "trench"}
            holds = armed or posted or self.context.kind(actor.id) is ActorKind.GROUP
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
