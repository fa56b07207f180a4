"""What kind of place was hit: site words among the targets of a frame, and what victims and owners make of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from worker.event import Site, SiteType
from worker.extraction.fires import alight, burning, followed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worker.extraction.frames import Frame
    from worker.extraction.mention import SiteMention
    from worker.extraction.view import View

DAMAGED: Final = frozenset(
    "damage destroy hit strike burn ignite flatten level penetrate demolish wreck devastate raze gut shatter collapse "
    "sink pierce slam crash land fall explode target shell bomb torch engulf blast pound tear cause spark trigger set start "
    "disable cripple obliterate ram plough plow drive throw plant hurl".split()
)
"""Verbs whose object (or subject, where they have none) has been hit."""
_ON_THE_WAY: Final = frozenset({"include", "report", "leave", "involve", "house", "shelter"})
_NOT_THERE: Final = frozenset(
    {
        "from",
        "near",
        "after",
        "before",
        "between",
        "outside",
        "since",
        "despite",
        "following",
        "to",
        "for",
        "about",
        "with",
    }
)
_TROOPS: Final = frozenset(
    "soldier troop troops serviceman servicemen servicewoman sailor marine airman paratrooper trooper conscript reservist sergeant gendarme peacekeeper".split()
)
_FORCES: Final = frozenset(
    "force army military troop troops brigade battalion regiment garrison militia navy division".split()
)
_AID: Final = re.compile(
    r"(?i)\b(?:rescue|aid|relief|humanitarian|red cross|red crescent|civil defen[cs]e|u\.?n\.?|united nations|charity"
    r"|world food programme|world central kitchen|wfp|unicef|unrwa|msf)\b"
)
_PRESS: Final = re.compile(r"(?i)\b(?:television|tv|radio|broadcaster|newspaper|news agency)\b")
_HELPERS: Final = frozenset(
    "worker staff employee volunteer staffer rescuer responder team personnel member".split()
)
_GENERIC: Final = frozenset(
    "site target position facility infrastructure base headquarters headquarter compound asset equipment stronghold post bastion hideout installation "
    "location object area centre center command commander arsenal launcher cell emplacement line camp".split()
)
_MATERIEL: Final = frozenset(
    {"aircraft", "tank", "vehicle", "helicopter", "ship", "air-defence", "artillery"}
)
_NAMES: Final = frozenset(
    "bar farm field park square beach village garage settlement crossing road home house hill".split()
)
"""Words that are part of names as often as they say what stands there: "Shebaa Farms", "Red Square"."""
_COMMUNITY: Final = re.compile(
    r"(?i)^(?:villages?|settlements?|suburbs?|kibbutz\w*|hamlets?|neighbou?rhoods?)$"
)
_WARSHIP: Final = re.compile(r"\b(?:USS|HMS|HMAS|HMCS|INS|ITS|TCG|USNS)(?:\s+[A-Z][\w.'-]*)+")
_VESSEL: Final = re.compile(r"\b(?:MV|M/V|MT|M/T|SS|MSC|VLCC)(?:\s+[A-Z][\w.'-]*)+")


def sites_of(frame: Frame) -> tuple[Site, ...]:
    """The kinds of site that a frame's attack hit, each once, with the words."""
    view = frame.view
    tokens = {b for i in (*frame.targets, *frame.grounds, *frame.victims) for b in view.tree.subtree(i)}
    for trigger in frame.triggers:
        tokens.update(view.tree.children[trigger.i])
    own = {t.i for t in frame.triggers}
    tokens |= {below for at in burning(view, own) for below in view.tree.subtree(at)}
    found: dict[SiteType, Site] = {}
    for mention in view.sites:
        at = view.tree.head_of(mention.start, mention.end)
        if at is None or not _says_a_site(view, mention) or _only_near(view, at):
            continue
        if at in tokens or _hit_below(view, at, own) or _where(view, at, own):
            kind = _kind(view, mention, at)
            found.setdefault(kind, Site(type=kind, text=mention.text))
    for site in (*_of_people(frame), *_of_owner(frame), *_of_vessel(frame, tokens), *_of_power(frame)):
        found.setdefault(site.type, site)
    for vague in (SiteType.OTHER, SiteType.RESIDENTIAL):
        if (
            len(found) > 1
            and vague in found
            and (vague is SiteType.OTHER or _COMMUNITY.search(found[vague].text))
        ):
            del found[vague]  # "a school in the village": what is known better counts
    if frame.roles <= {"seize", "conduct"}:
        # What is taken is not thereby hit.
        found = {k: v for k, v in found.items() if not _COMMUNITY.search(v.text)}
    return tuple(found.values())


