"""Which nouns open a strike, and of what mode: "drone attack" does, "hunger strike" and "the fight against corruption" do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.event import Mode
from worker.extraction.armed import is_gunfire
from worker.extraction.endings import in_vain, is_bidden_to_stop

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_LABOUR: Final = frozenset({"strike", "walkout"})
_WEAK_NOUNS: Final = frozenset(
    "operation wave attempt hit invasion offensive aggression reprisal battle combat hostility fight".split()
)
"""Nouns that open a strike only with a belligerent or a weapon in their own phrase."""
_CAUSES: Final = frozenset({"battle", "fight"})
"""Nouns that, with what they are for or against, name a cause rather than an event."""
_ALARMS: Final = frozenset({"siren", "alert", "warning", "alarm", "shelter", "drill"})
_CLAUSES: Final = frozenset({"csubj", "csubjpass"})
_NOUN_LABELS: Final = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "compound"}) | _CLAUSES
_DURING: Final = frozenset({"during", "in", "amid", "despite"})
_GERUNDS: Final = {"fight": Mode.GROUND, "bomb": Mode.BOMBING, "shell": Mode.ARTILLERY}


def is_verbal_noun(view: View, i: int) -> bool:
    """ "Fighting", "shelling" tagged as a verb where a noun stands, unless as a clause: "government shelling a town"."""
    tree = view.tree
    token = tree.tokens[i]
    if token.tag != "VBG" or token.lemma not in _GERUNDS:
        return False
    if token.dep == "pcomp" and tree.tokens[token.head].lower in _DURING | {"by"}:
        return not tree.objects(i)  # "during shelling between X and Y", "killed by shelling in X"
    if token.dep == "conj" and tree.tokens[i - 1].lower == "and":  # "killed in airstrikes and shelling"
        return tree.tokens[i - 2].pos == "NOUN" and not tree.objects(i)
    return token.dep in _NOUN_LABELS and (token.dep not in _CLAUSES or not tree.kids(i, "nsubj"))


def mode_of_noun(view: View, i: int, cues: Cues) -> Mode | None:
    """The mode of the strike that a noun opens, `Mode.UNSPECIFIED` included; None where it opens none."""
    if is_verbal_noun(view, i):
        return None if _since_it_began(view, i) else _GERUNDS[view.tree.tokens[i].lemma]
    tree = view.tree
    token = tree.tokens[i]
    fire = token.lemma == "fire"
    own = cues.strike_nouns.get(token.lemma) or cues.strike_nouns.get(token.lower)
    if own is None and not fire:
        return _mode_of_campaign(view, i) or _mode_exchanged(view, i, cues)
    if fire and (_come_under(view, i) or _killing(view, i)):
        return Mode.GROUND
    if token.dep == "compound" and _speaks_for_both(view, token.head, cues):
        return None
    if (token.lemma in _CLASHES and _of_protesters(view, i)) or _in_a_name(view, i) or _of_nothing(view, i):
        return None
    below = [k for k in tree.children[i] if tree.tokens[k].dep in {"compound", "amod", "nmod", "poss"}]
    said = mode_said(view, i, below, cues)
    if own is None or fire:
        return said if said is not Mode.UNSPECIFIED else None
    words = _words_beside(view, i, below)
    others = cues.not_modifiers | cues.not_modifiers_of.get(token.lemma, frozenset())
    if words & others - view.armed_words or _is_no_news(view, i, cues):
        return None
    mode = own if said is Mode.UNSPECIFIED else said
    fought = _begun_by_fighters(view, i, cues) or _kills_somebody(view, i, cues)
    if token.lemma in _CAMPAIGNS and fought:
        return Mode.GROUND if mode is Mode.UNSPECIFIED else mode
    going_on = _goes_on(view, i) or is_bidden_to_stop(view, i)
    own_one = _is_somebodys(view, i) or (going_on and bool(tree.kids(i, "poss")))
    if token.lemma not in _WEAK_NOUNS or own_one or "military" in words:
        return mode
    bare = mode is Mode.UNSPECIFIED or (token.lemma == "invasion" and said is Mode.UNSPECIFIED)
    return None if bare else mode


def _mode_of_campaign(view: View, i: int) -> Mode | None:
    """ "Its own air campaign against the group"; any other campaign may be one of words, any conflict without deaths a war."""
    tree = view.tree
    if tree.tokens[i].lemma != "campaign":
        return Mode.GROUND if _is_deadly_conflict(view, i) else None
    by_air = {tree.tokens[k].lower for k in tree.kids(i, "compound", "amod")} & {"air", "aerial", "bombing"}
    aimed = tree.prep_objects(i, "against", "on", "in")
    return Mode.AIRSTRIKE if by_air and aimed else None


def _is_deadly_conflict(view: View, i: int) -> bool:
    """ "Days of armed conflict between the army and rebels that killed 21": fighting; "the conflict" alone is a war."""
    tree = view.tree
    if tree.tokens[i].lemma != "conflict" or not tree.prep_objects(i, "between"):
        return False
    armed = any(tree.tokens[k].lower in {"armed", "deadly", "military"} for k in tree.kids(i, "amod"))
    of = tree.tokens[tree.tokens[i].head]
    return armed and of.lower == "of" and tree.tokens[of.head].lemma in {"hour", "day", "week"}


def _of_nothing(view: View, i: int) -> bool:
    """ "An attempt by Moscow to play for time": only one on a life is an attack."""
    tree = view.tree
    return tree.tokens[i].lemma == "attempt" and not tree.kids(i, "compound", "amod", "poss")


def _in_a_name(view: View, i: int) -> bool:
    """ "Operation Arcade Strike": what it is called, not what is done."""
    compounds = view.tree.kids(i, "compound")
    return view.tree.tokens[i].tag == "NNP" and any(
        view.tree.tokens[k].text == "Operation" for k in compounds
    )


def _is_somebodys(view: View, i: int) -> bool:
    """ "A Turkish operation", "an operation by the Somali army"."""
    return any(view.actors_by_head.get(a) for a in (i, *view.tree.prep_objects(i, "by")))


def _mode_exchanged(view: View, i: int, cues: Cues) -> Mode | None:
    """ "An exchange of artillery fire"; none of prisoners or of blows."""
    tree = view.tree
    if tree.tokens[i].lemma != "exchange":
        return None
    fire = [o for o in tree.prep_objects(i, "of") if tree.tokens[o].lemma in EXCHANGED - {"blow"}]
    if not fire:
        return None
    said = mode_said(view, fire[0], tree.kids(fire[0], "compound", "amod"), cues)
    return Mode.GROUND if said is Mode.UNSPECIFIED else said


EXCHANGED: Final = frozenset({"fire", "gunfire", "shot", "attack", "strike", "blow", "shelling"})
"""What two sides exchange in a fight."""


def _words_beside(view: View, i: int, below: list[int]) -> set[str]:
    """The words of a noun's phrase, and the gerund before it: "a ramming and stabbing attack", wherever the parser hangs it.

    What makes up a compound counts too: "a coal mine explosion".
    """
    tokens = view.tree.tokens
    beside = [*below, *(c for k in below for c in view.tree.kids(k, "compound"))]
    if i and tokens[i - 1].tag == "VBG":
        beside.append(i - 1)
    return {tokens[k].lemma for k in beside} | {tokens[k].lower for k in beside}


def _begun_by_fighters(view: View, i: int, cues: Cues) -> bool:
    """ "Rebels opened a new offensive", "Turkey launches an operation": news, whoever's offensive it is called."""
    tree = view.tree
    token = tree.tokens[i]
    verb = tree.tokens[token.head]
    if token.dep not in {"dobj", "nsubjpass"} or "conduct" not in cues.strike_verbs.get(verb.lemma, ()):
        return False
    heads = tree.prep_objects(verb.i, "by") if token.dep == "nsubjpass" else tree.subjects(verb.i)
    doers = [c for h in heads for c in tree.conjuncts(h)]
    return any(
        (view.actors_by_head.get(d) and tree.tokens[d].lemma not in _AT_BUSINESS)
        or tree.tokens[d].lemma in _FIGHTERS
        for d in doers
    )


