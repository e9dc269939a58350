// Who else reads which of these briefs to decide on it, beside its row or card. Asked every ten seconds while the page is
// looked at; nobody is kept from deciding.
"use strict";

(() => {
  const root = document.querySelector("[data-readers]");
  if (!root) return;
  const EVERY = 10_000;
  let readers = {};

  const made = (name, given) => Object.assign(document.createElement(name), given);
  function mark(people) {
    const words = `${people.map((one) => one.name).join(" and ")} ${people.length > 1 ? "are" : "is"} reading this`;
    const item = made("span", { className: "reads", title: words });
    for (const { hue, initials } of people)
      item.append(made("span", { className: `ava ava-${hue}`, textContent: initials, ariaHidden: "true" }));
    item.append(made("span", { textContent: words }));
    return item;
  }
  // Only what differs is touched: whoever is in a row stays there. It stands where there is room, so that no row moves away
  // under somebody's pointer.
  function show() {
    for (const one of root.querySelectorAll("[data-article]")) {
      const people = readers[one.dataset.article] ?? [];
      const before = one.querySelector(".reads");
      const next = people.length && !one.matches(".is-done") ? mark(people) : null;
      if (before && next && before.title === next.title) continue;
      before?.remove();
      if (next) (one.querySelector(".job-state") ?? one.querySelector("p:last-of-type") ?? one).append(next);
    }
  }
  async function ask() {
    if (!document.hidden) {
      const answer = await fetch(root.dataset.readers, { credentials: "same-origin" }).catch(() => null);
      if (answer?.ok && !answer.redirected) {
        readers = (await answer.json()).readers;
        show();
      }
    }
    setTimeout(ask, EVERY);
  }
  document.addEventListener("medigy:redrawn", show);
  ask();
})();
