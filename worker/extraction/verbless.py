"""Sentences in which the parser took a noun for a verb or a verb for a noun, parsed again with a word that is only one.

News in the present tense is full of verbs that could be nouns in the plural: "The army bombards three districts" is
read as a list of nouns. In the past tense they can not. "Continuing ceasefire talks" is read as what a ceasefire does;
negotiations can not be. The tree of the changed sentence is laid back on the words as written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.subordination import with_subordinates
from worker.extraction.tree import FINITE, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from worker.extraction.syntax import Parser
    from worker.extraction.tree import Token
    from worker.lexicon.cues import Cues

_VERBAL: Final = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
_NOUNISH: Final = frozenset({"NN", "NNS", "VB"})
_OBJECT_STARTS: Final = frozenset(
    "a an the its their his at over more nearly about some several dozens hundreds least fire".split()
)
_FORCES: Final = frozenset("aircraft army navy force forces military police".split())
_MANY: Final = frozenset("gunmen police militia troops people".split())
"""Nouns that go with a verb in the plural, whatever their form."""
_TOPICS: Final = frozenset(
    "aftermath campaign case claim claims deal debate inquiry investigation plan policy probe report row toll trial victims".split()
)
"""Nouns that are about an attack and that none can hit."""
_CLAUSE_STARTS: Final = frozenset(
    ", ; after as while when before amid despite hours days until because".split()
)
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})
_MODIFIERS: Final = ("compound", "amod", "nmod", "nummod", "det", "poss")
_PAST: Final = {
    "shoot": "shot", "fight": "fought", "seize": "seized", "retake": "retook", "begin": "began", "keep": "kept",
    "make": "made", "do": "did", "drop": "dropped", "slam": "slammed", "rip": "ripped", "tear": "tore",
    "fall": "fell", "spar": "sparred", "shake": "shook", "set": "set",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A word that the parser may have mistaken, the words to try in its place and the tags that then prove it right."""

    token: Token
    words: tuple[str, ...]
    tags: frozenset[str]


def parse_all(texts: Sequence[str], parser: Parser, cues: Cues) -> list[Tree]:
    """Parse sentences; those with a word that the parser seems to have mistaken once more with a clearer one."""
    trees = parser.parse(texts)
    again = {n: doubt for n, tree in enumerate(trees) if (doubt := _doubt(tree, cues)) is not None}
    while again:
        changed = [texts[n][: d.token.start] + d.words[0] + texts[n][d.token.end :] for n, d in again.items()]
        left = {}
        for (n, doubt), tree in zip(again.items(), parser.parse(changed), strict=True):
            word = next((t for t in tree.tokens if t.start == doubt.token.start), None)
            if word is not None and word.tag in doubt.tags:
                trees[n] = _as_written(tree, doubt.token, len(doubt.words[0]))
            elif len(doubt.words) > 1:
                left[n] = replace(doubt, words=doubt.words[1:])
        again = left
    return [with_subordinates(_with_people(with_subjects(tree), cues)) for tree in trees]


def with_subjects(tree: Tree) -> Tree:
    """The tree with subjects and objects set right that the parser took for something else."""
    return _with_subject(_with_starting(_with_falling(tree)))


def _with_people(tree: Tree, cues: Cues) -> Tree:
    """ "Rebels of the FDLR attacked": fighters at the beginning of a sentence, whom the parser takes for a name."""
    first = tree.tokens[0] if tree.tokens else None
    if first is None or first.tag not in {"NNP", "NNPS"} or first.lower[:-1] not in cues.casualties["people"]:
        return tree
    if not first.lower.endswith("s"):
        return tree
    people = replace(first, tag="NNS", pos="NOUN", lemma=first.lower[:-1])
    return Tree((people, *tree.tokens[1:]))


def _with_falling(tree: Tree) -> Tree:
    """ "Falling debris sparked a fire", taken for a clause that is the subject: it is the debris that falls."""
    for token in tree.tokens[:-1]:
        noun = tree.tokens[token.i + 1]
        clause = token.dep == "csubj" and token.lemma in {"fall", "fly", "burn"}
        if clause and noun.head == token.i and noun.dep == "dobj" and tree.children[token.i] == (noun.i,):
            set_right = {
                token.i: replace(token, dep="amod", head=noun.i),
                noun.i: replace(noun, dep="nsubj", head=token.head),
            }
            return Tree(tuple(set_right.get(t.i, t) for t in tree.tokens))
    return tree


