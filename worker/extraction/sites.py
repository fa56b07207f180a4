"""What kind of place was hit: site words among the targets of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worker.event import Site, SiteType

if TYPE_CHECKING:
    from worker.extraction.frames import Frame


def sites_of(frame: Frame) -> tuple[Site, ...]:
    view = frame.view
    tokens = {b for i in (*frame.targets, *frame.grounds, *frame.victims) for b in view.tree.subtree(i)}
    for trigger in frame.triggers:
        tokens.update(view.tree.children[trigger.i])
    found: dict[SiteType, Site] = {}
    for mention in view.sites:
        at = view.tree.head_of(mention.start, mention.end)
        if at in tokens:
            found.setdefault(mention.type, Site(type=mention.type, text=mention.text))
    return tuple(found.values())
