"""A cover is its name: the same everywhere, small, well-formed, with one coral point where every crop shows it."""

import hashlib
import re
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from curation.images import covers
from curation.images.covers import contour, palette, pen

SVG = "{http://www.w3.org/2000/svg}"
MOTIFS = list(covers.MOTIFS)


def names(motif, count=12):
    """Names as articles would get them, over many hues and seeds."""
    tail = "-Rx" if motif == "letters" else ""
    return [f"{motif}-{seed * 7 % 36}-{seed * 0x9E3779B1 % 2**32:08x}{tail}.svg" for seed in range(count)]


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_cover_is_well_formed_and_carries_nothing_active(motif):
    for name in names(motif):
        drawn = covers.draw(name)
        tree = ET.fromstring(drawn)
        assert (tree.get("width"), tree.get("height"), tree.get("viewBox")) == ("1200", "750", "0 0 2400 1500")
        used = {element.tag.removeprefix(SVG) for element in tree.iter()}
        assert used <= {"svg", "style", "path", "circle", "g", "defs", "use"}
        for element in tree.iter():
            assert not [key for key in element.attrib if key == "style" or key.startswith("on")]
            assert element.get("href", "#").startswith("#")
        assert not re.search(r"nan|inf|None|url\(|@import", drawn)


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_cover_has_one_coral_point_that_every_crop_shows(motif):
    for name in names(motif, 40):
        points = [element for element in ET.fromstring(covers.draw(name)).iter() if element.get("class") == "s"]
        assert len(points) == 1
        x, y = int(points[0].get("cx")), int(points[0].get("cy"))
        assert 450 < x < 1950, name
        assert 200 < y < 1300, name


@pytest.mark.parametrize("motif", MOTIFS)
def test_the_coral_colour_is_in_nothing_but_the_point(motif):
    drawn = covers.draw(names(motif, 1)[0])

    assert drawn.count("var(--s)") == 1
    assert drawn.count('class="s"') == 1


@pytest.mark.parametrize("motif", MOTIFS)
def test_every_cover_is_small(motif):
    assert max(len(covers.draw(name)) for name in names(motif)) < 12_500


# Drawn once and kept: a change here is a change to covers that are already published and cached.
DRAWN = {
    "contours": "1bc5d10e9a15",
    "twins": "7e3de1b69f96",
    "ridges": "69955f260995",
    "cells": "12d33cf25166",
    "lattice": "65e1c069e187",
    "gates": "f48b8b373efe",
    "helix": "dd84edb1e442",
    "spiral": "21d807ed30d7",
    "routes": "728f89c8dccc",
    "bars": "91f8fdcef70d",
    "arcs": "10adab420597",
    "ripples": "29872ae9c63b",
    "weave": "1148298014ae",
    "vessels": "ae2246d98af1",
    "pulse": "14cb825405b7",
    "rosette": "fd72d647d4dd",
    "letters": "153e97b1c288",
}


def test_a_cover_is_drawn_the_same_on_every_machine():
    assert {
        motif: hashlib.sha256(covers.draw(names(motif, 2)[1]).encode()).hexdigest()[:12] for motif in MOTIFS
    } == DRAWN


def test_two_seeds_give_two_drawings():
    for motif in MOTIFS:
        if motif != "letters":
            assert len({covers.draw(name).partition("</style>")[2] for name in names(motif)}) == 12


@given(st.text(), st.integers(-1000, 1000), st.text())
def test_every_identity_gets_a_cover(identity, hue, words):
    name = covers.name(identity, hue, words)

    assert name == covers.name(identity, hue, words)
    assert re.fullmatch(r"[a-z]+-[0-9]{1,2}-[0-9a-f]{8}(-[A-Za-z0-9]{1,3})?\.svg", name)
    assert covers.parse_name(name)[1] == hue % 36
    assert covers.draw(name).startswith("<svg ")


def test_identities_spread_over_all_motifs():
    given_names = [covers.name(f"article-{number}", 17, "Digital Twin") for number in range(1700)]
    counts = {motif: sum(name.startswith(f"{motif}-") for name in given_names) for motif in MOTIFS}

    assert min(counts.values()) > 60
    assert len(set(given_names)) == 1700


def test_without_words_no_cover_is_of_letters():
    assert not any(covers.name(f"article-{number}", 3).startswith("letters") for number in range(500))


