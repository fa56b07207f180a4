"""From triggers to frames: who, whom, with what and where, read off the dependency tree.

Several triggers can speak of one attack ("an airstrike hit a school, killing five"): they share a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from worker.event import Actor, Disposition, Mode, Quantity
from worker.extraction.actors import CIVILIANS, actors_of
from worker.extraction.tolls import assign_figures
from worker.extraction.triggers import find_triggers
from worker.lexicon.entries import ActorKind, AliasForm

if TYPE_CHECKING:
    from worker.extraction.context import Context
    from worker.extraction.mention import WeaponMention
    from worker.extraction.triggers import Trigger
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_AT: Final = ("at", "on", "into", "against", "toward", "towards", "onto", "upon", "over", "across", "in", "near", "inside", "around", "throughout", "outside", "along", "to", "targeting", "within")
_AIMED: Final = frozenset({"at", "on", "into", "against", "toward", "towards", "onto", "upon", "targeting"})
_OF_TARGET: Final = frozenset("shelling bombing bombardment invasion assassination ambush massacre raid siege killing".split())
_SAME_ATTACK: Final = frozenset({"in", "with", "by", "during", "through", "via", "using", "from", "of", "under", "on"})
_COLLECTIVES: Final = frozenset("series wave spate string number round barrage volley salvo flurry campaign hundred dozen one some".split())
_BYSTANDERS: Final = frozenset("national citizen contractor journalist worker employee tourist student doctor volunteer reporter engineer".split())
"""Victims whose nationality does not tell which side is hit."""


@dataclass(slots=True)
class Frame:
    """One attack as one sentence tells it. Tokens are indices into `view.tree`."""

    view: View
    triggers: list[Trigger] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    recipients: dict[str, Actor] = field(default_factory=dict)
    nearby: dict[str, Actor] = field(default_factory=dict)
    """Actors named in the place: "in villages near Kurdish positions"."""
    weapons: dict[int, tuple[WeaponMention, Disposition]] = field(default_factory=dict)
    modes: list[Mode] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    grounds: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    victims: list[int] = field(default_factory=list)
    killed: Quantity | None = None
    injured: Quantity | None = None
    intercepted: bool = False
    mutual: bool = False

    @property
    def main(self) -> int:
        """The token whose clause asserts the frame: the first that is not a mere figure."""
        ranked = sorted(self.triggers, key=lambda t: (t.role == "kill", t.i))
        return ranked[0].i

    @property
    def sites_hit(self) -> bool:
        """Whether a kind of site is named among the targets."""
        return any(t in self.view.sites_by_head for t in self.targets)

    @property
    def roles(self) -> set[str]:
        """Roles of its triggers."""
        return {t.role for t in self.triggers}

    def mode(self) -> Mode:
        """The most specific mode said."""
        for mode in (*self.modes, *(m.weapon.mode for m, _ in self.weapons.values())):
            if mode is not Mode.UNSPECIFIED:
                return mode
        return Mode.UNSPECIFIED


def find_frames(view: View, context: Context, cues: Cues) -> tuple[Frame, ...]:
    """The attacks that a sentence speaks of."""
    triggers = find_triggers(view, cues)
    frames = []
    for group in _linked_groups(view, triggers):
        frame = Frame(view)
        frame.triggers.extend(group)
        reader = _Reader(view, context, frame, frozenset(t.i for t in triggers))
        for trigger in group:
            reader.read(trigger)
        frames.append(frame)
    assign_figures(view, frames, cues, context)
    return tuple(f for f in frames if not _only_light(f))


def _only_light(frame: Frame) -> bool:
    return frame.roles == {"conduct"}


# ---- which triggers speak of one attack -----------------------------------------------------------------------


def _linked_groups(view: View, triggers: tuple[Trigger, ...]) -> list[list[Trigger]]:
    parent = list(range(len(triggers)))

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for a in range(len(triggers)):
        for b in range(len(triggers)):
            if a != b and _linked(view, triggers[a], triggers[b]):
                parent[root(b)] = root(a)
    groups: dict[int, list[Trigger]] = {}
    for n, trigger in enumerate(triggers):
        groups.setdefault(root(n), []).append(trigger)
    return list(groups.values())


def _linked(view: View, upper: Trigger, lower: Trigger) -> bool:
    """Whether `lower` hangs on `upper` in a way that makes them one attack."""
    tree = view.tree
    token = tree.tokens[lower.i]
    first = tree.first_conjunct(lower.i)
    if lower.role == "noun":
        return _noun_linked(view, upper, lower, first)
    if lower.role == "launch" and token.dep in {"acl", "relcl"} and tree.tokens[tree.first_conjunct(token.head)].head == upper.i:
        return upper.role in {"intercept", "attack", "destroy", "explode", "kill"}  # "a missile launched from Yemen hit"
    if token.head != upper.i:
        return False
    has_subject = any(tree.tokens[k].tag not in {"WDT", "WP"} for k in tree.kids(lower.i, "nsubj", "nsubjpass"))
    if upper.role == "noun":
        return token.dep in {"acl", "relcl"} and not has_subject
    marks = {tree.tokens[k].lower for k in tree.kids(lower.i, "mark", "advmod")}
    if token.dep == "advcl":
        if has_subject:
            return upper.role == "kill" and lower.role != "kill" and bool(marks & {"when", "after", "as"})
        return not marks & {"after", "before", "since", "despite", "following"}
    if token.dep == "conj":
        if {upper.role, lower.role} <= {"kill"}:
            return True  # "four are killed and two others are injured"
        return not has_subject and ({upper.role, lower.role} <= {"kill", "destroy"} or lower.role in {"kill", "destroy"})
    return token.dep == "xcomp" and not has_subject


def _noun_linked(view: View, upper: Trigger, lower: Trigger, first: int) -> bool:
    tree = view.tree
    if first != lower.i and view.actors_by_head.get(lower.i):
        return False  # "Russian strikes and Ukrainian attacks"
    token = tree.tokens[first]
    if first == upper.i:
        return True
    if token.dep in {"nsubj", "nsubjpass", "dobj"} and token.head == upper.i:
        return upper.role != "clash" or token.dep == "dobj"
    if token.dep == "pobj":
        preposition = tree.tokens[token.head]
        if preposition.lower not in _SAME_ATTACK:
            return False
        if preposition.lower == "with" and upper.role == "kill":
            return False
        if preposition.head == upper.i:
            return upper.role == "noun" or preposition.lower != "from" or upper.role == "kill"
        # "killed in one of the strikes", "in a series of airstrikes"
        above = tree.tokens[preposition.head]
        return preposition.lower == "of" and above.dep in {"pobj", "dobj", "nsubj"} and (
            above.head == upper.i or tree.tokens[above.head].head == upper.i
        )
    if token.dep in {"nsubj"} and tree.tokens[token.head].dep in {"relcl", "acl"}:
        return False
    return token.dep in {"appos", "compound"} and token.head == upper.i


# ---- roles ------------------------------------------------------------------------------------------------------


class _Reader:
    """Fills one frame from the triggers that belong to it."""

    def __init__(self, view: View, context: Context, frame: Frame, triggers: frozenset[int]) -> None:
        self.view, self.tree, self.context, self.frame = view, view.tree, context, frame
        self.triggers = triggers

    def read(self, trigger: Trigger) -> None:
        """Read the roles around one trigger."""
        self.frame.modes.append(trigger.mode)
        getattr(self, f"_{trigger.role}")(trigger.i)

    def _subjects(self, i: int) -> list[int]:
        tree = self.tree
        if tree.tokens[i].dep in {"acl", "relcl"} and not tree.kids(i, "nsubj", "nsubjpass"):
            return [] if tree.is_passive(i) else [tree.tokens[i].head]
        found = [s for s in tree.subjects(i) if tree.tokens[s].tag not in {"WDT", "WP"}]
        if not found and tree.tokens[i].dep == "relcl":
            return [tree.tokens[i].head]
        return found

    def _attack(self, i: int) -> None:
        tree = self.tree
        if tree.is_passive(i):
            victims = tree.subjects(i) or ([tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else [])
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

    _destroy = _attack

    def _seize(self, i: int) -> None:
        for loser in self.tree.prep_objects(i, "from"):
            for actor in actors_of(self.view, loser, self.context):
                self._add_recipient(actor)
        self._attack(i)

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
        perfect = any(tree.tokens[k].lemma == "have" for k in tree.kids(i, "aux")) and not tree.kids(i, "auxpass")
        if tree.is_passive(i) or (tree.tokens[i].tag == "VBN" and not perfect):
            people = tree.subjects(i) or ([tree.tokens[i].head] if tree.tokens[i].dep in {"acl", "relcl"} else [])
            for a in tree.prep_objects(i, "by"):
                self._actor(a)
        else:
            people = tree.objects(i)
            if not people and tree.tokens[i].tag == "VBD":
                people = tree.subjects(i)
            else:
                for s in self._subjects(i):
                    self._actor(s)
        for p in people:
            self._victim(p)
        self._circumstances(i)

    def _clash(self, i: int) -> None:
        tree = self.tree
        self.frame.mutual = True
        for s in tree.subjects(i):
            for c in tree.conjuncts(s):
                self._both(c)
            for b in tree.prep_objects(s, "between"):
                self._both(b)
        for w in tree.prep_objects(i, "with", "against", "between"):
            self._both(w)
        self._circumstances(i)

    def _explode(self, i: int) -> None:
        for s in self._subjects(i):
            self._weapon(s)
        self._circumstances(i)

    def _intercept(self, i: int) -> None:
        tree = self.tree
        passive = tree.is_passive(i)
        objects = tree.subjects(i) if passive else tree.objects(i)
        if tree.tokens[i].dep in {"acl", "relcl"} and not tree.kids(i, "nsubjpass", "nsubj", "dobj"):
            objects = [tree.tokens[i].head]
        if not objects and tree.tokens[i].tag == "VBN":
            objects = tree.subjects(i)
            passive = True
        before = set(self.frame.weapons)
        for o in objects:
            self._weapon(o, Disposition.INTERCEPTED)
            for w in tree.prep_objects(o, "of"):
                self._weapon(w, Disposition.INTERCEPTED)
        if set(self.frame.weapons) - before:
            self.frame.intercepted = True
        for d in tree.prep_objects(i, "by") if passive else [s for s in self._subjects(i) if s not in objects]:
            for actor in actors_of(self.view, d, self.context):
                if self.context.fights(actor.id):
                    self.frame.recipients.setdefault(actor.id, actor)
        self._circumstances(i, skip_by=True)

    def _noun(self, i: int) -> None:
        view, tree = self.view, self.tree
        for mention in view.actors_by_head.get(i, ()):
            head = tree.head_of(mention.start, mention.end)
            if mention.relation == "target":
                self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))
            if mention.relation is not None or head is None:
                continue
            place_like = mention.alias.form is AliasForm.METONYM and tree.tokens[head].dep == "compound"
            if place_like:
                self.frame.grounds.append(head)
            elif head != i:
                self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        for mention in view.weapons_by_head.get(i, ()):
            head = tree.head_of(mention.start, mention.end)
            if head is not None and head != i:
                self.frame.weapons.setdefault(head, (mention, Disposition.LAUNCHED))
        token = tree.tokens[i]
        clash = token.lemma in {"clash", "fighting", "fight", "battle", "hostility", "combat", "firefight", "gunfight", "skirmish", "crossfire"}
        for b in tree.prep_objects(i, "between"):
            self.frame.mutual = True
            self._both(b)
        if clash:
            self.frame.mutual = True
            for w in tree.prep_objects(i, "with", "against"):
                self._both(w)
        if token.lemma in _OF_TARGET or token.lemma in {"attack", "strike"}:
            for o in tree.prep_objects(i, "of"):
                if o not in self.triggers:
                    self._target(o)
        for p in tree.kids(i, "poss"):
            if not view.actors_by_head.get(i):
                for actor in actors_of(view, p, self.context):
                    self._add_actor(actor)
        self._circumstances(i)
        for upper in self._collective(i):
            self._circumstances(upper)
            for mention in view.actors_by_head.get(upper, ()):
                if mention.relation is None:
                    self._add_actor(self.context.actor(mention.alias.actor_id, text=mention.text))
        self._under(i)
        first = tree.first_conjunct(i)
        if first != i and not view.actors_by_head.get(i):
            self._noun_modifiers_of(first)

    def _collective(self, i: int) -> list[int]:
        """ "a series of airstrikes by Turkey": what is said of the series is said of the airstrikes."""
        token = self.tree.tokens[i]
        preposition = self.tree.tokens[token.head]
        if token.dep == "pobj" and preposition.lower == "of" and self.tree.tokens[preposition.head].lemma in _COLLECTIVES:
            return [preposition.head]
        return []

    def _under(self, i: int) -> None:
        """ "came under attack from rebels": the subject is hit, whoever the attack is from attacks."""
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

    # ---- fillers -------------------------------------------------------------------------------------------

    def _circumstances(self, i: int, *, of_weapon: bool = False, skip_by: bool = False) -> None:
        tree = self.tree
        for k in tree.children[i]:
            token = tree.tokens[k]
            if token.dep not in {"prep", "agent", "dative"}:
                continue
            word = token.lower
            for p in tree.prep_objects_of(k):
                if p in self.triggers:
                    continue
                if word == "under":
                    continue
                if word in _AIMED or (word == "to" and self.frame.triggers[0].role == "destroy"):
                    self._target(p)
                elif word in _AT:
                    self._ground(p)
                elif word == "by" and not skip_by and (tree.tokens[i].pos == "NOUN" or token.dep == "agent"):
                    self._actor(p)
                elif word == "from" and not of_weapon:
                    self._origin(p)
                elif word in {"with", "using"}:
                    self._weapon(p)

    def _actor(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            if c in self.triggers and self.tree.tokens[c].pos != "VERB":
                continue
            weapon = c in self.view.weapon_tokens
            if weapon:
                self._weapon_token(c)
                for mention in self.view.actors_by_head.get(c, ()):
                    self._weapon_owner(mention)
                continue
            if self.tree.tokens[c].tag in {"WDT", "WP", "DT"} or self.tree.tokens[c].lemma in CIVILIANS:
                continue
            for actor in actors_of(self.view, c, self.context):
                self._add_actor(actor)

    def _weapon_owner(self, mention: object) -> None:
        relation = getattr(mention, "relation", None)
        alias = getattr(mention, "alias", None)
        if alias is None:
            return
        actor = self.context.actor(alias.actor_id, text=getattr(mention, "text", None))
        if relation is None:
            self._add_actor(actor)
        elif relation == "target":
            self._add_recipient(actor)

    def _weapon(self, i: int, disposition: Disposition = Disposition.LAUNCHED) -> None:
        for c in self.tree.conjuncts(i):
            if self.view.weapons_by_head.get(c) and c not in self.triggers:
                self._weapon_token(c, disposition)
                for mention in self.view.actors_by_head.get(c, ()):
                    self._weapon_owner(mention)
            for w in self.tree.prep_objects(c, "of", "including"):
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
        holders = [m for m in self.view.actors_by_head.get(c, ()) if m.relation in {"holder", "owner"}]
        for mention in holders:
            self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))
        if holders:
            return
        found = actors_of(self.view, c, self.context)
        if not found:
            found = tuple(
                a for at in self.tree.prep_objects(c, "of", "from", "belonging") for a in actors_of(self.view, at, self.context)
            )
        for actor in found:
            self._add_recipient(actor)

    def _ground(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            self.frame.grounds.append(c)
            for actor in actors_of(self.view, c, self.context):
                if self.tree.tokens[c].pos == "NOUN":  # "near Kurdish positions"
                    self.frame.nearby.setdefault(actor.id, actor)
            for mention in self.view.actors_by_head.get(c, ()):
                if mention.relation == "holder":
                    self._add_recipient(self.context.actor(mention.alias.actor_id, text=mention.text))

    def _origin(self, i: int) -> None:
        """ "launched from Yemen", "rocket fire from Gaza": who holds the place may be the actor."""
        self.frame.origins.append(i)
        for actor in actors_of(self.view, i, self.context):
            if self.context.kind(actor.id) is ActorKind.GROUP:
                self._add_actor(actor)

    def _both(self, i: int) -> None:
        for c in self.tree.conjuncts(i):
            for actor in actors_of(self.view, c, self.context):
                if self.context.fights(actor.id):
                    self.frame.actors.setdefault(actor.id, actor)

    def _add_actor(self, actor: Actor) -> None:
        if self.context.fights(actor.id):
            self.frame.actors.setdefault(actor.id, actor)

    def _add_recipient(self, actor: Actor) -> None:
        self.frame.recipients.setdefault(actor.id, actor)
