"""Names in a text: people, places, products, acronyms, by their capitals; months, weekdays and titles are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from curation.evidence.words import STOP, fold
from curation.text.dates import MONTHS, WEEKDAYS

MOST = 400  # names that are read of one sentence or paragraph
#: A hyphen before a capital joins two words of a name; in “AI-driven” the second is none.
_TOKEN = re.compile(r"[^\W_](?:-(?=\w))?(?:\w|['’.&+](?=\w)|-(?=[A-Z\d])){0,63}+")
_GAP = re.compile(
    r"\s(?:&|of|for|de|van|der|den|von|du|da|di|la|le|del|of\sthe|for\sthe|van\sder|van\sden|de\sla)\s|\s"
)
_DOTTED_GAP = re.compile(r"\.\s?")
_OPENS = re.compile(r"(?:^|[.!?:…•|]|[\n\t]|(?:^|\s)[“\"‘'«(\[*–—-]|[“\"«])\s*[“\"‘'«(\[]*$")
_CAMEL = re.compile(r"[^\W\d_]*[a-z][A-Z]|[A-Z]{2,}s?$|[A-Z]{2,}[a-z]{2,}|(?=\w*\d)(?=\w*[A-Z])[A-Za-z0-9]+")
_INITIAL = re.compile(r"[A-Z]\.?$")
_TITLES_WORDS = """
    dr mr mrs ms mx prof professor sir dame lord lady sister nurse matron doctor president minister judge mayor
    captain analyst founder economist surgeon pharmacist midwife researcher scientist engineer miss madam
    governor councillor senator congressman congresswoman reverend father inspector colonel sergeant ambassador
    commissioner chancellor premier lawyer attorney entrepreneur inventor programmer developer designer author
    journalist consultant spokesman spokeswoman spokesperson chairman chairwoman constable volunteer carer
    activist paramedic dietitian dietician physiotherapist psychiatrist anaesthetist anesthetist statistician
    physician clinician technician pediatrician paediatrician obstetrician optician librarian superintendent
    baroness baron archbishop bishop rabbi imam ombudsman coroner campaigner
"""
TITLES = frozenset(_TITLES_WORDS.split())
#: Words that stand in many names, and tell none from another.
_GENERIC_WORDS = """
    hospital hospitals trust university college clinic clinics centre center health healthcare foundation institute
    institution inc ltd limited llc plc corp corporation gmbh co company group department ministry ward unit council
    board care medical medicine system systems service services society association agency authority office
    committee school laboratories labs technologies technology international national general royal city county
    state north south east west northern southern eastern western chief executive director officer head manager lead
    chair chairman secretary spokesperson spokeswoman spokesman nurses researchers doctors staff patients clinicians
    managers engineers the and of for street road house home professor team program programme project study trial
    report survey review app platform pharmaceuticals biotech therapeutics solutions partners ventures capital
    holdings network regional children
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
_OWNED = frozenset(
    {"hospital", "infirmary", "college", "school", "clinic", "hospice", "church"}
)  # “St Anne’s Hospital”
_TIMES = "i i'm i've i'll i'd sept mon tue tues wed thu thur thurs fri sat sun am pm ok q1 q2 q3 q4 christmas easter"
_NO_NAMES = (
    frozenset(word.lower() for word in (*MONTHS, *WEEKDAYS))
    | {word[:3].lower() for word in MONTHS}
    | frozenset(_TIMES.split())
    | (STOP - {"us", "who", "it", "may", "de", "la", "von"})
)
_FIRST_NAMES_WORDS = """
    jan april may june august mar dec
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_WORDS.split())
_LEADS = re.compile(
    r"\b(?:in|of|since|by|until|from|during|last|this|next|before|after|early|mid|late|on|\d)[\s-]+$", re.IGNORECASE
)
_GERMAN_WORDS = """
    der die das und ist nicht mit ein eine einen einer dem den des auf für sich wird wurde bei im zum zur
"""
_GERMAN = frozenset(_GERMAN_WORDS.split())
JOINTS = frozenset({"of", "for", "de", "van", "der", "den", "von", "du", "da", "di", "la", "le", "del", "the"})
_SHOUTED = frozenset({"us", "who", "it"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands: its words, folded, without titles; whether a capital was due there anyway."""

    start: int
    end: int
    parts: tuple[str, ...]
    opens: bool = False

    def words(self, text: str) -> str:
        """Return the name as its text writes it, without a possessive."""
        return re.sub(r"['’]s?$", "", text[self.start : self.end])


