// Fetches pieces of the page that are folded away, when they are opened.
"use strict";

// A fold's own event does not rise; on its way down the document hears of every one, also of those that come later.
document.addEventListener(
  "toggle",
  async ({ target: fold }) => {
    if (!fold.matches?.("details[data-load]") || !fold.open) return;
    try {
      const answer = await fetch(fold.dataset.load, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fragment]");
      const before = fold.querySelector("[data-fragment]") || fold.querySelector("summary + *");
      if (piece) before.replaceWith(piece);
    } catch {
      // The link that stands there leads to the same.
    }
  },
  { capture: true },
);