def _kills_somebody(view: View, i: int, cues: Cues) -> bool:
    """ "An offensive against militants has killed 164": whoever's it is."""
    tree = view.tree
    kills = "kill" in cues.strike_verbs.get(tree.tokens[tree.tokens[i].head].lemma, ())
    foes = [] if tree.kids(i, "poss") else tree.prep_objects(i, "against", "on")
    return (
        kills
        and tree.tokens[i].dep == "nsubj"
        and any(
            view.actors_by_head.get(c) or tree.tokens[c].lemma in _FIGHTERS
            for f in foes
            for c in tree.conjuncts(f)
        )
    )


_AT_BUSINESS: Final = frozenset(
    "embassy consulate airport airline company carrier hospital school bank port refinery agency office factory plant "
    "railway crossing ministry".split()
)
"""What has operations that nobody dies of: "the Turkish embassy resumed its operations"."""
_CAMPAIGNS: Final = frozenset({"offensive", "operation", "invasion"})
_FIGHTERS: Final = frozenset("army military force troop soldier rebel militant insurgent fighter".split())


def _is_no_news(view: View, i: int, cues: Cues) -> bool:
    """Whether a noun is a date, a cause, a labour dispute or nobody's rather than an event."""
    tree = view.tree
    lemma = tree.tokens[i].lemma
    if _since_it_began(view, i) or (lemma in _WEAK_NOUNS and _in_passing(view, i, cues)):
        return True
    if _ended_by_a_truce(view, i) or _on_hold(view, i) or _called_off(view, i):
        return True
    if lemma in _CAUSES and tree.prep_objects(i, "against", "for", "over"):
        return True  # "the fight against Hamas", "a battle for votes"
    return (lemma in _LABOUR and _labour(view, i)) or _of_nobody(view, i)


