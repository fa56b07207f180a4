"""Whether a halt to fighting is undertaken, asked for or announced, and not just what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.actornouns import POSSESSIVES
from worker.extraction.assertion import BIDDING

if TYPE_CHECKING:
    from worker.extraction.view import View


_UNDERTAKINGS: Final = frozenset(
    "agree order promise pledge commit offer accept prepare vow decide declare announce ready propose urge call tell "
    "ask demand want approve consent undertake instruct refuse appeal".split()
)
_UNDERTAKING_NOUNS: Final = frozenset(
    "agreement deal pledge promise order offer commitment proposal decision call undertaking vow assurance plan accord pact "
    "treaty understanding arrangement ultimatum".split()
)
MILITARY: Final = frozenset(
    "military combat offensive ground air aerial naval hostile security armed".split()
)
"""What tells operations of arms from those of a broadcaster or an aid group."""
_BY_WORDS: Final = frozenset("cyber information influence propaganda psychological hacking".split())
"""What is "offensive" and "against" somebody, and harms no body."""
MEANT: Final = frozenset("mean intend aim design suppose".split())
_MADE_BY_OTHERS: Final = frozenset(
    "reach violate break extend despite arrange broker mediate negotiate secure sign impose expiry expiration "
    "violation breach".split()
)
_BEGINNING: Final = frozenset("begin start take hold last expire end resume".split())


def is_agreed_or_temporary(view: View, i: int) -> bool:
    """ "a halt to attacks" is a ceasefire where somebody agrees, calls for, announces or refuses it."""
    tree = view.tree
    return any(
        tree.tokens[a].lemma in _UNDERTAKINGS | _UNDERTAKING_NOUNS | _MADE_BY_OTHERS
        for a in (*tree.ancestors(i), *tree.kids(i, "acl"))
    ) or bool(
        {tree.tokens[k].lower for k in tree.kids(i, "amod", "nummod")}
        & {"temporary", "immediate", "humanitarian", "complete", "full", "permanent", "daily", "tactical"}
    )


def is_announced(view: View, i: int) -> bool:
    """Whether a pause is what somebody declares, offers or refuses, not one that just happens."""
    return view.tree.tokens[i].dep in {"dobj", "pobj", "nsubjpass"} and any(
        view.tree.tokens[a].lemma
        in _UNDERTAKINGS | {"foresee", "include", "envisage", "stipulate", "begin", "start"}
        for a in list(view.tree.ancestors(i))[:2]
    )


def is_cut_short(view: View, i: int) -> bool:
    """ "Ending a week's pause in attacks": what somebody ends was kept."""
    token = view.tree.tokens[i]
    return (
        token.lemma in {"pause", "halt", "moratorium", "suspension"}
        and token.dep == "dobj"
        and view.tree.tokens[token.head].lemma in _CUTTING_SHORT
    )


_CUTTING_SHORT: Final = frozenset("end break shatter interrupt".split())


def has_begun(view: View, i: int) -> bool:
    """ "The pause in the war began": what has a beginning or an end of its own was agreed on."""
    tree = view.tree
    token = tree.tokens[i]
    below = [token.head, *(k for a in tree.kids(token.head, "acomp") for k in tree.kids(a, "xcomp"))]
    below += tree.kids(token.head, "xcomp")  # "was due to begin", "is to begin"
    return (
        token.lemma in {"pause", "halt", "lull"}
        and token.dep in {"nsubj", "nsubjpass"}
        and any(tree.tokens[b].lemma in _BEGINNING for b in below)
    )


def is_undertaken(view: View, i: int) -> bool:
    """Whether the stopping is undertaken or asked for, not just reported ("the rain stopped the fighting")."""
    tree = view.tree
    token = tree.tokens[i]
    if token.dep == "conj" and token.tag == "VB" and not tree.kids(i, "aux"):
        # "agreed to withdraw and refrain from"
        i = tree.first_conjunct(i)
        token = tree.tokens[i]
    head = tree.tokens[token.head]
    infinitive = any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))
    will = is_owed(view, i) or any(
        tree.tokens[k].lower in {"will", "would", "shall"} and tree.tokens[k].tag == "MD"
        for k in tree.kids(i, "aux")
    )
    if infinitive and token.dep in {"xcomp", "acl", "ccomp", "advcl", "conj", "relcl"}:
        if token.dep == "xcomp" and head.lemma in MEANT:
            return False  # "a deal meant to end the war": what it is for
        if token.lemma == "lay" and any(tree.tokens[a].lemma == "ultimatum" for a in tree.ancestors(i)):
            return False  # "to lay down their weapons": to surrender
        return (
            head.lemma in _UNDERTAKINGS | _UNDERTAKING_NOUNS
            or any(tree.tokens[a].lemma in _UNDERTAKINGS | _UNDERTAKING_NOUNS for a in tree.ancestors(i))
            or any(tree.tokens[o].lemma in _UNDERTAKING_NOUNS for o in tree.objects(head.i))
        )
    # "have stopped shooting at each other"
    mutual = any(tree.tokens[k].lower == "each" for x in tree.kids(i, "xcomp") for k in tree.subtree(x))
    return (
        will
        or mutual
        or _has_halted_its_own(view, i)
        or _halts_its_own_attacks(view, i)
        or (token.dep == "ccomp" and head.lemma in BIDDING | {"agree"} and token.tag in {"VB", "VBP", "VBZ"})
        or (
            token.dep in {"pcomp", "ccomp"}
            and head.head != head.i
            and tree.tokens[head.head].lemma in _UNDERTAKINGS
        )
    )


def is_owed(view: View, i: int) -> bool:
    """ "Russia must stop its attacks", "should halt them": asked for by whoever says so."""
    auxiliaries = {view.tree.tokens[k].lower for k in view.tree.kids(i, "aux")}
    if view.tree.tokens[i].lemma == "lay":
        return False  # "should lay down their arms": to surrender
    return not auxiliaries.isdisjoint({"must", "should", "ought"}) and "have" not in auxiliaries


def _has_halted_its_own(view: View, i: int) -> bool:
    """ "Said that it had halted its attacks", "that it was halting attacks on X": whoever tells so of himself declares it."""
    tree = view.tree
    token = tree.tokens[i]
    told = token.dep == "ccomp" and tree.tokens[token.head].lemma in {"say", "announce", "declare", "confirm"}
    done = token.tag == "VBD" or any(tree.tokens[k].lemma in {"have", "be"} for k in tree.kids(i, "aux"))
    itself = any(tree.tokens[s].lower in {"it", "they"} for s in tree.kids(i, "nsubj"))
    its = any(
        tree.tokens[k].lower in POSSESSIVES or tree.tokens[k].lower in {"on", "against"}
        for o in tree.objects(i)
        for k in tree.kids(o, "poss", "prep")
    )
    return told and done and itself and its


def _halts_its_own_attacks(view: View, i: int) -> bool:
    """ "Israel halts strikes on Lebanon", "has suspended its air raids": who repels attacks halts those of others."""
    tree = view.tree
    token = tree.tokens[i]
    auxiliaries = {tree.tokens[k].lemma for k in tree.kids(i, "aux")}
    told = token.tag in {"VBD", "VBZ", "VBP"} if not auxiliaries else auxiliaries <= {"have", "be"}
    before = any(tree.tokens[k].lower == "had" for k in tree.kids(i, "aux"))
    if not told or before or tree.kids(i, "neg") or tree.is_passive(i):
        return False
    doers = view.named_at(tree.kids(i, "nsubj"))
    until = tree.prep_objects(i, "for", "until", "during", "over")
    lasting = any(tree.tokens[o].lemma in _PERIODS or tree.tokens[o].pos == "PROPN" for o in until)
    own = [
        o
        for o in tree.objects(i)
        if tree.tokens[o].tag in {"NNS", "VBG", "NN"} and not (_of_another(view, o) or is_of_no_arms(view, o))
    ]
    for_a_time = lasting or token.lemma in {"pause", "suspend"}
    return bool(doers and own) and (for_a_time or any(_is_on_others(view, o, doers) for o in own))


def _is_on_others(view: View, attacks: int, doers: set[str]) -> bool:
    """ "Its attacks on Lebanon": on somebody, or somewhere, with a name that is not the attacker's own; an armed struggle."""
    tree = view.tree
    if tree.tokens[attacks].lemma == "struggle":
        return True
    if tree.tokens[attacks].lemma not in _STRIKING:
        return False
    struck = [k for o in tree.prep_objects(attacks, "on", "against", "of", "in") for k in tree.subtree(o)]
    return any(tree.tokens[k].pos == "PROPN" for k in struck) and view.named_at(struck).isdisjoint(doers)


_STRIKING: Final = frozenset(
    "strike strikes attack airstrike airstrikes raid bombing shelling bombardment".split()
)


def is_of_no_arms(view: View, o: int) -> bool:
    """ "Suspends its operations in the north-west": aid groups and broadcasters have such as well."""
    tree = view.tree
    words = {tree.tokens[k].lower for k in tree.kids(o, "amod", "compound", "nmod")}
    armed = (words & MILITARY or tree.prep_objects(o, "against")) and not words & _BY_WORDS
    return tree.tokens[o].lemma in {"operation", "campaign", "activity"} and not armed


def _of_another(view: View, o: int) -> bool:
    """ "Halted Iranian attacks", "an attack", "attacks by rebels": not those of whoever halts them."""
    tree = view.tree
    one = any(tree.tokens[k].lower in {"a", "an", "the", "this"} for k in tree.kids(o, "det"))
    return one or bool(view.actors_by_head.get(o)) or bool(tree.prep_objects(o, "by", "from"))


_PERIODS: Final = frozenset("hour day week month night weekend holiday eid ramadan easter christmas".split())
