"""Trees set right: phrases and clauses that the parser hung on another word than the one they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.extraction.tree import NOUNS, VERBS

if TYPE_CHECKING:
    from worker.extraction.tree import Token, Tree


def with_hours(tree: Tree) -> Tree:
    """ "Intercepted missiles hours into a truce", "struck homes days after it", taken for hours of missiles: when it was."""
    for hours in tree.tokens[2:-1]:
        what = tree.tokens[hours.i - 1]
        span = hours.tag == "NNS" and hours.lemma in _SPANS and tree.tokens[hours.i + 1].lower in _COUNTED
        if span and what.tag == "NNS" and what.head == hours.i and what.dep in {"compound", "nmod"}:
            own = [k for k in tree.children[hours.i] if k < what.i]
            return tree.with_tokens(
                replace(what, dep=hours.dep, head=hours.head),
                replace(hours, dep="npadvmod", head=hours.head),
                *(replace(tree.tokens[k], head=what.i) for k in own),
            )
    return tree


_SPANS: Final = frozenset({"minute", "hour", "day", "week", "month"})
_COUNTED: Final = frozenset({"after", "before", "into", "later", "ahead"})


def with_starting(tree: Tree) -> Tree:
    """ "Declared a truce starting on Friday", "lasting a week", taken for the declaration that it does: it is what is declared."""
    for token in tree.tokens:
        if token.tag != "VBG" or token.dep != "ccomp" or token.lemma not in _LASTING:
            continue
        subjects = tree.kids(token.i, "nsubj")
        if len(subjects) == 1 and not tree.kids(token.i, "aux"):
            noun = tree.tokens[subjects[0]]
            return tree.with_tokens(
                replace(token, dep="acl", head=noun.i),
                replace(noun, dep="dobj", head=token.head),
            )
    return tree


_LASTING: Final = frozenset({"start", "begin", "commence", "last"})


def with_sides(tree: Tree) -> Tree:
    """ "Clashes erupted in Aleppo between the army and rebels", taken for where Aleppo lies: it is who clashed."""
    for between in tree.tokens if not tree.lemmas.isdisjoint(_FIGHTS) else ():
        place = tree.tokens[between.head]
        named = place.tag == "NNP" or place.lemma in _SETTLEMENTS
        if between.lower != "between" or place.dep != "pobj" or not named:
            continue
        above = tree.tokens[tree.tokens[place.head].head]
        while above.dep == "pobj":  # "in the city of Aleppo"
            above = tree.tokens[tree.tokens[above.head].head]
        fights = [above.i, *tree.kids(above.i, "nsubj", "nsubjpass")]
        sides = [c for o in tree.prep_objects_of(between.i) for c in tree.conjuncts(o)]
        if len(sides) > 1 and any(tree.tokens[f].lemma in _FIGHTS for f in fights):
            tree = tree.with_tokens(replace(between, head=above.i))
    return tree


_FIGHTS: Final = frozenset({"clash", "fighting", "battle", "skirmish", "firefight", "exchange", "combat"})
_SETTLEMENTS: Final = frozenset(
    {"city", "town", "village", "capital", "suburb", "neighbourhood", "neighborhood", "province"}
)
"""Of these nobody says that they lie between two armies."""


def with_two(tree: Tree) -> Tree:
    """ "Between the army and M23 rebels", taken for rebels of the army and of the M23: two sides."""
    for one in tree.tokens if "between" in tree.words else ():
        fighters = tree.tokens[one.head]
        other = tree.kids(one.i, "conj")
        between = tree.tokens[fighters.head]
        shared = one.dep in {"nmod", "compound"} and one.tag in {"NN", "NNS"} and tree.kids(one.i, "cc")
        if shared and len(other) == 1 and fighters.dep == "pobj" and between.lower == "between":
            tree = tree.with_tokens(
                replace(one, dep="pobj", head=between.i),
                replace(fighters, dep="conj", head=one.i),
                replace(tree.tokens[other[0]], dep="compound", head=fighters.i),
                *(replace(tree.tokens[k], head=one.i) for k in tree.children[fighters.i] if k < one.i),
            )
    return tree


def with_same_preposition(tree: Tree) -> Tree:
    """ "Fired at a post in Haifa and at a ship", "accused of shelling posts in Kelbajar and of ending the truce": it goes with its like."""
    for second in tree.tokens:
        beside = tree.tokens[second.head]
        joined = second.dep == "conj" and second.tag == beside.tag == "IN" and second.lower != beside.lower
        for above in tree.ancestors(second.i) if joined else ():
            if any(tree.tokens[k].lower == second.lower for k in tree.kids(above, "prep") if k < beside.i):
                tree = tree.with_tokens(replace(second, dep="prep", head=above))
                break
    return tree


def with_second_charge(tree: Tree) -> Tree:
    """ "Accused the group of looting shops and attacking civilians", with the attacking taken for what the accuser does."""
    for second in tree.tokens:
        verb = tree.tokens[second.head]
        joined = second.dep == "conj" and second.tag == "VBG" and verb.tag in {"VBD", "VBZ", "VBP"}
        if not joined or tree.kids(second.i, "aux", "nsubj"):
            continue
        charges = [c for k in tree.kids(verb.i, "prep") for c in tree.kids(k, "pcomp") if c < second.i]
        if charges and tree.tokens[charges[-1]].tag == "VBG":
            tree = tree.with_tokens(replace(second, head=charges[-1]))
    return tree


def with_second_deed(tree: Tree) -> Tree:
    """ "Drones forced airports to close and hit a refinery", with the hitting for what the airports were to do: the drones did."""
    for deed in tree.tokens:
        meant = tree.tokens[deed.head]
        verb = tree.tokens[meant.head]
        past = deed.tag == verb.tag == "VBD" and deed.dep == "conj" and meant.dep in {"xcomp", "ccomp"}
        if (
            past
            and meant.tag == "VB"
            and any(tree.tokens[k].lower == "to" for k in tree.kids(meant.i, "aux"))
        ):
            tree = tree.with_tokens(replace(deed, head=verb.i))
    return tree


def with_defiance(tree: Tree) -> Tree:
    """ "Overrun by separatists in spite of the truce", hung on the separatists: it is done in spite of it."""
    for at in tree.tokens if not tree.words.isdisjoint(DEFYING) else ():
        above = tree.tokens[at.head]
        defying = at.lower == "in" and any(tree.tokens[k].lower in DEFYING for k in tree.kids(at.i, "pobj"))
        verb = next((a for a in tree.ancestors(at.i) if tree.tokens[a].pos in VERBS), None)
        if defying and above.tag in NOUNS and verb is not None and verb < above.i:
            tree = tree.with_tokens(replace(at, head=verb))
    return tree


DEFYING: Final = frozenset({"spite", "defiance", "breach", "violation", "contravention", "disregard"})
"""What is "in" them is no place."""


def with_listed(tree: Tree) -> Tree:
    """ "Killed the mayor and at least 30 others", taken for another thing that was done: they were killed as well."""
    for token in tree.tokens:
        verb = tree.tokens[token.head]
        if token.dep != "conj" or token.tag not in {"NN", "NNS"} or verb.pos != "VERB":
            continue
        objects = [k for k in tree.kids(verb.i, "dobj") if k < token.i]
        first = tree.subtree(token.i)[0]
        listed = first > 0 and tree.tokens[first - 1].lower == "and"
        if objects and listed and not tree.kids(token.i, "nsubj", "nsubjpass", "aux", "cop", "acl", "relcl"):
            tree = tree.with_tokens(replace(token, head=objects[-1]))
    return tree


def with_statement(tree: Tree) -> Tree:
    """ "The M23 issued a statement rejecting the ceasefire", taken for what the statement does: the M23 rejects it."""
    for token in tree.tokens if not tree.lemmas.isdisjoint(_STATEMENTS) else ():
        statement = tree.tokens[token.head]
        verb = tree.tokens[statement.head]
        told = statement.lemma in _STATEMENTS and statement.dep == "dobj" and verb.pos == "VERB"
        if token.dep == "acl" and token.tag == "VBG" and told and tree.kids(verb.i, "nsubj"):
            tree = tree.with_tokens(replace(token, dep="advcl", head=verb.i))
    return tree


_STATEMENTS: Final = frozenset(
    "statement communique communiqué declaration decree order letter message video".split()
)
"""In which one says something oneself."""


def with_agreed(tree: Tree) -> Tree:
    """ "Agreed in a call with Trump to halt strikes", taken for a call to halt them: it is what was agreed."""
    for token in tree.tokens if not tree.lemmas.isdisjoint(CONVERSATIONS) else ():
        occasion = tree.tokens[token.head]
        verb = tree.tokens[tree.tokens[occasion.head].head]
        if token.dep == "acl" and occasion.lemma in CONVERSATIONS and tree.prep_objects(occasion.i, "with"):
            said = verb.lemma in _SETTLING and not tree.kids(verb.i, "xcomp", "dobj", "ccomp")
            if said and tree.tokens[occasion.head].dep == "prep":
                tree = tree.with_tokens(replace(token, dep="xcomp", head=verb.i))
    return tree


CONVERSATIONS: Final = frozenset({"call", "conversation", "meeting", "talk"})
"""In which something may be agreed."""
_SETTLING: Final = frozenset({"agree", "decide", "promise", "pledge", "vow", "offer", "refuse", "decline"})


def with_charges(tree: Tree) -> Tree:
    """ "Accused troops of opening fire on villagers, killing one", "and killing one", taken for who accuses: the troops did."""
    for result in tree.tokens if not tree.lemmas.isdisjoint(_ACCUSING) else ():
        accuses = tree.tokens[result.head]
        harms = result.dep in {"advcl", "conj"} and result.tag == "VBG" and result.lemma in _HARMING
        if not harms or accuses.lemma not in _ACCUSING:
            continue
        below = (tree.tokens[k] for k in tree.subtree(accuses.i) if accuses.i < k < result.i)
        done = [t for t in below if t.dep == "pcomp" and tree.tokens[t.head].lower in {"of", "for"}]
        if done:
            tree = tree.with_tokens(replace(result, head=done[-1].i))
    return tree


_HARMING: Final = frozenset({"kill", "wound", "injure", "damage", "destroy", "hit"})
_ACCUSING: Final = frozenset({"accuse", "blame", "suspect"})


def with_accused(tree: Tree) -> Tree:
    """ "Accused the ELN of firing rockets", the deed taken for a part of the accused's name: it is what of.

    So is what is "bombing hospitals", taken for a kind of hospitals.
    """
    for of in tree.tokens if not tree.lemmas.isdisjoint(_ACCUSING) else ():
        tree = _with_deed(tree, of)
        accused = tree.tokens[of.head]
        deed = tree.kids(of.i, "pcomp")
        if (
            of.lower == "of"
            and deed
            and accused.dep == "dobj"
            and tree.tokens[accused.head].lemma == "accuse"
        ):
            tree = tree.with_tokens(replace(of, head=accused.head))
    return tree


def _with_deed(tree: Tree, of: Token) -> Tree:
    deed = tree.tokens[min(of.i + 1, len(tree.tokens) - 1)]
    done = tree.tokens[deed.head]
    kind = (deed.tag == "VBG" or deed.lower in _DEEDS) and deed.dep in {"compound", "amod"}
    by = {tree.tokens[of.head].lemma, tree.tokens[tree.tokens[of.head].head].lemma}
    several = done.tag == "NNS" and done.head == of.i and done.dep == "pobj"
    if of.lower != "of" or not kind or not several or "accuse" not in by:
        return tree
    return tree.with_tokens(
        replace(
            deed, tag="VBG", pos="VERB", lemma=_DEEDS.get(deed.lower, deed.lemma), dep="pcomp", head=of.i
        ),
        replace(done, dep="dobj", head=deed.i),
    )


_DEEDS: Final = {"bombing": "bomb", "shelling": "shell", "killing": "kill", "shooting": "shoot"}
"""Nouns of attack that are a form of the verb as well."""


def with_salvos(tree: Tree) -> Tree:
    """ "Resumed its strikes as the truce expired, launching 200 drones", taken for what the truce did: the attacker did."""
    for token in tree.tokens if not tree.lemmas.isdisjoint(_PAUSES) else ():
        if token.tag != "VBG" or token.lemma not in _LAUNCHING or token.dep not in {"acl", "advcl"}:
            continue
        above = tree.tokens[token.head]
        paused = [above.i, *tree.kids(above.i, "nsubj", "nsubjpass")]
        over = next((a for a in tree.ancestors(above.i) if tree.kids(a, "nsubj")), None)
        if over is not None and any(tree.tokens[p].lemma in _PAUSES for p in paused):
            tree = tree.with_tokens(replace(token, dep="advcl", head=over))
    return tree


_PAUSES: Final = frozenset({"truce", "ceasefire", "pause", "armistice", "lull", "calm"})
_LAUNCHING: Final = frozenset({"launch", "fire", "unleash", "drop"})


def with_answers(tree: Tree) -> Tree:
    """ "Answered an attack that killed two with strikes on Gaza", taken for what the attack killed them with."""
    for token in tree.tokens if not tree.lemmas.isdisjoint(_ANSWERING) else ():
        clause = tree.tokens[token.head]
        if token.lower != "with" or clause.dep != "relcl" or not tree.kids(clause.i, "dobj"):
            continue
        attack = tree.tokens[clause.head]
        over = tree.tokens[attack.head]
        over = tree.tokens[over.head] if over.lower in {"to", "for"} else over
        if over.lemma in _ANSWERING and over.pos == "VERB" and attack.dep in {"dobj", "pobj"}:
            tree = tree.with_tokens(replace(token, head=over.i))
    return tree


def with_what_came_before(tree: Tree) -> Tree:
    """ "A fire broke out after debris from a drone fell on it", taken for a fire that broke out after debris and fell."""
    for after in tree.tokens if not tree.words.isdisjoint(_BEFORE_IT) else ():
        verb = tree.tokens[after.head]
        if after.lower not in _BEFORE_IT or after.dep != "prep" or verb.pos != "VERB":
            continue
        fell = [
            k for k in tree.kids(verb.i, "conj") if k > after.i and not tree.kids(k, "nsubj", "nsubjpass")
        ]
        nouns = tree.kids(after.i, "pobj")
        if len(fell) != 1 or not nouns or tree.tokens[fell[0]].tag != "VBD" or tree.kids(verb.i, "cc"):
            continue
        between = [k for k in tree.kids(verb.i, "prep") if nouns[0] < k < fell[0]]
        tree = tree.with_tokens(
            replace(after, dep="mark", head=fell[0]),
            replace(tree.tokens[nouns[0]], dep="nsubj", head=fell[0]),
            replace(tree.tokens[fell[0]], dep="advcl"),
            *(replace(tree.tokens[k], head=nouns[0]) for k in between),
        )
    return tree


_BEFORE_IT: Final = frozenset({"after", "before"})


def with_each_shot(tree: Tree) -> Tree:
    """ "Fired drones at Haifa and a missile at a carrier", taken for a shot at Haifa and a missile: both were fired."""
    for shot in tree.tokens if not tree.lemmas.isdisjoint(_SHOOTING) else ():
        hit = tree.tokens[tree.first_conjunct(shot.i)]
        aim = tree.tokens[hit.head]
        if shot.dep != "conj" or hit.dep != "pobj" or aim.lower != "at":
            continue
        verb = tree.tokens[aim.head]
        fired = tree.kids(verb.i, "dobj")
        if fired and verb.lemma in _SHOOTING and tree.prep_objects(shot.i, "at"):
            tree = tree.with_tokens(replace(shot, head=fired[0]))
    return tree


_SHOOTING: Final = frozenset({"fire", "launch", "shoot", "lob", "hurl", "send"})


ANSWERS: Final = frozenset(
    "retaliation response revenge reprisal retaliate respond answer reply avenge reaction".split()
)
"""What one attack is to another: what stands below came first."""
_ANSWERING: Final = frozenset({"answer", "respond", "retaliate", "reply"})


def with_beginnings(tree: Tree) -> Tree:
    """ "Were to blame for breaches in the truce, which took effect on Monday", with the clause hung on another noun."""
    for which in tree.tokens[2:] if "which" in tree.words else ():
        noun, comma, verb = tree.tokens[which.i - 2], tree.tokens[which.i - 1], tree.tokens[which.head]
        clause = which.dep == "nsubj" and verb.dep == "relcl" and verb.head < noun.i
        if clause and comma.text == "," and noun.lemma in _PAUSES and verb.lemma in _BEGINNING:
            tree = tree.with_tokens(replace(verb, head=noun.i))
    return tree


_BEGINNING: Final = frozenset("come take go enter begin start hold last expire end collapse".split())


def with_what_stops(tree: Tree) -> Tree:
    """ "A moratorium declared by the Kremlin on strikes": what is declared is on strikes, not the declaring."""
    for on in tree.tokens if not tree.lemmas.isdisjoint(_STOPS) else ():
        done = tree.tokens[on.head]
        stop = tree.tokens[done.head]
        if on.lower not in {"on", "in", "to", "of"} or done.dep != "acl" or stop.lemma not in _STOPS:
            continue
        if any(tree.tokens[k].lemma in _STOPPED for k in tree.kids(on.i, "pobj")):
            tree = tree.with_tokens(replace(on, head=stop.i))
    return tree


_STOPS: Final = frozenset({"moratorium", "halt", "pause", "ban", "freeze", "suspension", "break", "stop"})
_STOPPED: Final = frozenset(
    "strike attack raid bombing shelling hostility fighting airstrike operation".split()
)


def with_strikes_on(tree: Tree) -> Tree:
    """ "Confirmed the strike on an oil depot", taken for where it was confirmed: what was struck."""
    for prep in tree.tokens[1:-1] if not tree.lemmas.isdisjoint(_STRIKES) else ():
        noun = tree.tokens[prep.i - 1]
        hit = prep.lower in {"on", "against"} and noun.lemma in _STRIKES and noun.dep in {"dobj", "nsubjpass"}
        if not hit or prep.dep != "prep" or prep.head != noun.head:
            continue
        if any(tree.tokens[o].tag in {"NN", "NNS"} for o in tree.kids(prep.i, "pobj")):  # not "on Tuesday"
            tree = tree.with_tokens(replace(prep, head=noun.i))
    return tree


_STRIKES: Final = frozenset({"strike", "attack", "raid", "airstrike", "assault", "bombardment", "bombing"})


def with_pausing(tree: Tree) -> Tree:
    """ "Putin agrees to pause attacks on the grid", taken for attacks of a kind that he agrees to: what he agrees to do."""
    for pause in tree.tokens[1:-1] if not tree.words.isdisjoint(_PAUSING) else ():
        to, attacks = tree.tokens[pause.i - 1], tree.tokens[pause.i + 1]
        taken = pause.lower in _PAUSING and pause.dep == "compound" and pause.head == attacks.i
        if taken and to.lower == "to" and attacks.dep == "pobj" and attacks.head == to.i:
            return tree.with_tokens(
                replace(pause, dep="xcomp", head=to.head, tag="VB", pos="VERB"),
                replace(to, dep="aux", head=pause.i, pos="PART"),
                replace(attacks, dep="dobj", head=pause.i),
            )
    return tree


_PAUSING: Final = frozenset({"pause", "halt", "stop", "end", "freeze"})


def with_kind(tree: Tree) -> Tree:
    """Headlines: "resume ceasefire talks", "sign truce deal", taken for a truce and something else: talks and deals of that kind."""
    for noun in tree.tokens[2:] if not tree.words.isdisjoint(_KINDS) else ():
        kind = tree.tokens[noun.i - 1]
        apart = noun.dep in {"punct", "dep", "xcomp", "conj"} and noun.head == kind.head
        if noun.lower in _PACTS and kind.lower in _KINDS and kind.dep == "dobj" and apart:
            return tree.with_tokens(
                replace(kind, dep="compound", head=noun.i),
                replace(noun, dep="dobj", tag="NNS" if noun.lower == "talks" else "NN", pos="NOUN"),
            )
    return tree


_PACTS: Final = frozenset({"talks", "negotiations", "deal", "agreement", "accord", "pact"})
_KINDS: Final = frozenset({"ceasefire", "truce", "peace"})
