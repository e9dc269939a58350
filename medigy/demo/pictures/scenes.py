"""Scenes of the demo's pictures: for every motif two, the first for the first article that asks for it."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PIL import Image

from curation.images.covers.pen import Dice
from medigy.demo import catalogue
from medigy.demo.texts import Text
from offerings import slugs

from . import fields, figures
from .drawing import Sheet

#: Motif → two scenes, each a function that draws on a sheet with dice, and whether its ground is deep.
SCENES = {
    "twin": ((figures.overlap, True), (figures.copying, False)),
    "bars": ((figures.mornings, False), (figures.shortening, True)),
    "arcs": ((figures.speech, False), (figures.corners, False)),
    "lattice": ((fields.triangles, True), (fields.doubled, False)),
    "waves": ((fields.long_waves, False), (fields.posts, False)),
    "helix": ((figures.strands, True), (figures.climber, False)),
    "cells": ((fields.empty_cells, False), (fields.forearm, False)),
    "maze": ((fields.house, False), (fields.dead_end, True)),
    "letters": ((figures.letter_head, False), (figures.carbon, False)),
    "contours": ((fields.summits, False), (fields.valley, True)),
    "spiral": ((figures.dots, False), (figures.singers, True)),
    "ridges": ((fields.calm, True), (fields.limits, False)),
}


@dataclass(frozen=True)
class Scene:
    """One picture that is to be drawn: by which function, in which hue, from which chance."""

    paint: Callable[..., None]
    hue: int
    deep: bool
    seed: int
    letters: str = ""

    def draw(self) -> Image.Image:
        """Return the picture, 1600 × 1000; the same on every machine."""
        sheet = Sheet(self.hue, deep=self.deep)
        given = [self.letters] if self.letters else []
        self.paint(sheet, Dice(self.seed), *given)
        return sheet.finished()


def assign(texts: Iterable[Text]) -> dict[str, Scene]:
    """Return the scene of every text that asks for a picture, by the text's name."""
    asked, scenes = Counter(), {}
    for text in texts:
        told = text.matter.get("picture")
        if told is None:
            continue
        paint, deep = SCENES[told["motif"]][asked[told["motif"]] % 2]
        asked[told["motif"]] += 1
        seed = zlib.crc32(text.matter["title"].encode())
        scenes[text.name] = Scene(paint, _hue(text.matter["topics"][0]), deep, seed, told.get("letters", ""))
    return scenes


def _hue(topic):
    """Return the hue of the topic's taxonomy, a little round from topic to topic, as covers have it."""
    return catalogue.HUES[slugs.topic_prefix(topic)] + zlib.crc32(slugs.slug(topic).encode()) % 5 - 2