def _ended_by_a_truce(view: View, i: int) -> bool:
    """ "Since a ceasefire ended a year of fighting": what it ended is over, whatever is told beside it."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "pobj" and tree.tokens[token.head].lower == "of":
        token = tree.tokens[tree.tokens[token.head].head]  # "a year of …"
    verb = tree.tokens[token.head]
    ends = (
        token.dep == "dobj" and verb.lemma in {"end", "halt", "stop", "pause"} and not in_vain(view, verb.i)
    )
    truces = [
        s for s in tree.subjects(verb.i) if ends for a, b in view.ceasefires if a <= tree.tokens[s].start < b
    ]
    return bool(truces)


def _on_hold(view: View, i: int) -> bool:
    """ "With the strikes on hold", "strikes are on hold": none are flown."""
    tree = view.tree
    token = tree.tokens[i]
    verb = tree.tokens[token.head]
    stays = token.dep == "nsubj" and verb.lemma in {"be", "remain", "stay"}
    resting = (
        tree.tokens[p].lower for at in (i, *([verb.i] if stays else [])) for p in tree.prep_objects(at, "on")
    )
    return not {"hold", "pause"}.isdisjoint(resting)


def _called_off(view: View, i: int) -> bool:
    """ "Calls off air strikes", "the raid was cancelled": none is flown."""
    tree = view.tree
    token = tree.tokens[i]
    verb = tree.tokens[token.head]
    off = any(tree.tokens[k].lower == "off" for k in tree.kids(verb.i, "prt", "advmod"))
    cancelled = verb.lemma in _CANCELLING or (verb.lemma == "call" and off)
    return cancelled and token.dep in {"dobj", "nsubjpass"}


_CANCELLING: Final = frozenset("cancel abort postpone scrap shelve forgo".split())


def _of_nobody(view: View, i: int) -> bool:
    """ "A green light for killing", not "the killings" or "the killing of a guard"."""
    tree = view.tree
    token = tree.tokens[i]
    told = view.actors_by_head.get(i) or tree.kids(i, "poss", "prep") or token.tag == "NNS"
    return token.lemma == "killing" and not told


def _come_under(view: View, i: int) -> bool:
    """ "Soldiers came under fire"."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[i].head]
    return preposition.lower == "under" and tree.tokens[preposition.head].lemma == "come"


def _killing(view: View, i: int) -> bool:
    """ "Killed by Syrian fire", "Syrian fire killed two"."""
    above = view.tree.tokens[view.tree.tokens[i].head]
    if above.lower in {"by", "from"}:
        above = view.tree.tokens[above.head]
    elif view.tree.tokens[i].dep != "nsubj":
        return False
    return above.lemma in _HARMING and is_gunfire(view, i)


