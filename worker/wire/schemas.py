"""The schemas of `schemas/`: found, compiled once each at first use, and asked where the fault in a value is.

This is the one module of `wire` that reads files, and it does so on first use only: the schemas are part of
the package, not of the outside world. A wheel carries them in `worker/schemas`; in a source tree they stand
in `schemas/` beside the package.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from worker.wire.errors import InvalidMessage, Reason
from worker.wire.jsontext import JsonObject, loads
from worker.wire.times import BadTime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

ARTICLE = "article.v1"
EVENT = "event.v1"
ALERT = "alert.v1"
DEAD_LETTER = "dead-letter.v1"

_FORMATS_OF_TIME = frozenset({"date-time", "duration"})


def catalogue() -> Traversable:
    """The directory with the schemas, `topics/`, `examples/`; FileNotFoundError if the package lacks it."""
    package = files("worker")
    for directory in (package.joinpath("schemas"), package.joinpath("..", "schemas")):
        if directory.joinpath(f"{ARTICLE}.schema.json").is_file():
            return directory
    detail = "the package was built without its schemas"
    raise FileNotFoundError(detail)


@cache
def schema(name: str) -> JsonObject:
    """The schema of that name, "event.v1" for example, as plain values. Read once; not to be changed."""
    raw: JsonObject = loads(catalogue().joinpath(f"{name}.schema.json").read_bytes())
    return raw


@cache
def validator(name: str) -> Draft202012Validator:
    """The compiled validator of a schema, formats checked, never fetching anything."""
    return Draft202012Validator(schema(name), validate_formats=True, offline=True)


def check(name: str, raw: JsonObject) -> None:
    """Raise `InvalidMessage` with the first fault that the schema finds in `raw`; return if there is none."""
    checker = validator(name)
    if not checker.is_valid(raw):
        raise _verdict(checker.iter_errors(raw))


def explain(name: str, raw: JsonObject, error: Exception) -> InvalidMessage:
    """Say where the fault is that a hand-written reader met as `error`.

    The schema knows the place. Where it finds nothing, the reader is stricter than a schema can be (a time
    that its offset carries out of the calendar, for one): then the reader's own words stand.
    """
    try:
        check(name, raw)
    except InvalidMessage as verdict:
        return verdict
    if isinstance(error, BadTime):
        return InvalidMessage(Reason.BAD_TIME, str(error), _pointer_to(error.text, raw))
    return InvalidMessage(Reason.SCHEMA_VIOLATION, f"{type(error).__name__}: {error}")


def pointer(path: Iterable[str | int]) -> str:
    """Join the steps to a place as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _verdict(errors: Iterable[ValidationError]) -> InvalidMessage:
    faults = [_innermost(error) for error in errors]
    # The choice between `text` and `html` fails also when one of them is there but of a wrong type: the
    # fault with a place of its own says more.
    fault = next((fault for fault in faults if fault.kind.name != "anyOf"), faults[0])
    kind = fault.kind
    path = list(fault.instance_path)
    if isinstance(kind, ValidationErrorKind.AnyOf):
        return InvalidMessage(Reason.MISSING_TEXT, "neither text nor html is there", pointer([*path, "text"]))
    if isinstance(kind, ValidationErrorKind.Required):
        return InvalidMessage(Reason.SCHEMA_VIOLATION, fault.message, pointer([*path, kind.property]))
    is_time = isinstance(kind, ValidationErrorKind.Format) and kind.format in _FORMATS_OF_TIME
    reason = Reason.BAD_TIME if is_time else Reason.SCHEMA_VIOLATION
    return InvalidMessage(reason, fault.message, pointer(path))


def _innermost(error: ValidationError) -> ValidationError:
    """Of "null or an object like this", the fault of the object: the last branch. The root chooses otherwise."""
    kind = error.kind
    if isinstance(kind, ValidationErrorKind.AnyOf) and error.instance_path and kind.context[-1]:
        return _innermost(kind.context[-1][0])
    return error


def _pointer_to(text: str, raw: object) -> str | None:
    """Where in `raw` the string `text` stands first."""
    steps: list[tuple[tuple[str | int, ...], object]] = [((), raw)]
    while steps:
        path, value = steps.pop()
        if value == text:
            return pointer(path)
        if isinstance(value, dict):
            steps.extend(((*path, name), member) for name, member in reversed(value.items()))
        elif isinstance(value, list):
            steps.extend(((*path, index), item) for index, item in reversed(list(enumerate(value))))
    return None
