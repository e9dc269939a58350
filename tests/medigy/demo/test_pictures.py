"""The demo's pictures: drawn alike each time, with one point in coral."""

from functools import reduce

import pytest
from PIL import Image, ImageChops

from medigy.demo import texts
from medigy.demo.pictures import drawing, scenes


@pytest.mark.parametrize("name", [text.name for text in texts.articles() if "picture" in text.matter])
def test_a_picture_is_the_same_each_time_and_has_one_coral_point(name, monkeypatch):
    monkeypatch.setattr(drawing, "FINENESS", 1)
    scene = scenes.assign(texts.articles())[name]
    once, again = scene.draw(), scene.draw()
    assert once.size == (1600, 1000)
    assert once.tobytes() == again.tobytes()
    others = ImageChops.difference(
        once, Image.new("RGB", once.size, drawing.Sheet(scene.hue, deep=scene.deep).tones["s"])
    )
    coral = reduce(ImageChops.lighter, others.split()).point(lambda distance: 255 if distance == 0 else 0)
    left, top, right, bottom = coral.getbbox()
    assert 800 < coral.histogram()[255] < 5000
    assert right - left <= 90
    assert bottom - top <= 90
