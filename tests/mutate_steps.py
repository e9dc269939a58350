"""Changing each single cell of the table of steps in turn: every change must turn a test of the matrix red.

``python -m tests.mutate_steps`` prints the changes that no test noticed, and how many there were of the others.
``make soak`` runs it as a test. About a minute.
"""

import os
import sys
from dataclasses import replace

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from django.db import connection, transaction

from curation.models import State
from curation.workflow import STEPS, Rule, Who
from tests.curation.newsroom import Newsroom
from tests.curation.workflow import matrix, test_matrix

EVERY_WHO = [Who(bits) for bits in range(1, 16)]
PERMISSIONS = [f"curation.{verb}_article" for verb in ("write", "review", "publish", "assign")]
NEEDS = ["", "scheduled", "reaching", "earlier", "owner"]


def mutants():
    """Every change of a single cell: (words, name of the step, state it is about or None, the changed step)."""
    for name, step in STEPS.items():
        for state in State:
            for words, rule in _changed_rules(step.rules.get(state), state):
                rules = {other: kept for other, kept in step.rules.items() if other != state}
                yield words, name, state, replace(step, rules=rules | ({state: rule} if rule else {}))
        for field, values in _changed_fields(step).items():
            for value in values:
                yield f"{field} becomes {value!r}", name, None, replace(step, **{field: value})


def _changed_rules(rule, state):
    if rule is None:
        yield from ((f"opens to {who!r}", Rule(who, state)) for who in EVERY_WHO)
        return
    yield "closes", None
    yield from ((f"enters {other}", replace(rule, enters=other)) for other in State if other != rule.enters)
    for who in EVERY_WHO:
        if _meant(who) != _meant(rule.who):
            yield f"is for {who!r}", replace(rule, who=who)


def _meant(who):
    """The finder is an owner where nobody is, the reviser always: beside the owner these words change nothing."""
    return who & ~(Who.FINDER | Who.REVISER) if Who.OWNER in who else who


def _changed_fields(step):
    for_managers = Who.MANAGER in step.who
    return {
        "label": [f"{step.label}!"],
        "permission": [name for name in PERMISSIONS if name != step.permission and for_managers],
        "needs": [need for need in NEEDS if need != step.needs],
        "reason": [not step.reason],
        "then": [None] if step.then else [],
    }


def is_noticed(newsroom, name, state) -> bool:
    """Whether a test of the matrix is red for this step; the cells of ``state`` are looked at first."""
    states = sorted(matrix.STATES, key=lambda other: other != state)
    checks = [
        lambda: STEPS[name].label != matrix.LABELS[name],
        lambda: state is None and test_matrix.named(newsroom, name) != (matrix.NAMED[name], name in matrix.REASONED),
        lambda: state is None and test_matrix.reaches(newsroom, name) != _closed(name),
        lambda: any(True for _ in test_matrix.wrong_cells(newsroom, name, states)),
    ]
    try:
        return any(check() for check in checks)
    except Exception:  # noqa: BLE001 -- a step that breaks down turns its test red as well
        return True


def _closed(name):
    return {reach: name in closed for reach, closed in matrix.CLOSED.items()}


def survivors(newsroom) -> tuple[list[str], int]:
    """The changes that no test noticed, in words, and the number of all changes.

    The table as it is must stay green before and after, else a red test would prove nothing.
    """
    unnoticed, tried = [], 0
    assert not any(is_noticed(newsroom, name, None) for name in STEPS)
    for words, name, state, changed in mutants():
        kept, STEPS[name] = STEPS[name], changed
        try:
            tried += 1
            if not is_noticed(newsroom, name, state):
                unnoticed.append(f"{name}, {state or 'in all'}: {words}")
        finally:
            STEPS[name] = kept
    assert not any(is_noticed(newsroom, name, None) for name in STEPS)
    return unnoticed, tried


def main():
    """Try all changes on a database of their own; status 1 if any was unnoticed."""
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0)
    try:
        with transaction.atomic():
            unnoticed, tried = survivors(Newsroom())
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(kept, verbosity=0)
    sys.stdout.write("".join(f"unnoticed: {words}\n" for words in unnoticed))
    sys.stdout.write(f"{tried - len(unnoticed)} of {tried} changes of the table turn a test red.\n")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
