"""Wording that a mistake in may do harm with: doses, medicines, devices in or on a body, patients by their name. Pure.

Each finder returns the first words that say so, as they are written, or nothing. They look for what readers act on,
not for what is true: a brief that names none of it can be wrong as well, and says so elsewhere. Every repetition has
its bound, so that a hostile text takes no longer than another of its length.
"""

import re

_UNITS = r"(?:mg|MG|mcg|µg|μg|ug|microgram(?:me)?s?|milligram(?:me)?s?|ml|mL|IU|units?\sof\sinsulin|mmol|mEq|Gy|mSv)"
_DOSE = re.compile(rf"\b\d[\d.,]{{0,15}}[\s-]?{_UNITS}(?:/(?:kg|day|dose|h|m2|m²))?(?!\w)")
_NUMBER = r"(?:one|two|three|four|six|\d{1,2})"
_FORM = r"(?:tablets?|capsules?|puffs?|drops|doses?|injections?)"
_OFTEN = rf"(?:daily|weekly|nightly|(?:a|per|each|every)\s(?:day|week|night|morning|{_NUMBER}\shours))"
_TIMES_A_DAY = re.compile(
    rf"\b(?:once|twice|{_NUMBER}\stimes|{_NUMBER}\s{_FORM})\s{_OFTEN}\b|\b{_NUMBER}\s{_FORM}\s(?:once|twice)\b",
    re.IGNORECASE,
)
#: Stems of medicines' international names, and the longest common ones by name.
_MEDICINE = re.compile(
    r"\b(?:[a-z]{3,30}(?:mab|tinib|ciclib|statin|prazole|sartan|gliptin|gliflozin|glutide|cillin|mycin|floxacin|conazole"
    r"|oxaban|parin|azepam|barbital|profen|triptan|vudine|navir|buvir|setron|lukast|buterol|meterol|olol|pril|dipine|thiazide)"
    r"|insulins?|metformin|morphine|fentanyl|methadone|warfarin|aspirin|paracetamol|acetaminophen|ketamine"
    r"|methotrexate|chemotherapy|opioids?|opiates?|antibiotics?|vaccines?)\b",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\b(?:pacemakers?|defibrillators?|ventilators?|insulin\s{1,3}pumps?|infusion\s{1,3}pumps?|stents?|implants?|implantable"
    r"|catheters?|dialysis\s{1,3}machines?|neurostimulators?|cochlear|prosthe(?:sis|ses|tics?)|surgical\s{1,3}robots?"
    r"|glucose\s{1,3}(?:monitors?|sensors?)|heart\s{1,3}valves?)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'-]{1,30}){0,2}"
_PATIENT = re.compile(
    rf"\b(?:[Pp]atients?|[Tt]he\s+(?:woman|man|boy|girl|child)|\d{{1,3}}-year-old)(?:\s{{0,3}},)?\s{{1,3}}(?:named\s+|called\s+)?(?!(?:In|At|The|And|With|Who)\b)"
    rf"({_NAME})(?=\s{{0,3}}(?:,|\.|who\b|was\b|is\b|had\b|has\b|told\b|says?\b|said\b))"
    rf"|\b({_NAME}),\s{{1,3}}(?:aged?\s{{1,3}})?\d{{1,3}}(?:\s{{0,3}},|\s{{1,3}}(?:was|had|who)\b)[^.]{{0,80}}\b(?:patient|diagnos|treat|surg|ill|cancer|disease)"
)


def dose(text: str) -> str:
    """Return the first dose: “5 mg/kg”, “two tablets a day”."""
    return _first(_DOSE, text) or _first(_TIMES_A_DAY, text)


def medicine(text: str) -> str:
    """Return the first medicine that is known by its name or by the end of it."""
    return _first(_MEDICINE, text)


def device(text: str) -> str:
    """Return the first device in or on a body."""
    return _first(_DEVICE, text)


def patient(text: str) -> str:
    """Return the first patient who is named: “patient Ada Stern said”, “Ada Stern, 54, was diagnosed”."""
    found = _PATIENT.search(text)
    return (found[1] or found[2]) if found else ""


def _first(pattern, text):
    found = pattern.search(text)
    return found[0] if found else ""
