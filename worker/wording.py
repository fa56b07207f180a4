"""Quantities, times, actors and the like in words, for people.

Whatever is said here is one line of plain text without control characters.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from worker.event import Domain, Precision, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from worker.event import Actor, Event, Interval, Place, Quantity, Scope, Site, Weapon

MAX_NAMED = 6
"""Longest list that is written out; the rest is counted."""
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff]"
)
_DAY = "%-d %b %Y"
_MINUTE = "%-d %b %Y %H:%M"


def clean(text: str) -> str:
    """The text with every character that could steer a terminal or turn the direction of writing made visible.

    One character stands for one, so that offsets stay right. Line feeds and tabs remain.
    """
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", " \n"))


def in_one_line(text: str) -> str:
    """The text cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def say_quantity(quantity: Quantity) -> str:
    """`145`, `at least 40`, `up to 12`, `about 40`, `24-99`."""
    low, high = quantity.low, quantity.high
    if quantity.qualifier is Qualifier.AT_MOST and high is not None:
        return f"up to {high}"
    if high is None:
        return str(low) if quantity.qualifier is Qualifier.EXACT else f"at least {low}"
    if high != low:
        return f"{low}\N{EN DASH}{high}"
    return f"about {low}" if quantity.qualifier is Qualifier.ABOUT else str(low)


def say_moment(moment: datetime) -> str:
    """`18 Mar 2025 21:40 UTC`."""
    return f"{moment.astimezone(UTC).strftime(_MINUTE)} UTC"


def say_interval(interval: Interval) -> str:
    """An interval as exactly as its words fixed it, the words behind it: `18 Mar 2025 (“Tuesday”)`."""
    return f"{_span(interval)} ({quoted(interval.text)})" if interval.text else _span(interval)


def quoted(text: str) -> str:
    """The text in one line, in typographic quotation marks."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{in_one_line(text)}\N{RIGHT DOUBLE QUOTATION MARK}"


def _span(interval: Interval) -> str:
    start, last = interval.start.astimezone(UTC), (interval.end - timedelta(microseconds=1)).astimezone(UTC)
    if interval.precision is Precision.MINUTE or last <= start:
        return say_moment(start)
    if interval.precision in (Precision.HOUR, Precision.PART_OF_DAY):
        end = interval.end.astimezone(UTC)
        return f"{start.strftime(_MINUTE)} \N{EN DASH} {end.strftime('%H:%M' if end.date() == start.date() else _MINUTE)} UTC"
    if interval.precision is Precision.UNKNOWN:
        return f"some time in {start.strftime(_DAY)} \N{EN DASH} {last.strftime(_DAY)}"
    if last.date() == start.date():
        return start.strftime(_DAY)
    return f"{start.strftime(_DAY)} \N{EN DASH} {last.strftime(_DAY)}"


def say_duration(duration: timedelta) -> str:
    """The two largest units that count: `45 min`, `3 h 20 min`, `2 days 4 h`, `12 days`."""
    minutes = int(duration.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        hours = hours if days < MAX_NAMED else 0
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    if hours:
        return f"{hours} h" + (f" {minutes} min" if minutes else "")
    return f"{minutes} min"


def say_actors(actors: Sequence[Actor]) -> str:
    """Names, each with the words used: `Russia “the Kremlin”`, `Ukraine (inferred)`; `unknown` if none."""
    return listed(_actor(actor) for actor in actors) or "unknown"


def _actor(actor: Actor) -> str:
    name = _name(actor)
    if actor.inferred or not actor.text:
        return f"{name} (inferred)"
    same = actor.text.casefold() in (actor.id.casefold(), name.casefold())
    return name if same else f"{name} {quoted(actor.text)}"


def _name(actor: Actor) -> str:
    return in_one_line(actor.name or actor.id)


def say_names(actors: Sequence[Actor]) -> str:
    """Names alone: `Russia and Ukraine`; `unknown` if none."""
    return joined(map(_name, actors)) or "unknown"


def say_weapons(weapons: Sequence[Weapon]) -> str:
    """`145 Shahed, 6 ballistic missile; 57 drone intercepted`: counts and names as written, with what became."""
    spoken = []
    for weapon in weapons:
        count = f"{say_quantity(weapon.count)} \N{MULTIPLICATION SIGN} " if weapon.count else ""
        fate = "" if weapon.disposition.value == "launched" else f" {weapon.disposition.value}"
        spoken.append(f"{count}{in_one_line(weapon.name)}{fate}")
    return listed(spoken)


def say_sites(sites: Sequence[Site]) -> str:
    """Types, each once: `energy, residential`."""
    return listed(site.type.value for site in sites)


def say_places(places: Sequence[Place]) -> str:
    """Names, each once."""
    return listed(in_one_line(place.name) for place in places)


def say_scope(scope: Scope) -> str:
    """`energy and infrastructure`, `everything`, `local: Aleppo`."""
    domains = ["everything" if domain is Domain.GENERAL else domain.value for domain in scope.domains]
    region = f" ({in_one_line(scope.region)})" if scope.region else ""
    return joined(domains) + region


def say_assertion(event: Event) -> str:
    """`asserted`, `claimed by the army`."""
    by = event.assertion.attributed_to
    return event.assertion.status.value + (f" by {in_one_line(by)}" if by else "")


def act_words(act: str) -> str:
    """`ceasefire_in_effect` as `ceasefire in effect`."""
    return act.replace("_", " ")


def joined(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`, each once."""
    unique = list(dict.fromkeys(words))
    return " and ".join(filter(None, (", ".join(unique[:-1]), *unique[-1:])))


def listed(words: Iterable[str]) -> str:
    """`a, b, c and 4 more`, each once."""
    unique = list(dict.fromkeys(words))
    more = f" and {len(unique) - MAX_NAMED} more" if len(unique) > MAX_NAMED else ""
    return ", ".join(unique[:MAX_NAMED]) + more
