"""One parsed sentence with what is found in it, for the tests of the slots."""

from __future__ import annotations

from tests.extraction.extracted import NOON, loaded
from worker.article import TextField
from worker.extraction.mention import finder_of
from worker.extraction.segment import Sentence
from worker.extraction.view import View


def view_of(text: str) -> View:
    """The view of a text that is one sentence."""
    lexicon, parser = loaded()
    sentence = Sentence(field=TextField.TEXT, start=0, end=len(text), text=text, paragraph=0)
    return View(sentence, parser.parse([text])[0], finder_of(lexicon), NOON, NOON.date())
