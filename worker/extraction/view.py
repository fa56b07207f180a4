"""A sentence with everything that was found in it: what the rest of the extraction reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar, cast

from worker.article import TextField
from worker.extraction.dates import find_durations, find_times
from worker.extraction.quantities import find_quantities
from worker.extraction.tree import FINITE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from worker.extraction.dates import DurationMention, TimeMention
    from worker.extraction.mention import ActorMention, Finder, SiteMention, WeaponMention
    from worker.extraction.quantities import QuantityMention
    from worker.extraction.segment import Sentence
    from worker.extraction.tree import Tree

P = ParamSpec("P")
T = TypeVar("T")

_HEADING: Final = 25
"""Tokens of the longest heading."""
_MISTAKEN: Final = frozenset({"amod", "acl", "advcl"})
"""What the parser takes the verb of a headline for whose main clause has none: "violations reported after the two agree"."""
_HITTING: Final = frozenset("hit strike shell bomb attack pound rock damage destroy".split())
_HARMED: Final = frozenset("killed dead injured wounded hurt ablaze alight".split())
INSIDE_NOUN_PHRASE: Final = frozenset({"compound", "amod", "poss", "nmod", "nummod", "quantmod", "npadvmod"})
"""Labels by which a modifier hangs on the noun it belongs to."""


@dataclass(frozen=True, eq=False)
class View:
    """One parsed sentence. Offsets are into the sentence's text; `found` holds each kind of mention."""

    sentence: Sentence
    tree: Tree
    finder: Finder
    reference: datetime
    on: date
    """The day that its names are judged by."""
    read: dict[object, object] = field(default_factory=dict, init=False)
    """What has been read of it already, by who read it (`read_once`)."""

    @cached_property
    def lower(self) -> str:
        """The text in small letters, to see quickly that a word does not stand in it."""
        return self.sentence.text.lower()

    @cached_property
    def actors(self) -> tuple[ActorMention, ...]:
        """Actors named."""
        return self.finder.actors(self.sentence.text, self.on)

    @cached_property
    def weapons(self) -> tuple[WeaponMention, ...]:
        """Weapons named."""
        return self.finder.weapons(self.sentence.text)

    @cached_property
    def sites(self) -> tuple[SiteMention, ...]:
        """Kinds of site named."""
        return self.finder.sites(self.sentence.text)

    @property
    def _armed_names(self) -> tuple[str, ...]:
        return (*(m.text for m in self.weapons), *(m.text for m in self.actors))

    @cached_property
    def armed_words(self) -> frozenset[str]:
        """Words of this sentence that belong to the name of a weapon or an actor and so restrict nothing else."""
        return frozenset(
            word for text in self._armed_names for word in text.lower().replace("-", " ").split()
        )

    @cached_property
    def ceasefires(self) -> tuple[tuple[int, int], ...]:
        """Spans that mean a ceasefire."""
        return self.finder.ceasefires(self.sentence.text)

    @cached_property
    def quantities(self) -> tuple[QuantityMention, ...]:
        """Numbers of things."""
        return find_quantities(self.sentence.text)

    @cached_property
    def times(self) -> tuple[TimeMention, ...]:
        """Expressions of time."""
        return find_times(self.sentence.text, reference=self.reference)

    @cached_property
    def durations(self) -> tuple[DurationMention, ...]:
        """Expressions of duration."""
        return find_durations(self.sentence.text)

    @cached_property
    def is_clause(self) -> bool:
        """Whether a headline says that something happens: a verb with a subject, not a topic or a list of topics."""
        tokens = self.tree.tokens
        if ";" in self.sentence.text:
            return False
        verbs = [
            t
            for t in tokens
            if t.pos in {"VERB", "AUX"}
            and (t.dep in {"ROOT", "ccomp", "conj"} or (t.dep in _MISTAKEN and t.tag in FINITE))
        ]
        return (
            self._tells_of_harm()
            or self._tells_of_a_breach()
            or any(
                self.tree.kids(v.i, "nsubj", "nsubjpass", "csubj") and not self._may_be_noun(v.i)
                for v in verbs
            )
        )

    def _tells_of_a_breach(self) -> bool:
        """ "More strikes on Tyre despite truce": the headline tells that there were some; a line of the text may name a story."""
        return (
            self.sentence.field is TextField.TITLE and "despite" in self.tree.words and bool(self.ceasefires)
        )

    def _tells_of_harm(self) -> bool:
        """ "Three dead in strike on Tyre", "Depot ablaze after attack": a headline that leaves out its verb."""
        tokens = self.tree.tokens
        hit = not self.tree.lemmas.isdisjoint(_HITTING)
        if hit and any(t.lemma in _HITTING and self.tree.kids(t.i, "agent") for t in tokens):
            return True  # "Kharkiv hit by missiles"
        if tokens[0].lower in {"explosions", "blasts"} and not self.tree.words.isdisjoint({"amid", "after"}):
            return True  # "Explosions in Kyiv amid drone attack"
        if self.tree.words.isdisjoint(_HARMED):
            return False
        harmed = next((t.i for t in tokens if t.lower in _HARMED), len(tokens))
        if harmed == len(tokens) - 1 and tokens[harmed - 1].pos == "NUM":
            return True  # "strike on Kharkiv, nine dead"
        after = harmed + 1 < len(tokens) and tokens[harmed + 1].lower in {"in", "after", "by", "as", "and"}
        return after and harmed > 0 and tokens[harmed - 1].pos in {"NOUN", "PROPN", "NUM", "ADV"}

    @property
    def is_heading(self) -> bool:
        """Whether a line of the text is a list of topics: no verb that says anything, and no stop at its end."""
        text = self.sentence.text.rstrip()
        finite = any(t.tag in {"VBD", "VBZ", "VBP", "MD", "VBN", "VBG"} for t in self.tree.tokens)
        return not finite and text[-1:].isalnum() and len(self.tree.tokens) <= _HEADING

    def _may_be_noun(self, i: int) -> bool:
        """ "Israel–Hezbollah clashes", "Rafah fighting": a noun that the parser may take for a verb governs nothing after it."""
        token = self.tree.tokens[i]
        gerund = token.tag == "VBG" and not self.tree.kids(i, "aux")
        return (token.tag in {"VBZ", "VBP"} or gerund) and not any(
            k > i and self.tree.tokens[k].dep != "punct" for k in self.tree.children[i]
        )

    def phrase_head(self, start: int, end: int) -> int | None:
        """The noun of the phrase that a span modifies: "Russian" in "Russian air force units" gives "units"."""
        at = self.tree.head_of(start, end)
        if at is None:
            return None
        tokens = self.tree.tokens
        while tokens[at].head != at:
            if tokens[at].dep in INSIDE_NOUN_PHRASE:
                at = tokens[at].head
            elif tokens[at].dep == "conj" and tokens[self.tree.first_conjunct(at)].dep in INSIDE_NOUN_PHRASE:
                at = tokens[self.tree.first_conjunct(at)].head
            else:
                break
        return at

    @cached_property
    def actors_by_head(self) -> dict[int, tuple[ActorMention, ...]]:
        """Actor mentions by the noun whose phrase they stand in."""
        found: dict[int, tuple[ActorMention, ...]] = {}
        for mention in self.actors:
            head = self.phrase_head(mention.start, mention.end)
            if head is not None:
                found[head] = (*found.get(head, ()), mention)
        return found

    def named_at(self, heads: Iterable[int]) -> set[str]:
        """The ids of the actors named in the phrases of nouns."""
        return {m.alias.actor_id for head in heads for m in self.actors_by_head.get(head, ())}

    @cached_property
    def weapons_by_head(self) -> dict[int, tuple[WeaponMention, ...]]:
        """Weapon mentions by the noun whose phrase they stand in ("drone" in "drone attack" gives "attack")."""
        found: dict[int, tuple[WeaponMention, ...]] = {}
        for mention in self.weapons:
            head = self.phrase_head(mention.start, mention.end)
            if head is not None:
                found[head] = (*found.get(head, ()), mention)
        return found

    @cached_property
    def sites_by_head(self) -> dict[int, tuple[SiteMention, ...]]:
        """Site mentions by the noun whose phrase they stand in."""
        found: dict[int, tuple[SiteMention, ...]] = {}
        for mention in self.sites:
            head = self.phrase_head(mention.start, mention.end)
            if head is not None:
                found[head] = (*found.get(head, ()), mention)
        return found

    @cached_property
    def weapon_tokens(self) -> frozenset[int]:
        """Tokens that are the head of a weapon mention."""
        heads = (self.tree.head_of(m.start, m.end) for m in self.weapons)
        return frozenset(h for h in heads if h is not None)

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies between quotation marks: "they" and "we" are then the speaker's."""
        before = self.sentence.text[:offset]
        if before.lstrip().startswith(("'", "‘")):
            return True
        return (before.count("“") > before.count("”")) or before.count('"') % 2 == 1

    def words(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.sentence.text[start:end]


def read_once(read: Callable[Concatenate[View, P], T]) -> Callable[Concatenate[View, P], T]:
    """Read a view once, for all who ask; what else it takes (the cues) is the same for all of them."""

    @wraps(read)
    def remembered(view: View, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if read not in view.read:
            view.read[read] = read(view, *args, **kwargs)
        return cast("T", view.read[read])

    return remembered


def read_each_once(read: Callable[Concatenate[View, int, P], T]) -> Callable[Concatenate[View, int, P], T]:
    """Read each token of a view once, as `read_once` reads a view."""

    @wraps(read)
    def remembered(view: View, i: int, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (read, i)
        if key not in view.read:
            view.read[key] = read(view, i, *args, **kwargs)
        return cast("T", view.read[key])

    return remembered
