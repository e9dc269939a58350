// Fetches pieces of the page: what is folded away, when it is opened; where the brief stands, when saving changed that.
"use strict";

// An edit of what was approved makes it a draft again, and other steps open.
document.addEventListener("medigy:saved", async ({ detail }) => {
  const standing = document.querySelector(".step[data-state]");
  if (!standing || !detail.state || standing.dataset.state === detail.state) return;
  standing.dataset.state = detail.state;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const next = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".step[data-state]");
    if (next) standing.replaceWith(next);
  } catch {
    // The next page shows it.
  }
});

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
