"""Units of figures: each word or sign → what is measured, and how many of the smallest it is."""

import re
from typing import NamedTuple

_MONEY = {
    "GBP": "£ gbp pound pounds sterling quid pounds_sterling",
    "USD": "$ us$ usd dollar dollars buck bucks",
    "EUR": "€ eur euro euros",
    "JPY": "¥ jpy yen",
    "CNY": "¥ cny rmb yuan renminbi",
    "INR": "₹ inr rupee rupees",
    "CHF": "chf franc francs",
    "SEK": "sek krona kronor kr crown crowns",
    "DKK": "dkk krone kroner kr crown crowns",
    "NOK": "nok krone kroner kr crown crowns",
    "CAD": "c$ ca$ cad dollar dollars $",
    "AUD": "a$ au$ aud dollar dollars $",
    "NZD": "nz$ nzd dollar dollars $",
    "SGD": "s$ sgd dollar dollars $",
    "HKD": "hk$ hkd dollar dollars $",
    "PLN": "pln zloty zlotys złoty",
    "CZK": "czk koruna korunas crown crowns",
    "HUF": "huf forint forints",
    "ZAR": "zar rand",
    "NGN": "₦ ngn naira",
    "KES": "kes ksh shilling shillings",
    "BRL": "r$ brl reais",
    "KRW": "₩ krw",
    "ILS": "₪ ils shekel shekels",
    "TRY": "₺ lira liras",
    "AED": "aed dirham dirhams",
    "SAR": "sar riyal riyals",
    "MXN": "mxn peso pesos",
}
_PENNIES = {"p pence penny": ("GBP",), "cent cents": ("USD", "EUR", "CAD", "AUD"), "øre öre": ("SEK", "DKK", "NOK")}
_MEASURES = {
    "time": {
        "millisecond milliseconds ms": 1e-3,
        "second seconds sec secs": 1,
        "minute minutes min mins": 60,
        "hour hours hr hrs h": 3_600,
        "day days": 86_400,
        "night nights": 86_400,
        "week weeks wk wks": 604_800,
        "fortnight fortnights": 1_209_600,
    },
    "months": {
        "month months mth mths": 1,
        "year years yr yrs": 12,
        "decade decades": 120,
        "century centuries": 1_200,
    },
    "mass": {
        "ng nanogram nanograms": 1e-9,
        "µg μg mcg microgram micrograms": 1e-6,
        "mg milligram milligrams milligramme milligrammes": 1e-3,
        "g gram grams gramme grammes": 1,
        "kg kilo kilos kilogram kilograms kilogramme kilogrammes": 1e3,
        "tonne tonnes ton tons": 1e6,
        "oz ounce ounces": 28.35,
        "lb lbs pound pounds": 453.6,
    },
    "volume": {
        "µl μl microlitre microlitres microliter microliters": 1e-6,
        "ml millilitre millilitres milliliter milliliters cc": 1e-3,
        "dl decilitre decilitres": 1e-1,
        "l litre litres liter liters": 1,
        "teaspoon teaspoons teaspoonful teaspoonfuls": 5e-3,
        "tablespoon tablespoons tablespoonful tablespoonfuls": 15e-3,
        "pint pints": 0.5683,
        "gallon gallons": 4.546,
    },
    "length": {
        "nm nanometre nanometres nanometer nanometers": 1e-9,
        "µm μm micron microns micrometre micrometres micrometer micrometers": 1e-6,
        "mm millimetre millimetres millimeter millimeters": 1e-3,
        "cm centimetre centimetres centimeter centimeters": 1e-2,
        "m metre metres meter meters": 1,
        "km kilometre kilometres kilometer kilometers": 1e3,
        "inch inches": 0.0254,
        "ft foot feet": 0.3048,
        "yard yards": 0.9144,
        "mile miles": 1_609.3,
    },
    "area": {
        "m² m2 sqm sq_m square_metre square_metres square_meter square_meters": 1,
        "sq_ft square_foot square_feet": 0.0929,
        "ha hectare hectares": 1e4,
        "acre acres": 4_046.9,
        "km² sq_km square_kilometre square_kilometres square_kilometer square_kilometers": 1e6,
        "square_mile square_miles": 2.59e6,
    },
    "speed": {
        "km/h kph kmh kilometres_per_hour kilometers_per_hour kilometres_an_hour": 1,
        "mph miles_per_hour miles_an_hour": 1.609,
        "m/s metres_per_second meters_per_second": 3.6,
    },
    "data": {
        "kb kilobyte kilobytes": 1e3,
        "mb megabyte megabytes": 1e6,
        "gb gigabyte gigabytes": 1e9,
        "tb terabyte terabytes": 1e12,
        "pb petabyte petabytes": 1e15,
    },
    "power": {
        "w watt watts": 1,
        "kw kilowatt kilowatts": 1e3,
        "mw megawatt megawatts": 1e6,
        "gw gigawatt gigawatts": 1e9,
    },
    "energy": {
        "wh watt-hours watt_hours": 1,
        "kwh kilowatt-hour kilowatt-hours kilowatt_hour kilowatt_hours": 1e3,
        "mwh megawatt-hours megawatt_hours": 1e6,
    },
    "food": {"kcal calorie calories kilocalorie kilocalories": 1, "kj kilojoule kilojoules": 0.239},
    "frequency": {"hz hertz": 1, "khz kilohertz": 1e3, "mhz megahertz": 1e6, "ghz gigahertz": 1e9},
    "voltage": {"v volt volts": 1, "kv kilovolt kilovolts": 1e3},
    "loudness": {"db decibel decibels": 1},
    "dose": {"msv millisievert millisieverts": 1, "mgy milligray": 1, "gy": 1e3},
    "activity": {"iu international_units": 1},
    "pressure": {"mmhg mm_hg": 1, "kpa": 7.5},
    "beats": {"bpm beats_per_minute beats_a_minute": 1},
    "moles": {"mmol mmol/l millimole millimoles": 1},
    "pixels": {"megapixel megapixels": 1},
    "times": {"times": 1, "x": 1, "×": 1, "fold": 1},
}
_DEGREES = {
    "°c degrees_celsius degree_celsius degrees_centigrade degrees_c celsius centigrade": "C",
    "°f degrees_fahrenheit degrees_f fahrenheit": "F",
    "° degree degrees": "CF",
}
_SHARES = "% ％ ٪ percent per_cent pct percentage_point percentage_points percentage_pts pp"
PENNY = 0.01
_INCHES_AND_POUNDS = frozenset(
    [28.35, 453.6, 0.5683, 4.546, 0.0254, 0.3048, 0.9144, 1_609.3, 0.0929, 4_046.9, 2.59e6, 1.609, 0.239, 5 / 9]
)


