// Fetches what is folded away when it is opened: the page comes without it, and is quick.
"use strict";

for (const fold of document.querySelectorAll("details[data-load]")) {
  fold.addEventListener("toggle", async () => {
    if (!fold.open) return;
    try {
      const answer = await fetch(fold.dataset.load, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const piece = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fragment]");
      const before = fold.querySelector("[data-fragment]") || fold.querySelector("summary + *");
      if (piece) before.replaceWith(piece);
    } catch {
      // The link that stands there leads to the same.
    }
  });
}
