"""Trees set right: subjects, objects and nouns that the parser took for something else, by what it can not be.

What it hung on the wrong word is `worker.extraction.attachments`; the order of all repairs is that of `with_subjects`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from worker.extraction.actors import RULERS
from worker.extraction.attachments import (
    with_accused,
    with_agreed,
    with_answers,
    with_beginnings,
    with_charges,
    with_defiance,
    with_each_shot,
    with_hours,
    with_kind,
    with_listed,
    with_pausing,
    with_salvos,
    with_same_preposition,
    with_second_charge,
    with_second_deed,
    with_sides,
    with_starting,
    with_statement,
    with_strikes_on,
    with_two,
    with_what_came_before,
    with_what_stops,
)
from worker.extraction.breakers import with_breach, with_breaker, with_breaking, with_two_deeds
from worker.extraction.namings import with_articles, with_named
from worker.extraction.tree import FINITE, NOUNS

if TYPE_CHECKING:
    from worker.extraction.tree import Token, Tree
    from worker.lexicon.cues import Cues


_MODIFIERS: Final = ("compound", "amod", "nmod", "nummod", "det", "poss")


def with_subjects(tree: Tree) -> Tree:
    """The tree with subjects and objects set right that the parser took for something else."""
    for repair in (
        with_articles,
        _with_speaker,
        _with_both,
        _with_names_listed,
        _with_its_name,
        _with_each_counted,
        _with_backed,
        _with_attacks,
        _with_overrun,
        _with_deed,
        _with_ellipsis,
        _with_falling,
        _with_cleft,
        _with_day_before,
        _with_mutual_blame,
        _with_outcome,
        with_named,
        with_what_came_before,
        with_each_shot,
        with_hours,
        with_starting,
        with_two,
        with_sides,
        with_same_preposition,
        with_second_deed,
        with_defiance,
        with_listed,
        with_statement,
        with_agreed,
        with_salvos,
        with_accused,
        with_second_charge,
        with_answers,
        with_beginnings,
        with_what_stops,
        with_kind,
        with_pausing,
        with_strikes_on,
        with_breach,
        with_breaking,
        with_breaker,
        with_two_deeds,
        _with_deal,
        _with_meeting,
        with_charges,
        _with_subject,
        _with_strikes,
        _with_strikes_shared,
        _with_downed,
        _with_charged,
    ):
        tree = repair(tree)
    return tree


def _with_speaker(tree: Tree) -> Tree:
    """Headlines: "Zelenskyy: Russia hit power plant", where the parser takes the two for doers of one deed: one says it.

    Or is where it was done ("Somalia: Fighters attacked a base").
    """
    for mark in tree.tokens if ":" in tree.words else ():
        verb = tree.tokens[mark.head].head if tree.tokens[mark.head].dep == "nsubj" else mark.head
        doers = tree.kids(verb, "nsubj")
        before = [k for k in doers if k < mark.i]
        if mark.text == ":" and before and any(mark.i < k < verb for k in doers):
            tree = tree.with_tokens(*(replace(tree.tokens[k], dep="dep") for k in before))
    return tree


def _with_both(tree: Tree) -> Tree:
    """Headlines: "Pakistan, Afghanistan meet in Doha", "… to meet", the first taken for a circumstance, or for all: both do."""
    for comma in tree.tokens[1:-1]:
        first, second = tree.tokens[comma.i - 1], tree.tokens[comma.i + 1]
        names = comma.text == "," and first.tag == "NNP" and second.tag == "NNP"
        if names and first.dep == "npadvmod" and second.dep == "nsubj" and first.head == second.head:
            return tree.with_tokens(replace(first, dep="nsubj"), replace(second, dep="conj", head=first.i))
        if names and first.dep == "ROOT" and second.dep == "appos" and second.head == first.i:
            verb = next((tree.tokens[k] for k in tree.kids(first.i, "relcl", "acl")), first)
            if verb.tag == "VB" and any(tree.tokens[k].lower == "to" for k in tree.kids(verb.i, "aux")):
                return tree.with_tokens(
                    replace(verb, dep="ROOT", head=verb.i),
                    replace(first, dep="nsubj", head=verb.i),
                    replace(second, dep="conj"),
                )
    return tree


def _with_names_listed(tree: Tree) -> Tree:
    """ "Kuwait, Saudi Arabia, and the Emirates", the second taken for what the first is: three of a list, unless it says where."""
    for token in tree.tokens:
        first = tree.tokens[token.head]
        names = token.tag in {"NNP", "NNPS"} and first.tag in {"NNP", "NNPS"} and token.dep == "appos"
        where = first.dep == "pobj" and tree.tokens[first.head].lower in {"in", "at", "near", "from", "to"}
        links = [k for at in (token.i, first.i) for k in tree.kids(at, "cc") if k > token.i]
        if names and not where and any(tree.tokens[k - 1].text == "," for k in links):
            tree = tree.with_tokens(replace(token, dep="conj"))
    return tree


def _with_its_name(tree: Tree) -> Tree:
    """ "Targeted the Saudi tanker Wadyan", with the name taken for what the tanker does: it is what the tanker is called."""
    for name in tree.tokens[1:]:
        noun = tree.tokens[name.i - 1]
        does = name.tag == "NNP" and name.dep == "ccomp" and tree.tokens[name.head].pos == "VERB"
        if does and noun.tag == "NN" and noun.dep == "nsubj" and noun.head == name.i:
            return tree.with_tokens(
                replace(noun, dep="dobj", head=name.head),
                replace(name, dep="appos", head=noun.i),
                *(replace(tree.tokens[k], head=name.head) for k in tree.children[name.i] if k > name.i),
            )
    return tree


def _with_attacks(tree: Tree) -> Tree:
    """ "Killed in army shelling of the town", "in Hezbollah strikes on it", with the attack taken for a verb: a noun."""
    set_right: list[Token] = []
    for token in tree.tokens[1:-1]:
        before, after = tree.tokens[token.i - 1], tree.tokens[token.i + 1]
        gerund = (
            token.tag == "VBG" and token.lower in {"shelling", "bombing"} and after.lower in {"of", "that"}
        )
        if gerund and before.dep == "pobj" and before.tag in NOUNS:
            set_right.append(replace(token, tag="NN", pos="NOUN", dep="pobj", head=before.head))
            set_right.append(replace(before, dep="compound", head=token.i))
        ruled = token.lower in _FIRE and token.dep == "amod" and after.lower == "of"
        if ruled and token.head == before.i and before.tag in NOUNS:  # "army shelling of towns goes on"
            set_right.append(replace(token, dep=before.dep, head=before.head))
            set_right.append(replace(before, dep="compound", head=token.i))
        aside = token.lower in _FIRE and token.dep == "advmod" and token.head == after.i
        if aside and before.dep == "nsubj" and before.head == after.i:  # "Azerbaijani shelling killed two"
            set_right.append(replace(token, tag="NN", pos="NOUN", dep="nsubj"))
            set_right.append(replace(before, dep="compound", head=token.i))
        salvo = token.lower in _ARMS and token.pos == "VERB" and after.head == token.i
        if salvo and after.tag == "NNS" and after.lemma in _ATTACKS:  # "conducts drone strikes on a camp"
            set_right.append(replace(after, dep="dobj", head=token.head))
            set_right.append(replace(token, tag="NN", pos="NOUN", dep="compound", head=after.i))
        if token.lower == "fighting" and token.dep == "pcomp" and after.lower == "between":
            # "jets struck after fighting between two groups": theirs alone
            set_right.append(replace(token, tag="NN", pos="NOUN", dep="pobj"))
        nominal = token.lower in {"strikes", "attacks", "raids"} and after.lower in {"on", "against"}
        if token.tag in FINITE and token.dep == "pobj" and nominal:
            set_right.append(replace(token, tag="NNS", pos="NOUN"))
        named = token.dep == "oprd" and before.dep == "dobj" and before.tag == "NNP"
        if token.tag == "VBZ" and token.lemma in _ATTACKS and named and before.head == token.head:
            # "called the US attacks a breach", with the attacks taken for what the US is called
            set_right.append(replace(token, tag="NNS", pos="NOUN", dep="dobj"))
            set_right.append(replace(before, dep="compound", head=token.i))
            set_right += [replace(tree.tokens[k], dep="oprd", head=token.head) for k in tree.objects(token.i)]
    return tree.with_tokens(*set_right) if set_right else tree


_ARMS: Final = frozenset({"drone", "rocket", "missile", "mortar"})
_ATTACKS: Final = frozenset({"strike", "attack", "raid"})
_FIRE: Final = frozenset({"shelling", "bombing", "bombardment"})


def _with_each_counted(tree: Tree) -> Tree:
    """ "Killed four Armenian and three Azerbaijani soldiers": two lots of people, of which the first goes by its country alone."""
    tokens = tree.tokens
    for last in tokens[5:]:
        number, first, link, other, name = tokens[last.i - 5 : last.i]
        shared = first.head == last.i and first.dep in {"amod", "compound", "nmod"} and name.head == last.i
        counted = number.tag == other.tag == "CD" and link.lower == "and" and last.tag == "NNS"
        if not shared or not counted or not first.text.istitle() or not name.text.istitle():
            continue
        return tree.with_tokens(
            replace(first.in_place_of(last), tag="NNPS", pos="PROPN"),
            replace(number, dep="nummod", head=first.i),
            replace(other, dep="nummod", head=last.i),
            replace(last, dep="conj", head=first.i),
            *(replace(tokens[k], head=first.i) for k in tree.children[last.i] if k < number.i),
        )
    return tree


def _with_backed(tree: Tree) -> Tree:
    """ "Iran-backed Hamas and PIJ fighters", with the group taken for what is backed: it is whose the fighters are."""
    for name in tree.tokens[2:]:
        backed = tree.tokens[name.head]
        joined = backed.tag == "VBN" and backed.dep == "amod" and backed.i > 0
        if joined and name.dep == "dobj" and tree.tokens[backed.i - 1].text == "-" and name.tag in NOUNS:
            return tree.with_tokens(replace(name, dep="nmod", head=backed.head))
    return tree


def _with_ellipsis(tree: Tree) -> Tree:
    """ "Six were killed and eight injured when drones struck", taken for eight that are: they were injured, and then."""
    for number in tree.tokens:
        verb = tree.tokens[number.head]
        if number.tag != "CD" or number.dep != "conj" or not tree.is_passive(verb.i):
            continue
        hurt = next((k for k in tree.kids(number.i, "amod", "acl") if k == number.i + 1), None)
        if hurt is None or tree.tokens[hurt].tag != "VBN":
            continue
        after = [tree.tokens[k] for k in tree.children[number.i] if k > hurt]
        return tree.with_tokens(
            replace(number, dep="nsubjpass", head=hurt),
            replace(tree.tokens[hurt], dep="conj", head=verb.i, pos="VERB"),
            *(replace(t, head=hurt, dep="advcl" if t.dep in _CLAUSES else t.dep) for t in after),
        )
    return tree


_CLAUSES: Final = frozenset({"relcl", "advcl", "acl"})


def _with_strikes(tree: Tree) -> Tree:
    """Headlines: "nine killed in Russia strikes on hospital", where the parser takes the strikes for what they do."""
    for noun in tree.tokens[2:]:
        if noun.tag != "NNS" or noun.lemma not in _STRIKES:
            continue
        name, before = tree.tokens[noun.i - 1], tree.tokens[noun.i - 2]
        named = name.dep == "pobj" and name.tag == "NNP"
        if not named or name.head != before.i or before.lower not in {"in", "by", "after"}:
            continue
        people = next((k for k in tree.kids(noun.i, "nsubj") if name.i in tree.subtree(k)), None)
        if people is None and not (noun.dep == "dobj" and before.head == noun.head):
            continue
        set_right = tree.with_tokens(
            replace(noun, dep="pobj", head=before.i), replace(name, dep="compound", head=noun.i)
        )
        if people is None:
            return set_right
        rest = [tree.tokens[k] for k in tree.children[noun.i] if k < name.i and k != people]
        return set_right.with_tokens(
            tree.tokens[people].in_place_of(noun),
            *(replace(t, head=people) for t in rest),
        )
    return tree


_STRIKES: Final = frozenset({"strike", "attack", "raid", "airstrike", "bombing"})


def _with_strikes_shared(tree: Tree) -> Tree:
    """ "US and Israeli air strikes", "US, Israeli strikes", the first taken for somebody beside the strikes: they are of both."""
    for noun in tree.tokens[3:] if not tree.lemmas.isdisjoint(_STRIKES) else ():
        left = min(tree.subtree(noun.i)) if noun.lemma in _STRIKES and noun.tag in NOUNS else 0
        if left < 2:  # noqa: PLR2004  -- a name and what joins it
            continue
        first, link, second = tree.tokens[left - 2 : left + 1]
        conjoined = link.lower == "and" and noun.dep == "conj" and noun.head == first.i
        listed = link.text == "," and first.dep == "npadvmod" and first.head == noun.head
        ruler = first.lemma in RULERS and bool(tree.kids(first.i, "amod", "compound"))
        names = second.text[:1].isupper() and second.head == noun.i and second.dep in _MODIFIERS
        if (conjoined or listed) and names and (ruler or first.lower in _AS_ADJECTIVES):
            return tree.with_tokens(
                noun.in_place_of(first if conjoined else noun),
                replace(first, dep="compound", head=noun.i),
                replace(second, dep="conj", head=first.i),
            )
    return tree


_AS_ADJECTIVES: Final = frozenset({"us", "u.s.", "uk", "u.k.", "uae", "nato"})
"""Names that stand for their own adjectives."""


def _with_downed(tree: Tree) -> Tree:
    """Headlines: "Russian drones shot down over Kyiv", without "were": nothing is told of that they shot down."""
    for verb in tree.tokens:
        if verb.lemma not in _DOWNING or verb.tag not in {"VBD", "VBN"}:
            continue
        down = verb.lemma == "intercept" or any(tree.tokens[k].lower == "down" for k in tree.children[verb.i])
        subjects = tree.kids(verb.i, "nsubj")
        if not down or tree.objects(verb.i) or tree.kids(verb.i, "aux", "auxpass") or len(subjects) != 1:
            continue
        if tree.tokens[subjects[0]].lemma in _AIRBORNE:
            return tree.with_tokens(
                replace(verb, tag="VBN"), replace(tree.tokens[subjects[0]], dep="nsubjpass")
            )
    return tree


_DOWNING: Final = frozenset({"shoot", "bring", "take", "intercept"})
_AIRBORNE: Final = frozenset(
    "drone uav missile rocket jet plane warplane aircraft helicopter projectile".split()
)


def _with_charged(tree: Tree) -> Tree:
    """Headlines: "Russian forces accused of killing five", "blamed for a strike", without "were": somebody else does."""
    for token in tree.tokens:
        charge = {"accused": "of", "blamed": "for"}.get(token.lower)
        of = any(tree.tokens[k].lower == charge for k in tree.kids(token.i, "prep"))
        if charge is None or not of or tree.kids(token.i, "dobj", "ccomp", "auxpass"):
            continue
        above = tree.tokens[token.head]
        if token.dep == "acl" and above.dep == "ROOT":
            return tree.with_tokens(
                replace(token, tag="VBD", dep="ROOT", head=token.i),
                replace(above, dep="nsubjpass", head=token.i),
            )
        if token.tag == "VBD":
            return tree.with_tokens(
                *(replace(tree.tokens[k], dep="nsubjpass") for k in tree.kids(token.i, "nsubj"))
            )
    return tree


def with_people(tree: Tree, cues: Cues) -> Tree:
    """ "Rebels of the FDLR attacked", "Gunfire rocked the town": what stands first in a sentence and the parser takes for a name."""
    first = tree.tokens[0] if tree.tokens else None
    if first is None or first.tag not in {"NNP", "NNPS"}:
        return tree
    if first.lower in cues.strike_nouns:
        return tree.with_tokens(replace(first, tag="NN", pos="NOUN", lemma=first.lower))
    if not first.lower.endswith("s") or first.lower[:-1] not in cues.casualties["people"] | _AIRBORNE:
        return tree
    return tree.with_tokens(replace(first, tag="NNS", pos="NOUN", lemma=first.lower[:-1]))


def _with_overrun(tree: Tree) -> Tree:
    """ "The town was overrun by rebels" with the participle taken for a noun in spite of its "was"."""
    taken = [t for t in tree.tokens if t.tag == "NN" and tree.kids(t.i, "auxpass")]
    return tree.with_tokens(*(replace(t, tag="VBN", pos="VERB") for t in taken)) if taken else tree


def _with_deed(tree: Tree) -> Tree:
    """ "Israel, which has no part in it, bombed Sanaa airport", with the bombed for what the airport is like: Israel did it."""
    for deed in tree.tokens[2:-1]:
        hit = tree.tokens[deed.head]
        doer = tree.tokens[hit.head]
        apart = deed.tag in {"VBN", "VBD"} and deed.dep == "amod" and hit.dep == "appos" and doer.tag == "NNP"
        aside = [k for k in tree.kids(doer.i, "relcl") if tree.subtree(k)[-1] == deed.i - 2]
        if apart and aside and tree.tokens[deed.i - 1].text == ",":
            return tree.with_tokens(
                replace(deed.in_place_of(doer), tag="VBD", pos="VERB"),
                replace(doer, dep="nsubj", head=deed.i),
                replace(hit, dep="dobj", head=deed.i),
            )
    return tree


def _with_falling(tree: Tree) -> Tree:
    """ "Falling debris sparked a fire", taken for a clause that is the subject: it is the debris that falls."""
    for token in tree.tokens[:-1]:
        noun = tree.tokens[token.i + 1]
        clause = token.dep == "csubj" and token.lemma in {"fall", "fly", "burn"}
        if clause and noun.head == token.i and noun.dep == "dobj" and tree.children[token.i] == (noun.i,):
            return tree.with_tokens(
                replace(token, dep="amod", head=noun.i),
                replace(noun, dep="nsubj", head=token.head),
            )
    return tree


def _with_cleft(tree: Tree) -> Tree:
    """ "It was Russia that broke the truce": Russia broke it."""
    for that in tree.tokens:
        verb = tree.tokens[that.head]
        be = tree.tokens[verb.head]
        if that.lower != "that" or that.dep != "nsubj" or verb.dep != "ccomp" or be.lemma != "be":
            continue
        it = any(tree.tokens[k].lower == "it" for k in tree.kids(be.i, "nsubj"))
        who = [k for k in tree.kids(be.i, "attr") if k == that.i - 1]
        if it and who and not tree.kids(be.i, "neg"):
            doer = replace(tree.tokens[who[0]], dep="nsubj", head=verb.i)
            return tree.with_tokens(doer, replace(that, dep="mark", tag="IN"))
    return tree


def _with_day_before(tree: Tree) -> Tree:
    """ "Had begun the day before", with the day taken for what was begun: it is when."""
    for day in tree.tokens:
        when = {tree.tokens[k].lower for k in tree.kids(day.i, "advmod")} & {"before", "earlier", "later"}
        if day.dep == "dobj" and day.lemma in {"day", "night", "evening", "morning", "week"} and when:
            tree = tree.with_tokens(replace(day, dep="npadvmod"))
    return tree


def _with_mutual_blame(tree: Tree) -> Tree:
    """ "Accused each other of drone attacks", with the attacks taken for what the other is: they are what each is accused of."""
    for of in tree.tokens:
        other = tree.tokens[of.head]
        if of.lower == "of" and other.lower in {"other", "another"} and other.dep == "dobj":
            tree = tree.with_tokens(replace(of, head=other.head))
    return tree


def _with_outcome(tree: Tree) -> Tree:
    """ "Drones hit the town, officials said, killing two", with the killing taken for what they did who said it."""
    for token in tree.tokens:
        said = tree.tokens[token.head]
        if token.tag == "VBG" and token.dep == "advcl" and token.lemma in _HARMING and said.i < token.i:
            told = [k for k in tree.kids(said.i, "ccomp") if k < said.i and tree.tokens[k].tag != "VBG"]
            told += [said.head] if said.dep == "parataxis" and said.head < said.i else []
            if told and not tree.kids(token.i, "nsubj"):
                return tree.with_tokens(replace(token, head=told[-1]))
    return tree


_HARMING: Final = frozenset(
    "kill wound injure maim destroy damage wreck burn leave hit strike set cause spark displace force".split()
)


def _with_deal(tree: Tree) -> Tree:
    """ "Sign the hostage release and ceasefire deal", taken for what they deal in: the deal is what they sign."""
    for token in tree.tokens[1:]:
        verb = tree.tokens[token.head]
        noun = token.lower == "deal" and token.tag in {"VB", "VBP"} and token.dep == "ccomp"
        if noun and verb.lemma in {"sign", "reach", "approve", "back", "reject", "accept"}:
            tree = tree.with_tokens(replace(token, tag="NN", pos="NOUN", dep="dobj"))
    return tree


def _with_meeting(tree: Tree) -> Tree:
    """Headlines: "Pashinyan and Aliyev meet in Abu Dhabi", taken for a noun in spite of its subject."""
    for token in tree.tokens:
        if token.lower == "meet" and token.tag == "NN" and tree.kids(token.i, "nsubj"):
            tree = tree.with_tokens(replace(token, tag="VBP", pos="VERB"))
    return tree


def _with_subject(tree: Tree) -> Tree:
    """Headlines: "Israeli jet strikes depot", where the parser sees the verb and takes its subject for a modifier."""
    for verb in tree.tokens:
        own = tree.kids(verb.i, "nsubj", "nsubjpass") if tree.kids(verb.i, "mark") else tree.subjects(verb.i)
        if verb.tag not in FINITE or own:
            continue
        # An apposition is an object here: nothing stands beside a verb.
        objects = [k for k in tree.kids(verb.i, "dobj", "appos") if k > verb.i]
        objects = objects or [
            k for k in tree.kids(verb.i, "npadvmod", "advmod") if _is_a_place(tree.tokens[k], verb)
        ]
        if not objects and verb.lemma not in _WITHOUT_OBJECT:
            continue
        before = [k for k in tree.kids(verb.i, *_MODIFIERS) if k < verb.i]
        before = before or [
            k for k in tree.kids(verb.i, "npadvmod") if k < verb.i and _is_a_name(tree.tokens[k])
        ]
        if not before or tree.tokens[before[-1]].tag not in NOUNS or before[-1] != verb.i - 1:
            continue
        *modifiers, subject = before
        return tree.with_tokens(
            replace(tree.tokens[subject], dep="nsubj"),
            *(replace(tree.tokens[k], dep="dobj") for k in objects),
            *(replace(tree.tokens[k], head=subject) for k in modifiers),
        )
    return tree


def _is_a_name(token: Token) -> bool:
    """ "Pakistan bombed Paktika", taken for when it did so."""
    return token.tag in {"NNP", "NNPS"} and token.lower not in _DAYS


def _is_a_place(token: Token, verb: Token) -> bool:
    """ "Rebels shell Goma", taken for when they do it."""
    return token.tag == "NNP" and verb.i < token.i and token.lower not in _DAYS


_DAYS: Final = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


_WITHOUT_OBJECT: Final = frozenset({"explode", "detonate", "fall", "crash", "land", "sink", "die"})
"""Verbs that need none: "car bomb explodes in market"."""
