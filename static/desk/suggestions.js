// What suggests itself: asked for when the page is there, and again when its words were saved. One button adds each, pins
// it or puts it aside; what is put aside is kept, and is shown again by one button as well.
"use strict";

const suggested = document.getElementById("suggestions");

if (suggested) {
  const WORDS = ["title", "standfirst", "body"];
  const SLOTS = { topic_list: "topics", offering_list: "offerings" };
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  const panel = document.createElement("div");
  // What suggests itself for a list stands behind that list, where the page has room for it; the rest in a panel.
  const slots = new Map(
    [...document.querySelectorAll("[data-suggestions-of]")].map((slot) => [slot.dataset.suggestionsOf, slot]),
  );
  const roots = [panel, ...slots.values()];
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const one = (selector) => all(selector)[0] ?? null;
  let waiting;
  let asked = 0;

  const form = document.getElementById("article_form");
  const pickerOf = (name) => document.querySelector(`[data-picker="${name}"]`);
  const picked = (name) =>
    new Set([...(pickerOf(name)?.querySelectorAll("[data-rows] input[type=hidden]") ?? [])].map((one) => one.value));
  // Topics are among them: offerings are suggested by the topics they share.
  const words = () => [...WORDS.map((name) => form?.elements[name]?.value ?? ""), ...picked("topic_list")].join("\n");
  const open = (list) => [...list.querySelectorAll("[data-thing]")].filter((row) => !row.hidden);
  // The related offerings of the form's list, in its order, which is the readers'.
  const related = () =>
    [...(pickerOf("offering_list")?.querySelectorAll("[data-rows] > li") ?? [])].filter(
      (row) => row.querySelector("select")?.value === "related",
    );

  function say(text, isFault = false) {
    said.className = isFault ? "note note-stop" : "visually-hidden";
    said.textContent = text;
  }

  // What stands in the form already need not be offered; what stands first there is told.
  function tidy() {
    for (const list of all("[data-suggested]")) {
      const have = picked(list.dataset.suggested);
      for (const row of list.querySelectorAll("[data-thing]")) row.hidden = have.has(row.dataset.thing);
      const left = open(list).length;
      list.querySelector(".n").textContent = String(left);
      const buttons = list.querySelector(".sugg-do");
      if (buttons) buttons.hidden = left === 0;
    }
    const first = one("[data-first]");
    if (!first || !pickerOf("offering_list")) return;
    first.textContent = related()[0]?.querySelector("[data-label]").textContent ?? "";
    first.closest("p").hidden = !first.textContent;
  }

  // Draw the panel anew; what was folded open stays so, and the focus stays on its button, where that is still there.
  function draw(pieces) {
    const focused = roots.some((root) => root.contains(document.activeElement)) ? document.activeElement.dataset : null;
    const folds = new Map(all("[data-fold]").map((fold) => [fold.dataset.fold, fold.open]));
    panel.replaceChildren(...pieces);
    for (const slot of slots.values()) slot.replaceChildren();
    for (const list of panel.querySelectorAll("[data-suggested]"))
      slots.get(SLOTS[list.dataset.suggested])?.append(list);
    for (const fold of all("[data-fold]")) if (folds.has(fold.dataset.fold)) fold.open = folds.get(fold.dataset.fold);
    if (!panel.isConnected) suggested.append(panel, said);
    // A form cannot stand within the brief's own: its buttons name it, wherever it stands.
    for (const old of document.querySelectorAll("body > #attach-there")) old.remove();
    const attach = panel.querySelector("#attach-there");
    if (attach) document.body.append(attach);
    tidy();
    if (focused)
      all("button")
        .find(
          (one) =>
            one.dataset.id === focused.id &&
            (one.dataset.pick ?? one.dataset.settle) === (focused.pick ?? focused.settle),
        )
        ?.focus();
  }

  let seen = null;
  async function look() {
    const mine = ++asked;
    const now = words();
    try {
      const answer = await fetch(suggested.dataset.url, {
        headers: { "X-Requested-With": "fetch" },
        credentials: "same-origin",
      });
      if (mine !== asked || !answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      seen = now;
      draw(page.body.childNodes);
    } catch {
      // The network is away for a moment; the next change asks again.
    }
  }

  function add(name, { id, text, css }) {
    pickerOf(name)?.dispatchEvent(new CustomEvent("medigy:pick", { detail: { id, text, css } }));
    return picked(name).has(id);
  }

  // Add an offering where it is not there, and move it up until no related one stands before it.
  function pin(button) {
    if (!add("offering_list", button.dataset)) return false;
    const row = related().find((one) => one.querySelector("input[type=hidden]").value === button.dataset.id);
    while (row && related()[0] !== row) row.querySelector("[data-up]").click();
    return Boolean(row);
  }

  // Put things aside, or let them be offered again. Gives whether that was kept.
  async function settle(wish, kind, ids) {
    const token = document.querySelector("[name='csrfmiddlewaretoken']")?.value ?? "";
    const body = new URLSearchParams(ids.map((id) => [kind, id]));
    try {
      const answer = await fetch(`${suggested.dataset.url}${wish}/`, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (answer.ok) return true;
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      say(isJson ? (await answer.json()).words : "That could not be kept. Reload the page.", true);
    } catch {
      say("The network is away. Nothing was put aside.", true);
    }
    return false;
  }

  // The next suggestion has the focus; behind the last one, the box in which one finds more.
  function goOn(list, after) {
    const rows = [...list.querySelectorAll("[data-thing]")];
    const next = rows
      .slice(rows.indexOf(after) + 1)
      .concat(rows)
      .find((row) => !row.hidden && row !== after);
    focusOn(list, next?.dataset.thing);
  }

  function focusOn(list, id) {
    const row =
      list && [...list.querySelectorAll("[data-thing]")].find((one) => one.dataset.thing === id && !one.hidden);
    const button = row?.querySelector("button") ?? (list && open(list)[0]?.querySelector("button"));
    (button ?? pickerOf(list?.dataset.suggested)?.querySelector(".picker-find input") ?? all("button")[0])?.focus();
  }

  // Put rows of a list aside, and go on to what follows them.
  async function hide(list, kind, rows) {
    const all = open(list);
    const next = all[all.indexOf(rows.at(-1)) + 1];
    if (
      !(await settle(
        "hide",
        kind,
        rows.map((row) => row.dataset.thing),
      ))
    )
      return;
    say(rows.length > 1 ? "They are put aside." : "It is put aside.");
    await look();
    focusOn(again(list), next?.dataset.thing);
  }

  async function show(list, kind, id) {
    if (!(await settle("show", kind, [id]))) return;
    say("It is offered again.");
    await look();
    focusOn(again(list), id);
  }

  // The same list after the panel was drawn anew.
  const again = (list) => one(`[aria-labelledby="${list.getAttribute("aria-labelledby")}"]`);

  for (const root of roots)
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button[type=button]");
      if (!button) return;
      const list = button.closest("section");
      const rows = open(list);
      const { kind, id } = button.dataset;
      if (button.matches("[data-none]")) {
        hide(list, list.dataset.kind, rows);
        return;
      }
      if (button.matches("[data-settle=hide]")) {
        hide(list, kind, [button.closest("[data-thing]")]);
        return;
      }
      if (button.matches("[data-settle=show]")) {
        show(list, kind, id);
        return;
      }
      const { text } = button.dataset;
      if (button.matches("[data-pick]")) {
        const added = add(button.dataset.pick, button.dataset);
        say(added ? `${text} is added.` : `${text} could not be added. Find it in the box.`, !added);
      } else if (button.matches("[data-pin]")) {
        const pinned = pin(button);
        say(pinned ? `${text} stands first.` : `${text} could not be added. Find it in the box.`, !pinned);
      } else if (button.matches("[data-pick-all]")) {
        const added = rows
          .map((row) => row.querySelector("[data-pick]"))
          .filter((one) => add(one.dataset.pick, one.dataset));
        say(`${added.map((one) => one.dataset.text).join(", ")}: added.`);
      } else return;
      tidy();
      goOn(list, button.closest("[data-thing]"));
    });

  // Alt+Shift+T and Alt+Shift+O lead to the first of each list.
  document.addEventListener("keydown", (event) => {
    if (window.deskKeys.isOff()) return;
    const name = event.altKey && event.shiftKey && { KeyT: "topic_list", KeyO: "offering_list" }[event.code];
    const list = name && one(`[data-suggested="${name}"]`);
    const first = list && open(list)[0]?.querySelector("[data-pick]");
    if (!first) return;
    event.preventDefault();
    first.focus();
  });

  form?.addEventListener("input", tidy);
  form?.addEventListener("change", tidy);
  document.addEventListener("medigy:saved", () => {
    tidy();
    if (words() === seen) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 2000);
  });
  look();
}
