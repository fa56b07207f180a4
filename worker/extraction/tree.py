"""The dependency tree of a sentence, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERBS: Final = frozenset({"VERB", "AUX"})
"""Parts of speech of verbs."""
NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
"""Tags of nouns."""
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of the verbs that a clause of its own has one of."""
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OBJECT: Final = frozenset({"dobj", "obj", "dative", "attr", "oprd"})
_PREPOSITIONS: Final = frozenset({"prep", "agent", "dative"})
_OBJECT_CONTROL: Final = frozenset(
    "urge ask tell order instruct command direct force compel oblige induce convince persuade press pressure push call "
    "appeal plead beg implore encourage advise invite request require warn authorise authorize allow permit enable get "
    "help cause lead prompt provoke spur drive".split()
)
"""Verbs whose object does what their infinitive says: "urged Israel to stop", "called on Russia to halt"."""
_ON_WHOM: Final = frozenset({"pressure", "call", "demand"})
"""Nouns that say of whom it is asked: "put pressure on Israel to stop"."""


@dataclass(slots=True)
class Token:
    """One token: character offsets into the sentence, and its place in the dependency tree (ClearNLP labels).

    Not frozen, though nobody changes one: there are hundreds in an article, and a frozen one takes four times as long.
    """

    i: int
    start: int
    end: int
    text: str
    lower: str
    """The word without regard to case."""
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    """Index of the governing token; its own for the root."""

    def in_place_of(self, other: Token) -> Token:
        """This token governed as the other is; the root, where the other is."""
        return replace(self, dep=other.dep, head=self.i if other.head == other.i else other.head)


