"""Sentences in which the parser took a noun for a verb or a verb for a noun, parsed again with a word that is only one.

News in the present tense is full of verbs that could be nouns in the plural: "The army bombards three districts" is
read as a list of nouns. In the past tense they can not. "Continuing ceasefire talks" is read as what a ceasefire does;
negotiations can not be. The tree of the changed sentence is laid back on the words as written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from worker.extraction.assertion import BIDDING
from worker.extraction.repairs import with_people, with_subjects
from worker.extraction.subordination import with_subordinates
from worker.extraction.tree import FINITE, NOUNS, Tree

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
            if word is not None and word.tag in doubt.tags and (_is_verb(word) or doubt.tags is not FINITE):
                trees[n] = _as_written(tree, doubt.token, len(doubt.words[0]))
            elif len(doubt.words) > 1:
                left[n] = replace(doubt, words=doubt.words[1:])
        again = left
    return [with_subordinates(with_people(with_subjects(tree), cues)) for tree in trees]


def _doubt(tree: Tree, cues: Cues) -> _Doubt | None:
    for does, past in (
        (_sparks, ("sparked",)),
        (_is_fired, ("fired", "threw")),
        (_shoots_down, ("downed", "shot")),
        (_trades_fire, ("exchanged", "opened")),
    ):
        taken = next((t for t in tree.tokens[1:-1] if does(tree, t)), None)
        if taken is not None:
            return _Doubt(taken, past, FINITE)
    verb = _hidden_verb(tree, cues)
    if verb is not None:
        harms = cues.strike_verbs[verb.lemma] & {"attack", "destroy"}
        fired = ("fired", "threw") if verb.lemma == "fire" else (_past(verb.lemma),)
        return _Doubt(verb, _HARMED if harms else fired, FINITE)
    fighters = next((t for t in tree.tokens if t.tag in FINITE and t.lower in _FIGHTERS), None)
    if fighters is not None:
        return _Doubt(fighters, ("village",) if fighters.lower == "kibbutz" else ("soldiers", "men"), NOUNS)
    if "toll" in tree.words:
        risen = next((t for t in tree.tokens[1:-1] if _rises(tree, t)), None)
        if risen is not None:
            return _Doubt(risen, ("rose",), FINITE)
    bidden = next((t for t in tree.tokens[1:-1] if _is_to_halt(tree, t)), None)
    if bidden is not None:
        return _Doubt(bidden, ("suspend",), _SUBJUNCTIVE)
    opened = next((t for t in tree.tokens[1:-1] if _opens_fire(tree, t)), None)
    if opened is not None:
        return _Doubt(opened, ("opened",), FINITE)
    doubtful = not tree.words.isdisjoint(_DOUBTFUL | _PACTS) or not tree.lemmas.isdisjoint(_UNDERTAKEN)
    return _doubt_of_words(tree) if doubtful else None


def _doubt_of_words(tree: Tree) -> _Doubt | None:
    """What the parser makes of claims, deeds, truces and talks."""
    claim = next((t for t in tree.tokens[1:-2] if _is_claimed(tree, t)), None)
    if claim is not None:
        return _Doubt(claim, ("claimed",), FINITE)
    shared = next((t for t in tree.tokens[1:-1] if _is_done_by_two(tree, t)), None)
    if shared is not None:
        return _Doubt(shared, ("began", "took"), FINITE)  # "extended ceasefire" could be a long one
    deed = next((t for t in tree.tokens[1:-1] if t.lemma in _UNDERTAKEN and _is_done(tree, t)), None)
    if deed is not None:
        return _Doubt(deed, (_UNDERTAKEN[deed.lemma],), FINITE)
    opened = next((t for t in tree.tokens[1:] if _are_opened(tree, t)), None)
    if opened is not None:
        return _Doubt(opened, ("began",), FINITE)
    falls = next((t for t in tree.tokens[2:] if _falls_apart(tree, t)), None)
    if falls is not None:
        return _Doubt(falls, ("collapsed",), FINITE)
    truce = next((t for t in tree.tokens if t.tag in _VERBAL and t.lower in _TRUCES), None)
    if truce is not None:  # nobody ceasefires
        return _Doubt(truce, ("armistice",), NOUNS)
    talks = next((t for t in tree.tokens[1:] if _are_talks(tree, t)), None)
    return _Doubt(talks, ("negotiations",), NOUNS) if talks is not None else None


_FIGHTERS: Final = frozenset({"militants", "separatists", "extremists", "kibbutz"})
"""Nouns that the parser takes for verbs; nobody militants."""


def _is_fired(tree: Tree, token: Token) -> bool:
    """ "The Houthis fire rockets at the port" with the fire taken for a noun, and the rockets for the verb."""
    if token.lower not in {"fire", "fires"} or _is_verb(token) or token.dep in {"dobj", "attr"}:
        return False
    before, after = tree.tokens[token.i - 1], tree.tokens[token.i + 1]
    return after.lower in _FIRED and before.text[-1:].isalnum() and before.tag not in {"DT", "IN", "CD"}


_FIRED: Final = frozenset({"rockets", "mortars", "missiles", "shells", "drones"})


def _rises(tree: Tree, token: Token) -> bool:
    """ "The death toll from the strike increases to 31" with the increase taken for a noun."""
    plural = token.tag == "NNS" and token.lower in {"increases", "rises", "climbs"}
    to = tree.tokens[token.i + 1].lower == "to"
    return plural and to and any(t.lower == "toll" for t in tree.tokens[: token.i])


def _sparks(tree: Tree, token: Token) -> bool:
    """ "Drones spark fire at refinery" with the spark taken for a noun, or the blaze for the verb."""
    noun = token.tag not in FINITE or token.dep in {"nsubj", "compound"}
    after = tree.tokens[token.i + 1].lower
    return noun and token.lower in {"spark", "sparks"} and after in {"fire", "fires", "blaze"}


def _shoots_down(tree: Tree, token: Token) -> bool:
    """ "A Spanish jet shoots down a drone" with the shoots taken for a noun."""
    return token.lower == "shoots" and not _is_verb(token) and tree.tokens[token.i + 1].lower == "down"


def _is_to_halt(tree: Tree, token: Token) -> bool:
    """ "The rebels demand that the army halt air strikes" with the halt taken for a part of the name of the strikes."""
    if (
        token.lower not in {"halt", "cease"}
        or token.dep != "compound"
        or tree.tokens[token.i - 1].tag not in NOUNS
    ):
        return False
    return any(t.lemma in BIDDING for t in tree.tokens[: token.i - 1])


_SUBJUNCTIVE: Final = frozenset({"VB", "VBP"})


def _opens_fire(tree: Tree, token: Token) -> bool:
    """ "Gunmen open fire on a bus" with the fire taken for an open one."""
    adjective = token.lower == "open" and token.dep == "amod"
    before = tree.tokens[token.i - 1]
    return adjective and tree.tokens[token.i + 1].lower == "fire" and before.tag in NOUNS


def _trades_fire(tree: Tree, token: Token) -> bool:
    """ "Israel and Hezbollah trade fire", "the two armies exchange fire" with the trade taken for a noun."""
    taken = token.lower in {"trade", "exchange"} and not _is_verb(token)
    before = tree.tokens[token.i - 1]
    return taken and tree.tokens[token.i + 1].lower == "fire" and before.tag[:2] in {"NN", "JJ"}


def _is_claimed(tree: Tree, token: Token) -> bool:
    """ "The Houthis claim to have …", "the group claims responsibility" with the claim taken for a noun."""
    if token.tag not in _NOUNISH or token.lower not in _CLAIMS:
        return False
    after = [t.lower for t in tree.tokens[token.i + 1 : token.i + 3]]
    return after == ["to", "have"] or after[0] == "responsibility"


def _is_done(tree: Tree, token: Token) -> bool:
    """ "The SDF sign an agreement", "Netanyahu orders strikes", with the verb taken for a noun that the name goes with."""
    before = tree.tokens[token.i - 1]
    named = before.tag in {"NNP", "NNPS"} and before.head == token.i
    main = token.dep == "ROOT" or (token.dep == "conj" and tree.tokens[token.i + 1].tag == "DT")
    within = token.tag in FINITE and token.dep == "compound"  # "Israel and Hamas resume ceasefire talks"
    # "Pakistan rejects ceasefire with India"
    singular = token.tag == "NNS" and token.dep in {"compound", "nsubj"} and before.tag == "NNP"
    singular = singular and tree.tokens[token.i + 1].lower in _DOUBTFUL | _STOPPED
    return (main and token.tag in NOUNS and named) or ((within or singular) and before.tag in NOUNS)


_UNDERTAKEN: Final = {
    "sign": "signed", "order": "ordered", "pledge": "pledged", "promise": "promised", "broker": "brokered",
    "demand": "demanded", "offer": "offered", "halt": "halted", "accuse": "accused", "reject": "rejected",
    "resume": "resumed", "pause": "paused", "suspend": "suspended",
}  # fmt: skip


_STOPPED: Final = frozenset({"strikes", "attacks", "airstrikes", "raids", "bombing", "shelling"})
"""What a side halts, in "Israel halts strikes on Lebanon"."""


def _is_done_by_two(tree: Tree, token: Token) -> bool:
    """ "Russia and Ukraine sign ceasefire deal", "India, Pakistan extend truce" with the verb taken for a part of the name."""
    taken = token.lower in _TOGETHER and token.dep in {"compound", "amod", "nmod"} and not _is_verb(token)
    name = tree.tokens[token.i - 1]
    if not taken or name.tag not in {"NNP", "NNPS"}:
        return False
    first = min(tree.subtree(name.i)) if name.dep in {"conj", "compound", "nmod", "appos"} else name.i
    joint = next((t.lower for t in reversed(tree.tokens[:first]) if t.tag != "DT"), "")
    what = {t.lower for t in tree.tokens[token.i + 1 : token.i + 5]}
    return joint in {"and", ",", "&"} and not what.isdisjoint(_DOUBTFUL | _PACTS)


_TOGETHER: Final = frozenset(
    "sign strike extend prolong renew resume restart hold reach seal trade exchange begin start agree".split()
)
"""What two do with a ceasefire, talks or blame, in the form that is a noun as well."""
_PACTS: Final = frozenset({"deal", "agreement", "accord", "pact", "blame", "accusations"})


def _are_opened(tree: Tree, token: Token) -> bool:
    """ "Peace talks open in Doha" with the opening taken for what the talks are like."""
    before = tree.tokens[token.i - 1].lower
    return token.lower == "open" and not _is_verb(token) and before in {"talks", "negotiations"}


def _falls_apart(tree: Tree, token: Token) -> bool:
    """ "Jets bomb town as truce crumbles" with the crumbling taken for what the town is like, or for some crumbles."""
    before = [t.lower for t in tree.tokens[token.i - 2 : token.i]]
    read = token.dep == "advcl" and token.tag in FINITE
    return token.lower in _FALLING and before[0] == "as" and before[1] in _TRUCES and not read


_FALLING: Final = frozenset({"crumbles", "unravels", "collapses", "frays", "falters", "shatters", "fails"})


def _are_talks(tree: Tree, token: Token) -> bool:
    """ "Ceasefire talks", "peace talks" with the talks taken for a verb."""
    return token.tag == "VBZ" and token.lower == "talks" and tree.tokens[token.i - 1].lower in _TALKED_OF


_HARMED: Final = ("attacked", "hit", "destroyed", "shook")
"""Verbs in the past that stand for any verb of harm: the parser takes one or the other for a participle, but the last."""
_TRUCES: Final = frozenset({"ceasefire", "truce"})
_CLAIMS: Final = frozenset({"claim", "claims"})
_DOUBTFUL: Final = _TRUCES | _CLAIMS | {"talks"}
_TALKED_OF: Final = frozenset({"ceasefire", "fire", "truce", "peace"})


def _hidden_verb(tree: Tree, cues: Cues) -> Token | None:
    """The word of a verbless clause that stands between two noun phrases and can be a verb of attack."""
    finite = any(_is_verb(t) for t in tree.tokens)
    parts = (_main_part(tree), *_told_aside(tree)) if finite else (tree.tokens,)
    return next((verb for part in parts if (verb := _verb_in(part, tree, cues)) is not None), None)


def _verb_in(tokens: tuple[Token, ...], tree: Tree, cues: Cues) -> Token | None:
    if any(_is_verb(t) for t in tokens):
        return None
    for token, after in pairwise(tokens[1:]):
        before = tree.tokens[token.i - 1]
        if _is_participle(token, before, cues):
            return token
        nounish = token.tag in _NOUNISH or (token.tag in FINITE and not _is_verb(token))
        nounish = nounish or (token.tag == "NNP" and token.text.islower())
        if not nounish or token.lemma not in cues.strike_verbs or not before.text[-1:].isalnum():
            continue
        if before.tag in {"DT", "JJ", "CD", "IN", "TO"} and not _is_name(before):
            continue
        if _starts_object(after) or _agrees(before, token, after, cues):
            return token
    return None


def _is_participle(token: Token, before: Token, cues: Cues) -> bool:
    """ "The army bombed rebel bases" with the verb taken for what the bases are: an army is none of its modifiers."""
    doer = before.tag in {"NNP", "NNPS", "NNS"} or before.lower in _FORCES | _WEAPONS
    roles = {"attack"} if token.tag == "VBN" else {"attack", "launch"}
    roles |= {"destroy"} if before.lower in _WEAPONS else set()  # "a missile damaged equipment"
    harms = cues.strike_verbs.get(token.lemma, frozenset()) & roles
    return token.tag in {"VBN", *FINITE} and token.dep == "amod" and doer and bool(harms)


def _main_part(tree: Tree) -> tuple[Token, ...]:
    """A sentence up to its first comma or clause: "gunmen attack church | after …", "jet bombs village |, army says"."""
    end = next((t.i for t in tree.tokens if t.lower in _CLAUSE_STARTS), len(tree.tokens))
    return tree.tokens[:end]


def _told_aside(tree: Tree) -> list[tuple[Token, ...]]:
    """Clauses after such as "when" in which the parser sees no verb: "are killed when | a jet bombs a village |, they say"."""
    found = []
    for start in (t.i for t in tree.tokens if t.lower in {"when", "as", "while", "after"}):
        end = next((t.i for t in tree.tokens[start + 1 :] if t.lower in _CLAUSE_STARTS), len(tree.tokens))
        found.append(tree.tokens[start:end])
    return found


def _is_verb(token: Token) -> bool:
    """Whether a finite verb stands where one can: "as rebels overruns" with the verb for an object of "as" is none."""
    return token.tag in FINITE and token.dep not in _OFNOUNS


_OFNOUNS: Final = frozenset({"amod", "compound", "nmod", "pobj"})


def _starts_object(token: Token) -> bool:
    return token.lower in _OBJECT_STARTS or token.tag in {"CD", "NNP", "NNPS", "JJ"}


def _agrees(before: Token, word: Token, after: Token, cues: Cues) -> bool:
    """Whether a word agrees with the noun before it as a verb does: "gunmen attack", "the air force bombs", not "drone strikes".

    A plural in the midst of a compound is rare ("aircraft bombs village"), and so is one before a noun in the singular.
    """
    if after.lower in _TOPICS:
        return False
    if word.tag in FINITE and before.tag in {"NNP", "NNPS"}:
        return after.tag in NOUNS  # "The Taliban seize control", seen as a verb and hung as a noun
    if before.lower in _FORCES and word.lower.endswith("s"):
        return after.tag in NOUNS
    many = before.lower in _MANY or before.lower.endswith(
        "men"
    )  # "militiamen", which the tagger takes for one
    if before.tag in {"NNS", "NNPS"} or many or _is_people(before):
        noun = word.lemma in cues.strike_nouns and after.lower in {"on", "against", "by", "at", "and"}
        return word.lower == word.lemma and (after.tag in NOUNS or (after.tag == "IN" and not noun))
    # "A missile lands near the terminal": nobody's lands
    comes_down = word.lower in _COMING_DOWN and before.lower in _WEAPONS
    return word.tag == "NNS" and (after.tag in NOUNS or (comes_down and after.tag == "IN"))


_WEAPONS: Final = frozenset({"missile", "rocket", "drone", "shell", "bomb"})
_COMING_DOWN: Final = frozenset({"lands", "falls", "crashes", "explodes"})


def _is_name(token: Token) -> bool:
    """ "F-16", "Houthis", which the tagger takes for a number or an adjective."""
    model = any(c.isdigit() for c in token.text) and any(c.isalpha() for c in token.text)
    return model or _is_people(token) or token.text.endswith("stan")  # "Pakistan", taken for an adjective


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
    lemma = verb.lemma
    tokens = []
    for token in tree.tokens:
        if token.start < verb.start:
            tokens.append(token)
        elif token.start == verb.start:
            if token.tag == "NNS":  # "militants", which had been a verb
                lemma = lemma.removesuffix("s")
            tokens.append(replace(token, end=verb.end, text=verb.text, lower=verb.lower, lemma=lemma))
        else:
            tokens.append(replace(token, start=token.start - longer, end=token.end - longer))
    return Tree(tuple(tokens))