def _with_starting(tree: Tree) -> Tree:
    """ "Declared a truce starting on Friday", taken for the declaration that it starts: the truce is what is declared."""
    for token in tree.tokens:
        if token.tag != "VBG" or token.dep != "ccomp" or token.lemma not in {"start", "begin", "commence"}:
            continue
        subjects = tree.kids(token.i, "nsubj")
        if len(subjects) == 1 and not tree.kids(token.i, "aux"):
            noun = tree.tokens[subjects[0]]
            set_right = {
                token.i: replace(token, dep="acl", head=noun.i),
                noun.i: replace(noun, dep="dobj", head=token.head),
            }
            return Tree(tuple(set_right.get(t.i, t) for t in tree.tokens))
    return tree


def _doubt(tree: Tree, cues: Cues) -> _Doubt | None:
    verb = _hidden_verb(tree, cues)
    if verb is not None:
        harms = cues.strike_verbs[verb.lemma] & {"attack", "destroy"}
        return _Doubt(verb, _HARMED if harms else (_past(verb.lemma),), FINITE)
    if tree.words.isdisjoint(_DOUBTFUL):
        return None
    claim = next((t for t in tree.tokens[1:-2] if _is_claimed(tree, t)), None)
    if claim is not None:
        return _Doubt(claim, ("claimed",), FINITE)
    truce = next((t for t in tree.tokens if t.tag in _VERBAL and t.lower in _TRUCES), None)
    if truce is not None:  # nobody ceasefires
        return _Doubt(truce, ("armistice",), _NOUNS)
    talks = next((t for t in tree.tokens[1:] if _are_talks(tree, t)), None)
    return _Doubt(talks, ("negotiations",), _NOUNS) if talks is not None else None


def _is_claimed(tree: Tree, token: Token) -> bool:
    """ "The Houthis claim to have …", "the group claims responsibility" with the claim taken for a noun."""
    if token.tag not in _NOUNISH or token.lower not in _CLAIMS:
        return False
    after = [t.lower for t in tree.tokens[token.i + 1 : token.i + 3]]
    return after == ["to", "have"] or after[0] == "responsibility"


def _are_talks(tree: Tree, token: Token) -> bool:
    """ "Ceasefire talks", "peace talks" with the talks taken for a verb."""
    return token.tag == "VBZ" and token.lower == "talks" and tree.tokens[token.i - 1].lower in _TALKED_OF


_HARMED: Final = ("attacked", "hit", "destroyed")
"""Verbs in the past that stand for any verb of harm: the parser takes one or the other for a participle."""
_TRUCES: Final = frozenset({"ceasefire", "truce"})
_CLAIMS: Final = frozenset({"claim", "claims"})
_DOUBTFUL: Final = _TRUCES | _CLAIMS | {"talks"}
_TALKED_OF: Final = frozenset({"ceasefire", "fire", "truce", "peace"})


def _with_subject(tree: Tree) -> Tree:
    """Headlines: "Israeli jet strikes depot", where the parser sees the verb and takes its subject for a modifier."""
    for verb in tree.tokens:
        if verb.tag not in FINITE:
            continue
        # An apposition is an object here: nothing stands beside a verb.
        objects = [k for k in tree.kids(verb.i, "dobj", "appos") if k > verb.i]
        if not objects or tree.subjects(verb.i):
            continue
        before = [k for k in tree.kids(verb.i, *_MODIFIERS) if k < verb.i]
        if not before or tree.tokens[before[-1]].tag not in _NOUNS or before[-1] != verb.i - 1:
            continue
        subject = before[-1]
        return Tree(
            tuple(
                replace(t, dep="nsubj")
                if t.i == subject
                else replace(t, dep="dobj")
                if t.i in objects
                else replace(t, head=subject)
                if t.i in before
                else t
                for t in tree.tokens
            )
        )
    return tree


