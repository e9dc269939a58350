"""Merging an ordered list that two people changed: item by item, three-way, or not at all where only a choice helps."""

from collections import Counter, defaultdict

#: An item as plain words; what it is stands first, what is said of it behind (``["7", "source", "a reason"]``).
Item = list[str]


def merged(base: list[Item], mine: list[Item], theirs: list[Item]) -> list[Item] | None:
    """Return both people's changes of ``base`` as one list, or None where both changed the same item, its place, or
    what comes first. Pure, linear.

    What one took out, added, moved or said otherwise holds, if the other one left that item as it was. Added items
    keep their neighbour; where both added at one place, ``theirs`` stand first.
    """
    old, own, other = (_keyed(items) for items in (base, mine, theirs))
    chosen = {}
    for key in {**old, **other, **own}:
        sides = old.get(key), own.get(key), other.get(key)
        if _is_contested(*sides):
            return None
        item = sides[2] if sides[1] == sides[0] else sides[1]
        if item is not None:
            chosen[key] = item
    order = _order(*(list(keys) for keys in (old, own, other)), chosen)
    return None if order is None else [chosen[key] for key in order]


def _keyed(items):
    """Items by what they are and how many of that came before: a link may stand once in each role."""
    seen, found = Counter(), {}
    for item in items:
        found[item[0], seen[item[0]]] = item
        seen[item[0]] += 1
    return found


def _is_contested(base, mine, theirs) -> bool:
    """Return whether both changed one value, and not to the same."""
    return mine != base and theirs != base and mine != theirs


def _order(old, own, other, kept) -> list | None:
    """Return the keys of ``kept`` in an order that both could have meant, or None where they moved or lead apart."""
    if old and _is_contested(old[0], own[0] if own else None, other[0] if other else None):
        return None
    common = set(old) & set(own) & set(other)
    ways = [[key for key in keys if key in common] for keys in (old, own, other)]
    if _is_contested(*ways):
        return None
    spine, rest = (other, own) if ways[1] == ways[0] else (own, other)
    return _woven([key for key in spine if key in kept], [key for key in rest if key in kept])


def _woven(spine: list, rest: list) -> list:
    """Return ``spine`` with every other item of ``rest`` behind the neighbour it has there and what follows that."""
    both, behind, last = set(spine) & set(rest), defaultdict(list), None
    for key in rest:
        if key in both:
            last = key
        else:
            behind[last].append(key)
    woven, last = [], None
    for key in spine:
        if key in both:
            woven += behind.pop(last, ())
            last = key
        woven.append(key)
    return woven + behind.pop(last, [])
