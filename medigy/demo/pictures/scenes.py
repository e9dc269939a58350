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

from . import field_scenes, figure_scenes
from .drawing import Sheet

#: Motif → two scenes, each a function that draws on a sheet with dice, and whether its ground is deep.
SCENES = {
    "twin": ((figure_scenes.overlap, True), (figure_scenes.copying, False)),
    "bars": ((figure_scenes.mornings, False), (figure_scenes.shortening, True)),
    "arcs": ((figure_scenes.speech, False), (figure_scenes.corners, False)),
    "lattice": ((field_scenes.triangles, True), (field_scenes.doubled, False)),
    "waves": ((field_scenes.long_waves, False), (field_scenes.posts, False)),
    "helix": ((figure_scenes.strands, True), (figure_scenes.climber, False)),
    "cells": ((field_scenes.empty_cells, False), (field_scenes.forearm, False)),
    "maze": ((field_scenes.house, False), (field_scenes.dead_end, True)),
    "letters": ((figure_scenes.letter_head, False), (figure_scenes.carbon, False)),
    "contours": ((field_scenes.summits, False), (field_scenes.valley, True)),
    "spiral": ((figure_scenes.dots, False), (figure_scenes.singers, True)),
    "ridges": ((field_scenes.calm, True), (field_scenes.limits, False)),
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
