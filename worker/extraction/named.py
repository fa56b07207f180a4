"""Who is named in an article, how often, and where: as one who acts, or as a mere place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat, zip_longest
from typing import TYPE_CHECKING, Final

from worker.article import TextField
from worker.lexicon.entries import ActorKind, AliasForm, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from worker.extraction.mention import ActorMention, Finder
    from worker.extraction.segment import Sentence
    from worker.lexicon import Lexicon
    from worker.lexicon.entries import PlaceEntry

Position = tuple[int, int]
"""Where something stands in the order of reading: 0 for the title or 1 for the text, and the offset in it."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention of an actor where it stands; `as_place` where the text names a state as a mere place."""

    at: Position
    mention: ActorMention
    as_place: bool
    of_rebels: bool = False
    """Whether it is the land of those whom the sentence begins with: "Jihadists in Mali"."""


class Named:
    """The actors, towns and nameless rebels that an article names, by the aliases of the day it was read on."""

    def __init__(
        self, sentences: Sequence[Sentence], title: str, lexicon: Lexicon, finder: Finder, day: date
    ) -> None:
        self._lexicon = lexicon
        self._day = day
        self.title = title
        self.namings: list[Naming] = []
        """In the order of reading."""
        self.in_text: Counter[str] = Counter()
        self.as_place: Counter[str] = Counter()
        self.rebels = 0
        """How often rebels without a name of their own are spoken of."""
        self.towns: set[str] = set()
        """Well-known towns and regions, with the larger parts of their countries that they lie in."""
        self.speaks_of_a_ceasefire = False
        self.speaks_of_a_claim = False
        """Whether anybody, or nobody, is said to have claimed responsibility: then it was no accident."""
        self.tells_of_gangs = False
        """Whether organised crime is spoken of: bombs that nobody claims are gangs' then."""
        self.tells_of_drills = self._headed_by_a_drill = _DRILL.search(title.lower()) is not None
        """Whether an exercise is spoken of: what is sunk and shot there is nobody's enemy."""
        self.tells_of_a_mishap = False
        """Whether a blast is said to have an unknown cause, or a fire or a leak for one."""
        self.wars: set[str] = set()
        """The names of known wars that the text holds, in small letters: "the Syrian civil war"."""
        self.speaks_of_arms = bool(_ARMS.search(title.lower()))
        """Whether any word besides "truce" is one of armed conflict: parties and boxers call truces too."""
        self.starts = sorted(position(sentence, 0) for sentence in sentences)
        """Where the sentences begin."""
        for sentence in sentences:
            self._read(sentence, finder)
        self._count_towns(_CAPITALISED.finditer(title))
        self.rebels += len(_REBELS.findall(title.lower()))
        mentions = finder.actors(title, day)
        self.in_title: Counter[str] = Counter(m.alias.actor_id for m in mentions if m.relation is None)
        self.strikers = _strikers(title, mentions)

    def __contains__(self, actor_id: str) -> bool:
        """Whether an actor is named anywhere."""
        return actor_id in self.in_text or actor_id in self.in_title or actor_id in self.as_place

    def times(self, actor_ids: Iterable[str]) -> int:
        """How often actors are named as such: in the text each time counts twice, as the title repeats it."""
        return sum(map(self._times.get, actor_ids, repeat(0)))

    @cached_property
    def _times(self) -> dict[str, int]:
        return {a: self.in_text[a] * 2 + self.in_title[a] for a in (*self.in_text, *self.in_title)}

    def tells_of_trade(self, sentence: str) -> bool:
        """Whether a sentence or the headline speaks of tariffs or a trade war."""
        return self._headed_by_trade or _TRADE.search(sentence.lower()) is not None

    def tells_of_a_drill(self, sentence: str) -> bool:
        """Whether a sentence or the headline speaks of an exercise."""
        return self._headed_by_a_drill or _DRILL.search(sentence.lower()) is not None

    def tells_of_labour(self, sentence: str) -> bool:
        """Whether a sentence or the headline speaks of a strike of workers and of no violence."""
        return self._headed_by_labour or _is_of_labour(sentence)

    @cached_property
    def _headed_by_labour(self) -> bool:
        return _is_of_labour(self.title)

    @cached_property
    def _headed_by_trade(self) -> bool:
        return _TRADE.search(self.title.lower()) is not None

    def _read(self, sentence: Sentence, finder: Finder) -> None:
        text = sentence.text
        mentions = finder.actors(text, self._day)
        for mention, after in zip_longest(mentions, mentions[1:]):
            as_place = sentence.field is TextField.TEXT and self._count(text, mention, after)
            of_rebels = as_place and _REBELS_IN.fullmatch(text, 0, mention.start) is not None
            self.namings.append(Naming(position(sentence, mention.start), mention, as_place, of_rebels))
        lower = text.lower()  # what pays no regard to case is found twice as fast in small letters
        called = {m.start for m in mentions}  # "the separatist Kachin Independence Army" has a name
        self.rebels += sum(found.end() + 1 not in called for found in _REBELS.finditer(lower))
        self._count_towns(_TOWN.finditer(text))
        if sentence.field is TextField.TEXT and ("war" in lower or "conflict" in lower):
            self.wars |= self._lexicon.wars_named_in(lower)
        self.speaks_of_a_claim = self.speaks_of_a_claim or _CLAIM.search(lower) is not None
        self.tells_of_gangs = self.tells_of_gangs or _CRIME.search(lower) is not None
        self.tells_of_drills = self.tells_of_drills or _DRILL.search(lower) is not None
        self.tells_of_a_mishap = self.tells_of_a_mishap or _MISHAP.search(lower) is not None
        self.speaks_of_a_ceasefire |= bool(finder.ceasefires(text))
        self.speaks_of_arms = self.speaks_of_arms or bool(_ARMS.search(lower))

    def _count(self, text: str, mention: ActorMention, after: ActorMention | None) -> bool:
        """Count a mention as an actor, or as a mere place: "in Yemen", "Yemen's Houthis"; True for a place."""
        as_place = (
            self._is_placed(text, mention) or self._is_home_of(mention, after) or self._is_backer(mention)
        )
        (self.as_place if as_place else self.in_text)[mention.alias.actor_id] += 1
        return as_place

    def _is_placed(self, text: str, mention: ActorMention) -> bool:
        if _BORDER.match(text, mention.end):
            return True
        capital = mention.alias.form is AliasForm.METONYM and text[mention.start - 1 : mention.start] == " "
        if capital and _MADE_THERE.match(text, mention.end) and not text[: mention.start].endswith("and "):
            return True  # "the Minsk ceasefire", not "the Moscow-Kyiv truce"
        return (
            mention.alias.form in {AliasForm.NAME, AliasForm.METONYM}
            and self._lexicon.kind_of(mention.alias.actor_id) is ActorKind.STATE
            and _PLACED.search(text[max(0, mention.start - 40) : mention.start]) is not None
        )

    def _is_backer(self, mention: ActorMention) -> bool:
        """ "Saudi-backed forces", "US-made bombs", "a Russia-brokered truce": not the deed of that state."""
        beside = mention.relation in {"other", "mediator"}
        return beside and self._lexicon.kind_of(mention.alias.actor_id) is ActorKind.STATE

    def _is_home_of(self, mention: ActorMention, after: ActorMention | None) -> bool:
        if after is None or after.start - mention.end > _ADJACENT:
            return False
        owned = after.alias.actor_id
        return (
            self._lexicon.kind_of(owned) is ActorKind.GROUP
            and mention.alias.actor_id in self._lexicon.actors[owned].countries
        )

    def _count_towns(self, matches: Iterable[re.Match[str]]) -> None:
        """A town or region speaks of its state as a mere place: "in Zaporizhzhia" is in Ukraine."""
        for match in matches:
            words = match[1].split()
            for n in range(len(words), 0, -1):
                name = " ".join(words[:n])
                entries = self._lexicon.places.lookup(name)
                if not entries or (n < len(words) and entries[0].name != name):
                    continue  # "Ben" of "Ben Gurion" is not Bern
                country = entries[0].country
                located = match[0].split()[0] in _LOCATED
                known = country in self._lexicon.actors and self._is_well_known(entries, located=located)
                if country is not None and known:
                    self.as_place[country] += 1
                    self.towns.update(filter(None, (entries[0].name, entries[0].admin1)))
                break

    def _is_well_known(self, entries: Sequence[PlaceEntry], *, located: bool) -> bool:
        """Whether a reader takes a name for its first entry: a large town, or a smaller one where there is war.

        A place that is listed for its part in a war may be of any size, if it stands where a place does (`located`).
        """
        place = entries[0]
        if place.kind not in {PlaceKind.CITY, PlaceKind.ADMIN1, PlaceKind.REGION}:
            return False
        at_war = place.country in self._countries_at_war
        if place.kind is not PlaceKind.CITY and not at_war:
            return False
        listed = located and at_war and not place.population
        anyhow = listed or place.kind is not PlaceKind.CITY
        least = 0 if anyhow else _TOWN_AT_WAR if at_war else _LARGE
        others = [_OUTWEIGHS * e.population for e in entries if e.country != place.country]
        return place.population >= max([least, *others])

    @cached_property
    def _countries_at_war(self) -> frozenset[str]:
        """Where wars of the day are fought."""
        return frozenset(c for w in self._lexicon.conflicts_on(self._day) for c in w.countries)


