"""The networks of the pipeline, run with the work left out that only training needs.

Until the layers that look at its neighbours a word has the same vector wherever it stands, and a few words make up
half of every text. The parser goes step by step through all sentences of a batch together: spaCy's own loop does it
in one call, but asks for the interpreter's lock at every sum it takes. The numbers stay the same to the last bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.api import Model, NumpyOps
from thinc.types import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without a pattern: its powers make one number of all features of a word."""


class Networks:
    """What tags and parses: the components `tok2vec`, `tagger` and `parser` of a pipeline (`nlp.get_pipe`)."""

    def __init__(self, component: Callable[[str], Any]) -> None:
        self._vectors, self._tagger, self._parser = (component(n) for n in ("tok2vec", "tagger", "parser"))
        quicken(self._vectors.model)

    def annotate(self, docs: Sequence[Any]) -> None:
        """Tag and parse documents, none of them empty, in place; all at once, so that memory grows with them."""
        self._vectors.set_annotations(docs, self._vectors.predict(docs))
        self._tagger.set_annotations(docs, self._tagger.predict(docs))
        self._parser.set_annotations(docs, _final_states(self._parser, docs))


def _final_states(parser: Any, docs: Sequence[Any]) -> list[Any]:  # noqa: ANN401  -- spaCy has no type for it
    """The greedy parse of each document."""
    states: list[Any] = parser.moves.init_batch(docs)
    steps = parser.model.predict(docs)
    open_states = [state for state in states if not state.is_final()]
    while open_states:
        open_states = parser.transition_states(open_states, steps.predict(open_states))
    steps.clear_memory()
    return states


class _PredictingOps(NumpyOps):  # type: ignore[misc]  # thinc is not typed here
    """Arithmetic that does not note which piece of a maxout was the greatest."""

    def maxout(self, X: NDArray[np.float32]) -> tuple[NDArray[np.float32], None]:  # noqa: N803  -- thinc's name
        best = X[:, :, 0]
        for piece in range(1, X.shape[2]):
            best = np.maximum(best, X[:, :, piece])
        return best, None


def quicken(network: Model[Any, Any]) -> None:
    """Change a network of the shape `spacy.Tok2Vec` so that it predicts the same with less work, and only predicts."""
    ops = _PredictingOps()
    for node in network.walk():
        node.ops = ops
    network.layers[0] = _each_word_once(network.layers[0])


def _each_word_once(embedding: Model[Any, Any]) -> Model[Any, Any]:
    """The layers before the first that looks at neighbours, run once on each word of a batch."""
    features, _, *layers, _ = embedding.layers

    def forward(_: object, docs: Sequence[object], is_train: object) -> tuple[Any, Callable[..., Any]]:  # noqa: ARG001
        found: list[NDArray[np.uint64]] = features.predict(docs)
        rows = np.concatenate(found)
        powers = _MIX ** np.arange(1, rows.shape[1] + 1, dtype=np.uint64)
        _, first, place = np.unique((rows * powers).sum(axis=1), return_index=True, return_inverse=True)
        words: Any = Ragged(rows[first], np.array([len(first)], dtype=np.int32))  # type: ignore[arg-type]  # thinc's own array types
        for layer in layers:
            words = layer.predict(words)
        ends = np.cumsum([len(rows) for rows in found])
        return np.split(words.data[place], ends[:-1]), _untrained

    return Model("each_word_once", forward)


def _untrained(_: object) -> None:
    raise NotImplementedError