#: What is measured in old and in new measures.
CONVERTED = frozenset({"mass", "volume", "length", "area", "speed", "food", "degrees"})


class Unit(NamedTuple):
    """A meaning of a unit: what it measures, how many of the smallest unit it is, where its scale has its nought."""

    measure: str
    factor: float
    zero: float = 0.0

    def of(self, value: float) -> float:
        """Return a value in the smallest unit."""
        return (value - self.zero) * self.factor


_SCALES_OF_DEGREES = {"C": Unit("degrees", 1.0), "F": Unit("degrees", 5 / 9, 32.0)}


def _all_units() -> dict[str, tuple[Unit, ...]]:
    """Return each word → what it may mean, the likeliest first: pounds are money, or a weight."""
    found: dict[str, tuple[Unit, ...]] = {}
    lines = [(_SHARES, (Unit("share", 0.01),))]
    lines += [("point points", (Unit("share", 0.01), Unit("", 1.0)))]
    lines += [(words, (Unit(f"money {code}", 1.0),)) for code, words in _MONEY.items()]
    lines += [(words, tuple(Unit(f"money {code}", PENNY) for code in codes)) for words, codes in _PENNIES.items()]
    lines += [(words, (Unit(kind, float(factor)),)) for kind, its in _MEASURES.items() for words, factor in its.items()]
    lines += [(words, tuple(map(_SCALES_OF_DEGREES.get, scales))) for words, scales in _DEGREES.items()]
    for words, meant in lines:
        for word in words.split():
            word = word.replace("_", " ")
            found[word] = (*found.get(word, ()), *meant)
    return found


#: Word → what it may measure.
UNITS = _all_units()
_CODES = """
    gbp usd eur chf cad aud nzd sgd hkd inr jpy cny rmb sek dkk nok pln czk huf zar ngn kes ksh brl krw ils aed sar mxn
"""
_SIGNS = (
    *("us$", "ca$", "au$", "nz$", "hk$", "c$", "a$", "s$", "r$", "£", "$", "€", "¥", "₹", "₦", "₩", "₪", "₺"),
    *_CODES.split(),
)


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
_WORD = re.compile(r"[^\W\d_]+|[%‰°£$€¥]")
_WORDY = [word for word in UNITS if word[-1].isalnum()]
_SIGNED = [word for word in UNITS if not word[-1].isalnum()]
_OLD = r"(?:[\s-]olds?\b|\sof\sage\b)?"
#: A unit after a number, with one word in between at most: “20 working days”, “a 12-week pilot”, “40 Swiss francs”.
AFTER = re.compile(
    rf"(?:(?:\s?|-)(?P<unit>{_one_of(_WORDY)})(?![^\W\d_]){_OLD}|\s?(?P<sign>{_one_of(_SIGNED)}))", re.IGNORECASE
)
_BETWEEN = "extra|more|fewer|less|full|whole|long|short|working|calendar|consecutive|straight|further|additional|other"
_COINS = _one_of(word for word, meant in UNITS.items() if meant[0].measure.startswith("money") and word.isalpha())
FAR = re.compile(
    rf"\s(?:(?:{_BETWEEN})\s(?P<unit>{_one_of(_WORDY)})|(?-i:[A-Z][A-Za-z]+)\s(?P<coin>{_COINS}))(?![^\W\d_])",
    re.IGNORECASE,
)


def units_of(word: str) -> tuple[Unit, ...]:
    """Return what a unit's word or sign may measure."""
    return UNITS[re.sub(r"\s+", " ", word.lower())]


def measures(text: str) -> frozenset[str]:
    """Return what is measured by the units that a text names, with a number or without."""
    words = _WORD.findall(text.lower())
    return frozenset(unit.measure for word in {*words} for unit in UNITS.get(word, ()))


def is_converted(one: float, other: float) -> bool:
    """Return whether of two units' factors one alone is of the old measures, so that converting has rounded."""
    return (one in _INCHES_AND_POUNDS) != (other in _INCHES_AND_POUNDS)
