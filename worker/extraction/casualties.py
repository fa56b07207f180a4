"""How many were killed and injured: figures tied to the verb or noun that says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from worker.event import Quantity
from worker.extraction.figures import HARM_STEMS, read_figures
from worker.extraction.harmed import Casualties, quantity_of
from worker.extraction.tree import VERBS
from worker.extraction.victims import HARMED, INJURED, KILLED, SOLDIERS, add, is_either, is_fatal, is_person
from worker.extraction.view import read_once

if TYPE_CHECKING:
    from worker.extraction.view import View
    from worker.lexicon.cues import Cues

_TOLL_MOVES: Final = frozenset(
    "increase rise raise reach climb grow stand jump exceed pass top surpass hit bring go put push".split()
)
_FOUND: Final = frozenset(
    "find recover pull retrieve discover remove unearth dig bring receive arrive count".split()
)
_LOSING: Final = {
    "lose": {"life"},
    "take": {"life"},
    "cost": {"life"},
    "embrace": {"martyrdom", "shahadat"},
    "attain": {"martyrdom", "shahadat"},
}
"""Verbs and objects that say of their subject that it died."""
_HARMED_OR_LIVES: Final = HARMED | {"life", "lives", "hell", "shahadat", "fatally"}
_OF_HARM: Final = ("killed_verbs", "injured_verbs", "killed_nouns", "injured_nouns", "both_nouns")
_ZERO_CONTEXT: Final = Quantity(low=0, high=0)


@read_once
def find_casualties(view: View, cues: Cues) -> tuple[Casualties, ...]:
    """All figures of killed and injured in a sentence, in order; the words' own order counts before the tree's."""
    if not _speaks_of_harm(view, cues):
        return ()
    figures = read_figures(view, cues)
    read = []
    for f in figures:
        number = _with_those_beside(view, f.trigger, f.quantity, cues)
        killed, injured = (number, None) if f.killed else (None, number)
        read.append(Casualties(f.trigger, f.people, killed=killed, injured=injured, parts=f.parts))
    known = {t for f in figures for t in (f.trigger, *f.merged)}
    parsed = [f for f in _parsed(view, cues) if f.trigger not in known and not is_either(view, f.trigger)]
    told = [f for f in (*read, *parsed) if not _is_purpose(view, f.trigger)]
    told = [replace(f, toll=f.toll or _is_so_far(view, f.trigger)) for f in told]
    return tuple(sorted(told, key=lambda f: f.trigger))


def _is_so_far(view: View, i: int) -> bool:
    """ "Are now known to have died", "have now been confirmed dead": as many as are counted by then."""
    tree = view.tree
    verbs = (a for a in (i, *tree.ancestors(i)) if tree.tokens[a].pos in VERBS)
    return any(tree.tokens[k].lower == "now" for verb in islice(verbs, 2) for k in tree.kids(verb, "advmod"))


def _is_purpose(view: View, i: int) -> bool:
    """ "Shelled the village in order to kill a commander": nobody need have died."""
    tree = view.tree
    meant = tree.tokens[i].tag == "VB" and tree.tokens[i].dep in {"acl", "advcl"}
    return meant and any(tree.tokens[k].lower == "to" for k in tree.kids(i, "aux"))


def _speaks_of_harm(view: View, cues: Cues) -> bool:
    """Whether a word says what a figure could be of; most sentences have none."""
    tree, harm = view.tree, cues.casualties
    return (
        not tree.words.isdisjoint(_HARMED_OR_LIVES)
        or "lose" in tree.lemmas
        or any(not tree.lemmas.isdisjoint(harm[name]) for name in _OF_HARM)
        or any(word.startswith(HARM_STEMS) for word in tree.words)
    )


def _parsed(view: View, cues: Cues) -> list[Casualties]:
    found: list[Casualties] = []
    killed, injured = cues.casualties["killed_verbs"], cues.casualties["injured_verbs"]
    for token in view.tree.tokens:
        if (number := _after_colon(view, token.i) or _put_at(view, token.i)) is not None:
            dead = token.lower in KILLED
            found.append(Casualties(token.i, None, number if dead else None, None if dead else number))
        elif (
            token.pos in {"VERB", "ADJ", "NOUN"}
            and token.lemma in killed | injured
            and token.tag.startswith("V")
        ):
            kill = token.lemma in killed or is_fatal(view.tree, token.i)
            found.extend(_of_verb(view, token.i, cues, kill=kill))
        elif token.pos == "VERB" and (_to_death(view, token.i) or is_fatal(view.tree, token.i)):
            found.extend(_of_verb(view, token.i, cues, kill=True))
        elif token.lower == "dead":
            found.extend(_of_dead(view, token.i, cues) or _of_toll(view, token.i, cues))
        elif token.lemma == "lose" and any(
            view.tree.tokens[o].lemma in SOLDIERS for o in view.tree.objects(token.i)
        ):
            found.extend(
                Casualties(token.i, o, killed=quantity_of(view, o, cues)) for o in view.tree.objects(token.i)
            )
        elif token.lemma in _LOSING and any(
            view.tree.tokens[o].lemma in _LOSING[token.lemma] for o in view.tree.objects(token.i)
        ):
            found.extend(_of_lives(view, token.i, cues))
        elif token.pos == "NOUN":
            found.extend(_of_noun(view, token.i, cues))
    return found


def _to_death(view: View, i: int) -> bool:
    """ "Hacked nine villagers to death", "six terrorists were sent to hell"."""
    return any(view.tree.tokens[o].lemma in {"death", "hell"} for o in view.tree.prep_objects(i, "to"))


def _after_colon(view: View, i: int) -> Quantity | None:
    """ "Dead: at least 25. Injured: 73."."""
    tokens = view.tree.tokens
    if tokens[i].lower not in HARMED or i + 1 >= len(tokens) or tokens[i + 1].text != ":":
        return None
    return next((m.quantity for m in view.quantities if view.tree.at(m.start) == i + 2), None)


def _put_at(view: View, i: int) -> Quantity | None:
    """ "(Put) the dead at 31 and the wounded at over 60"."""
    tokens = view.tree.tokens
    named = tokens[i].lower in HARMED and i > 0 and tokens[i - 1].lower in {"the", "their", "its"}
    if not named or i + 1 >= len(tokens) or tokens[i + 1].lower != "at":
        return None
    if not any(t.lemma == "put" for t in tokens[:i]):
        return None
    return next((m.quantity for m in view.quantities if view.tree.at(m.start) == i + 2), None)


def _of_verb(view: View, i: int, cues: Cues, *, kill: bool) -> list[Casualties]:
    tree = view.tree
    people = _suffering(view, i)
    if not people:
        return []
    head = tree.antecedent(people[0])
    if tree.tokens[i].lemma == "claim":  # "claimed the lives of 12 people"
        lives = [p for p in people if tree.tokens[p].lemma == "life"]
        if not lives:
            return []
        head = next(iter(tree.prep_objects(lives[0], "of")), lives[0])
    number = _with_those_beside(view, i, _of_all(view, head, cues), cues)
    return [Casualties(i, head, killed=number if kill else None, injured=None if kill else number)]


def _of_all(view: View, head: int, cues: Cues) -> Quantity | None:
    """How many a noun and those listed with it are: "killed the mayor and two others", "the chief of staff, X, and two others"."""
    number = quantity_of(view, head, cues)
    also = [o for name in view.tree.kids(head, "appos") for o in view.tree.conjuncts(name)[1:]]
    for other in (*view.tree.conjuncts(head)[1:], *also):
        # "X, a commander and nephew of its leader" is one man
        person = is_person(view, other, cues)
        more = quantity_of(view, other, cues, implied=other not in also) if person else None
        number = add(number, more) if number is not None and more is not None else number
    return number


def _with_those_beside(view: View, i: int, number: Quantity | None, cues: Cues) -> Quantity | None:
    """ "Was killed together with four other people", "alongside two guards": those who died with them count."""
    for other in _beside(view, i) if number is not None else ():
        more = quantity_of(view, other, cues) if is_person(view, other, cues) else None
        number = add(number, more) if number is not None and more is not None else number
    return number


def _beside(view: View, i: int) -> list[int]:
    """Who suffered with whom a verb is about; after "with" alone only "others", since one is also killed with a drone."""
    tree = view.tree
    together = {"together", "along"}
    found = tree.prep_objects(i, "alongside")
    for k in (i, *tree.kids(i, "advmod", "prep", "prt")):
        found += [
            o
            for o in tree.prep_objects(k, "with")
            if tree.tokens[o].lemma == "other" or tree.tokens[tree.tokens[o].head - 1].lower in together
        ]
    return list(dict.fromkeys(found))


def _of_lives(view: View, i: int, cues: Cues) -> list[Casualties]:
    """ "Twelve people lost their lives", "took the lives of twelve people", "cost twelve lives"."""
    people = view.tree.subjects(i)
    if view.tree.tokens[i].lemma == "cost":
        people = view.tree.objects(i)
    elif view.tree.tokens[i].lemma == "take":
        people = [p for life in view.tree.objects(i) for p in view.tree.prep_objects(life, "of")]
    number = quantity_of(view, people[0], cues) if people else None
    return [Casualties(i, people[0], killed=number)] if number is not None else []


def _suffering(view: View, i: int) -> list[int]:
    """Those who a verb of harm says are harmed: who dies, whom it is done to."""
    tree = view.tree
    token = tree.tokens[i]
    if token.lemma in {"die", "perish"}:
        return tree.subjects(i)
    if objects := tree.kids(i, "dobj", "obj"):
        return objects
    if token.dep in {"acl", "relcl"} and token.tag == "VBN" and not tree.kids(i, "nsubjpass"):
        return [token.head]
    if token.dep == "conj" and token.tag == "VBN" and not tree.kids(i, "nsubjpass", "nsubj"):
        return _leading_number(view, i) or tree.subjects(i)
    if tree.is_passive(i) or token.tag == "VBN":
        return tree.subjects(i)
    headline = token.tag == "VBD" and tree.subjects(i) and not tree.objects(i)
    return tree.subjects(i) if headline else []  # "Three killed in strike"


def _leading_number(view: View, i: int) -> list[int]:
    """ "and 21 injured": the number that stands for the people."""
    before = i - 1
    tokens = view.tree.tokens
    if before >= 0 and (tokens[before].pos == "NUM" or tokens[before].lemma in {"other", "more", "dozen"}):
        return [before]
    return []


def _of_dead(view: View, i: int, cues: Cues) -> list[Casualties]:
    """ "left five people dead", "12 dead", "at least 12 dead"."""
    tree = view.tree
    token = tree.tokens[i]
    number = quantity_of(view, i, cues)
    if number is not None:
        return [Casualties(i, None, killed=number)]
    shot_dead = token.dep == "advmod" and tree.tokens[token.head].lemma == "shoot"
    if token.dep in {"oprd", "acomp", "ccomp", "xcomp", "amod"} or shot_dead:
        verb = token.head
        people = [
            k for k in tree.children[verb] if tree.tokens[k].dep in {"dobj", "nsubj", "nsubjpass"} and k != i
        ]
        people += [k for k in tree.children[i] if tree.tokens[k].dep == "nsubj"]
        if token.dep in {"amod", "advmod"} and tree.tokens[i - 1].pos == "VERB":
            people.append(verb)  # "shot dead nine passengers"
        for head in people:
            number = _of_all(view, head, cues)
            if number is not None:
                return [Casualties(i, head, killed=number)]
    return []


def _of_noun(view: View, i: int, cues: Cues) -> list[Casualties]:
    tree = view.tree
    lemma = tree.tokens[i].lemma
    words = cues.casualties
    if lemma == "toll" or (lemma == "number" and _are(view, i, KILLED | {"dead", "deaths", "fatalities"})):
        return _of_toll(view, i, cues)
    if lemma == "number" and _are(view, i, INJURED):
        return [replace(c, killed=None, injured=c.killed) for c in _of_toll(view, i, cues)]
    dead, hurt, both = (
        lemma in words["killed_nouns"],
        lemma in words["injured_nouns"],
        lemma in words["both_nouns"],
    )
    if lemma == "body":
        return _of_bodies(view, i, cues)
    if not (dead or hurt or both) or lemma == "dead":
        return []
    negated = any(tree.tokens[k].lower in {"no", "any", "without"} for k in tree.children[i])
    negated = negated or _unreported(view, i)
    if negated or tree.tokens[tree.tokens[i].head].lower == "without":
        return [
            Casualties(
                i,
                i if view.actors_by_head.get(i) else None,  # "no US casualties" counts those of the US
                killed=_ZERO_CONTEXT if dead or both else None,
                injured=_ZERO_CONTEXT if hurt or both else None,
            )
        ]
    number = quantity_of(view, i, cues, implied=False) if lemma != "killing" else None
    people = None if number is not None else _of_whom(view, i, cues)
    parts: list[tuple[int, Quantity]] = []
    for other in tree.conjuncts(people) if people is not None else ():  # "of three women and five children"
        more = quantity_of(view, other, cues, implied=False) if is_person(view, other, cues) else None
        if more is not None:
            parts.append((other, more))
            number = add(number, more) if number is not None else more
    if number is None and lemma == "death" and tree.tokens[tree.tokens[i].head].lower != "including":
        number = next((n for o in tree.prep_objects(i, "of") if (n := _of_named(view, o, cues))), None)
    if number is None or both:
        return []
    killed, injured = number if dead else None, number if hurt else None
    return [
        Casualties(i, people, killed=killed, injured=injured, parts=tuple(parts) if len(parts) > 1 else ())
    ]


def _of_whom(view: View, i: int, cues: Cues) -> int | None:
    """ "The killing of 40 villagers", "the deaths of three guards"; not "attacks, including the deaths of 40"."""
    tree = view.tree
    above = tree.tokens[tree.tokens[i].head]
    if above.lower == "including":
        return None
    return next((o for o in tree.prep_objects(i, "of") if is_person(view, o, cues)), None)


def _of_named(view: View, i: int, cues: Cues) -> Quantity | None:
    """ "The death of General Salami", "of its commander", "of two of its leaders": of people, named or counted."""
    tree = view.tree
    named = tree.tokens[i].tag == "NNP" and bool(tree.kids(i, "compound"))
    counted = any(is_person(view, o, cues) for o in tree.prep_objects(i, "of"))
    return quantity_of(view, i, cues) if named or counted or is_person(view, i, cues) else None


def _unreported(view: View, i: int) -> bool:
    """ "There were no reports of casualties"; "no immediate reports" leaves it open."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[tree.first_conjunct(i)].head]
    above = tree.tokens[preposition.head]
    words = {tree.tokens[k].lower for k in tree.children[above.i]}
    return (
        preposition.lower == "of" and above.lemma == "report" and "no" in words and "immediate" not in words
    )


