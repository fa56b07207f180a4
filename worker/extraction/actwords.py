"""Which act a word makes of the ceasefire, or of the act, that it governs: "reject" makes of a proposal a rejection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

STANDING: Final = frozenset({None, "agreed", "declared", "in_effect"})
"""What may stand for the ceasefire itself: a bare word, "a ceasefire deal", "the implementation of the truce"."""
ASKED: Final = frozenset({"proposed", "demanded"})
_EFFECT: Final = frozenset({"effect", "force", "hold", "place", "being", "action"})
_NEEDED: Final = frozenset("imperative necessary needed essential vital urgent crucial overdue".split())
OVER: Final = frozenset(
    {"over", "dead", "off", "void", "finished", "tatter", "tatters", "shambles", "ruin", "meaningless"}
)
_SPANS: Final = frozenset({"day", "week", "month", "hour", "phase", "stage"})
"""What a ceasefire that stands enters: "its second day"."""
_NEARBY: Final = frozenset({"effect", "force", "place", "operation", "vigor"})
_OBJECT: Final = frozenset({"object", "passive"})
_REFUSAL: Final = frozenset(
    {"refuse", "decline", "reject", "rule", "oppose", "resist", "unwilling", "unready"}
)
_DEMAND: Final = frozenset(
    "urge call demand ask press tell appeal implore pressure push insist beg exhort require plead want warn encourage invite".split()
)
_OFFER: Final = frozenset(
    "propose offer suggest seek try attempt aim work hope consider mull prepare ready wish weigh strive struggle prefer willing open explore help move recommend".split()
)
_UNDERTAKE: Final = frozenset(
    "agree decide pledge promise vow commit undertake consent accept plan intend announce set order reach strike sign".split()
)


def act_of_noun(lemma: str, below: str | None, cues: Cues) -> str | None:
    """The act that a governing noun names ("ceasefire proposal", "the collapse of the truce"); None if it names none."""
    for name, nouns in cues.act_nouns.items():
        if lemma not in nouns:
            continue
        if name in ASKED and below in {"ended", "violated", "rejected"}:
            return below
        if name in {"agreed", "in_effect"} and below not in STANDING:
            return below
        return name
    return None


def act_of_verb(view: View, verb: int, role: str, below: str | None, cues: Cues) -> str | None:
    """The act that a verb makes of what stands in `role` to it (subject, passive, object or a preposition)."""
    if below in STANDING:
        found = _as_subject(view, verb, cues) if role == "subject" else _on_truce(view, verb, role, cues)
        return found or (below if role in {*_OBJECT, "subject"} else None)
    return _on_act(view, verb, role, below or "", cues)


def _words(view: View, verb: int) -> tuple[set[str], set[str]]:
    """(particles and adverbs, lemmas of all objects) of a verb."""
    tree = view.tree
    particles = {tree.tokens[k].lower for k in tree.kids(verb, "prt", "advmod", "acomp", "prep")}
    below = [*tree.objects(verb), *tree.kids(verb, "attr", "acomp", "npadvmod"), *tree.prep_objects(verb)]
    return particles, {tree.tokens[o].lemma for o in below}


def _over(view: View, verb: int) -> set[str]:
    """Particles of a verb without an object of their own: "is over", not "goes over the border"."""
    tree = view.tree
    below = tree.kids(verb, "prt", "advmod", "acomp", "prep")
    return {tree.tokens[k].lower for k in below if not tree.kids(k, "pobj")}


def _as_subject(view: View, verb: int, cues: Cues) -> str | None:
    """ "The truce begins", "takes effect", "is over", "breaks down"."""
    lemma = view.tree.tokens[verb].lemma
    particles, objects = _words(view, verb)
    if lemma == "lose" and objects & {"meaning", "sense", "validity"}:
        return "ended"
    if lemma in {"get", "be"} and "way" in objects and "under" in particles:
        return "in_effect"
    if lemma in {"take", "come", "go", "enter", "be", "remain", "stay", "lie", "'", "’", "s", "put"}:
        standing = (
            {"underway", "intact", "active"} if lemma in {"be", "remain", "stay"} else {"silent", "quiet"}
        )
        if objects & (_EFFECT | standing) or (lemma == "enter" and objects & _SPANS):
            return "in_effect"
        if _over(view, verb) & OVER or objects & OVER or (lemma == "come" and "end" in objects):
            return "ended"
        if lemma == "be" and objects & _NEEDED:
            return "demanded"
        return "in_effect" if lemma == "come" and "existence" in objects else None
    if lemma == "break" or (
        lemma in {"fall", "run"} and particles & {"down", "apart", "through", "up", "out"}
    ):
        return "ended"
    if lemma in {"fall", "run"}:
        return "in_effect" if objects & {"silent", "quiet"} else None  # of the guns
    if lemma in LASTING:
        return _while_it_lasted(view, verb, particles)
    name = next((n for n in ("ended", "in_effect") if lemma in cues.acts[n]), None)
    return None if view.tree.objects(verb) or _fails_at_another_thing(view, verb) else name


def _fails_at_another_thing(view: View, verb: int) -> bool:
    """ "A truce that had failed to halt the fighting": it may still stand; one that fails to hold does not."""
    undone = {view.tree.tokens[k].lemma for k in view.tree.kids(verb, "xcomp")}
    begun = LASTING | {"take", "come", "go", "enter", "begin", "start"}
    return view.tree.tokens[verb].lemma == "fail" and bool(undone - begun)


LASTING: Final = frozenset("hold continue last survive endure stick prevail kick".split())


def _while_it_lasted(view: View, verb: int, particles: set[str]) -> str | None:
    """ "The truce is holding" has one in effect, "lasted barely a day", "did not last an hour", "held for less than a day" has not."""
    tree = view.tree
    spans = [
        k
        for k in (*tree.kids(verb, "npadvmod", "dobj"), *tree.prep_objects(verb, "for"))
        if tree.tokens[k].lemma in _STRETCHES
    ]
    said = particles | {tree.tokens[k].lower for s in spans for k in tree.subtree(s)}
    did = {tree.tokens[k].lower for k in tree.kids(verb, "aux")} <= {"did", "had"}
    if spans and did and (said & _SHORT or tree.kids(verb, "neg")):
        return "ended"
    return "in_effect" if not tree.objects(verb) else None


_STRETCHES: Final = frozenset({"minute", "hour", "day", "night", "week", "month"})
_SHORT: Final = frozenset({"barely", "only", "hardly", "scarcely", "just", "less", "mere"})


def _on_truce(view: View, verb: int, role: str, cues: Cues) -> str | None:
    """ "Agree to a truce", "declare a truce", "call for a truce", "withdraw from the truce"."""
    lemma = view.tree.tokens[verb].lemma
    particles, objects = _words(view, verb)
    if lemma == "call":
        return _calls(view, verb, role, particles)
    if _turns_away(lemma, particles):
        return "rejected"
    if lemma == "break":
        unblamed = role == "passive" and not view.tree.prep_objects(verb, "by")
        unblamed = unblamed and particles.isdisjoint({"before", "repeatedly", "often"})  # it was kept again
        return "ended" if "off" in particles or unblamed else "violated"
    if lemma == "set" and "up" in particles:
        return "agreed"
    if lemma in {"put", "bring"}:
        return _put(particles, objects)
    kept = objects & {"place", "effect", "force"} or _is_intact(view, verb)
    if lemma in {"leave", "keep"} and kept:
        return "in_effect"
    if lemma in {"tear", "give"} and particles & {"up"}:
        return "ended"
    if lemma == "bind" and role == "by" and "longer" in particles:
        return "ended"
    if role not in _OBJECT:
        return _by_preposition(lemma, role, cues)
    order = (
        "violated",
        "rejected",
        "extended",
        "agreed",
        "declared",
        "observed",
        "proposed",
        "demanded",
        "ended",
    )
    name = next((n for n in order if lemma in cues.acts[n]), None)
    return "in_effect" if name == "observed" or (lemma in {"begin", "start", "commence"}) else name


def _calls(view: View, verb: int, role: str, particles: set[str]) -> str:
    """ "Calls a truce", "calls it off", "calls an end to it", "calls for peace, the release of prisoners, a truce"."""
    if any(view.tree.tokens[o].lemma in {"end", "halt"} for o in view.tree.kids(verb, "dobj")):
        return "ended"
    asking = role not in _OBJECT or ("for" in particles and view.tree.tokens[verb].tag != "VBN")
    return "ended" if "off" in particles else "demanded" if asking else "declared"


def _is_intact(view: View, verb: int) -> bool:
    """ "Left the truce intact", "leaving intact the truce"."""
    return any(view.tree.tokens[k].lower in {"intact", "unbroken"} for k in view.tree.subtree(verb))


def _put(particles: set[str], objects: set[str]) -> str | None:
    """ "Put into effect", "brought to an end", "put on hold", "put forward"."""
    if objects & _NEARBY:
        return "in_effect"
    if objects & {"end", "hold"}:
        return "ended"
    return "proposed" if "forward" in particles else None


def _turns_away(lemma: str, particles: set[str]) -> bool:
    """ "Turned down", "ruled out", "voted against", "brushed aside", "shrugged off"."""
    if lemma in {"brush", "shrug", "wave", "cast", "push", "set", "sweep"}:
        return bool(particles & {"aside", "off", "away"}) and (lemma != "set" or "off" not in particles)
    return lemma in {"turn", "rule", "shoot", "vote", "knock"} and bool(
        particles & {"down", "out", "against"}
    )


def _by_preposition(lemma: str, role: str, cues: Cues) -> str | None:
    """ "Calls for a truce", "withdrew from the truce", "complies with the truce", "voted against a truce"."""
    if role in {"for", "toward", "towards"}:
        asked = cues.acts["proposed"] | {"ask", "vote", "argue", "aim"}
        return "demanded" if lemma in cues.acts["demanded"] else "proposed" if lemma in asked else None
    if role in {"to", "on", "upon", "into"}:
        return _upon(lemma, role, cues)
    return next(
        (name for prepositions, lemmas, name in _WITH if role in prepositions and lemma in lemmas), None
    )


_WITH: Final = (
    ({"from", "out"}, {"withdraw", "pull", "walk", "back"}, "ended"),
    ({"of"}, {"pull", "walk", "back", "drop", "opt", "get"}, "ended"),
    ({"with", "by"}, {"comply", "abide", "adhere", "stick", "bind"}, "in_effect"),
    ({"with"}, {"disagree"}, "rejected"),
    ({"with"}, {"respond", "reciprocate", "answer"}, "declared"),
    ({"against"}, {"vote", "speak", "argue", "stand"}, "rejected"),
)


def _upon(lemma: str, role: str, cues: Cues) -> str | None:
    """ "Agreed to a truce", "called on X", "objected to a truce", "reneged on the truce"."""
    if lemma in {"agree", "commit", "consent", "accede", "assent", "come", "sign", "decide", "settle"}:
        return "agreed"
    if lemma in {"adhere", "stick", "keep", "hold", "return"} and role == "to":
        return "in_effect"
    if lemma in {"call", "appeal"} and role in {"to", "on"}:
        return "demanded"
    if lemma == "object" or (lemma in cues.acts["rejected"] and role == "to"):
        return "rejected"
    if lemma in {"push", "press", "insist"}:
        return "demanded"
    return "ended" if lemma == "renege" else None


def _on_act(view: View, verb: int, role: str, below: str, cues: Cues) -> str:
    """A verb over a noun of act: "rejects the proposal", "agrees to an extension", "denies a violation"."""
    lemma = view.tree.tokens[verb].lemma
    particles, _ = _words(view, verb)
    refusing = lemma in cues.acts["rejected"] or _turns_away(lemma, particles)
    if role == "subject":
        return below
    if below in ASKED | {"extended"}:
        if refusing and role in {*_OBJECT, "with", "to"}:
            return "rejected"
        if below != "extended" and (
            (role in _OBJECT and lemma in {"accept", "sign", "ratify", "approve"})
            or (role in {"to", "on"} and lemma in {"agree", "consent"})
        ):
            return "agreed"
        if below == "extended" and lemma in cues.acts["demanded"] | cues.acts["proposed"]:
            return "proposed"
    return below


def raised(lemma: str, below: str, cues: Cues) -> tuple[str, bool] | None:
    """(act, whether it fails) of a verb or noun over an infinitive or gerund that names an act; None: nothing changes.

    "refuses to extend" rejects, "urges X to accept" demands, "fails to reach" denies.
    """
    open_act = below in {"agreed", "declared", "in_effect", "extended", "sought"}
    noun = lemma in cues.act_nouns["proposed"]
    if lemma in _REFUSAL:
        if below in {"proposed", "demanded"}:
            return below, True
        return ("rejected", False) if open_act else None
    if lemma in {"ongoing", "underway"} and open_act:
        return "negotiating", False
    if lemma in {"fail", "unable", "failure", "inability"}:
        return below, True
    if lemma in _DEMAND or lemma in cues.act_nouns["demanded"]:
        return ("demanded", False) if open_act or below in ASKED else None
    if lemma in _OFFER or noun:
        if below == "in_effect" and noun and lemma in {"effort", "attempt", "bid"}:
            return None  # "efforts to maintain the truce" ask for none
        return ("proposed", False) if open_act or below == "proposed" else None
    if lemma in _UNDERTAKE or lemma in {
        "agreement",
        "deal",
        "decision",
        "pledge",
        "promise",
        "commitment",
        "accord",
        "undertaking",
        "understanding",
        "vow",
        "assurance",
    }:
        return ("agreed" if below in {"agreed", "declared", "in_effect"} else below), False
    return None
