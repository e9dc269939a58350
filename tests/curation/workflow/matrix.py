"""Who may take which step from which state, written out by hand.

This is the expectation, not a copy: nothing here is read from the table of steps or from the roles, and whatever drives
steps, by function or by POST, is held against it.
"""

#: The people, and the article each of them acts on.
#:
#: owner         a curator, on an article of their own
#: reviser       a curator, on an article of their own that in review is there because they edited what was approved
#: colleague     a curator, on the owner's article
#: finder        a curator, on an article that nobody claimed
#: manager       a manager, on the owner's article
#: deputy        a manager, on an article that nobody claimed
#: author        a manager, on an article of their own that they wrote
#: administrator an administrator, on the owner's article
#: reviewer, publisher, assigner   colleagues with a single permission (see PERMITTED), on the owner's article
#: roleless      somebody at the desk in no group, on an article that nobody claimed
#: outsider      somebody in a group that is no role, on an article that nobody claimed
#: closed        a manager whose account is closed, on an article that nobody claimed
#: reader        an account without role or desk, on an article that nobody claimed
#: anonymous     nobody, on an article that nobody claimed
_INSIDERS = "owner reviser colleague finder manager deputy author administrator reviewer publisher assigner"
_STRANGERS = "roleless outsider closed reader anonymous"
PEOPLE = tuple(f"{_INSIDERS} {_STRANGERS}".split())

_DECIDING = "manager deputy author administrator"
STATES = ("draft", "in_review", "changes_requested", "approved", "declined")
_DRAFT, _REVIEW, _CHANGES, _APPROVED, _DECLINED = STATES

#: Who may erase an article, in whatever state it is and whatever readers see of it.
ERASERS = {"administrator"}

#: Step → state it leaves → state it enters and who is let through. What is not here is closed to everybody.
_TABLE = {
    "edit": {
        _DRAFT: (_DRAFT, f"owner reviser finder {_DECIDING} reviewer"),
        _REVIEW: (_REVIEW, f"reviser {_DECIDING} reviewer"),
        _CHANGES: (_CHANGES, f"owner reviser finder {_DECIDING} reviewer"),
        _APPROVED: (_REVIEW, f"owner reviser finder {_DECIDING} reviewer"),
    },
    "submit": {
        _DRAFT: (_REVIEW, f"owner reviser finder {_DECIDING} reviewer"),
        _CHANGES: (_REVIEW, f"owner reviser finder {_DECIDING} reviewer"),
    },
    "take_back": {_REVIEW: (_DRAFT, "owner reviser finder deputy author")},
    "return": {
        _REVIEW: (_CHANGES, f"{_DECIDING} reviewer"),
        _APPROVED: (_CHANGES, f"{_DECIDING} reviewer"),
    },
    "approve": {_REVIEW: (_APPROVED, f"{_DECIDING} reviewer")},
    "publish": {_APPROVED: (_APPROVED, f"{_DECIDING} publisher")},
    "reschedule": {state: (state, f"{_DECIDING} publisher") for state in STATES},
    "cancel": {state: (state, f"{_DECIDING} publisher") for state in STATES},
    "withdraw": {state: (state, f"{_DECIDING} publisher") for state in STATES},
    "roll_back": {state: (state, f"{_DECIDING} publisher") for state in STATES},
    "restore": {
        _DRAFT: (_DRAFT, f"owner reviser finder {_DECIDING} reviewer"),
        _CHANGES: (_CHANGES, f"owner reviser finder {_DECIDING} reviewer"),
    },
    "decline": {
        _DRAFT: (_DECLINED, f"owner reviser finder {_DECIDING} reviewer"),
        _REVIEW: (_DECLINED, f"{_DECIDING} reviewer"),
        _CHANGES: (_DECLINED, f"{_DECIDING} reviewer"),
    },
    "reopen": {_DECLINED: (_DRAFT, f"owner reviser finder {_DECIDING} reviewer")},
    "claim": {state: (state, f"finder {_DECIDING} assigner") for state in STATES[:-1]},
    "release": {state: (state, f"owner reviser finder {_DECIDING} assigner") for state in STATES[:-1]},
    "assign": {state: (state, f"{_DECIDING} assigner") for state in STATES[:-1]},
    "due": {state: (state, f"owner reviser finder {_DECIDING} reviewer") for state in STATES[:-1]},
    "plan": {state: (state, f"owner reviser finder {_DECIDING} reviewer") for state in STATES[:-1]},
}
STEPS = tuple(_TABLE)