def position(sentence: Sentence, offset: int) -> Position:
    """Where an offset in a sentence stands in the order of reading."""
    return (0 if sentence.field is TextField.TITLE else 1, sentence.start + offset)


_PLACED: Final = re.compile(
    r"\b(?:in|from|near|across|inside|over|throughout|outside|around|within|to|border with)\s+"
    r"(?:the\s+(?:\w+\s+)?(?:capital|city|town|village)\s+(?:of\s+)?)?(?:\w+ern\s+)?$"
)
_MADE_THERE: Final = re.compile(
    r" (?:cease-?fire|truce|(?:peace )?(?:agreement|accord|deal|protocol|declaration|memorandum))"
)
"""What is made in a capital that it is named after."""
_BORDER: Final = re.compile(
    r" (?:border|frontier)\b(?!s? (?:guard|police|force|troop|patrol|polic|agent|official))"
)
"""After a name or adjective: "near the Afghan border" tells where, not who."""
_ARMS: Final = re.compile(
    r"\b(?:arm(?:y|ies|ed)|troop|soldier|militar|militi|militant|rebel|insurgen|guerrilla|separatist|paramilitar|fighters?\b|gunm"
    r"|wars?\b|warring|warplane|cease-?fire|cease fire|armistice|hostilit|fighting|attack|air ?strike|strikes? on|shell|bomb|rocket"
    r"|missile|drone|kill|wounded|dead\b|battle|clash|invasion|siege|raid|offensive|assault|ambush|guns?\b|front ?line|forces\b|frontier|combat|gunfire)"
)
_TRADE: Final = re.compile(r"\b(?:tariffs?|trade (?:war|dispute|deal)|import dut(?:y|ies)|levies)\b")
_LABOUR: Final = re.compile(
    r"\b(?:unions?|nurses|teachers|doctors|medics|dockers|miners|pilots|crews?|staff|(?:rail|railway|transport|dock|port|"
    r"airport|postal|bus|train|oil|refinery|health|hospital|public|council|factory|steel|car)? ?(?:workers|drivers))\b"
    r".{0,80}\b(?:strikes?|walkouts?|stoppages?|industrial action)\b"
)
_VIOLENT: Final = re.compile(
    r"\b(?:kill|wound|injur|bomb|missile|drone|air ?strike|air raid|rocket|shell|troop|soldier|arm(?:y|ed)|militar|militan|rebel|"
    r"dead|died|dies|hit|attack|target|strikes? on|struck|gaza|war)"
)