def _are(view: View, i: int, harmed: frozenset[str]) -> bool:
    """Whether a number is said to be of those: "the number of dead", "of civilians wounded since Monday"."""
    tree = view.tree
    of = tree.prep_objects(i, "of")
    return any(tree.tokens[k].lower in harmed for o in (i, *of) for k in (o, *tree.kids(o, "acl", "amod")))


def _of_bodies(view: View, i: int, cues: Cues) -> list[Casualties]:
    """ "Ten bodies were found", "rescuers recovered 12 bodies"."""
    verb = view.tree.tokens[view.tree.tokens[i].head]
    number = quantity_of(view, i, cues, implied=False)
    if number is None or verb.lemma not in _FOUND:
        return []
    return [Casualties(i, None, killed=number)]


def _of_toll(view: View, i: int, cues: Cues) -> list[Casualties]:
    tree = view.tree
    verbs = [a for a in tree.ancestors(i) if tree.tokens[a].pos == "VERB"][:1]
    if not verbs or tree.tokens[verbs[0]].lemma not in _TOLL_MOVES:
        return []
    if tree.tokens[verbs[0]].lemma == "put":
        puts = [t.i for t in tree.tokens[i:] if t.lower == "at"]  # wherever the parser hangs it
        number = next((m.quantity for k in puts for m in view.quantities if tree.at(m.start) == k + 1), None)
        return [Casualties(i, None, killed=number, toll=True)] if number is not None else []
    if tree.tokens[i].lower == "dead":
        return []
    for at in (*tree.prep_objects(verbs[0], "to", "at"), *tree.objects(verbs[0])):
        number = quantity_of(view, at, cues, implied=False)
        if number is not None:
            return [Casualties(i, None, killed=number, toll=True)]
    return []
