"""A curator's waits in a real browser on the served site: for a draft, for a save, for the preview.

python -m benchmarks.desk_journey [--rounds 20]

Serves a demo newsroom as ``make run`` does, on this machine alone, and works in it with Chromium (``CHROME_PATH`` may
name it). Prints medians and the slowest in milliseconds of the wall clock, and their ratio to loading the sign-in page,
which is measured in the same rounds: the least that any page of the desk takes here. The budgets: a draft within a
second of pasting, the preview within 1.5 seconds of a key.
"""

import statistics
import sys
import time

from .in_a_browser import Worker, waits_of

DRAFT, PREVIEW = 1_000, 1_500  # the budgets, in ms


class Curator(Worker):
    """Somebody at work in a browser."""

    role = "Curator"

    def begin(self):
        """Wait until the first page is there."""
        self.page.get_by_label("Paste a link to start a brief").wait_for()

    def waited(self, kind, begun):
        self.keep(kind, (time.monotonic() - begun) * 1000)

    def round(self, number):
        """Paste a link, write a title in the draft, and wait for what comes of it."""
        page, other = self.page, self.page.context.new_page()
        begun = time.monotonic()
        other.goto("/admin/login/?next=/")
        self.waited("sign-in page", begun)
        other.close()
        page.goto("/admin/")
        page.get_by_label("Paste a link to start a brief").fill(f"https://journey.example/{number}")
        begun = time.monotonic()
        page.keyboard.press("Enter")
        title = page.get_by_role("textbox", name="Title")
        title.wait_for()
        self.waited("draft", begun)
        frame = page.frame_locator("#preview iframe")
        frame.locator("h1").first.wait_for()
        page.wait_for_timeout(500)
        begun = time.monotonic()
        title.fill(f"Words of round {number}")
        frame.get_by_role("heading", level=1, name=f"Words of round {number}").wait_for()
        self.waited("preview", begun)
        page.locator("#saved[data-state=saved]").wait_for()
        self.waited("saved", begun)


def main() -> int:
    """Print what curators wait for; 1 where a budget is missed at the median."""
    waits = waits_of(Curator, 20)
    floor = statistics.median(waits["sign-in page"])
    for kind, found in waits.items():
        middle = statistics.median(found)
        print(f"{kind:14}{middle:7.0f} ms, at most {max(found):.0f}; {middle / floor:.1f} × the sign-in page")  # noqa: T201 -- a report
    return int(statistics.median(waits["draft"]) > DRAFT or statistics.median(waits["preview"]) > PREVIEW)


if __name__ == "__main__":
    sys.exit(main())
