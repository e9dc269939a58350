"""Names as pages write them: rows of people taken apart, degrees kept, offices and places left out."""

import re

from curation.extract.wording import each, line, squashed

_BY = re.compile(
    r"^(?:authors?\s*:\s*)?"
    r"(?:(?:written|posted|submitted|contributed|guest\s+post|reported|published|story|words|article|authored)"
    r"\s+)?(?:by|von|par|por|door)\b[:\s]+|^authors?\s*:\s*",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*[;|]\s*")
_DASH = re.compile(r"\s+[–—-]\s+")
_AND = re.compile(r"\s*(?:,\s*)?(?:\b(?:and|und|et|y)\b|&|\+)\s+(?:by\s+)?", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"[\d:!?@/]|\b(?:the|department|cent(?:er|re)s?|university|institute|health|society|association|hospital|office|agency"
    r"|ministry|group|council|team|board|foundation|administration|committee|organi[sz]ation|services?|wire|clinics?|college|company"
    r"|news|staff|more|read|share|about|authors?|press|release|our|follow|contact|subscribe|posts|articles|stories"
    r"|archive|comments?|systems|technologies|solutions|software|labs|therapeutics|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|morning|evening|clicking|using|signing|copied|copy|listen|login|log ?in|sign ?(?:in|up|out)|cookies?|privacy"
    r"|policy|rights|reserved|images?|photos?|photograph(?:y|s)?|pictures?|videos?|podcast|newsletters?|menu|biography|profile"
    r"|website|homepage|loading|download|bookmark|previous|skip|advertisement|sponsored|promoted|trending|latest"
    r"|popular|breaking|exclusive|minutes?|full bio|gift (?:link|article)|save (?:for|this|article)|add (?:to|as))\b"
    r"|^(?:see|view|all|email|print|show|hide|toggle|open|close|next|back)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(each("de da del della der den di dos du el la le van von zu bin ibn al ten ter y e bint af"))
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_DEGREES = frozenset(
    each(
        "md phd do rn mph mba msc bsc dds dmd ma ms jd np pa facp facs frcp frcs mbbs mbchb bs ba bsn msn dnp pharmd"
        " psyd edd mpp mhs mha dphil drph scd dsc dvm rd rdn ld cpa cfa esq jr sr ii iii iv lcsw lpc crna aprn fnp dc"
        " dpm od mpa med fache chcio facep faan faha facc inc llc ltd"
    )
)
_ENDS_IN_STOP = re.compile(r"\b(?:[a-z]|jr|sr|inc|ltd|esq|co)\.$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|editor|editors|correspondent|writer|contributor|staff|journalist|desk|columnist|director|officer|ceo"
    r"|commentator|guest|founder|manager|professor|university|president|author|news|media|senior|associate|analyst|chief|producer)\b",
    re.I,
)
_NOBODY = frozenset(
    each(
        "by admin administrator editor editors staff webmaster unknown root wordpress guest anonymous none null na"
        " author user newsroom nobody superuser default siteadmin webadmin marketing test"
    )
)
_ADDRESS = re.compile(r"\s*[(<\[]\s*(?:https?://|www\.|mailto:|[^\s()<>@]+@)[^)>\]]*[)>\]]", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:\bon\s+(?:\w+\s+)?\d|\bat\s+\d"
    r"|\b(?:updated|published|posted|last|reviewed|medically|share|follow|read|\d+ min)\b|"
    r"\d{1,2}[./:]\d|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.? \d).*",
    re.IGNORECASE | re.DOTALL,
)
MOST = 200  # names of one page


def is_personal(name: str) -> bool:
    """Return whether this is written like a person's name: two to six words, all of them capital or between names."""
    words = name.partition(",")[0].split()
    if not 1 < len(words) <= 6 or _NO_PERSON.search(name):
        return False
    capital = [word for word in words if word[0].isupper() or not word.isascii()]
    return len(capital) > 1 and all(word in capital or word.lower() in _PARTICLES for word in words)


def has_office(text: str) -> bool:
    """Return whether a text names what somebody is: a reporter, a professor."""
    return _ROLE.search(text) is not None


def split(text: str) -> list[str]:
    """Return the names in “By Jane Doe, MD, and John Roe”: degrees stay with their name, offices go.

    What is no row of people, such as “Ministry of Health and Family Welfare”, stays one name.
    """
    text = _AFTER.sub("", _BY.sub("", line(text)))
    person = text.partition(" for ")[0]
    text = person if is_personal(person) else text
    found: list[str] = []
    for part in _parts(text):
        people = [name for group in _AND.split(part) for name in _comma_separated(_BY.sub("", group.strip()))]
        found += people if len(people) < 2 or all(map(is_personal, people)) else _comma_separated(part.strip())
    return found


def _parts(text: str) -> list[str]:
    """Return what stands between bars; behind a person neither offices nor what follows a dash."""
    parts = _APART.split(text)
    if not is_personal(_DASH.split(parts[0])[0]):
        return parts
    return [_DASH.split(part)[0] for place, part in enumerate(parts) if not place or not has_office(part)]


def _comma_separated(group: str) -> list[str]:
    first, *rest = _COMMA.split(group)
    if len(rest) == 1 and _is_turned(first, rest[0]):
        return [f"{rest[0]} {first}"]
    found = [first]
    for part in rest:
        if _is_degree(part):
            found[-1] += f", {part}"
        elif " " in part and not has_office(part) and (is_personal(part) or not is_personal(first)):
            found.append(part)
    return found


def _is_turned(family: str, given: str) -> bool:
    """Return whether “Doe, Jane” is one person."""
    return " " not in family + given and family[:1].isupper() and given.istitle() and not _is_degree(given)


def turned(name: str) -> list[str]:
    """Return the names in “Doe, Jane; Roe, John”, each the way it is spoken."""
    parts = [part.strip() for part in name.split(";")]
    return [_spoken(part) for part in parts if part]


def _spoken(name: str) -> str:
    family, comma, given = name.partition(",")
    if not comma or "," in given or _is_degree(given):
        return name
    return f"{given.strip()} {family.strip()}"


def _is_degree(text: str) -> bool:
    """Return whether this follows a name and is none: “MD, PhD”, “Jr.”, “Inc.”"""
    words = re.findall(r"[^\W\d_]+", text.replace(".", "").lower())
    return 0 < len(words) <= 4 and _DEGREES.issuperset(words)


def once(names: list[str]) -> list[str]:
    """Return the names that are names, each once."""
    found: dict[str, str] = {}
    for name in names[:MOST]:
        name = _ADDRESS.sub("", name).strip(" ,;:-–—|•·/").lstrip(".")
        name = name if _ENDS_IN_STOP.search(name) else name.rstrip(".")
        if _is_name(name):
            found.setdefault(squashed(name), name)
    return list(found.values())


def _is_name(name: str) -> bool:
    if not 1 < len(name) <= 120 or squashed(name) in _NOBODY or "@" in name:
        return False
    return "://" not in name and "www." not in name and not name.replace(" ", "").isdigit() and bool(squashed(name))
