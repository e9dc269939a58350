// Takes a step from a row, of the list or of the desk's first page, where the row stands: nothing is loaded anew and
// nothing moves. The answer is told in the row and has the focus; without this script every button is of a form.
"use strict";

(() => {
  const words = document.querySelector("[data-rows-steps]")?.dataset;
  if (!words) return;
  const { note, show, focus, send, fetched, isUsed } = window.deskSteps;
  const rowOf = (one) => one?.closest("[data-article]");
  const rowIn = (page, { dataset: { article, queue } }) =>
    [...page.querySelectorAll("[data-article]")].find(
      (one) => one.dataset.article === article && one.dataset.queue === queue,
    );

  function place(row) {
    const known = row.querySelector(".row-said");
    if (known) return known;
    const said = Object.assign(document.createElement("div"), { className: "row-said" });
    row.querySelector("[data-says]").append(said);
    return said;
  }

  // The tick stays, and what it stands for is the brief as it is now.
  function tickAnew(row, edit) {
    const tick = row.querySelector(".action-select");
    if (tick) tick.value = `${row.dataset.article}:${edit}`;
  }
  const own = (row) => [...row.children].filter((part) => !part.matches(".action-checkbox"));

  // A row that belongs here no longer stays until the page is left, with nothing to press.
  function put(row, next, edit) {
    const fresh = next && own(next);
    if (fresh) for (const [at, part] of own(row).entries()) part.replaceWith(fresh[at]);
    else for (const button of row.querySelectorAll("[data-takes]")) button.remove();
    if (edit) tickAnew(row, edit);
  }

  // The sentence at the head of the desk and the counts of its queues; titles tell which is which.
  function count(page) {
    for (const part of document.querySelectorAll("[data-counted]")) {
      const next = page.querySelector(`[data-counted="${CSS.escape(part.dataset.counted)}"]`);
      if (next && !isUsed(part)) part.replaceWith(next);
      else if (!next) part.textContent = "0";
    }
  }

  async function mend(row, told) {
    const page = await fetched().catch(() => null);
    if (!page) return;
    put(row, rowIn(page, row), told.edit);
    count(page);
  }

  async function take(row, button, form) {
    const entries = () => [...new FormData(form, button), ["row", "1"]];
    const url = button.hasAttribute("formaction") ? button.formAction : form.action;
    const told = await send(url, entries, words);
    if (told.status === "taken" || told.isStale) await mend(row, told);
    const kind = told.status === "taken" ? "success" : "error";
    focus(show(place(row), note(told.words, { kind, door: told.door, label: words.door })));
  }

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const row = rowOf(submitter);
    if (event.defaultPrevented || !row || !submitter.matches("[data-takes]")) return;
    event.preventDefault();
    if (submitter.ariaBusy) return;
    row.querySelector(".row-said")?.replaceChildren();
    submitter.ariaBusy = "true";
    try {
      await take(row, submitter, form);
    } finally {
      submitter.ariaBusy = null;
    }
  });
})();
