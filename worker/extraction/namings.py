"""Trees set right at names: "al-Mawasi" is one, and "what it called a command centre" is what it is called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.tree import Token, Tree


def with_articles(tree: Tree) -> Tree:
    """ "A strike in al-Mawasi killed six", taken for a strike in "al" and a Mawasi that killed: one name."""
    for article in tree.tokens[:-2] if "-" in tree.words else ():
        hyphen, name = tree.tokens[article.i + 1], tree.tokens[article.i + 2]
        whole = article.lower in _ARTICLES and hyphen.text == "-" and article.end == hyphen.start
        if not whole or article.head in {hyphen.i, name.i} or name.start != hyphen.end:
            continue
        moved = [
            replace(tree.tokens[k], head=name.i)
            for k in tree.children[article.i]
            if k not in {hyphen.i, name.i}
        ]
        tree = tree.with_tokens(
            replace(article, dep="compound", head=name.i),
            replace(hyphen, dep="punct", head=name.i),
            replace(name, dep=article.dep, head=article.head),
            *moved,
        )
    return tree


_ARTICLES: Final = frozenset("al el ad an ar as ash at az".split())


def with_named(tree: Tree) -> Tree:
    """ "Hit what it said was a depot", with the depot hung on "was": it is the depot that was hit, and somebody says so."""
    for what in tree.tokens if "what" in tree.words else ():
        if what.tag == "WP" and (named := _named_by(tree, what)) is not None:
            tree = _put_in_place(tree, what, *named)
    return tree


def _named_by(tree: Tree, what: Token) -> tuple[Token, Token] | None:
    """The noun that a clause with "what" ends in, and the clause's verb: those of "called an ambush", "described as strikes", "appears to be a site"."""
    for noun in tree.tokens[what.i + 1 : what.i + _REACH]:
        above = tree.tokens[noun.head]
        under_as = noun.dep == "pobj" and above.lower == "as"
        verb = tree.tokens[above.head] if under_as else above
        called = (under_as or noun.dep in {"oprd", "xcomp"}) and verb.lemma in _CALLING
        is_one = noun.dep == "attr" and verb.lemma == "be"
        if noun.pos in {"NOUN", "PROPN"} and (called or is_one):
            return _clause_of(tree, what, noun)
    return None


_REACH: Final = 16
_CALLING: Final = frozenset("call describe term dub label brand deem characterise characterize".split())
_SAYING: Final = frozenset("say claim appear seem believe think suspect allege insist report".split())


def _clause_of(tree: Tree, what: Token, noun: Token) -> tuple[Token, Token] | None:
    """The noun and the verb that the others between "what" and it hang on, if one of them says or calls."""
    verbs = [t for t in tree.tokens[what.i + 1 : noun.i] if t.pos in {"VERB", "AUX"}]
    top = [v for v in verbs if not what.i < v.head < noun.i and v.head != v.i]
    said = any(v.lemma in _CALLING | _SAYING for v in verbs)
    return (noun, top[0]) if said and len(top) == 1 else None


def _put_in_place(tree: Tree, what: Token, noun: Token, top: Token) -> Tree:
    """The tree with the noun where its clause hangs, and the clause below it."""
    over = tree.tokens[top.head]
    before = tree.tokens[what.i - 1] if what.i else None
    changed = [replace(top, dep="relcl", head=noun.i)]
    if before is not None and before.pos in {"ADP", "SCONJ"} and before.dep in {"prep", "mark", "agent"}:
        if before.head == top.i or what.i < before.head < noun.i:
            changed.append(replace(before, dep="prep", pos="ADP", head=over.i))
        place = "pobj", before.i
    elif over.i < what.i:
        place = "dobj", over.i
    else:
        place = ("nsubjpass" if tree.is_passive(over.i) else "nsubj"), over.i
    return tree.with_tokens(replace(noun, dep=place[0], head=place[1]), *changed)
