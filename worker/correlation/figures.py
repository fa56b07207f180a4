"""Numbers that several reports give of one thing: ranges, never sums across reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from worker.event import Disposition, Qualifier, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.event import Weapon

WeaponKey = tuple[str, Disposition]
"""Class of weapon, and what became of it."""


@overload
def larger(first: Quantity | None, second: Quantity) -> Quantity: ...


@overload
def larger(first: Quantity | None, second: Quantity | None) -> Quantity | None: ...


def larger(first: Quantity | None, second: Quantity | None) -> Quantity | None:
    """The one that holds more: within one article a smaller figure is a part of the larger."""
    if first is None or second is None:
        return first or second
    return max(first, second, key=_rank)


def total(quantities: Iterable[Quantity]) -> Quantity | None:
    """The sum of figures that one report gives of different things."""
    parts = tuple(quantities)
    if len(parts) <= 1:
        return parts[0] if parts else None
    low = sum(part.low for part in parts)
    if any(part.high is None for part in parts):
        return Quantity(low=low, high=None, qualifier=Qualifier.AT_LEAST)
    high = sum(part.high or 0 for part in parts)
    exact = all(part.qualifier is Qualifier.EXACT for part in parts)
    return Quantity(low=low, high=high, qualifier=Qualifier.EXACT if exact else _spread(low, high))


def span(quantities: Iterable[Quantity]) -> Quantity | None:
    """The range that the figures of several reports cover; the order of the reports is no matter."""
    parts = list(quantities)
    if all(part == parts[0] for part in parts):
        return parts[0] if parts else None
    low = min(part.low for part in parts)
    highs = [part.high for part in parts if part.high is not None]
    open_from = [part.low for part in parts if part.high is None]
    if not highs or (open_from and max(open_from) > max(highs)):
        return Quantity(low=low, high=None, qualifier=Qualifier.AT_LEAST)
    high = max(highs)
    if low == high:
        return Quantity(low=low, high=high)
    return Quantity(low=low, high=high, qualifier=Qualifier.RANGE)


def class_totals(weapons: Iterable[Weapon]) -> dict[WeaponKey, Quantity | None]:
    """What one event says of each class of weapon.

    Two Iskander-M and four S-300 are six missiles; "145 Shahed … 45 of them" are 145, and a figure for the
    class as a whole ("six missiles") already holds those of its models.
    """
    counts: dict[WeaponKey, dict[str, Quantity | None]] = {}
    for weapon in weapons:
        models = counts.setdefault((weapon.weapon_class, weapon.disposition), {})
        models[weapon.id] = larger(models.get(weapon.id), weapon.count)
    return {key: _class_total(key[0], models) for key, models in counts.items()}


def _class_total(weapon_class: str, models: dict[str, Quantity | None]) -> Quantity | None:
    named = {model: count for model, count in models.items() if count is not None}
    whole: Quantity | None = None
    for model, count in sorted(named.items()):
        if _is_generic(model, weapon_class):
            whole = larger(whole, count)
    return larger(
        whole, total(named[model] for model in sorted(named) if not _is_generic(model, weapon_class))
    )


def _is_generic(model: str, weapon_class: str) -> bool:
    """Whether an id names the class, or a kind of it ("ballistic-missile"), rather than a model."""
    return model.rstrip("s").endswith(weapon_class)


def _spread(low: int, high: int) -> Qualifier:
    return Qualifier.ABOUT if low == high else Qualifier.RANGE


def _rank(quantity: Quantity) -> tuple[int, int, str]:
    high = quantity.low if quantity.high is None else quantity.high
    return (max(quantity.low, high), quantity.low, quantity.qualifier)