def damaged_sites(view: View) -> tuple[Site, ...]:
    """Sites that a sentence without an attack of its own says were hit: "A residential building was damaged"."""
    tree = view.tree
    burnt = alight(view)
    found: dict[SiteType, Site] = {}
    for mention in view.sites:
        at = tree.head_of(mention.start, mention.end)
        if at is None or mention.type is SiteType.OTHER or not _says_a_site(view, mention):
            continue
        first = tree.first_conjunct(at)
        if first in burnt or _is_hurt(view, first) or _is_damaged_at(view, first):
            kind = _kind(view, mention, at)
            found.setdefault(kind, Site(type=kind, text=mention.text))
    return tuple(found.values())


def _is_hurt(view: View, i: int) -> bool:
    """ "A school was hit", "destroyed two houses"."""
    tree = view.tree
    verb, dep = tree.tokens[tree.tokens[i].head], tree.tokens[i].dep
    suffers = dep in {"nsubjpass", "dobj"} or (verb.tag == "VBN" and dep == "nsubj")
    return verb.lemma in _HURTING and suffers


_HURTING: Final = frozenset("damage destroy hit demolish flatten wreck raze shatter gut".split())


def _is_damaged_at(view: View, i: int) -> bool:
    """ "Damage to a school", "a fire at the terminal", "windows were shattered in a hospital"."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    above = tree.tokens[preposition.head]
    if tree.tokens[i].dep != "pobj":
        return False
    parts = [k for k in (above.i, *tree.kids(above.i, "nsubjpass", "dobj")) if tree.tokens[k].lower in _PARTS]
    if preposition.lower in {"in", "at", "of"} and any(_is_hurt(view, k) for k in parts):
        return True
    return above.lemma in {"damage", "fire"} and preposition.lower in {"to", "at"}


_PARTS: Final = frozenset(
    "window windows roof roofs wall walls door doors ceiling ceilings facade façade glass panes".split()
)
"""Of a building: it is hit where they are."""


def _says_a_site(view: View, mention: SiteMention) -> bool:
    """Whether the word is meant: no part of a name ("Bar'am", "Shebaa Farms")."""
    text, end = view.sentence.text, mention.end
    if (
        text[end : end + 1] in {"'", "\u2019"}
        and text[end + 1 : end + 2].isalpha()
        and text[end + 1 : end + 3].rstrip() != "s"
    ):
        return False
    word = mention.text.lower().removesuffix("s")
    return not (word in _NAMES and mention.text[:1].isupper() and mention.start > 0)


def _only_near(view: View, at: int) -> bool:
    """ "near the village": beside what was hit."""
    tokens = view.tree.tokens
    first = tokens[view.tree.first_conjunct(at)]
    return first.dep == "pobj" and tokens[first.head].lower in {"near", "outside", "between"}


def _where(view: View, at: int, triggers: set[int]) -> bool:
    """ "a house where a rocket had landed": the site is what the attack's clause describes."""
    tree = view.tree
    return any(
        tree.tokens[t].dep == "relcl"
        and tree.tokens[t].head == at
        and any(tree.tokens[k].lower == "where" for k in tree.children[t])
        for t in triggers
    )