_HARMING: Final = frozenset({"kill", "wound", "injure", "die"})


def _speaks_for_both(view: View, head: int, cues: Cues) -> bool:
    """Whether a noun takes the word before it along: "strike missiles", "assault rifles", "bombing raid", "combat zones"."""
    lemma = view.tree.tokens[head].lemma
    return head in view.weapon_tokens or lemma in cues.strike_nouns or lemma in _ALARMS | _NAMED_FOR


def _of_protesters(view: View, i: int) -> bool:
    """ "Clashes between protesters and police"."""
    tree = view.tree
    fighters = [c for o in tree.prep_objects(i, "between", "with") for c in tree.conjuncts(o)]
    return any(tree.tokens[f].lemma in _CROWDS for f in fighters)


_CLASHES: Final = frozenset({"clash", "fighting", "battle", "skirmish", "exchange"})
_CROWDS: Final = frozenset(
    "protester protestor demonstrator rioter fan supporter student worker farmer striker".split()
)
_NAMED_FOR: Final = frozenset(
    "zone area group force troop unit vehicle aircraft helicopter readiness experience capability footage".split()
)
"""Heads that a word for fighting only names."""


def _since_it_began(view: View, i: int) -> bool:
    """ "since fighting began": a date, not news."""
    tree = view.tree
    token = tree.tokens[i]
    return token.dep in {"nsubj", "nsubjpass"} and any(
        tree.tokens[k].lower == "since" for k in tree.kids(token.head, "mark")
    )


def _in_passing(view: View, i: int, cues: Cues) -> bool:
    """Whether a campaign is a date ("the start of the invasion"), a topic ("protest against it", "linked to it") or an office ("head of operations")."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep != "pobj":
        return False
    preposition = tree.tokens[token.head]
    above = tree.tokens[preposition.head]
    if token.lemma == "invasion" and preposition.lower in {"for", "about", "over", "regarding"}:
        return True
    if preposition.lower in {"amid", "amidst"} and _goes_on(view, i):
        return False
    topic = preposition.lower in _ON_A_TOPIC and above.lemma not in {*cues.strike_verbs, *cues.strike_nouns}
    return (
        topic
        or preposition.lower in {"since", "before"}
        or (preposition.lower == "to" and above.lemma in {"link", "relate", "connect", "tie"})
        or (preposition.lower == "of" and above.lemma in _DATES | _OFFICES)
    )


def _goes_on(view: View, i: int) -> bool:
    """ "Its renewed offensive", "ongoing operations": told as under way."""
    words = {view.tree.tokens[k].lower for k in view.tree.kids(i, "amod")}
    return bool(words & {"renewed", "ongoing", "continuing", "continued"})


_DATES: Final = frozenset({"start", "beginning", "outbreak", "onset", "eve", "anniversary"})
_OFFICES: Final = frozenset({"general", "director", "directorate", "head", "chief", "commander"})
_ON_A_TOPIC: Final = frozenset({"against", "over", "about", "under", "during", "amid", "with"})


def mode_said(view: View, i: int, below: list[int], cues: Cues) -> Mode:
    """The mode that modifiers of a noun, or the weapon in its phrase, give it: "drone attack"."""
    for k in below:
        for word in (view.tree.tokens[k].lower, view.tree.tokens[k].lemma):
            if word in cues.modifier_modes:
                return cues.modifier_modes[word]
    for mention in view.weapons_by_head.get(i, ()):
        if mention.weapon.mode is not Mode.UNSPECIFIED:
            return mention.weapon.mode
    return Mode.UNSPECIFIED


def _labour(view: View, i: int) -> bool:
    tree = view.tree
    token = tree.tokens[i]
    if (
        token.dep == "pobj"
        and tree.tokens[token.head].lower == "on"
        and not tree.kids(i, "det", "amod", "compound", "nummod")
    ):
        return True  # "on strike"
    called = token.dep in {"dobj", "pobj"} and tree.tokens[token.head].lemma in {"join", "call"}
    return called and not view.actors_by_head.get(i)  # "joined American strikes"