@pytest.mark.parametrize(
    ("words", "letters"),
    [
        ("Digital Twin", "Dt"),
        ("#eHealth", "eH"),
        ("mHealth", "mH"),
        ("#genomics", "Ge"),
        ("Telehealth", "Te"),
        ("Rx", "Rx"),
        ("AI", "AI"),
        ("EHR systems", "EHR"),
        ("HIPAA", "HIP"),
        ("Remote Patient Monitoring", "Rp"),
        ("Santé publique", "Sp"),
        ("5G", "5g"),
        ("健康", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_labels_are_shortened_to_letters(words, letters):
    assert covers.initials(words) == letters


@pytest.mark.parametrize(
    "wrong",
    [
        "", "contours", "contours-17-9f3a2c1b", "contours-36-9f3a2c1b.svg", "contours-07-9f3a2c1b.svg",
        "contours--1-9f3a2c1b.svg", "contours-17-9f3a2c1.svg", "contours-17-9F3A2C1B.svg", "clouds-17-9f3a2c1b.svg",
        "contours-17-9f3a2c1b-Rx.svg", "letters-17-9f3a2c1b.svg", "letters-17-9f3a2c1b-<g>.svg",
        "letters-17-9f3a2c1b-Rxyz.svg",
        "contours-17-9f3a2c1b.svg\n", "../contours-17-9f3a2c1b.svg", "contours-١-9f3a2c1b.svg",
        "letters-1-9f3a2c1b-é.svg",
    ],
)  # fmt: skip
def test_names_that_are_not_ours_are_not_drawn(wrong):
    assert covers.draw(wrong) is None
    assert covers.parse_name(wrong) is None
    assert covers.policy(wrong) == "default-src 'none'; sandbox"


@given(st.text())
def test_no_text_at_all_breaks_the_drawing(filename):
    assert covers.draw(filename) is None or covers.parse_name(filename)


def contrast(one, other):
    def light(colour):
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("hue", range(36))
def test_lines_and_the_point_stand_out_in_every_hue_and_scheme(hue):
    for tones in palette.colours(hue).values():
        assert all(re.fullmatch(r"#[0-9a-f]{6}", tone) for tone in tones.values())
        assert contrast(tones["l"], tones["b"]) > 4.4
        assert contrast(tones["i"], tones["b"]) > 9
        assert contrast(tones["s"], tones["b"]) > 3.3


def test_colours_are_computed_as_published():
    assert palette.oklch(1, 0, 0) == "#ffffff"
    assert palette.oklch(0.627955, 0.257683, 0.510224) == "#ff0000"
    assert palette.oklch(0.5, 0.4, 2.0) != palette.oklch(0.5, 0.4, 2.5)


@given(st.lists(st.tuples(st.floats(-500, 3000), st.floats(-500, 2000)), min_size=4, max_size=30), st.booleans())
def test_a_curve_ends_where_its_points_say(points, closed):
    """Steps are relative and whole, so nothing drifts however long the line is."""
    drawn = pen.curve(points, closed=closed)
    steer = [(2 * round(x / 2), 2 * round(y / 2)) for x, y in points]
    numbers = [int(number) for number in re.findall(r"-?\d+", drawn.split("q")[1].split("L")[0])]
    x, y = (int(number) for number in re.findall(r"-?\d+", drawn.split("q")[0])[-2:])
    for at in [2, *range(4, len(numbers), 2)]:
        x, y = x + numbers[at], y + numbers[at + 1]
    before, last = (steer[-1], steer[0]) if closed else (steer[-2], steer[-1])
    wanted = ((steer[0][0] + steer[1][0]) / 2, (steer[0][1] + steer[1][1]) / 2) if closed else None
    assert (x, y) == (wanted or ((before[0] + last[0]) / 2, (before[1] + last[1]) / 2))


def test_contours_keep_their_level_and_their_ends():
    columns, rows = list(range(0, 1100, 100)), list(range(0, 900, 100))
    heights = contour.bumps(columns, rows, [(500, 400, 300, 300, 1.0), (900, 700, 200, 200, 0.8)])
    for number, points, closed in contour.lines(columns, rows, heights, [0.2, 0.5, 0.9]):
        assert len(set(points)) == len(points)
        ends = [] if closed else [points[0], points[-1]]
        assert all(x in (0, 1000) or y in (0, 800) for x, y in ends)
        for x, y in points:
            assert 0 <= x <= 1000
            assert 0 <= y <= 800
        assert number in (0, 1, 2)


def test_a_saddle_is_crossed_without_losing_a_line():
    heights = [[1.0, 0.0], [0.0, 1.0]]
    assert len(contour.pieces(heights, [0.5])[0]) == 2


PAGE = """<!doctype html><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,"><img src="/{name}" width="600" height="375" alt="">
<img src="/{name}" width="160" height="100" alt="">"""
STYLE = "body { margin: 0 } img { display: block; object-fit: cover }"


def answer(path):
    """Type, policy and body: a cover under its own policy, or a page that shows it under a strict one."""
    if path.endswith("style.css"):
        return "text/css", "", STYLE
    if path.startswith("/page/"):
        policy = "default-src 'none'; img-src 'self' data:; style-src 'self'"
        return "text/html", policy, PAGE.format(name=path.removeprefix("/page/"))
    name = path.lstrip("/")
    return "image/svg+xml", covers.policy(name), covers.draw(name) or ""


class _Site(BaseHTTPRequestHandler):
    def do_GET(self):
        kind, policy, body = answer(self.path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        """A test says nothing on the terminal."""


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def photographed(browser, address, scheme):
    """What the browser shows, and everything it complained of."""
    page = browser.new_page(viewport={"width": 600, "height": 475}, color_scheme=scheme)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(address)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return shot, complaints


def share(shot, colour):
    """How much of a picture is exactly one colour."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    counted = {colour: count for count, colour in shot.getcolors(1 << 20)}
    return counted.get(wanted, 0) / (shot.width * shot.height)


NAME = "gates-20-9f3a2c1b.svg"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_draws_both_schemes_and_adapts_to_size_under_strict_policies(site, chromium, scheme):
    tones = palette.colours(20)[scheme]

    alone, complaints_alone = photographed(chromium, f"{site}/{NAME}", scheme)
    page, complaints_page = photographed(chromium, f"{site}/page/{NAME}", scheme)
    large, small = page.crop((0, 0, 600, 375)), page.crop((0, 375, 160, 475))

    assert complaints_alone + complaints_page == []
    for shot in (alone, large, small):
        assert share(shot, tones["b"]) > 0.1
        assert share(shot, tones["s"]) > 0.0003
    assert share(small, tones["s"]) > 1.5 * share(large, tones["s"])