def _hit_below(view: View, at: int, triggers: set[int]) -> bool:
    """Whether a site hangs on a trigger, or on what a trigger did, through places and damage alone."""
    tree = view.tree
    below = at
    for above in tree.ancestors(at):
        token = tree.tokens[above]
        if above in triggers:
            clause = tree.tokens[below].dep in {"advcl", "nsubj", "parataxis"}
            return not clause or (tree.tokens[below].lemma in DAMAGED and not _at_another_time(view, below))
        if (
            token.dep == "prep"
            and token.lower in _NOT_THERE
            and not (token.lower == "to" and tree.tokens[token.head].lemma == "damage")
        ):
            return False
        if token.pos in {"VERB", "AUX"}:
            if token.lemma not in DAMAGED | _ON_THE_WAY or tree.tokens[below].dep == "nsubj":
                return False
            if any(t in tree.subtree(s) for s in tree.subjects(above) for t in triggers):
                return True  # "the attack caused a fire at a depot"
            results = [t for t in triggers if tree.tokens[t].head == above]
            if any(_at_another_time(view, t) for t in results) and tree.kids(above, "nsubj"):
                return False  # "jets bombed the port after missiles had hit the town"
            if results and not any(_has_attacker(view, t) for t in results):
                return True  # "rammed a truck into a consulate, killing six"
            if _has_attacker(view, above):
                return False
        below = above
    return False


def _at_another_time(view: View, verb: int) -> bool:
    """ "…, after attacks hit three vessels": told as what came before or after, not as what came of it."""
    tree = view.tree
    marked = {tree.tokens[k].lower for k in tree.kids(verb, "mark")} & {"after", "before", "since"}
    return bool(marked) and bool(tree.kids(verb, "nsubj", "nsubjpass"))


def _has_attacker(view: View, verb: int) -> bool:
    """ "…, while Ukrainian drones struck an airfield": whose attack is said; drones alone may be of the same one."""
    own = view.tree.kids(verb, "nsubj", "nsubjpass")
    within = {i for s in own for i in view.tree.subtree(s)}
    return any(i in within for i in view.actors_by_head)


def _kind(view: View, mention: SiteMention, at: int) -> SiteType:
    """The type of a site; a headquarters is whose it is."""
    generic = mention.type is SiteType.MILITARY and view.tree.tokens[at].lemma in _GENERIC
    if generic or mention.type in {SiteType.INDUSTRY, SiteType.TRANSPORT}:
        start, end = view.tree.span(at)
        words = view.words(start, min(end, mention.end))
        if _AID.search(words):
            return SiteType.HUMANITARIAN
        if mention.type is SiteType.TRANSPORT and _OF_AN_ARMY.search(words):
            return SiteType.MILITARY  # "combat vehicles", "army trucks"
        of = view.tree.prep_objects(at, "of")
        if _PRESS.search(words) or any(_PRESS.search(view.tree.tokens[o].lower) for o in of):
            return SiteType.MEDIA
    armed = (
        mention.type is SiteType.MARKET and set(view.tree.kids(at, "compound", "nmod")) & view.weapon_tokens
    )
    if armed:
        return SiteType.MILITARY  # "a glide bomb store"
    if mention.type is SiteType.RESIDENTIAL and view.tree.tokens[at].lemma == "building":
        below = {view.tree.tokens[k].lemma for k in view.tree.kids(at, "poss", "compound", "amod", "nmod")}
        return SiteType.GOVERNMENT if below & _OFFICES else mention.type
    return mention.type


_OF_AN_ARMY: Final = re.compile(r"(?i)\b(?:combat|military|army|armou?red)\b")
_OFFICES: Final = frozenset(
    "government ministry parliament presidency council embassy consulate mission".split()
)


def _of_people(frame: Frame) -> Iterable[Site]:
    for i in (*frame.victims, *frame.targets):
        yield from site_of_people(frame.view, i)
    for i in frame.targets:
        token = frame.view.tree.tokens[i]
        if token.lemma in _FORCES and token.pos == "NOUN":
            yield Site(type=SiteType.MILITARY, text=token.text)


def site_of_people(view: View, i: int) -> Iterable[Site]:
    """Soldiers that are hit are a military target, those who help are a humanitarian one."""
    token = view.tree.tokens[i]
    if token.lemma in _TROOPS:
        yield Site(type=SiteType.MILITARY, text=token.text)
    elif token.lemma in _HELPERS:
        words = view.words(*_phrase(view, i))
        if _AID.search(words) or token.lemma == "rescuer":
            yield Site(type=SiteType.HUMANITARIAN, text=words)


