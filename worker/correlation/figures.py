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


class Figures:
    """The number that each article gives of one thing, and the range that they cover, for every order the same."""

    __slots__ = ("_by_article", "_high", "_low", "_only", "_open", "range")

    def __init__(self) -> None:
        """Start without any."""
        self._by_article: dict[str, Quantity] = {}
        self._begin()

    def _begin(self) -> None:
        self.range: Quantity | None = None
        self._only: Quantity | None = None
        self._low: int | None = None
        self._high: int | None = None
        self._open: int | None = None

    def add(self, article_id: str, figure: Quantity) -> bool:
        """One more number, which within an article is a part of a larger one; whether the range is another by it."""
        known, before = self._by_article.get(article_id), self.range
        if known is not None:
            figure = larger(known, figure)
            if figure is known:
                return False
            self._begin()
            self._by_article[article_id] = figure
            for each in self._by_article.values():
                self._widen(each)
        else:
            self._by_article[article_id] = figure
            self._widen(figure)
        return self.range != before

    def _widen(self, figure: Quantity) -> None:
        if self._low is None:
            self._only = self.range = figure
        elif self._only is not None and figure != self._only:
            self._only = self.range = None
        low, high = figure.low, figure.high
        if self._low is None or low < self._low:
            self._low, self.range = low, self._only
        if high is None:
            if self._open is None or low > self._open:
                self._open, self.range = low, self._only
        elif self._high is None or high > self._high:
            self._high, self.range = high, self._only
        if self.range is None:
            self.range = self._covered(self._low)

    def _covered(self, low: int) -> Quantity:
        if self._high is None or (self._open is not None and self._open > self._high):
            return Quantity(low=low, high=None, qualifier=Qualifier.AT_LEAST)
        exact = low == self._high
        return Quantity(low=low, high=self._high, qualifier=Qualifier.EXACT if exact else Qualifier.RANGE)


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
