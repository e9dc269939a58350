// What suggests itself: asked for when the page is there, and again when its words were saved; added by one button.
"use strict";

const suggested = document.getElementById("suggestions");

if (suggested) {
  const WORDS = ["title", "standfirst", "body"];
  const refused = new Set();
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  const panel = document.createElement("div");
  let waiting;
  let asked = 0;

  const form = document.getElementById("article_form");
  const pickerOf = (name) => document.querySelector(`[data-picker="${name}"]`);
  const picked = (name) => new Set([...(pickerOf(name)?.querySelectorAll("[data-rows] input[type=hidden]") ?? [])].map((one) => one.value));
  // Topics are among them: offerings are suggested by the topics they share.
  const words = () => [...WORDS.map((name) => form?.elements[name]?.value ?? ""), ...picked("topic_list")].join("\n");
  const open = (list) => [...list.querySelectorAll("[data-thing]")].filter((row) => !row.hidden);

  // What stands in the form already, or was refused on this screen, need not be offered.
  function tidy() {
    for (const list of panel.querySelectorAll("[data-suggested]")) {
      const name = list.dataset.suggested;
      const have = picked(name);
      for (const row of list.querySelectorAll("[data-thing]")) row.hidden = have.has(row.dataset.thing) || refused.has(`${name} ${row.dataset.thing}`);
      const left = open(list).length;
      list.querySelector(".n").textContent = String(left);
      const buttons = list.querySelector(".sugg-do");
      if (buttons) buttons.hidden = left === 0;
    }
  }

  let seen = null;
  async function look() {
    const mine = ++asked;
    const now = words();
    try {
      const answer = await fetch(suggested.dataset.url, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
      if (mine !== asked || !answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== asked) return;
      seen = now;
      const focused = panel.contains(document.activeElement) ? document.activeElement : null;
      const again = focused?.dataset.pick ? `[data-pick="${focused.dataset.pick}"][data-id="${focused.dataset.id}"]` : null;
      panel.replaceChildren(...page.body.childNodes);
      if (!panel.isConnected) suggested.replaceChildren(panel, said);
      tidy();
      if (again) panel.querySelector(again)?.focus();
    } catch {
      // The network is away for a moment; the next change asks again.
    }
  }

  function add(button) {
    const { pick: name, id, text } = button.dataset;
    pickerOf(name)?.dispatchEvent(new CustomEvent("medigy:pick", { detail: { id, text } }));
    return picked(name).has(id);
  }

  // The next suggestion has the focus; behind the last one, the box in which one finds more.
  function goOn(list, after) {
    const rows = [...list.querySelectorAll("[data-thing]")];
    const next = rows.slice(rows.indexOf(after) + 1).concat(rows).find((row) => !row.hidden);
    (next?.querySelector("[data-pick]") ?? pickerOf(list.dataset.suggested)?.querySelector(".picker-find input"))?.focus();
  }

  panel.addEventListener("click", (event) => {
    const list = event.target.closest("[data-suggested]");
    const button = event.target.closest("button");
    if (!list || !button) return;
    const rows = open(list);
    if (button.matches("[data-pick]")) {
      said.textContent = add(button) ? `${button.dataset.text} is added.` : `${button.dataset.text} could not be added. Find it in the box.`;
    } else if (button.matches("[data-pick-all]")) {
      const added = rows.map((row) => row.querySelector("[data-pick]")).filter(add);
      said.textContent = `${added.map((one) => one.dataset.text).join(", ")}: added.`;
    } else if (button.matches("[data-none]")) {
      rows.forEach((row) => refused.add(`${list.dataset.suggested} ${row.dataset.thing}`));
      said.textContent = "They are put aside.";
    } else return;
    tidy();
    goOn(list, button.closest("[data-thing]"));
  });

  // Alt+Shift+T and Alt+Shift+O lead to the first of each list.
  document.addEventListener("keydown", (event) => {
    const name = event.altKey && event.shiftKey && { KeyT: "topic_list", KeyO: "offering_list" }[event.code];
    const first = name && open(panel.querySelector(`[data-suggested="${name}"]`) ?? panel)[0]?.querySelector(`[data-pick="${name}"]`);
    if (!first) return;
    event.preventDefault();
    first.focus();
  });

  form?.addEventListener("input", tidy);
  document.addEventListener("medigy:saved", () => {
    if (words() === seen) return;
    clearTimeout(waiting);
    waiting = setTimeout(look, 2000);
  });
  look();
}