def _is_of_labour(text: str) -> bool:
    lower = text.lower()
    return _LABOUR.search(lower) is not None and _VIOLENT.search(lower) is None


_CRIME: Final = re.compile(
    r"\borgani[sz]ed crime\b|\bcriminal violence\b|\bcrime syndicates?\b|\bunderworld\b|\bmafia\b"
)
_DRILL: Final = re.compile(
    r"\b(?:naval|military|joint|live-fire|war|sinking|annual|(?:one|two|three|four|five|six)-day) (?:\w+ )?(?:drills?|exercises?|games?)\b"
    r"|\bthe (?:drills?|exercise)\b|\b(?:open|begin|start|hold|stage|end)s? (?:\w+ )?(?:drills?|exercises?)\b|\btest-(?:fire|launch)"
)
_MISHAP: Final = re.compile(
    r"\bcause (?:of the (?:blast|explosion) )?(?:\w+ )?(?:remain(?:s|ed)|is|was|were) (?:(?:still|not|immediately) )*"
    r"(?:unknown|unclear|undetermined|known|clear|being investigated|under investigation)\b"
    r"|\b(?:while|when) (?:\w+ing|they were \w+ing) (?:\w+ ){0,2}(?:munitions?|ammunition|ordnance|explosives)\b"
    r"|\bnegligence\b|\bammonium nitrate\b"
    r"|\b(?:caused|triggered) by (?:an? )?(?:\w+ )?(?:fire|leak|short circuit|malfunction|boiler|spark|cylinder|accident)\b"
)
_CLAIM: Final = re.compile(r"\b(?:claim\w*|claims? of|took|takes|taken) responsibility\b")
_REBELS: Final = re.compile(
    r"\b(?:(?:rebel|insurgent|separatist|guerrilla)s?|opposition(?=[- ](?:held|controlled|run|fighters?|forces|groups?|areas?|militias?|militants?)))\b"
)
_REBELS_IN: Final = re.compile(
    r"(?:\w+[ -]){0,2}(?i:rebels|insurgents|separatists|guerrillas|jihadists|militants|gunmen|fighters|bandits|islamists) "
    r"(?:in|from|of) (?:(?:north|south|east|west|cent)[a-z-]* )?"
)
_TOWN: Final = re.compile(
    r"\b(?:in|at|near|on|of|over|outside|around|between|hit|hits|hitting|struck|and|attacked|bombed|shelled|stormed|targeted|seized"
    r"|captured|entered|retook|recaptured|raided|overran|pounded|bombarded|besieged)\s+(?:the\s+(?:city\s+of\s+|occupied\s+)?)?(?:(?:north|south|east|west)(?:-?(?:east|west))?ern\s+)?"
    r"([A-Z][\w’-]+(?: (?:[a-z]{2}-)?[A-Z][\w’-]+){0,2})"
)
_LOCATED: Final = frozenset({"in", "at", "on", "near", "over", "outside", "around", "between"})
_CAPITALISED: Final = re.compile(r"\b([A-Z][\w’-]+(?: (?:[a-z]{2}-)?[A-Z][\w’-]+){0,2})")
_TOWN_AT_WAR: Final = 10_000
"""Inhabitants from which a town in a country at war is."""
_LARGE: Final = 50_000
"""Inhabitants from which a town is known to the reader by its name."""
_OUTWEIGHS: Final = 5
"""How many times larger it has to be than its namesakes in other countries."""
_ADJACENT: Final = 4
"""Characters between "Yemen" and "Houthis" in "Yemen's Houthis"."""


def _strikers(title: str, mentions: Sequence[ActorMention]) -> tuple[str, ...]:
    """Whose strikes a headline names: "Iranian strikes on Qatar", "Israeli and American attacks in Iran"."""
    found: dict[str, None] = {}
    for match in _STRIKES_ON.finditer(title):
        reached = match.start()
        for mention in reversed([m for m in mentions if m.end <= match.start() and m.relation is None]):
            if not _JOINT.fullmatch(title, mention.end, reached):
                break
            found[mention.alias.actor_id] = None
            reached = mention.start
    return tuple(found)


_STRIKES_ON: Final = re.compile(
    r"\b(?:(?:air|missile|drone|rocket|military) )?(?:air)?(?:strikes|attacks|raids|bombardment|bombing|shelling)"
    r" (?:on|in|against)\b"
)
_JOINT: Final = re.compile(r"\s*(?:[-\u2013/,]|and)?\s*")
