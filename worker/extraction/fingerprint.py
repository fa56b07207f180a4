"""How two articles are recognised as one text: an exact hash and a near-duplicate signature."""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from datasketch import MinHash

    from worker.article import Article

SIGNATURE_BYTES = 64
"""Hash functions of the signature; one byte of each is kept."""
SHINGLE_WORDS = 3
"""Short enough that one changed word in a short report leaves most of its shingles alone."""
MIN_WORDS = 30
"""Below this, chance decides: two short notes about one attack share most of their words."""
MAX_WORDS = 5_000
"""Words that are looked at: the start of a long text decides whose copy it is."""
_READ_CHARACTERS = 100_000
_WORD = re.compile(r"[^\W_]+")
_PLAIN_WORD = re.compile(r"[0-9a-z]+")
"""The same where all letters are plain ones: found in a third of the time."""


def content_hash(article: Article) -> str:
    """Hex BLAKE2b-128 of title and text: equal exactly where both are equal, None and "" being the same title."""
    digest = hashlib.blake2b(digest_size=16)
    title = (article.title or "").encode("utf-8", "surrogatepass")
    digest.update(len(title).to_bytes(8, "big"))
    digest.update(title)
    digest.update(article.text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def fingerprint(text: str) -> str:
    """MinHash signature of the word shingles of `text`, 128 hex digits, or "" where the text is too short.

    Give it the article's own sentences rather than the whole page: two outlets wrap one agency report in
    different menus. Case, accents and punctuation do not count. Deterministic across machines and runs.
    """
    words = _words(text)
    if len(words) < MIN_WORDS:
        return ""
    runs = zip(*(words[first:] for first in range(SHINGLE_WORDS)), strict=False)
    shingles = set(map(" ".join, runs))
    signature = _empty_signature().copy()
    signature.update_batch(_hashes(shingles))
    return "".join(f"{int(value) & 0xFF:02x}" for value in signature.hashvalues)


@cache
def _empty_signature() -> MinHash:
    # Loading datasketch takes over a second (it brings scipy along); only who takes fingerprints pays for it.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=SIGNATURE_BYTES, seed=1, hashfunc=int)


def _hashes(shingles: Iterable[str]) -> Sequence[int]:
    """The first four bytes of each SHA-1, little end first: what MinHash takes by itself, one by one."""
    sha1 = hashlib.sha1
    first = [sha1(s.encode("utf-8", "surrogatepass")).digest()[:4] for s in shingles]
    return struct.unpack(f"<{len(first)}I", b"".join(first))


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text[:_READ_CHARACTERS])
    accents = {ord(c): None for c in set(decomposed) if unicodedata.combining(c)}
    bare = decomposed.translate(accents) if accents else decomposed
    folded = bare.casefold()
    plain = folded.isascii() or not any(c.isalnum() for c in set(folded) if c > "\x7f")
    return (_PLAIN_WORD if plain else _WORD).findall(folded)[:MAX_WORDS]