def _hidden_verb(tree: Tree, cues: Cues) -> Token | None:
    """The word of a verbless clause that stands between two noun phrases and can be a verb of attack."""
    finite = any(t.tag in FINITE for t in tree.tokens)
    parts = (_main_part(tree), _told_aside(tree)) if finite else (tree.tokens,)
    return next((verb for part in parts if (verb := _verb_in(part, tree, cues)) is not None), None)


def _verb_in(tokens: tuple[Token, ...], tree: Tree, cues: Cues) -> Token | None:
    if any(t.tag in FINITE for t in tokens):
        return None
    for token, after in pairwise(tokens[1:]):
        before = tree.tokens[token.i - 1]
        if _is_participle(token, before, cues):
            return token
        if (
            token.tag not in _NOUNISH
            or token.lemma not in cues.strike_verbs
            or not before.text[-1:].isalnum()
        ):
            continue
        if before.tag in {"DT", "JJ", "CD", "IN", "TO"} and not _is_name(before):
            continue
        if _starts_object(after) or _agrees(before, token, after, cues):
            return token
    return None


def _is_participle(token: Token, before: Token, cues: Cues) -> bool:
    """ "The army bombed rebel bases" with the verb taken for what the bases are: an army is none of its modifiers."""
    doer = before.tag in {"NNP", "NNPS", "NNS"} or before.lower in _FORCES
    harms = "attack" in cues.strike_verbs.get(token.lemma, ())
    return token.tag == "VBN" and token.dep == "amod" and doer and harms


def _main_part(tree: Tree) -> tuple[Token, ...]:
    """A sentence up to its first comma or clause: "gunmen attack church | after …", "jet bombs village |, army says"."""
    end = next((t.i for t in tree.tokens if t.lower in _CLAUSE_STARTS), len(tree.tokens))
    return tree.tokens[:end]


def _told_aside(tree: Tree) -> tuple[Token, ...]:
    """A clause after "when" in which the parser sees no verb: "are killed when | a jet bombs a village |, residents say"."""
    start = next((t.i for t in tree.tokens if t.lower == "when"), len(tree.tokens))
    end = next((t.i for t in tree.tokens[start + 1 :] if t.lower in _CLAUSE_STARTS), len(tree.tokens))
    return tree.tokens[start:end]


def _starts_object(token: Token) -> bool:
    return token.lower in _OBJECT_STARTS or token.tag in {"CD", "NNP", "NNPS", "JJ"}


def _agrees(before: Token, word: Token, after: Token, cues: Cues) -> bool:
    """Whether a word agrees with the noun before it as a verb does: "gunmen attack", "the air force bombs", not "drone strikes".

    A plural in the midst of a compound is rare ("aircraft bombs village"), and so is one before a noun in the singular.
    """
    if after.lower in _TOPICS:
        return False
    if before.lower in _FORCES and word.lower.endswith("s"):
        return after.tag in _NOUNS
    if before.tag in {"NNS", "NNPS"} or before.lower in _MANY or _is_people(before):
        noun = word.lemma in cues.strike_nouns and after.lower in {"on", "against", "by", "at", "and"}
        return word.lower == word.lemma and (after.tag in _NOUNS or (after.tag == "IN" and not noun))
    return word.tag == "NNS" and after.tag in _NOUNS


def _is_name(token: Token) -> bool:
    """ "F-16", "Houthis", which the tagger takes for a number or an adjective."""
    model = any(c.isdigit() for c in token.text) and any(c.isalpha() for c in token.text)
    return model or _is_people(token)


def _is_people(token: Token) -> bool:
    return token.tag == "JJ" and token.text[0].isupper() and token.lower.endswith("is")


def _past(lemma: str) -> str:
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "ed"


def _as_written(tree: Tree, verb: Token, length: int) -> Tree:
    """Put a tree of the changed sentence back on the offsets and words of the sentence as written."""
    longer = length - (verb.end - verb.start)
    tokens = []
    for token in tree.tokens:
        if token.start < verb.start:
            tokens.append(token)
        elif token.start == verb.start:
            tokens.append(replace(token, end=verb.end, text=verb.text, lower=verb.lower, lemma=verb.lemma))
        else:
            tokens.append(replace(token, start=token.start - longer, end=token.end - longer))
    return Tree(tuple(tokens))