@lru_cache(maxsize=4096)
def part(token: str) -> str:
    """Return a word as names are compared: folded, no possessive, no full stops, no plural of an acronym."""
    token = re.sub(r"['’]s?$", "", token).replace(".", "")
    if len(token) > 2 and token[-1] == "s" and token[:-1].isupper():
        token = token[:-1]
    word = fold(token[:64]).replace("-", "").replace("'", "")
    return "st" if word == "saint" else word


def is_shouted(text: str) -> bool:
    """Return whether capitals tell nothing: a headline in capitals, or a language that writes all nouns so."""
    words = [token for token in _TOKEN.findall(text[:2_000]) if token[0].isalpha()]
    if sum(word in _GERMAN for word in words) > 1:
        return True
    return len(words) > 3 and all(word[0].isupper() or fold(word) in STOP for word in words)


def names(text: str) -> list[Name]:
    """Return the names of a text, in order; a run of capitals is one."""
    found: list[Name] = []
    run: list[re.Match] = []
    for token in _TOKEN.finditer(text):
        if run and not _goes_on(text, run[-1], token):
            found += _named(text, run)
            run = []
        if _is_capital(token[0]):
            run.append(token)
            if len(found) >= MOST:
                return found
        elif run:
            found += _run_if_ended(text, run, token)
            run = run if token[0] in JOINTS else []
    return found + _named(text, run)


def _run_if_ended(text: str, run: list[re.Match], token: re.Match) -> list[Name]:
    return [] if token[0] in JOINTS else _named(text, run)


def _goes_on(text: str, last: re.Match, token: re.Match) -> bool:
    if not _is_capital(token[0]):
        return True
    between = text[last.end() : token.start()]
    if len(between) > 12:
        return False
    is_short = _INITIAL.match(last[0]) or fold(last[0]) in TITLES | {"st", "co", "inc"}
    if is_short and _DOTTED_GAP.fullmatch(between):
        return True
    is_owner = last[0].endswith(("'s", "’s")) and fold(token[0]) not in _OWNED
    return bool(_GAP.fullmatch(between)) and not is_owner


@lru_cache(maxsize=4096)
def _is_capital(word: str) -> bool:
    if word.islower():
        return False
    if fold(word) in _SHOUTED:
        return word.isupper()
    return (word[0].isupper() or bool(_CAMEL.match(word))) and not _is_measure(word)


def _is_measure(word: str) -> bool:
    return bool(
        re.fullmatch(
            r"\d[\d.,]*(?:K|M|B|BN|GB|MB|KB|TB|C|F|X|AM|PM|mL|mmHg|kB|kW|kWh|MHz|GHz)?|[Qq][1-4]|mmHg|mL|kB|kWh", word
        )
    )


def _named(text: str, run: list[re.Match]) -> list[Name]:
    """Return the name that a run of capitals is, or nothing where it is a month, a title, a little word."""
    if not run:
        return []
    opens = bool(_OPENS.search(text[max(0, run[0].start() - 6) : run[0].start()]))
    while run and _leads(text, run):
        opens, run = False, run[1:]
    while run and _is_no_name(run[-1][0]):
        run = run[:-1]
    inner = [token for token in run if fold(token[0]) in _FIRST_NAMES or not _is_no_name(token[0])]
    if not inner:
        return []
    is_plain = opens and not _CAMEL.match(inner[0][0])
    return [Name(run[0].start(), run[-1].end(), tuple(part(token[0]) for token in inner), opens=is_plain)]


def _leads(text: str, run: list[re.Match]) -> bool:
    """Return whether a run's first word stands before the name: a title, a month that is no first name."""
    word = fold(run[0][0])
    if word in _FIRST_NAMES and len(run) > 1 and part(run[1][0]) not in GENERIC:
        return bool(_LEADS.search(text[max(0, run[0].start() - 12) : run[0].start()]))
    return word in TITLES or word.endswith("ologist") or _is_no_name(run[0][0])


def _is_no_name(word: str) -> bool:
    low = fold(word).replace("’", "'").removesuffix("'s")
    return low in _NO_NAMES or (low in _SHOUTED and not word.isupper()) or word.isdigit()


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text: as names compare it, and as it is written."""
    for token in _TOKEN.findall(text):
        yield part(token), token
        if "-" in token:
            yield from ((part(piece), piece) for piece in token.split("-") if piece)
