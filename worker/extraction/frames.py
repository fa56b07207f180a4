"""From triggers to frames: who, whom, with what and where, read off the dependency tree.

Several triggers can speak of one attack ("an airstrike hit a school, killing five"): they share a frame.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from worker.event import Mode
from worker.extraction.linking import linked_groups
from worker.extraction.modes import settle_modes
from worker.extraction.roles import RoleReader
from worker.extraction.tolls import assign_figures
from worker.extraction.triggers import find_triggers
from worker.extraction.weapons import gather_weapons

if TYPE_CHECKING:
    from worker.event import Actor, Disposition, Quantity
    from worker.extraction.context import Context
    from worker.extraction.mention import WeaponMention
    from worker.extraction.triggers import Trigger
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues


@dataclass(slots=True)
class Frame:
    """One attack as one sentence tells it. Tokens are indices into `view.tree`."""

    view: View
    triggers: list[Trigger] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    recipients: dict[str, Actor] = field(default_factory=dict)
    defenders: dict[str, Actor] = field(default_factory=dict)
    """Who brought the weapon down: meant by it, unless somebody else is said to be."""
    nearby: dict[str, Actor] = field(default_factory=dict)
    """Actors named in the place: "in villages near Kurdish positions"."""
    weapons: dict[int, tuple[WeaponMention, Disposition]] = field(default_factory=dict)
    modes: list[Mode] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    grounds: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    lands: set[str] = field(default_factory=set)
    """Of the actors, the states that only a weapon's phrase names: "Yemen missile"."""
    victims: list[int] = field(default_factory=list)
    killed: Quantity | None = None
    injured: Quantity | None = None
    intercepted: bool = False
    mutual: bool = False
    against: set[str] = field(default_factory=set)
    """In a clash: those that the subject fights "with" or "against"; they are one side."""
    together: set[str] = field(default_factory=set)
    """In a clash with somebody whom the sentence tells of: its subjects, who are one side too."""
    wronged: dict[str, Actor] = field(default_factory=dict)
    """States that accuse somebody of the attack on their own land: hit, whoever else is fought there."""
    unnamed: bool = False
    """Whether the attackers are fighters without a name ("militants", "gunmen"): no state."""
    stranger: bool = False
    """Whether the attackers are a clan or a family: no side of a known conflict."""

    @property
    def main(self) -> int:
        """The token whose clause asserts the frame: the first that is not a mere figure."""
        ranked = sorted(self.triggers, key=lambda t: (t.role == "kill", t.i))
        return ranked[0].i

    @property
    def sites_hit(self) -> bool:
        """Whether a kind of site is named among the targets."""
        return any(t in self.view.sites_by_head for t in self.targets)

    @property
    def roles(self) -> set[str]:
        """Roles of its triggers."""
        return {t.role for t in self.triggers}

    def mode(self) -> Mode:
        """The most specific mode said."""
        for mode in (*self.modes, *(m.weapon.mode for m, _ in self.weapons.values())):
            if mode is not Mode.UNSPECIFIED:
                return mode
        return Mode.UNSPECIFIED


def find_frames(view: View, context: Context, cues: Cues) -> tuple[Frame, ...]:
    """The attacks that a sentence speaks of."""
    triggers = find_triggers(view, cues)
    if not triggers:
        return ()
    frames = []
    for group in linked_groups(view, triggers):
        frame = Frame(view)
        frame.triggers.extend(group)
        reader = RoleReader(view, context, frame, frozenset(t.i for t in triggers))
        for trigger in group:
            reader.read(trigger)
        reader.settle_names()
        _without_losers(frame)
        gather_weapons(frame)
        frames.append(frame)
    assign_figures(view, frames, cues, context)
    settle_modes(frames, cues)
    return tuple(f for f in frames if not _only_light(f))


def _without_losers(frame: Frame) -> None:
    """ "Lost 23 soldiers in overnight clashes": whoever tells of nobody but himself lost them to somebody else."""
    lost = any(frame.view.tree.tokens[t.i].lemma == "lose" for t in frame.triggers)
    if lost and frame.actors.keys() <= frame.recipients.keys():
        frame.actors.clear()


def _only_light(frame: Frame) -> bool:
    return frame.roles == {"conduct"}