#: Let through by the table and refused all the same: by four eyes, and because nobody's article cannot be let go.
_EXCEPTIONS = {("approve", _REVIEW, "author"): "four-eyes"} | {
    ("release", state, person): "needs" for state in STATES[:-1] for person in ("finder", "deputy")
}

#: The single permission of the three colleagues who have one.
PERMITTED = {"reviewer": "review_article", "publisher": "publish_article", "assigner": "assign_article"}

#: What a button says.
LABELS = {
    "edit": "Edit",
    "submit": "Send to review",
    "take_back": "Take back",
    "return": "Ask for changes",
    "approve": "Approve",
    "publish": "Publish",
    "reschedule": "Reschedule",
    "cancel": "Cancel the schedule",
    "withdraw": "Withdraw",
    "roll_back": "Roll back",
    "restore": "Restore",
    "decline": "Decline",
    "reopen": "Reopen",
    "claim": "Claim",
    "release": "Release",
    "assign": "Assign",
    "due": "Due day and priority",
    "plan": "Plan for a day",
}

#: Steps that are refused where no reason is given.
REASONED = {"return", "withdraw", "decline"}

#: What the log row of a step names.
NAMED = {
    "edit": {"version"},
    "submit": {"version"},
    "take_back": set(),
    "return": set(),
    "approve": {"version"},
    "publish": {"version", "edition"},
    "reschedule": {"edition"},
    "cancel": {"edition"},
    "withdraw": {"edition"},
    "roll_back": {"version", "edition"},
    "restore": {"version", "restored"},
    "decline": set(),
    "reopen": set(),
    "claim": {"owner"},
    "release": {"owner"},
    "assign": {"reviewer"},
    "due": {"due_on", "priority"},
    "plan": {"planned_on", "before"},
}

#: What readers see → the steps that are closed to everybody then, whatever the state.
CLOSED = {
    "never": {"reschedule", "cancel", "withdraw", "roll_back"},
    "scheduled": {"roll_back"},
    "live": {"reschedule", "cancel", "roll_back"},
    "live again": {"reschedule", "cancel"},
    "live, more scheduled": {"roll_back"},
    "expired": {"reschedule", "cancel", "withdraw"},
    "withdrawn": {"reschedule", "cancel", "withdraw"},
    "cancelled": {"reschedule", "cancel", "withdraw", "roll_back"},
}


def outcome(step, state, person):
    """What comes of a step: the state it enters, or the code of the refusal.

    ``who``: this person may not, ``state``: may, but not from here; ``four-eyes`` and ``needs``. Every article of the
    matrix has an earlier, a live and a scheduled Edition, and every step its reason and details.
    """
    enters, people = _TABLE[step].get(state, ("", ""))
    if person in people.split():
        return _EXCEPTIONS.get((step, state, person), enters)
    somewhere = any(person in people.split() for _, people in _TABLE[step].values())
    return "state" if somewhere and not people else "who"


#: Every cell: (step, state, person) → what comes of it.
MATRIX = {
    (step, state, person): outcome(step, state, person) for step in STEPS for state in STATES for person in PEOPLE
}


def open_cell(step):
    """A state from which the step is open, and somebody who may take it on the owner's article."""
    cells = ((state, person) for state, (_, people) in _TABLE[step].items() for person in people.split())
    return next((state, person) for state, person in cells if person in ("owner", "manager"))
