"""Peoples and their places: Kenyan and Kenya, by endings; those that no ending tells, a line each."""

from collections.abc import Container, Iterator

from .dictionary import is_known_name

_PEOPLES = (
    "n",
    "an",
    "ian",
    "ean",
    "vian",
    "nian",
    "ese",
    "uese",
    "nese",
    "ish",
    "i",
    "er",
    "ic",
    "ite",
    "ch",
    "ois",
    "ine",
    "",
)
_PLACES = ("", "a", "e", "y", "ia", "o", "s", "as", "us", "land", "um", "al", "ium", "is", "tina")
_LEAST = 4  # letters that a people and its place share
_IRREGULAR = """
    germany german germans
    france french frenchman frenchwoman
    netherlands dutch holland
    denmark danish dane danes
    sweden swedish swede swedes
    norway norwegian norwegians
    finland finnish finn finns
    iceland icelandic icelander
    spain spanish spaniard spaniards
    italy italian italians
    poland polish pole poles
    ireland irish
    wales welsh
    scotland scottish scots scot
    england english
    britain british uk briton britons
    switzerland swiss
    greece greek greeks
    turkey turkiye turkish turks
    cyprus cypriot
    thailand thai thais
    catalonia catalan
    philippines filipino philippine filipina
    peru peruvian
    japan japanese
    china chinese
    india indian indians
    canada canadian canadians
    australia australian australians
    europe european europeans eu
    africa african africans
    asia asian asians
    scandinavia scandinavian nordic
    czechia czech czechs
    slovakia slovak
    croatia croat croatian
    serbia serb serbian
    ukraine ukrainian
    hungary hungarian
    malta maltese
    israel israeli
    iraq iraqi
    congo congolese
    togo togolese
    burma myanmar burmese
    taiwan taiwanese
    vietnam vietnamese
    nepal nepalese nepali
    lebanon lebanese
    wales welsh
    brazil brazilian
    argentina argentine argentinian
    uae emirati
    glasgow glaswegian
    liverpool liverpudlian
    manchester mancunian
    naples neapolitan
    venice venetian
    florence florentine
    vienna viennese
    flanders flemish
    bavaria bavarian
    brittany breton
    quebec quebecois
    texas texan
    usa us america american americans
"""
_OTHERS: dict[str, frozenset[str]] = {
    word: frozenset(line.split()) - {word} for line in _IRREGULAR.splitlines() if line for word in line.split()
}


def kin(word: str, known: Container[str]) -> Iterator[str]:
    """Yield the known words that a place’s people, or a people’s place, may be called by: some hundred tries.

    Short endings tell people from place only where the dictionary has the place: “Ness” is none of “Nesse”.
    """
    yield from (other for other in _OTHERS.get(word, ()) if other in known)
    for people in filter(word.endswith, _PEOPLES):
        places = (word.removesuffix(people) + place for place in _PLACES)
        yield from (place for place in places if place in known and _are_kin(place, people, word))
    for ending in filter(word.endswith, _PLACES):
        base = word.removesuffix(ending)
        yield from (
            base + people for people in _PEOPLES if base + people in known and _are_kin(word, people, base + people)
        )


def _are_kin(place: str, people: str, word: str) -> bool:
    if place == word or len(word.removesuffix(people)) < _LEAST:
        return False
    return len(people) > 2 or people == "er" or is_known_name(place)
