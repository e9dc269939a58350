// The first page by keys and in place: rows are decided where they stand, fold to a line that can be taken back for half
// a minute, and the next one is selected and in view. Without this script every button is of a form.
"use strict";

(() => {
  const main = document.querySelector(".home-main[data-rows-steps]");
  if (!main) return;
  const words = main.dataset;
  const { note, show, focus, send, fetched, parsed, held, isUsed } = window.deskSteps;
  const status = document.getElementById("home-said");
  document.querySelector(".todo .keys").hidden = window.deskKeys.isOff();

  // Rows --------------------------------------------------------------------------------------------------------------

  const ROWS = ".jobs > .job";
  const rows = () => [...main.querySelectorAll(ROWS)];
  const open = () => rows().filter((row) => !row.matches(".is-done"));
  const selected = () => main.querySelector(`${ROWS}.is-selected`);
  const rowOf = (one) => one?.closest?.(ROWS);

  function mark(row) {
    for (const one of rows()) one.classList.toggle("is-selected", one === row);
    // A box for reasons that was left with nothing in it waits for nobody.
    for (const box of main.querySelectorAll(".job-back[open]"))
      if (!row?.contains(box) && !box.querySelector("textarea").value.trim() && !box.querySelector(":checked"))
        box.open = false;
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
    const now = all.indexOf(selected());
    return select(now < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, now + by))]);
  }
  const press = (selector) => () => {
    const row = selected();
    if (!row) return move(1);
    const button = row.querySelector(selector);
    button?.click();
    return Boolean(button);
  };
  main.addEventListener("focusin", ({ target }) => {
    if (rowOf(target)) mark(rowOf(target));
  });

  // What the page is now ----------------------------------------------------------------------------------------------

  const rowIn = (page, row) =>
    [...page.querySelectorAll(ROWS)].find(
      ({ dataset }) => dataset.article === row.dataset.article && dataset.queue === row.dataset.queue,
    );
  // The head, the counts and what stands beside follow what was done; rows keep their places, and new ones come last.
  // What was asked for before something else was done tells of what is no more, and is left alone.
  let refreshed = 0;
  async function refresh() {
    const number = ++refreshed;
    const page = await fetched().catch(() => null);
    if (!page || number !== refreshed) return page;
    for (const part of document.querySelectorAll("[data-counted]")) {
      const next = page.querySelector(`[data-counted="${CSS.escape(part.dataset.counted)}"]`);
      if (!next || part.querySelector(".is-done") || isUsed(part)) continue;
      const goesOn = held(part);
      part.replaceWith(next);
      goesOn(next);
    }
    const list = main.querySelector(".jobs");
    for (const row of page.querySelector(".jobs")?.querySelectorAll(":scope > .job") ?? [])
      if (!rowIn(document, row)) list.append(row);
    return page;
  }
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;
  // A row that was decided --------------------------------------------------------------------------------------------

  const made = (name, given) => Object.assign(document.createElement(name), given);
  function icon(name) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    drawing.setAttribute("class", "i");
    drawing.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#s-${name}`);
    drawing.append(use);
    return drawing;
  }
  function act(name, label, about, does) {
    const one = made("button", { type: "button", className: "btn btn-s", ariaLabel: `${label}: ${about}` });
    one.dataset.act = label;
    one.append(icon(name), label);
    one.addEventListener("click", does);
    return one;
  }

  const undoable = []; // rows, the newest last
  function settle(row) {
    if (undoable.includes(row)) undoable.splice(undoable.indexOf(row), 1);
    clearTimeout(Number(row.dataset.timer));
    row.querySelector("[data-act=Undo]")?.remove();
  }
  // Fold a row to what was done with it; what was approved can be published from there.
  function fold(row, told, step, given) {
    settle(row);
    const said = made("p", {});
    const text = made("span", {});
    text.append(...parsed(told.words));
    said.append(icon("tick"), text);
    const acts = made("div", { className: "job-do" });
    acts.append(act("undo", "Undo", text.textContent, () => undo(row)));
    if (step === "approve" && "publishes" in words)
      acts.append(act("published", "Publish", text.textContent, () => publish(row, { ...given, edit: told.edit })));
    Object.assign(row.dataset, { undo: told.undo, edit: told.edit });
    row.replaceChildren(said, acts);
    row.classList.add("is-done");
    row.classList.remove("is-selected");
    undoable.push(row);
    row.dataset.timer = setTimeout(() => settle(row), told.seconds * 1000);
    status.textContent = text.textContent;
  }

  function refuse(row, told) {
    const place = row.querySelector(".row-said") ?? made("div", { className: "row-said" });
    (row.querySelector("[data-says]") ?? row).append(place);
    focus(show(place, note(told.words, { kind: "error", door: told.door, label: words.door })));
  }

  // Deciding ----------------------------------------------------------------------------------------------------------

  async function decide(row, form, button) {
    const step = button.value;
    const told = await send(form.dataset.decides, () => [...new FormData(form, button)], words);
    if (told.status !== "taken") {
      const next = told.page ? rowIn((await refresh()) ?? document, row) : null;
      if (next && next !== row) {
        const goesOn = held(row);
        row.replaceChildren(...next.childNodes);
        const panel = row.querySelector(".job-back");
        if (panel) offer(panel);
        goesOn(row);
      }
      refuse(row, told);
      return;
    }
    const all = open();
    const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
    fold(row, told, step, { at: form.dataset.decides, version: form.elements.version?.value });
    select(next ?? row);
    await refresh();
  }
  async function publish(row, { at, version, edit }) {
    const entries = () => Object.entries({ csrfmiddlewaretoken: token(), step: "publish", edit, version });
    const told = await send(at, entries, words);
    if (told.status === "taken") fold(row, told, "publish");
    else refuse(row, told);
    row.focus();
    await refresh();
  }
  async function undo(row) {
    if (!undoable.includes(row)) return;
    const { undo: at, edit } = row.dataset;
    settle(row);
    const told = await send(at, () => Object.entries({ csrfmiddlewaretoken: token(), edit }), words);
    if (told.status !== "undone") {
      refuse(row, told);
      return;
    }
    const fresh = rowIn((await refresh()) ?? document, row);
    if (fresh && fresh !== row) {
      row.replaceChildren(...fresh.childNodes);
      row.classList.remove("is-done");
    } else row.querySelector("p span").textContent = told.words;
    status.textContent = told.words;
    select(row);
  }

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    const row = rowOf(form);
    if (event.defaultPrevented || !row || !form.matches("[data-decides]")) return;
    event.preventDefault();
    if (row.ariaBusy) return;
    row.ariaBusy = "true";
    row.querySelector(".row-said")?.replaceChildren();
    try {
      await decide(row, form, submitter);
    } finally {
      row.ariaBusy = null;
    }
  });

  // Returning ---------------------------------------------------------------------------------------------------------

  // The newsroom's reasons stand in the page once, and come into the box that is opened.
  function offer(panel) {
    const reasons = document.getElementById("home-reasons")?.content.cloneNode(true);
    if (reasons && !panel.querySelector(".reasons")) panel.querySelector(".line-form").before(reasons);
  }
  main.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches(".job-back[open]")) return;
      offer(target);
      mark(rowOf(target));
      target.querySelector("[type=checkbox], textarea").focus();
    },
    { capture: true },
  );
  const giveBack = (panel) => panel.closest("form").requestSubmit(panel.querySelector("[value=return]"));
  // Words are owed where no reason is ticked.
  main.addEventListener("change", ({ target }) => {
    const panel = target.closest(".job-back");
    if (panel) panel.querySelector("textarea").required = !panel.querySelector(":checked");
  });
  main.addEventListener("keydown", (event) => {
    // Escape closes a box that was opened just now as well, before it has the focus.
    const own = event.key === "Escape" ? rowOf(event.target)?.querySelector(".job-back[open]") : null;
    const panel = event.target.closest(".job-back[open]") ?? own;
    if (!panel || event.isComposing) return;
    const tick = event.target.matches("[type=checkbox]") && panel.querySelectorAll("[type=checkbox]")[event.key - 1];
    if (event.key === "Escape") {
      panel.open = false;
      select(rowOf(panel));
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      giveBack(panel);
    } else if (event.key === "Enter" && event.target.matches("[type=checkbox]")) {
      event.preventDefault(); // the form's first button approves
    } else if (tick && !window.deskKeys.isOff()) tick.click();
  });

  // Links that are being read: asked for again while one is, for some minutes at the most.
  let asked = 0;
  async function ask() {
    const part = document.querySelector(".incoming");
    if (!part?.querySelector(".is-spinning") || asked++ > 90) return;
    if (!document.hidden) {
      const answer = await fetch(part.dataset.asks, { credentials: "same-origin" }).catch(() => null);
      if (answer?.ok && !answer.redirected) {
        const [next] = parsed(await answer.text());
        if (!isUsed(part)) document.querySelector(".incoming").replaceWith(next);
      }
    }
    setTimeout(ask, 2000);
  }
  setTimeout(ask, 2000);

  // What is not to be approved at a glance is decided on its own screen: the key shows the way and goes no further.
  function toJudge() {
    const link = selected()?.querySelector("[data-judge]");
    if (link) {
      status.textContent = `${link.dataset.judge} Enter opens it.`;
      link.focus();
    }
    return Boolean(link);
  }

  const { alone } = window.deskKeys;
  alone({ j: () => move(1), k: () => move(-1) }, { repeats: true });
  alone({
    e: press(".title a"),
    Enter: ({ target }) => (target.matches(ROWS) ? press(".title a")() : false),
    a: () => press("[value=approve]")() || toJudge(),
    r: press(".job-back > summary"),
    c: press("[data-takes]"),
    p: () => {
      const own = selected()?.querySelector("[value=publish]");
      const publishing = own ?? undoable.findLast((row) => row.querySelector("[data-act=Publish]"));
      (own ?? publishing?.querySelector("[data-act=Publish]"))?.click();
      return Boolean(publishing);
    },
    z: () => {
      if (!undoable.length) return false;
      undo(undoable.at(-1));
      return true;
    },
  });
})();
