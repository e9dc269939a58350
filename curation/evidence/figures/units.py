"""Units of figures: each word or sign → what is measured, and how many of the smallest it is."""

import re

_MONEY = {
    "GBP": "£ gbp pound pounds sterling quid",
    "USD": "$ us$ usd dollar dollars",
    "EUR": "€ eur euro euros",
    "JPY": "¥ jpy yen",
    "INR": "₹ inr rupee rupees",
    "CHF": "chf franc francs",
    "SEK": "sek krona kronor",
    "DKK": "dkk kroner",
    "CAD": "c$ ca$ cad",
    "AUD": "a$ au$ aud",
}
_PENNIES = {"p": "GBP", "pence": "GBP", "penny": "GBP", "cent": "USD", "cents": "USD"}
_MEASURES = {
    "time": {
        "second seconds sec secs": 1,
        "minute minutes min mins": 60,
        "hour hours hr hrs": 3_600,
        "day days": 86_400,
        "night nights": 86_400,
        "week weeks wk wks": 604_800,
        "fortnight fortnights": 1_209_600,
    },
    "months": {"month months mth mths": 1, "year years yr yrs": 12, "decade decades": 120},
    "mass": {
        "µg μg mcg microgram micrograms": 1e-6,
        "mg milligram milligrams milligramme milligrammes": 1e-3,
        "g gram grams gramme grammes": 1,
        "kg kilo kilos kilogram kilograms kilogramme": 1e3,
        "tonne tonnes": 1e6,
    },
    "volume": {"ml millilitre millilitres milliliter milliliters": 1e-3, "litre litres liter liters": 1},
    "length": {
        "mm millimetre millimetres millimeter millimeters": 1e-3,
        "cm centimetre centimetres centimeter centimeters": 1e-2,
        "metre metres meter meters": 1,
        "km kilometre kilometres kilometer kilometers": 1e3,
    },
    "miles": {"mile miles": 1},
    "degrees": {"°c °f ° degree degrees": 1},
    "data": {"kb kilobyte kilobytes": 1e3, "mb megabyte megabytes": 1e6, "gb gigabyte gigabytes": 1e9, "tb": 1e12},
    "pressure": {"mmhg": 1},
    "beats": {"bpm": 1},
    "moles": {"mmol": 1, "mmol/l": 1},
    "times": {"times": 1, "x": 1, "×": 1, "fold": 1},
}
_SHARES = "% ％ ٪ percent per_cent pct percentage_point percentage_points percentage_pts pp"
PENNY = 0.01

#: Word → (what is measured, factor).
UNITS: dict[str, tuple[str, float]] = (
    {word.replace("_", " "): ("share", 0.01) for word in _SHARES.split()}
    | {word: (f"money {code}", 1.0) for code, words in _MONEY.items() for word in words.split()}
    | {word: (f"money {code}", PENNY) for word, code in _PENNIES.items()}
    | {
        word: (kind, float(factor))
        for kind, group in _MEASURES.items()
        for words, factor in group.items()
        for word in words.split()
    }
)
_SIGNS = ("us$", "ca$", "au$", "c$", "a$", "£", "$", "€", "¥", "₹", "gbp", "usd", "eur", "chf", "cad", "aud", "inr")


def _one_of(words) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)).replace(r"\ ", r"\s+")


BEFORE = re.compile(rf"(?:(?<![A-Za-z])(?:{_one_of(_SIGNS)}))\s?$", re.IGNORECASE)
SCALE = re.compile(r"(?:\s?|-)(thousand|million|billion|trillion|mio|mln|mn|bn|tn|k|m)(?![A-Za-z])", re.IGNORECASE)
FACTORS = {
    **dict.fromkeys(("thousand", "k"), 1e3),
    **dict.fromkeys(("million", "mio", "mln", "mn", "m"), 1e6),
    **dict.fromkeys(("billion", "bn"), 1e9),
    **dict.fromkeys(("trillion", "tn"), 1e12),
}
_WORDY = [word for word in UNITS if word[-1].isalpha()]
_SIGNED = [word for word in UNITS if not word[-1].isalpha()]
#: A unit after a number, with one word in between at most: “20 working days”, “a 12-week pilot”.
AFTER = re.compile(
    rf"(?:(?:\s?|-)(?P<unit>{_one_of(_WORDY)})(?![^\W\d_])|\s?(?P<sign>{_one_of(_SIGNED)}))", re.IGNORECASE
)
_BETWEEN = "extra|more|fewer|less|full|whole|long|short|working|calendar|consecutive|straight|further|additional|other"
FAR = re.compile(rf"\s(?:{_BETWEEN})\s(?P<unit>{_one_of(_WORDY)})(?![^\W\d_])", re.IGNORECASE)


def unit_of(word: str) -> tuple[str, float]:
    """Return what a unit's word or sign measures, and its factor."""
    return UNITS[re.sub(r"\s+", " ", word.lower())]
