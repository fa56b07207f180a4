"""The licences of all that is installed with the worker: on the list of those that go with Apache-2.0, or a named exception."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

RUNTIME = Path(__file__).parents[2] / "requirements" / "runtime.txt"
ALLOWED = re.compile(
    r"(?i)apache|\bmit\b|\bbsd\b|\b0bsd\b|\bisc\b|psf|python software foundation|\bmpl[- ]?2|mozilla public license 2|zlib|cc0|cnri|unlicense"
)
EXCEPTIONS = {
    "pycountry": "LGPL-2.1-only: used as a library, unchanged, replaceable by its user",
    "tld": "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later: taken under the LGPL, as above (of trafilatura)",
    "venusian": "Repoze Public License, of the BSD kind (of faust-streaming)",
}
FORBIDDEN = re.compile(
    r"(?i)\b(?:a?gpl|gnu (?:affero )?general public|sspl|commons clause|business source|proprietary)\b"
)


def pinned() -> list[str]:
    """Names of the packages that a deployment installs."""
    return re.findall(r"(?m)^([A-Za-z0-9._-]+)==", RUNTIME.read_text(encoding="utf-8"))


def licence_of(name: str) -> str | None:
    """What a package says of its licence; None where it is not installed (another platform's)."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return None
    said = metadata["License-Expression"] or ""
    kinds = [c for c in metadata.get_all("Classifier") or [] if c.startswith("License ::")]
    return said or "; ".join([(metadata["License"] or "").partition("\n")[0][:100], *kinds])


def test_every_licence_is_allowed_or_excepted_with_a_reason() -> None:
    found = {name: licence for name in pinned() if (licence := licence_of(name)) is not None}
    assert len(found) > 60
    unknown = {
        name: licence
        for name, licence in found.items()
        if not ALLOWED.search(licence) and name not in EXCEPTIONS
    }
    assert unknown == {}
    forbidden = {name for name, licence in found.items() if FORBIDDEN.search(licence)}
    assert forbidden <= EXCEPTIONS.keys()


def test_no_exception_is_left_over() -> None:
    assert set(pinned()) >= EXCEPTIONS.keys()
