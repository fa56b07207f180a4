"""Which triggers of a sentence speak of one attack: "an airstrike hit a school, killing five" is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from worker.extraction.armed import armed_subject

if TYPE_CHECKING:
    from worker.extraction.tree import Token, Tree
    from worker.extraction.triggers import Trigger
    from worker.extraction.view import View

_SAME_ATTACK: Final = frozenset(
    {"in", "with", "by", "during", "through", "via", "using", "from", "of", "under", "on"}
)


SAYING: Final = frozenset("say report claim blame accuse".split())
"""Verbs that the parser coordinates with the attack they tell of ("which they said killed 15 and wounded others")."""


def linked_groups(view: View, triggers: tuple[Trigger, ...]) -> list[list[Trigger]]:
    """The triggers in groups, each of which speaks of one attack."""
    parent = list(range(len(triggers)))
    told = {t.i for t in triggers if t.role == "noun"}

    def root(n: int) -> int:
        while parent[n] != n:
            n = parent[n]
        return n

    for a in range(len(triggers)):
        for b in range(len(triggers)):
            if a == b or _of_an_occasion(view.tree, triggers[b]):
                continue
            if _linked(view, triggers[a], triggers[b]) or _died_after(view, triggers[a], triggers[b], told):
                parent[root(b)] = root(a)
    groups: dict[int, list[Trigger]] = {}
    for n, trigger in enumerate(triggers):
        groups.setdefault(root(n), []).append(trigger)
    return list(groups.values())


def _linked(view: View, upper: Trigger, lower: Trigger) -> bool:
    """Whether `lower` hangs on `upper` in a way that makes them one attack."""
    tree = view.tree
    token = tree.tokens[lower.i]
    first = tree.first_conjunct(lower.i)
    if lower.role == "noun":
        return _noun_linked(view, upper, lower, first)
    lost_too = tree.tokens[upper.i].lemma == "lose" and lower.role == "kill"
    if token.lemma == "lose" or lost_too:
        return False  # "killed 200 and lost 23 soldiers": not in one attack
    if lower.role == "launch" and _launched_at(view, upper, lower):
        return upper.role in {"intercept", "attack", "destroy", "explode", "kill"}
    has_subject = any(
        tree.tokens[k].tag not in {"WDT", "WP"} for k in tree.kids(lower.i, "nsubj", "nsubjpass")
    )
    apart = (
        _told_apart(tree, upper, lower) or _result_of(tree, upper, lower) or _of_the_same(tree, upper, lower)
    )
    if (apart and not has_subject) or _said_together(tree, upper, lower):
        return True
    # "killed and others hurt when …"
    above = token.head if token.dep != "advcl" else tree.first_conjunct(token.head)
    if upper.i not in {token.head, above}:
        return False
    if upper.role == "noun":
        return token.dep in {"acl", "relcl"} and not has_subject
    marks = {tree.tokens[k].lower for k in tree.kids(lower.i, "mark", "advmod")}
    if token.dep == "advcl":
        if has_subject:
            harm = upper.role in {"kill", "destroy"} and lower.role not in {"kill", upper.role}
            # "killing 11 after the group fired", "strikes killed dozens of fighters after their groups clashed"
            done = tree.tokens[upper.i].tag == "VBG" or bool(tree.kids(upper.i, "dobj"))
            harm = harm and not (done and "after" in marks)
            # "Nine killed in strikes on Kyiv as Ukraine sinks a ship"
            harm = harm and not (
                tree.objects(lower.i) and _aimed_nouns(tree, tree.prep_objects(upper.i, "in", "by"))
            )
            harm = harm or (_is_heard(tree, upper) and armed_subject(view, lower.i))
            return harm and bool(marks & {"when", "after", "as"})
        return not marks & {"after", "before", "since", "despite", "following"}
    if token.dep == "conj":
        return _coordinated(tree, upper, lower, has_subject=has_subject)
    return token.dep == "xcomp" and not has_subject


def _said_together(tree: Tree, upper: Trigger, lower: Trigger) -> bool:
    """ "Reports that 20 have been killed and 70 others injured", the injured of which the parser hangs on who reports."""
    token, told = tree.tokens[lower.i], tree.tokens[upper.i]
    harmed = upper.role == lower.role == "kill" and tree.is_passive(lower.i)
    said = token.dep == "conj" and told.dep == "ccomp" and told.head == token.head
    return harmed and said and tree.tokens[token.head].lemma in SAYING


def _aimed_nouns(tree: Tree, nouns: list[int]) -> bool:
    return any(tree.prep_objects(n, "on", "against") for n in nouns)


def _of_the_same(tree: Tree, upper: Trigger, lower: Trigger) -> bool:
    """ "Sank a ship after attacking it with drones": what ends an attack, and the attack."""
    gerund = tree.tokens[lower.i]
    it = any(tree.tokens[o].lower in {"it", "them"} for o in tree.objects(lower.i))
    return gerund.dep == "pcomp" and tree.tokens[gerund.head].head == upper.i and it


def _coordinated(tree: Tree, upper: Trigger, lower: Trigger, *, has_subject: bool) -> bool:
    """ "Four are killed and two others injured", "hit a depot and killed two"."""
    if {upper.role, lower.role} <= {"kill"}:
        shot_in_turn = tree.kids(upper.i, "dobj") and tree.is_passive(lower.i) and not has_subject
        return not (shot_in_turn or (tree.kids(lower.i, "nsubj") and tree.kids(lower.i, "dobj")))
    return not has_subject and (
        {upper.role, lower.role} <= {"kill", "destroy"} or lower.role in {"kill", "destroy"}
    )


def _of_an_occasion(tree: Tree, light: Trigger) -> bool:
    """ "As the chancellor began a visit": what is begun is no attack."""
    return light.role == "conduct" and bool(
        {tree.tokens[o].lemma for o in tree.objects(light.i)} & _OCCASIONS
    )


_OCCASIONS: Final = frozenset(
    "visit tour trip journey talk talks meeting summit session conference speech term mission search investigation "
    "negotiation celebration ceremony process work".split()
)


def _hurt_by(tree: Tree, verb: int, i: int) -> bool:
    """Whether a noun is who the verb kills, or one of them ("25 people, including 13 soldiers")."""
    while tree.tokens[i].dep in {"pobj", "prep", "conj", "appos"} and tree.tokens[i].head != verb:
        i = tree.tokens[i].head
    return tree.tokens[i].dep in {"dobj", "nsubjpass"} and tree.tokens[i].head == verb


def _is_heard(tree: Tree, trigger: Trigger) -> bool:
    """ "Explosions rocked the city": what an attack sounds like, told before the attack."""
    return any(tree.tokens[s].lemma in BLASTS for s in tree.subjects(trigger.i))


BLASTS: Final = frozenset({"explosion", "blast", "detonation"})


def _died_after(view: View, upper: Trigger, lower: Trigger, nouns: set[int]) -> bool:
    """ "Were killed following an attack": in it, where nobody is said to have killed them and in nothing else."""
    tree = view.tree
    preposition = tree.tokens[tree.tokens[lower.i].head]
    if upper.role != "kill" or lower.role != "noun" or preposition.lower not in {"following", "after"}:
        return False
    if tree.tokens[lower.i].dep != "pobj" or preposition.head != upper.i or not _is_suffered(tree, upper.i):
        return False
    return not (tree.prep_objects(upper.i, "by") or nouns & set(tree.prep_objects(upper.i, "in", "during")))


def _is_suffered(tree: Tree, verb: int) -> bool:
    """A passive, "and 13 others injured" after one included."""
    token = tree.tokens[verb]
    elliptic = token.dep == "conj" and token.tag == "VBN" and not tree.kids(verb, "aux", "dobj")
    return tree.is_passive(verb) or (elliptic and tree.is_passive(token.head))


def _told_apart(tree: Tree, upper: Trigger, lower: Trigger) -> bool:
    """ "Hit a house in Sidon, which killed five": the clause hangs on the place, but tells of the attack there."""
    clause = tree.tokens[lower.i]
    if clause.dep == "acl" and tree.tokens[clause.head].lemma == "order":
        in_order = tree.tokens[tree.tokens[clause.head].head]  # "bombed the camp in order to hit a commander"
        return in_order.lower == "in" and in_order.head == upper.i
    if lower.role not in {"kill", "destroy"}:
        return False
    if clause.dep == "conj" and tree.tokens[clause.head].lemma in SAYING and upper.role == "kill":
        return upper.i in tree.subtree(clause.head)
    if upper.role == "attack" and lower.role == "kill" and _of_what_it_is(tree, upper, clause):
        return True
    if clause.dep in {"xcomp", "ccomp"} and tree.tokens[clause.head].lemma in SAYING:
        clause = tree.tokens[clause.head]  # "a village, which they said killed 15"
    if clause.dep != "relcl" or _of_people(tree, clause.i):
        return False
    hit = tree.tokens[clause.head]
    if hit.dep == "pobj" and tree.tokens[hit.head].lower == "on" and hit.pos == "NOUN":
        return upper.i == tree.tokens[hit.head].head
    struck = place_of(tree, hit.i)
    return struck is not None and upper.i in {struck, tree.tokens[struck].head}


def _result_of(tree: Tree, upper: Trigger, lower: Trigger) -> bool:
    """ "It came a year after rebels shelled Goma, killing 12": what the last clause tells of, not what came, killed."""
    clause = tree.tokens[lower.i]
    if lower.role != "kill" or clause.tag != "VBG" or clause.dep != "advcl":
        return False
    if not clause.head < upper.i < lower.i or tree.tokens[clause.head].lemma not in _TAKING_PLACE:
        return False
    under = tree.tokens[tree.tokens[upper.i].head]  # "came under fire, killing two"
    return upper.role != "noun" or (under.lower == "under" and under.head == clause.head)


def _of_what_it_is(tree: Tree, upper: Trigger, clause: Token) -> bool:
    """ "Struck a boat that it says was run by smugglers, killing three": the strike killed, not who runs the boat."""
    above = tree.tokens[clause.head]
    return clause.tag == "VBG" and hangs_on_a_thing(tree, clause.i) and upper.i in tree.ancestors(above.i)


def hangs_on_a_thing(tree: Tree, clause: int) -> bool:
    """Whether a clause hangs on one that only tells what a thing is: it is not about who owns or runs the thing."""
    above = tree.tokens[clause].head
    return (
        tree.tokens[clause].dep == "advcl" and tree.is_passive(above) and tree.tokens[above].lemma in _BEING
    )


_BEING: Final = frozenset("operate run own control crew carry load use house call register flag".split())
"""What a passive clause tells of a thing that is hit."""
_TAKING_PLACE: Final = frozenset("occur come happen begin start erupt follow".split())


CLASHES: Final = frozenset(
    "clash fighting fight battle hostility combat firefight gunfight skirmish crossfire exchange".split()
)
"""Nouns of a fight of two sides."""


def between_whom(tree: Tree, i: int) -> list[int]:
    """Between whom a fight is told of: "clashes between", "clashes broke out between", "clashes that broke out between"."""
    verbs = tree.kids(i, "relcl")
    if tree.tokens[i].dep == "nsubj" and tree.tokens[i].lemma in CLASHES:
        verbs += (
            tree.tokens[i].head,
            *tree.kids(tree.tokens[i].head, "xcomp"),
        )  # "kept breaking out between"
    found = [b for part in (i, *verbs) for b in tree.prep_objects(part, "between")]
    if not found and i + 1 < len(tree.tokens) and tree.tokens[i + 1].lower == "between":
        found = tree.prep_objects_of(i + 1)  # hung on the verb: "were killed in shelling between …"
    return found


def load_of(tree: Tree, i: int) -> list[int]:
    """What a vehicle carries: "a bus carrying Turkish soldiers", "a ship carrying grain"."""
    return [
        o for verb in tree.kids(i, "acl") if tree.tokens[verb].lemma in CARRYING for o in tree.objects(verb)
    ]


CARRYING: Final = frozenset({"carry", "transport", "ferry", "take", "bring"})


def place_of(tree: Tree, i: int) -> int | None:
    """What a noun after "in", "at" or "near" is the place of, the last of several places too; None for any other noun."""
    at, of = i, None
    while True:
        while tree.tokens[at].dep in {"appos", "conj"}:
            at = tree.tokens[at].head
        preposition = tree.tokens[tree.tokens[at].head]
        if tree.tokens[at].dep != "pobj" or preposition.lower not in {"in", "at", "near"}:
            return of
        at = of = preposition.head


def told_of(tree: Tree, clause: int) -> int:
    """What a relative clause tells of: "fighters in Tyre, Lebanon, who killed two" of the fighters, not of the place."""
    noun = tree.tokens[clause].head
    people = place_of(tree, noun) if _of_people(tree, clause) else None
    return noun if people is None or tree.tokens[people].pos == "VERB" else people


def _of_people(tree: Tree, clause: int) -> bool:
    return any(tree.tokens[s].lower == "who" for s in tree.kids(clause, "nsubj", "nsubjpass"))


def _launched_at(view: View, upper: Trigger, lower: Trigger) -> bool:
    """ "A missile launched from Yemen hit", "was hit by a missile fired by Russia"."""
    tree = view.tree
    from_there = any(tree.tokens[o].tag == "WDT" for o in tree.prep_objects(lower.i, "from"))
    if tree.tokens[lower.i].dep not in {"acl", "relcl"} or from_there:
        return False  # "launchers from which rockets were fired"
    weapon = tree.tokens[tree.first_conjunct(tree.tokens[lower.i].head)]
    above = tree.tokens[weapon.head]
    return upper.i in {above.i, above.head if above.dep == "agent" else above.i}


def _noun_linked(view: View, upper: Trigger, lower: Trigger, first: int) -> bool:
    tree = view.tree
    if first != lower.i and view.actors_by_head.get(lower.i):
        return False  # "Russian strikes and Ukrainian attacks"
    token = tree.tokens[first]
    if first == upper.i:
        return True
    if first != lower.i and upper.role == "kill" and token.dep == "dobj":
        return False  # "troops killing protesters and a battle with rebels"
    answered = token.dep == "dobj" and tree.tokens[token.head].lemma in {"answer", "avenge"}
    if answered and tree.kids(token.i, "relcl"):
        return False  # "answered an attack that killed two with a wave of strikes": not with the attack
    if token.dep in {"nsubj", "nsubjpass", "dobj"} and token.head == upper.i:
        return upper.role != "clash" or token.dep == "dobj"
    if token.dep == "pobj":
        return _in_which(tree, upper, tree.tokens[token.head])
    if token.dep == "nsubj" and tree.tokens[token.head].dep in {"relcl", "acl"}:
        return False
    if token.dep == "nsubj" and token.lemma in CLASHES and upper.role == "kill":
        clause = tree.tokens[token.head]  # "were killed when fighting broke out"
        marks = {tree.tokens[k].lower for k in tree.kids(clause.i, "mark", "advmod")}
        hung = clause.dep == "advcl" and clause.head == upper.i
        return hung and tree.is_passive(upper.i) and bool(marks & {"when", "as", "after"})
    return token.dep in {"appos", "compound"} and token.head == upper.i


def _in_which(tree: Tree, upper: Trigger, preposition: Token) -> bool:
    """Whether an attack after a preposition is the one that the trigger tells of: "killed in an airstrike"."""
    if preposition.lower not in _SAME_ATTACK or (preposition.lower == "with" and upper.role == "kill"):
        return False
    inside = upper.role == "kill" and preposition.lower in {"in", "during"}
    if inside and _hurt_by(tree, upper.i, preposition.head):
        return True  # "killed 13 soldiers in attacks"
    if preposition.head == upper.i:
        return upper.role == "noun" or preposition.lower != "from" or upper.role == "kill"
    # "killed in one of the strikes", "in a series of airstrikes"
    above = tree.tokens[preposition.head]
    at_another_time = (
        tree.tokens[above.head].lower in {"after", "following", "before"} and upper.role != "kill"
    )
    return (
        preposition.lower == "of"
        and above.dep in {"pobj", "dobj", "nsubj"}
        and not at_another_time  # "fires at a town after a wave of strikes"
        and (above.head == upper.i or tree.tokens[above.head].head == upper.i)
    )


def is_beside(tree: Tree, i: int) -> bool:
    """ "In the Beqaa near the Syrian border": a border that something lies near, on this side of it."""
    inside = (t for t in tree.tokens[:i] if t.dep == "pobj" and tree.tokens[t.head].lower == "in")
    return tree.tokens[i].lemma in {"border", "frontier"} and any(
        tree.tokens[k].pos == "PROPN" for t in inside for k in tree.subtree(t.i) if k < i
    )
