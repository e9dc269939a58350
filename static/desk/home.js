// The first page by keys and in place: rows are decided where they stand, fold to a line that can be taken back for half
// a minute, and the next one is selected and in view. Without this script every button is of a form.
"use strict";

(() => {
  const list = document.querySelector(".jobs");
  const words = document.querySelector("[data-rows-steps]")?.dataset;
  if (!list || !words) return;
  const { note, show, focus, send, fetched, parsed } = window.deskSteps;
  const WHILE = 30_000; // ms in which a decision can be taken back
  const status = document.getElementById("home-said");
  document.querySelector(".todo .keys").hidden = window.deskKeys.isOff();

  // Rows --------------------------------------------------------------------------------------------------------------

  const rows = () => [...list.querySelectorAll(":scope > .job")];
  const open = () => rows().filter((row) => !row.matches(".is-done"));
  const selected = () => list.querySelector(":scope > .is-selected");
  const rowOf = (one) => one?.closest?.(".jobs > .job");

  function mark(row) {
    for (const one of rows()) one.classList.toggle("is-selected", one === row);
  }
  function select(row) {
    if (!row) return false;
    mark(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    return true;
  }
  // The row that is selected, else the first: a key that acts on one first shows which.
  function move(by) {
    const all = open();
    const now = all.indexOf(rowOf(document.activeElement) ?? selected());
    return select(now < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, now + by))]);
  }
  function onRow(act) {
    const row = selected();
    if (!row) return move(1);
    return row.matches(".is-done") ? false : act(row);
  }
  const press = (selector) => () =>
    onRow((row) => {
      const button = row.querySelector(selector);
      button?.click();
      return Boolean(button);
    });
  list.addEventListener("focusin", ({ target }) => mark(rowOf(target)));

  // Deciding ----------------------------------------------------------------------------------------------------------

  const own = (name, words_) => Object.assign(document.createElement(name), words_);
  const icon = (name) => {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "i");
    drawing.setAttribute("aria-hidden", "true");
    drawing.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
    drawing.firstChild.setAttribute("href", `#s-${name}`);
    return drawing;
  };
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  // What can be taken back: the newest last.
  const undoable = [];

  function fold(row, told) {
    const said = own("p", {});
    said.append(icon("tick"));
    const text = own("span", {});
    text.append(...parsed(told.words));
    said.append(text);
    row.dataset.edit = told.edit;
    row.replaceChildren(said);
    row.classList.add("is-done");
    row.classList.remove("is-selected");
    if (row.dataset.undo) row.append(undoButton(row));
    status.textContent = text.textContent;
  }
  function undoButton(row) {
    const button = own("button", { type: "button", className: "btn btn-s" });
    button.append(icon("undo"), "Undo");
    button.setAttribute("aria-label", `Undo: ${row.querySelector("p").textContent}`);
    button.addEventListener("click", () => undo(row));
    undoable.push(row);
    setTimeout(() => {
      button.remove();
      if (undoable.includes(row)) undoable.splice(undoable.indexOf(row), 1);
    }, WHILE);
    return button;
  }

  const rowIn = (page, row) => page.querySelector(`.jobs > .job[data-article="${CSS.escape(row.dataset.article)}"]`);
  // The head, the counts and what stands beside follow what was done; rows keep their places.
  async function refresh() {
    const page = await fetched().catch(() => null);
    if (!page) return null;
    for (const part of document.querySelectorAll("[data-counted]")) {
      const next = page.querySelector(`[data-counted="${CSS.escape(part.dataset.counted)}"]`);
      if (next) part.replaceWith(next);
    }
    return page;
  }
  async function renewed() {
    const page = await fetched().catch(() => null);
    const fresh = page?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (!fresh || fresh === token()) return false;
    for (const box of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) box.value = fresh;
    return true;
  }

  function refuse(row, told) {
    const place = row.querySelector(".row-said") ?? own("div", { className: "row-said" });
    (row.querySelector("[data-says]") ?? row).append(place);
    focus(show(place, note(told.words, { kind: "error", door: told.door, label: words.door })));
  }

  async function decide(row, form) {
    const told = await send(form.action, () => [...new FormData(form), ["row", "1"]], words, renewed);
    if (told.status !== "taken") {
      const page = told.isStale ? await refresh() : null;
      const next = page && rowIn(page, row);
      if (next) row.replaceChildren(...next.childNodes);
      refuse(row, told);
      return;
    }
    const all = open();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    fold(row, told);
    if (next) select(next);
    else row.focus();
    await refresh();
  }

  async function undo(row) {
    const at = undoable.indexOf(row);
    if (at < 0) return;
    undoable.splice(at, 1);
    const entries = () => [
      ["csrfmiddlewaretoken", token()],
      ["edit", row.dataset.edit],
    ];
    const told = await send(row.dataset.undo, entries, words, renewed);
    if (told.status !== "undone") {
      row.querySelector("button")?.remove();
      refuse(row, told);
      return;
    }
    const page = await refresh();
    const fresh = page && rowIn(page, row);
    if (fresh) row.replaceChildren(...fresh.childNodes);
    row.classList.remove("is-done");
    status.textContent = told.words;
    select(row);
  }

  document.addEventListener("submit", async (event) => {
    const { target: form } = event;
    const row = rowOf(form);
    if (event.defaultPrevented || !row || !form.matches("[data-decides]")) return;
    event.preventDefault();
    if (row.ariaBusy) return;
    row.ariaBusy = "true";
    row.querySelector(".row-said")?.replaceChildren();
    try {
      await decide(row, form);
    } finally {
      row.ariaBusy = null;
    }
  });

  // Returning takes the focus into its reason at once; Escape gives it back.
  list.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches(".job-back") && target.open) target.querySelector("textarea").focus();
    },
    { capture: true },
  );
  list.addEventListener("keydown", (event) => {
    const panel = event.target.closest(".job-back[open]");
    if (!panel || event.isComposing) return;
    if (event.key === "Escape") {
      panel.open = false;
      select(rowOf(panel));
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      panel.querySelector("form").requestSubmit();
    }
  });

  const { alone } = window.deskKeys;
  alone({ j: () => move(1), k: () => move(-1) }, { repeats: true });
  alone({
    e: press(".title a"),
    Enter: (event) => (event.target.matches(".job") ? press(".title a")() : false),
    a: press("[data-decides=approve] button"),
    r: press(".job-back > summary"),
    c: press("[data-takes]"),
    z: () => {
      const row = undoable.at(-1);
      if (!row) return false;
      undo(row);
      return true;
    },
  });
})();
