"""With what: weapons of a frame, their counts, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.event import Disposition, Quantity, Weapon
from worker.extraction.casualties import quantity_of

if TYPE_CHECKING:
    from worker.extraction.frames import Frame
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


def weapons_of(frame: Frame, cues: Cues) -> tuple[Weapon, ...]:
    """Weapons by noun phrase: the named system where one is named, its count, and what became of it."""
    view = frame.view
    phrases: dict[int, list[tuple[int, str, Disposition]]] = {}
    entries = {head: mention for head, (mention, _) in frame.weapons.items()}
    for head, (mention, disposition) in frame.weapons.items():
        top = view.phrase_head(mention.start, mention.end)
        phrases.setdefault(top if top is not None else head, []).append((head, mention.weapon.id, disposition))
    found: dict[str, Weapon] = {}
    for top, members in sorted(phrases.items()):
        named = [m for m in members if not entries[m[0]].weapon.generic] or members[-1:]
        for head, weapon_id, disposition in named:
            mention = entries[head]
            own = top if top in view.weapon_tokens else head
            count = quantity_of(view, own, cues) if own == top or own in view.weapon_tokens else None
            if count is None:
                count = _counted_by(view, own, cues)
            if top not in view.weapon_tokens and head != top:
                count = None  # "55 drone strikes" counts strikes, "a missile attack" no missile
                count = _strikes_counted(view, top, cues)
            weapon = Weapon(id=weapon_id, name=mention.text, weapon_class=mention.weapon.weapon_class, count=count, disposition=disposition)
            if weapon_id not in found or found[weapon_id].count is None:
                found[weapon_id] = weapon
    return tuple(found.values())


def _counted_by(view: View, i: int, cues: Cues) -> Quantity | None:
    """ "dozens of drones": the count stands above the weapon."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj" and tree.tokens[token.head].lower == "of":
        return quantity_of(view, tree.tokens[token.head].head, cues, implied=False)
    return None


def _strikes_counted(view: View, top: int, cues: Cues) -> Quantity | None:
    token = view.tree.tokens[top]
    if token.tag == "NNS" and token.lemma in {"strike", "attack", "launch"}:
        return quantity_of(view, top, cues, implied=False)
    return None