def _of_owner(frame: Frame) -> Iterable[Site]:
    """ "Hezbollah sites", "targets of the army", and materiel itself."""
    view = frame.view
    tokens = view.tree.tokens
    for i in (*frame.targets, *frame.grounds):
        if tokens[i].lemma in _GENERIC and _ENERGY_FIRM.search(view.words(*view.tree.span(i))):
            yield Site(type=SiteType.ENERGY, text=view.words(*_phrase(view, i)))
        elif tokens[i].lemma in _GENERIC:
            mentions = [*view.actors_by_head.get(i, ())]
            for k in (*view.tree.kids(i, "poss"), *view.tree.prep_objects(i, "of")):
                mentions += view.actors_by_head.get(k, ())
            words = {tokens[k].lower for k in view.tree.subtree(i)}
            if any(m.alias.actor_id.islower() for m in mentions) or words & {
                "army",
                "military",
                "idf",
                "forces",
                "militant",
                "militants",
                "rebel",
                "rebels",
                "separatist",
                "separatists",
            }:
                yield Site(type=SiteType.MILITARY, text=view.words(*_phrase(view, i)))
        for mention in view.weapons_by_head.get(i, ()):
            if tokens[i].lemma == "tank" and _stores(view, i):
                continue
            if i in frame.targets and mention.weapon.weapon_class in _MATERIEL:
                yield Site(type=SiteType.MILITARY, text=mention.text)


_ENERGY_FIRM: Final = re.compile(
    r"\b(?:gas|oil|power|energy|electricity|grid) (?:company|operator|firm|producer|giant|utility)\b"
    r"|\b(?:Naftogaz|Ukrnafta|Ukrenergo|Energoatom|DTEK|Gazprom|Rosneft|Lukoil|Transneft|Aramco)\b"
)
"""Whose sites are works."""


def _stores(view: View, tank: int) -> bool:
    """ "A tank at an oil depot": what is stored in."""
    tree = view.tree
    at = {o for i in (tank, tree.tokens[tank].head) for o in tree.prep_objects(i, "at", "in", "of")}
    return any(m.type is SiteType.ENERGY and tree.head_of(m.start, m.end) in at for m in view.sites)


def _of_power(frame: Frame) -> Iterable[Site]:
    """ "Strikes knocked out power in three regions": what gives it was hit."""
    tree = frame.view.tree
    for verb in {at for t in frame.triggers for at in (t.i, tree.tokens[t.i].head)}:
        if tree.tokens[verb].lemma in {"knock", "cut"}:
            power = (o for o in tree.objects(verb) if tree.tokens[o].lemma in {"power", "electricity"})
            yield from (Site(type=SiteType.ENERGY, text=tree.tokens[o].text) for o in power)
    own = {t.i for t in frame.triggers}
    for verb in {at for t in own if (at := followed(frame.view, t)) is not None}:
        dark = [o for o in tree.prep_objects(verb, "without") if tree.tokens[o].lemma in _POWER]
        yield from (Site(type=SiteType.ENERGY, text=tree.tokens[o].text) for o in dark)


_POWER: Final = frozenset({"power", "electricity", "heating"})
"""What a town is left without where what gives it was hit."""


def _of_vessel(frame: Frame, tokens: set[int]) -> Iterable[Site]:
    """ "the USS Mason": a ship by its prefix."""
    view = frame.view
    for pattern, kinds in ((_WARSHIP, (SiteType.SHIP, SiteType.MILITARY)), (_VESSEL, (SiteType.SHIP,))):
        for match in pattern.finditer(view.sentence.text):
            if view.tree.at(match.start()) in tokens:
                yield from (Site(type=kind, text=match.group().strip()) for kind in kinds)


def _phrase(view: View, i: int) -> tuple[int, int]:
    """A noun with its modifiers before it, without articles."""
    tokens = view.tree.tokens
    first = min(
        (k for k in view.tree.subtree(i) if k <= i and tokens[k].dep not in {"det", "nummod", "quantmod"}),
        default=i,
    )
    if first < i and tokens[first].pos in {"DET", "NUM", "ADV"}:
        first = i
    return tokens[first].start, tokens[i].end
