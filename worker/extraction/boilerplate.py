"""What on a page is not the article: teasers, menus, prompts, captions, credits. Decided on plain text alone.

Two questions are answered: which lines of a page belong to its own story (`kept_lines`, from the company a line
keeps), and whether one sentence is furniture wherever it stands (`is_boilerplate`). Real body text has final
punctuation and speaks of what the rest speaks of; every rule needs a sign to the contrary, so that in doubt a
line stays.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_TEASER_WORDS: Final = 45
_MAX_HEADLINE_WORDS: Final = 25
_MIN_HEADLINE_WORDS: Final = 4
_MIN_REPEATED_WORDS: Final = 3
_FRAGMENT_WORDS: Final = 2
_SEEN_ELSEWHERE: Final = 0.25
"""Share of a headline's words that its own article must use too, below which it belongs to another story."""
_FOREIGN_WORDS: Final = 4

_SECTION: Final = re.compile(
    r"(?:the\s+)?latest(?:\s+\w+)?\s+(?:news|stories|headlines|updates|videos?)|latest"
    r"|related(?:\s+(?:articles?|stor(?:y|ies)|news|topics?|content|videos?|posts?|coverage|links?|reading|tags?))?"
    r"|read\s+(?:more|next|also|on)|also\s+read|see\s+also|more(?:\s+(?:on\s+(?:this|the)\b.*|from\b.*|stories|news|to\s+read"
    r"|in\s+\w+|articles?|coverage|headlines))?|(?:you\s+(?:may|might)\s+)?also\s+like|you\s+(?:may|might)\s+(?:also\s+)?like"
    r"|(?:don['\u2019]t|do\s+not)\s+miss|most\s+(?:read|popular|viewed|shared|recent)|trending(?:\s+now)?|popular(?:\s+\w+)?"
    r"|recommended(?:\s+\w+){0,3}|top\s+stories|editor['\u2019]?s['\u2019]?\s+(?:picks?|choice)|sponsored(?:\s+\w+)?|promoted(?:\s+\w+)?"
    r"|(?:from\s+)?around\s+the\s+web|in\s+case\s+you\s+missed\s+it|up\s+next|what\s+to\s+(?:read|watch)(?:\s+next)?"
    r"|other\s+(?:stories|news)|in\s+other\s+news|must\s+reads?|you\s+may\s+have\s+missed|explore\s+more|keep\s+reading"
    r"|recent\s+(?:posts|articles|news|stories)|breaking\s+news|hot\s+\w+",
    re.IGNORECASE,
)
"""A heading under which other stories are listed; the whole line."""
_MORE: Final = re.compile(
    r"(?:read|see|learn|view|show)\s+(?:the\s+)?(?:more|full\s+(?:story|article))|continue\s+reading|full\s+story|more",
    re.IGNORECASE,
)
_POINTER: Final = re.compile(
    r"(?:read(?:\s+(?:more|also|next|on))?|also\s+read|see\s+also|related(?:\s+(?:article|story|video|news))?"
    r"|more\s+on\s+this(?:\s+story)?|don['\u2019]t\s+miss|watch(?:\s+(?:live|now|more))?|listen|in\s+pictures|in\s+photos|explainer"
    r"|recommended|must\s+read|also\s+(?:on|in)\s+(?:(?:our|this|the)\s+)?\w+|(?:more\s+|also\s+)?on\s+(?:our|this)\s+(?:web)?site"
    r"|more\s+from\s+(?:\w+\s+){0,2}\w+|you\s+(?:may|might)\s+(?:also\s+)?like|elsewhere\s+on\s+\w+(?:\s+\w+)?)\s*[:|>\u00bb\u2013]\s*\S.*",
    re.IGNORECASE | re.DOTALL,
)
"""A line that points to another story: "Read more: …"."""
_AGENCY: Final = (
    r"(?:AP|AFP|EPA(?:-EFE)?|EFE|AA|UPI|DPA|dpa|TASS|IRNA|ISNA|WAFA|SANA|PA|ANI|PTI|(?i:reuters|getty(?:\s+images?)?|anadolu(?:"
    r"\s+\w+)?|xinhua|shutterstock|alamy|bloomberg|sputnik|flickr|wikimedia(?:\s+commons)?|maxar(?:\s+technologies)?"
    r"|planet\s+labs|ukrinform|nurphoto|zuma|sipa|afp|handout|file\s+photo|picture\s+alliance))"
)
_CREDIT_END: Final = re.compile(
    r"(?:[.,\u201d\"'\u2019\w]\((?:[^()]{0,80}\b)?" + _AGENCY + r"\b[^()]{0,60}\)"
    r"|[\[(][^()\[\]]{1,80}(?:/|\bvia\s|\bPhoto\b[^()\[\]]{0,20}\b)\s*[^()\[\]]{0,20}"
    + _AGENCY
    + r"\b[^()\[\]]{0,60}[\])]"
    r"|[\[(](?:photo|image|picture|source|credit)s?\s*(?::|by|courtesy|credit)[^()\[\]]{0,100}[\])]"
    r"|\b(?:REUTERS|Reuters|AP\s+Photo|AFP|EPA|Getty\s+Images)\s*/\s*[^./]{2,60}(?:/[^./]{2,40})?"
    r"|[^\W\d_][\w'\u2019.-]*\s*/\s*"
    + _AGENCY
    + r"(?:\s+via\s+[\w ]{2,40})?|\b(?:via\s+)?Getty\s+Images|\bFile\s+Photo)\s*\.?$"
)
"""The credit that a photo's caption ends in."""
_CAPTION_START: Final = re.compile(
    r"\(?\[?(?:file\s+(?:photo|picture|image|pic)\b|(?:photo|image|picture|photograph|video|caption|credit|source|photo\s+credit)s?\s*"
    r"(?::|by\s+[A-Z]|courtesy\b|copyright\b|credit\b|caption\b|source,)|image\s+(?:copyright|source|caption)\b|enlarge\s+this\s+image"
    r"|toggle\s+caption|(?:in\s+)?this\s+(?:\w+\s+)?(?:(?:photo|picture|image|photograph|screengrab|screenshot|still|frame\s+grab)\b)"
    r"(?=\s+(?:taken|released|provided|made|from|shows?|grab|by)\b|,)|an?\s+(?:general|aerial|satellite)\s+(?:view|image)\b)",
    re.IGNORECASE,
)
_CAPTION_VERB: Final = re.compile(
    r"^(?:[\w'\u2019-]+,?\s+){1,8}?(?:rises?|billows?|stands?|looks?\s+on|walks?|gathers?|inspects?|poses?|shakes?\s+hands"
    r"|speaks?|attends?|waves?|(?:is|are)\s+(?:seen|pictured)|mans?|holds?|listens?|carry|carries|arrives?|departs?)\s",
)
"""A present tense that only captions use; taken as a sign only where final punctuation is missing."""
_FURNITURE_START: Final = re.compile(
    r"(?:click\s+(?:here|for)\b|tap\s+here|sign\s+up\b|subscribe\b|subscribed\b|follow\s+(?:us|our|the\s+\w+\s+on)\b|join\s+(?:us\b|our\b|the\s+.{0,60}"
    r"(?:channel|newsletter|community|conversation)\b)|download\s+(?:the|our)\b.{0,40}\bapp\b|get\s+(?:the|our)\s+.{0,40}\b(?:app|newsletter)\b"
    r"|stay\s+(?:up\s+to\s+date|informed|tuned|connected)\b|share\s+(?:this|on|via|article)\b|share\b\W*$|print\b\W*$|copy\s+link\b"
    r"|connect\s+with\s+us\b|published(?:\s+on)?\W*$|on\W*$|by\s+entering\s+your\s+email|by\s+(?:clicking|signing|submitting|subscribing)\b"
    r"|you['\u2019]ve\s+successfully\b|agree\s+to\s+receive\b|we\s+use\s+cookies|this\s+(?:site|website|page)\s+uses\s+cookies|accept\s+(?:all\s+)?cookies"
    r"|your\s+(?:email|privacy)\b|cookie\s+(?:policy|settings|preferences)|privacy\s+policy|terms\s+(?:of|and)\b.{0,20}\b(?:use|service|conditions)\b"
    r"|all\s+rights\s+reserved|copyright\b|\u00a9|\(c\)\s*\d{4}|advertisement\b|advertising\b|scroll\s+to\s+continue|story\s+continues\s+below"
    r"|(?:leave|post|add|write)\s+(?:a|your)\s+(?:comment|reply)|\d*\s*comments?\W*$|comments?\s+(?:are|have\s+been)\s+(?:closed|disabled)"
    r"|(?:last\s+)?updated?\s*(?::|on\b|at\b|\d)|date\s+of\s+publication|first\s+published|posted\s+(?:on|by|in)\b|published\s*:|tags?\s*:|topics?\s*:|keywords\s*:"
    r"|filed\s+under|categor(?:y|ies)\s*:|\d+\s+min(?:ute)?s?\s+read|listen\s*\u00b7|our\s+standards\s*:|source\s*:|support\s+(?:our|independent)\b.{0,40}journalism"
    r"|donate\b|enable\s+(?:javascript|cookies)|please\s+(?:enable|subscribe|log\s+in|sign)|log\s+in\b|already\s+a\s+(?:subscriber|member)"
    r"|skip\s+to\b|back\s+to\s+(?:top|home)|home\s*[>/|\u00bb]|most\s+stock\s+quote|for\s+more\s+(?:news|stories|information|from|on|updates)\b"
    r"|(?:with\s+)?(?:additional\s+)?reporting\s+(?:by|from)\s+[A-Z]|(?:-?LRB-|\()\s*(?:(?:additional\s+)?reporting|writing|editing|compiled)\s+by\b"
    r"|editing\s+by\s+[A-Z]|(?:editor|correspondent|publisher)['\u2019]?s\s+note|this\s+(?:article|story|report|post)\s+(?:was|has\s+been|is)\s+"
    r"(?:originally|first|republished|amended|updated|produced|part\s+of|auto-generated|published)|this\s+is\s+a\s+(?:breaking|developing)\b.{0,20}\bstory"
    r"|(?:an?|the)\s+(?:earlier|previous)\s+version\s+of\s+this\s+(?:article|story|report|post)\b"
    r"|(?:more\s+)?updates?\s+to\s+follow|this\s+blog\s+will\b|watch\s+the\s+(?:video|latest|full)\b)",
    re.IGNORECASE,
)
"""How prompts, notices and page furniture begin."""
_FURNITURE_ANYWHERE: Final = re.compile(
    r"\ball\s+rights\s+reserved\b|\bcontributed\s+(?:to\s+this\s+(?:report|story|article)|reporting)\b|\bopt[- ]out\s+at\s+any\s+time"
    r"|\bsubscribe\s+(?:button|now|today|to\s+our)\b|\bnewsletters?\s+brings?\s+you\b|\bsign\s+up\s+(?:for|to)\s+(?:our|the|cnn)\b.{0,60}newsletter"
    r"|\bis\s+an?\s+(?:\w+\s+){0,3}(?:reporter|correspondent|journalist|producer|editor|columnist|writer|freelancer)\s+(?:for|at|with|based|covering)\b.{0,60}$"
    r"|\btoggle\s+caption\b|\bprivacy\s+policy\b.{0,20}\bterms\b|\bjoins\s+['\u2018\u2019\"\u201c].{2,60}\bto\s+discuss\b"
    r"|\bListen\s*\u00b7\s*\d|\b(?:reports|reporting)\s+(?:from\s+[\w ]{2,40}\s+)?.{0,120}\bon\s+['\u2018\u2019\"\u201c][\w\u2019' ]{3,40}['\u2019\"\u201d]\.?$",
    re.IGNORECASE,
)
_SIGNS: Final = (
    "rights", "contribut", "opt", "subscribe", "newsletter", "report", "correspondent", "journalist", "producer",
    "editor", "columnist", "writer", "freelancer", "caption", "privacy", "joins", "listen",
)  # fmt: skip
"""One of these stands in whatever `_FURNITURE_ANYWHERE` finds."""
_STAMP: Final = re.compile(
    r"\W*(?:(?:\d{1,2}[:.]\d\d(?::\d\d)?|\d{4})\s*(?:[ap]\.?m\.?|GMT|UTC|[A-Z]{2,4})?|\d{1,2}\s+(?:min(?:ute)?|hour|hr|day)s?\s+ago"
    r"|(?:\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})(?:[T ,]+\d{1,2}:\d\d(?::\d\d)?)?)\W*",
    re.IGNORECASE,
)
"""A line that is nothing but a time."""
_FINAL: Final = re.compile(r"[.!?\u2026:;][\"'\u2019\u201d)\]\s]*$")
_ELLIPSIS: Final = re.compile(r"(?:\.{3}|\u2026|\[\u2026\]|\[\.\.\.\])\s*$")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def is_boilerplate(sentence: str) -> bool:
    """Whether a single sentence, wherever it stands, is furniture of the page rather than of the story."""
    start = sentence[:300].lstrip(" \t\u2022\u25cf\u25ba\u25b6*|>\u2013-")
    if not _WORD.search(sentence) or _STAMP.fullmatch(sentence[:60]):
        return True
    if _FURNITURE_START.match(start) or _CAPTION_START.match(start) or _POINTER.match(start):
        return True
    if len(sentence) > 260:  # noqa: PLR2004
        return False
    lower = sentence.lower()
    anywhere = any(sign in lower for sign in _SIGNS) and _FURNITURE_ANYWHERE.search(sentence) is not None
    return anywhere or _ends_in_credit(sentence)


