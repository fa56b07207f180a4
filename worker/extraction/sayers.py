"""Who says what a clause tells: the nouns for them, and how the sentence calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from worker.extraction.view import View


def told_by(view: View, i: int, words: Collection[str]) -> list[int]:
    """The subjects of the nearest verb of `words` above a word: who says it, or accuses somebody of it."""
    tree = view.tree
    verb = next((a for a in tree.ancestors(i) if tree.tokens[a].lemma in words), None)
    return list(tree.subjects(verb)) if verb is not None else []


def subject_text(view: View, i: int) -> str | None:
    """The subject of a verb of saying, without what is told of him beside."""
    subjects = view.tree.kids(i, "nsubj")
    if not subjects:
        return None
    tree = view.tree
    kept = [
        k
        for k in tree.subtree(subjects[0])
        if not any(
            tree.tokens[a].dep in {"relcl", "acl", "appos", "punct"}
            for a in (k, *_until(view, k, subjects[0]))
        )
    ]
    if not kept:
        return None
    return view.words(tree.tokens[kept[0]].start, tree.tokens[kept[-1]].end)


def _until(view: View, i: int, stop: int) -> list[int]:
    found = []
    for at in view.tree.ancestors(i):
        if at == stop:
            break
        found.append(at)
    return found


def according_to(view: View) -> str | None:
    """Who follows "according to", wherever the sentence says it."""
    tree = view.tree
    for token in tree.tokens:
        if token.lower == "according":
            for k in tree.kids(token.i, "prep"):
                for p in tree.prep_objects_of(k):
                    return view.words(*tree.span(p))
    return None
