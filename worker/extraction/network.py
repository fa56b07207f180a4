"""The networks of the pipeline, run with the work left out that only training needs.

Before the layers that look at its neighbours a word has the same vector wherever it stands, which is remembered.
The parser goes step by step through all sentences of a batch together, and sums for all of them at once what it knows
of their words: spaCy sums each by itself. A sentence gets the same numbers to the last bit in any company; they differ
from spaCy's by what another order of summing makes of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.types import Ragged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from thinc.api import Model

    _Numbers = NDArray[np.float32]

_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without a pattern: its powers make one number of all features of a word."""
_REMEMBERED: Final = 1 << 15
"""Words kept with their vectors, 384 bytes each; a day of news has fewer."""


class Networks:
    """What tags and parses: the components `tok2vec`, `tagger` and `parser` of a pipeline (`nlp.get_pipe`)."""

    def __init__(self, component: Callable[[str], Any]) -> None:
        self._tagger, self._parser = component("tagger"), component("parser")
        self._vectors = Vectors(component("tok2vec").model)

    def annotate(self, docs: Sequence[Any]) -> None:
        """Tag and parse documents, none of them empty, in place; all at once, so that memory grows with them."""
        for doc, vectors in zip(docs, self._vectors.of(docs), strict=True):
            doc.tensor = vectors
        self._tagger.set_annotations(docs, self._tagger.predict(docs))
        self._parser.set_annotations(docs, _final_states(self._parser, docs))


def _final_states(parser: Any, docs: Sequence[Any]) -> list[Any]:  # noqa: ANN401  -- spaCy has no type for it
    """The greedy parse of each document."""
    states: list[Any] = parser.moves.init_batch(docs)
    scores = _Scores(parser.model, docs)
    open_states = [state for state in states if not state.is_final()]
    while open_states:
        open_states = parser.transition_states(open_states, scores.of(open_states))
    return states


class _Scores:
    """How good each next action is, by a network of the shape `spacy.TransitionBasedParser`, over one batch."""

    def __init__(self, network: Model[Any, Any], docs: Sequence[Any]) -> None:
        words, hidden, self._actions = network.layers
        shares: _Numbers = hidden.predict(words.predict(docs))
        _, self._places, width, self._pieces = shares.shape
        self._shares = shares.reshape(-1, width * self._pieces)
        """What each token adds to a state at each place where it can stand in it; first what none adds."""
        self._bias = hidden.get_param("b").ravel()
        self._tokens = network.predict(docs[:1]).get_token_ids
        """Which tokens the network looks at in some states, the same for any batch; -1 where there is none."""

    def of(self, states: Sequence[Any]) -> _Numbers:
        """A row a state, a column an action."""
        first, *others = ((self._tokens(states) + 1) * self._places + np.arange(self._places)).T
        sums = self._shares.take(first, axis=0)
        for rows in others:
            sums += self._shares.take(rows, axis=0)
        sums += self._bias
        hidden = reduce(np.maximum, (sums[:, piece :: self._pieces] for piece in range(self._pieces)))
        found: _Numbers = self._actions.predict(hidden)
        return found


class Vectors:
    """The vectors that a network of the shape `spacy.Tok2Vec` gives to the words of a document."""

    def __init__(self, network: Model[Any, Any]) -> None:
        embedding, windows = network.layers
        self._features, _, *self._layers, _ = embedding.layers
        self._encoders = [_Encoder.of(layer) for layer in windows.layers[0].layers]
        self._known: dict[int, _Numbers] = {}

    def of(self, docs: Sequence[Any]) -> list[_Numbers]:
        """The vectors of each document, a row a token."""
        found: list[NDArray[np.uint64]] = self._features.predict(docs)
        lengths = [len(features) for features in found]
        apart = len(self._encoders)  # so many words away a word is still felt
        document = np.repeat(np.arange(1, len(docs) + 1), lengths)
        places = np.arange(sum(lengths)) + apart * document
        words = self._words(np.concatenate(found))
        laid = np.zeros((len(words) + apart * (len(docs) + 1), words.shape[1]), dtype=np.float32)
        laid[places] = words
        blocks = np.cumsum([rows for length in lengths for rows in (apart, length)])
        for encoder in self._encoders:
            laid += encoder.of_windows(laid, blocks)
        return np.split(laid[places], np.cumsum(lengths)[:-1])

    def _words(self, features: NDArray[np.uint64]) -> _Numbers:
        """What is known of each word by itself."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        powers = _MIX ** np.arange(1, features.shape[1] + 1, dtype=np.uint64)
        keys, first, place = np.unique(
            (features * powers).sum(axis=1), return_index=True, return_inverse=True
        )
        new = [
            (key, at) for key, at in zip(keys.tolist(), first.tolist(), strict=True) if key not in self._known
        ]
        if new:
            rows = features[[at for _, at in new]]
            words: Any = Ragged(rows, np.array([len(rows)], dtype=np.int32))  # type: ignore[arg-type]  # thinc's own array types
            for layer in self._layers:
                words = layer.predict(words)
            self._known |= zip((key for key, _ in new), words.data, strict=True)
        return np.array([self._known[key] for key in keys.tolist()])[place]


@dataclass(frozen=True, kw_only=True)
class _Encoder:
    """A layer that looks at each word with its two neighbours: the greatest of several sums, brought to one scale."""

    weights: _Numbers
    bias: _Numbers
    scale: _Numbers
    shift: _Numbers

    @classmethod
    def of(cls, layer: Model[Any, Any]) -> _Encoder:
        """Take over the weights of a layer; the sums that compete with each other are laid apart."""
        maxout, norm = (node for node in layer.walk() if node.param_names)
        weights: Any = maxout.get_param("W")
        bias: Any = maxout.get_param("b")
        scale: Any = norm.get_param("G")
        shift: Any = norm.get_param("b")
        return cls(
            weights=np.ascontiguousarray(weights.swapaxes(0, 1).reshape(-1, weights.shape[2]).T),
            bias=bias.T.ravel(),
            scale=scale,
            shift=shift,
        )

    def of_windows(self, rows: _Numbers, blocks: NDArray[np.int64]) -> _Numbers:
        """A row for each row; outside are zeros.

        `blocks` are the rows where documents and what parts them begin and end. Each is multiplied by itself: in
        what order a product is summed, and so its last bit, depends on how many rows are multiplied at once.
        """
        count, width = rows.shape
        windows = np.zeros((count, 3, width), dtype=np.float32)
        windows[1:, 0], windows[:, 1], windows[:-1, 2] = rows[:-1], rows, rows[1:]
        apart = np.split(windows.reshape(count, -1), blocks)
        sums = np.concatenate([block @ self.weights for block in apart])
        sums += self.bias
        best = reduce(np.maximum, np.hsplit(sums, sums.shape[1] // width))
        best -= best.mean(axis=1, keepdims=True)
        best *= ((best * best).mean(axis=1, keepdims=True) + np.float32(1e-8)) ** -0.5
        best *= self.scale
        best += self.shift
        return best