def _ends_in_credit(text: str) -> bool:
    """Whether a text ends in a photo's credit; looked for only behind a sign of one, which few texts have."""
    tail = text[-200:]
    bare = tail.rstrip().removesuffix(".").rstrip()
    return ("/" in tail or bare.endswith((")", "]", "Images", "Photo"))) and bool(_CREDIT_END.search(tail))


def kept_lines(lines: Sequence[str], title: str = "") -> list[bool]:
    """Say for each line (stripped, in page order) whether it belongs to the article's own story.

    If nothing would be left, everything is kept: a text of headlines only is somebody's way to send news.
    """
    page = _Page(lines, title)
    page.drop_repeated()
    page.drop_sections()
    page.drop_more()
    page.drop_menus()
    page.drop_foreign()
    page.drop_captions()
    return page.kept if any(page.kept) else [True] * len(lines)


class _Page:
    """The lines of a page, and which of them are still kept."""

    def __init__(self, lines: Sequence[str], title: str) -> None:
        self._lines = lines
        self._title = _plain(title)
        self._counts = [len(line[:2_000].split()) for line in lines]
        self._prose = [
            count > _FRAGMENT_WORDS and bool(_FINAL.search(line[-20:])) and not _ELLIPSIS.search(line[-20:])
            for line, count in zip(lines, self._counts, strict=True)
        ]
        self.kept = [True] * len(lines)

    def drop_repeated(self) -> None:
        """Drop a headline that stands twice wherever it stands, prose after its first time."""
        plain = [_plain(line) for line in self._lines]
        times = Counter(plain)
        if self._title and len(self._lines) > 1:
            times[self._title] += 1
        seen: set[str] = set()
        for i, text in enumerate(plain):
            if times[text] > 1 and self._counts[i] >= _MIN_REPEATED_WORDS:
                headline = not self._prose[i] and self._counts[i] <= _MAX_HEADLINE_WORDS
                self.kept[i] = self.kept[i] and not headline and text not in seen
            seen.add(text)

    def drop_sections(self) -> None:
        """Drop a heading of other stories and what is listed under it, up to the next real paragraph."""
        inside = False
        for i, line in enumerate(self._lines):
            if len(line) <= 60 and _SECTION.fullmatch(line.strip(" :.-\u2013\u2014|>\u00bb\u2022*#")):  # noqa: PLR2004
                inside = True
                self.kept[i] = False
            elif inside and self._teaser(i):
                self.kept[i] = False
            else:
                inside = False

    def drop_more(self) -> None:
        """Drop "Read more" together with the cut-off text and the headline that it continues."""
        for i, line in enumerate(self._lines):
            if len(line) > 40 or not _MORE.fullmatch(line.strip(" .:>\u00bb\u2192\u2026[]")):  # noqa: PLR2004
                continue
            self.kept[i] = False
            above = i - 1
            if above >= 0 and _ELLIPSIS.search(self._lines[above][-20:]):
                self.kept[above] = False
                above -= 1
                if above >= 0 and not self._prose[above] and self._counts[above] <= _MAX_HEADLINE_WORDS:
                    self.kept[above] = False

    def drop_menus(self) -> None:
        """Drop fragments: lines of a word or two that end in no punctuation, and headlines said twice in a line."""
        for i, line in enumerate(self._lines):
            bare = line.rstrip()
            fragment = self._counts[i] <= _FRAGMENT_WORDS and not re.search(r"[.!?,;:\u2013\u2014-]$", bare)
            if fragment or (len(line) <= 600 and _said_twice(line)):  # noqa: PLR2004
                self.kept[i] = False

    def drop_foreign(self) -> None:
        """Drop embedded headlines of other stories: capitals among small letters, or words used nowhere else."""
        if sum(self._prose) < 2:  # noqa: PLR2004
            return
        first = self._prose.index(True)
        candidates = [
            i
            for i in range(first + 1, len(self._lines))
            if _MIN_HEADLINE_WORDS <= self._counts[i] <= _MAX_HEADLINE_WORDS
            and not _FINAL.search(self._lines[i][-20:])
        ]
        if not candidates:
            return
        mixed = not _capitals(
            "".join(line[:200] for line, prose in zip(self._lines, self._prose, strict=True) if prose)
        )
        vocabulary = Counter(
            word
            for line, prose in zip(self._lines, self._prose, strict=True)
            if prose
            for word in _content(line)
        )
        for i in candidates:
            line = self._lines[i]
            words = _content(line)
            known = sum(1 for word in words if vocabulary[word])
            if (
                (mixed and _capitals(line))
                or _ATTRIBUTED.search(line[-60:])
                or (len(words) >= _FOREIGN_WORDS and known < _SEEN_ELSEWHERE * len(words))
            ):
                self.kept[i] = False

    def drop_captions(self) -> None:
        """Drop lines that end in a photo credit, or tell what is seen without final punctuation."""
        for i, line in enumerate(self._lines):
            if len(line) > 900:  # noqa: PLR2004
                continue
            described = (
                not self._prose[i] and self._counts[i] > _MIN_HEADLINE_WORDS and _CAPTION_VERB.match(line)
            )
            if _ends_in_credit(line) or _CAPTION_START.match(line) or (described and sum(self._prose)):
                self.kept[i] = False

    def _teaser(self, i: int) -> bool:
        line = self._lines[i]
        if self._counts[i] > _MAX_TEASER_WORDS:
            return False
        return not self._prose[i] or bool(_ELLIPSIS.search(line[-20:])) or is_boilerplate(line)


_ATTRIBUTED: Final = re.compile(r", [\w .\u2019'-]{2,40} says?\Z")
"""How headlines end, and no paragraph: "Strike kills 17, police say"."""
_PLAYER: Final = re.compile(r"\s*(?:Listen\b.{0,20}|\d+:\d\d.{0,10})$")
"""What a player of sound or film leaves at the end of a headline."""


def _said_twice(line: str) -> bool:
    """Whether a line is a headline and the same headline again, after a word or two of its section."""
    tail = line[-30:]
    player = "Listen" in tail or ":" in tail
    words = (_PLAYER.sub("", line) if player else line).split()
    return any(
        len(rest) >= 2 * _MIN_HEADLINE_WORDS
        and not len(rest) % 2
        and rest[: len(rest) // 2] == rest[len(rest) // 2 :]
        for rest in (words, words[1:], words[2:])
    )


def _plain(line: str) -> str:
    return " ".join(_WORD.findall(line[:2_000].casefold()))


def _content(line: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(line[:20_000]) if len(word) > 3}  # noqa: PLR2004


def _capitals(text: str) -> bool:
    letters = list(filter(str.isalpha, text[:4_000]))
    return bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)