@dataclass(frozen=True)
class Tree:
    """A parsed sentence. Indices are positions in `tokens`; all methods are total and terminate on any tree."""

    tokens: tuple[Token, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The dependents of each token, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                found[token.head].append(token.i)
        return tuple(tuple(kids) for kids in found)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, without regard to case: what is not among them need not be looked for token by token."""
        return frozenset([t.lower for t in self.tokens])

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The lemmas of the words."""
        return frozenset([t.lemma for t in self.tokens])

    @cached_property
    def _covering(self) -> list[int | None]:
        """The token at each character offset."""
        found: list[int | None] = [None] * max((t.end for t in self.tokens), default=0)
        for t in self.tokens:
            found[t.start : t.end] = [t.i] * (t.end - t.start)
        return found

    def with_tokens(self, *changed: Token) -> Tree:
        """The tree with these in place of those at their indices; as it is where that would close a circle."""
        by_index = {t.i: t for t in changed}
        tokens = tuple(by_index.get(t.i, t) for t in self.tokens)
        return Tree(tokens) if all(_reaches_the_root(tokens, t) for t in changed) else self

    def at(self, offset: int) -> int | None:
        """The token that covers a character offset."""
        return self._covering[offset] if 0 <= offset < len(self._covering) else None

    def head_of(self, start: int, end: int) -> int | None:
        """The token in [start, end) whose governor lies outside: the head of a mention; None for an empty span."""
        inside = {i for i in self._covering[start:end] if i is not None}
        heads = [i for i in sorted(inside) if self.tokens[i].head not in inside or self.tokens[i].head == i]
        if not heads:
            return None
        # A name broken by the parser into two heads: the last noun carries the phrase ("Rapid Support Forces").
        nouns = [i for i in heads if self.tokens[i].pos in {"PROPN", "NOUN", "ADJ"}]
        if (
            len(nouns) > 1
            and self.tokens[nouns[-1] - 1].text == "-"
            and len(self.tokens[nouns[-1]].text) == 1
        ):
            nouns.pop()  # "SPLM-N"
        return nouns[-1] if nouns else heads[0]

    def compound_of(self, i: int) -> int:
        """The noun that a word is a compound of ("deal" of the "ceasefire" in "ceasefire deal"), else the word itself."""
        return self.tokens[i].head if self.tokens[i].dep == "compound" else i

    def kids(self, i: int, *deps: str) -> list[int]:
        """Dependents of `i` with one of the labels."""
        below = self.children[i]
        if not below:  # as of most tokens
            return []
        tokens = self.tokens
        return [k for k in below if tokens[k].dep in deps]

    def ancestors(self, i: int) -> Iterator[int]:
        """Governors of `i`, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def subtree(self, i: int) -> list[int]:
        """`i` and everything below it, in order."""
        children = self.children
        found = [i]
        for at in found:
            found += children[at]
        found.sort()
        return found

    def conjuncts(self, i: int) -> list[int]:
        """`i` and what is coordinated with it ("drones, missiles and rockets"), in order."""
        found = [i]
        for at in found:
            found.extend(self.kids(at, "conj"))
        return found

    def first_conjunct(self, i: int) -> int:
        """The head of a coordination that `i` may be a later member of."""
        while self.tokens[i].dep == "conj":
            i = self.tokens[i].head
        return i

    def subjects(self, i: int) -> list[int]:
        """Subjects of a verb; those of the first conjunct where it has none; the noun a participle modifies."""
        own = [k for k in self.children[i] if self.tokens[k].dep in _SUBJECT]
        if own:
            return own
        token = self.tokens[i]
        if token.dep == "conj" and self.tokens[token.head].pos in {"VERB", "AUX"}:
            return self.subjects(token.head)
        if token.dep == "pcomp":  # "violated it by shelling", "accused Turkey of shelling"
            verb = self.tokens[self.tokens[token.head].head]
            if verb.pos not in {"VERB", "AUX"}:
                return []
            charged = self.tokens[token.head].lower in {"of", "for", "from"}  # "accused X of", "kept X from"
            # "accuses X of breaking the truce agreed on Monday by firing", hung on the agreeing
            above = self.tokens[verb.head]
            astray = verb.dep in {"advcl", "acl"} and verb.tag in {"VBN", "VBD"} and above.lemma == "accuse"
            accused = self.kids(above.i if astray else verb.i, "dobj") if charged or astray else []
            if any(self.tokens[a].lower == "other" for a in accused):
                return self.subjects(verb.i)  # "accused each other of shelling"
            # "a drone tracking the tank before blowing it up"
            tracking = [verb.head] if verb.dep == "acl" and verb.tag == "VBG" else []
            return accused or self.subjects(verb.i) or tracking
        if token.tag == "VB" and token.dep in {"acl", "advcl"} and (pressed := self._pressed(i)):
            return pressed
        if token.dep == "xcomp" and self.tokens[token.head].dep == "acomp":  # "are due to meet"
            return self.subjects(self.tokens[token.head].head)
        if token.dep in {"xcomp", "advcl"} and self.tokens[token.head].pos in {"VERB", "AUX"}:
            if token.dep == "advcl" and self.is_passive(token.head):
                return self.prep_objects(token.head, "by")  # "was hit by a drone, killing two"
            return self._told(i) or self.subjects(token.head)
        return [token.head] if self._finite(i) else []

    def antecedent(self, i: int) -> int:
        """The noun that a relative pronoun stands for: "two soldiers who were killed"; any other word is itself."""
        clause = self.tokens[self.tokens[i].head]
        return clause.head if self.tokens[i].tag in {"WDT", "WP"} and clause.dep == "relcl" else i

    def doers(self, i: int) -> list[int]:
        """Who does what a verb says: behind "by" in the passive, else its subjects."""
        return self.prep_objects(i, "by") if self.is_passive(i) else self.subjects(i)

    def _finite(self, i: int) -> bool:
        """ "Rebels killed 34 people", taken for a noun and its participle: a participle has no object."""
        token = self.tokens[i]
        headline = token.dep == "acl" and self.tokens[token.head].head == token.head
        return headline and token.tag in {"VBD", "VBN"} and bool(self.kids(i, "dobj"))

    def addressed(self) -> list[int]:
        """Who is asked, told or pressed to do something: "urged the United States to", "put pressure on Israel to"."""
        found = []
        for token in self.tokens:
            if (
                token.lemma in _OBJECT_CONTROL
                and token.pos == "VERB"
                and self.kids(token.i, "xcomp", "ccomp")
            ):
                found += self.kids(token.i, "dobj") + self.prep_objects(token.i, "on", "upon")
            elif token.lemma in _ON_WHOM and token.pos == "NOUN":
                found += self.prep_objects(token.i, "on", "upon")
        return found

    def _told(self, infinitive: int) -> list[int]:
        """Those who are to do what an infinitive says, where the verb above it is said to somebody."""
        verb = self.tokens[infinitive].head
        if self.tokens[verb].lemma not in _OBJECT_CONTROL or self.is_passive(verb):
            return []
        if self.tokens[infinitive].tag != "VB":
            return []
        told = self.kids(verb, "dobj", "dative") or self.prep_objects(verb, "on", "upon", "to", "with")
        return [t for t in told if t < infinitive]

    def _pressed(self, infinitive: int) -> list[int]:
        """Those on whom pressure is put to do what an infinitive says, whether it hangs on the verb or on the noun."""
        above = self.tokens[infinitive].head
        nouns = [
            k for k in (above, *self.kids(above, "dobj", "nsubjpass")) if self.tokens[k].lemma in _ON_WHOM
        ]
        found = [p for noun in nouns for p in self.prep_objects(noun, "on", "upon")]
        found = found or (self.prep_objects(above, "on", "upon") if nouns else [])
        return [p for p in found if p < infinitive]

    def objects(self, i: int) -> list[int]:
        """Direct objects of a verb; "45 of 62 drones" is one, though the parser may take it for a measure."""
        found = self._out_of(i) or [k for k in self.children[i] if self.tokens[k].dep in _OBJECT]
        counts = (k for k in self.kids(i, "npadvmod") if k > i and self.tokens[k].tag == "CD")
        return found or [k for k in counts if self.prep_objects(k, "of")]

    def _out_of(self, i: int) -> list[int]:
        """ "Shot down 24 out of 27 drones": the drones, though the parser hangs them on the verb."""
        outs = (
            k
            for k in self.kids(i, "prep")
            if self.tokens[k].lower == "out" and self.tokens[k - 1].tag == "CD"
        )
        return [o for k in outs for o in self.prep_objects_of(k) if k > i]

    def is_passive(self, i: int) -> bool:
        """Whether a verb stands in the passive, a bare participle after a noun ("drones shot down") included."""
        token = self.tokens[i]
        if self.kids(i, "nsubjpass", "auxpass", "agent"):
            return True
        if any(self.tokens[k].lemma == "have" for k in self.kids(i, "aux")):
            return False
        if token.dep == "conj" and token.tag == "VBN" and not self.kids(i, "nsubj", "aux"):
            return (
                self.tokens[token.head].pos == "VERB" and self.is_passive(token.head) and not self.objects(i)
            )
        return token.dep == "acl" and token.tag == "VBN" and not self.kids(i, "dobj")

    def prep_objects(self, i: int, *preps: str) -> list[int]:
        """Nouns that `i` governs through one of the prepositions (any if none is named)."""
        found: list[int] = []
        for k in self.children[i]:
            token = self.tokens[k]
            if token.dep not in _PREPOSITIONS:
                continue
            counted = "of" in preps and token.lower == "out" and self.tokens[i].pos == "NUM"  # "24 out of 27"
            if not preps or token.lower in preps or counted:
                found += self.prep_objects_of(k)
        return found

    def prep_objects_of(self, preposition: int) -> list[int]:
        """Nouns that one preposition governs."""
        found = []
        for below in self.children[preposition]:
            if self.tokens[below].dep in {"pobj", "pcomp"}:
                found.append(below)
            elif self.tokens[below].dep == "prep":  # "from across the border"
                found.extend(b for b in self.children[below] if self.tokens[b].dep == "pobj")
        return found

    def span(self, i: int) -> tuple[int, int]:
        """Character offsets of the subtree of `i`."""
        below = self.subtree(i)
        return self.tokens[below[0]].start, self.tokens[below[-1]].end


def _reaches_the_root(tokens: Sequence[Token], token: Token) -> bool:
    for _ in tokens:
        if token.head == token.i:
            return True
        token = tokens[token.head]
    return False
