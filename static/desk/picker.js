// Lists of things in their order: find, add, move up, take out. Without this script the ticks and the box still work.
"use strict";

// A thing that matches: its name, why it does, and how many briefs have it, where these are known.
function described({ text, note, used }) {
  const part = (tag, words, css = "") =>
    Object.assign(document.createElement(tag), { textContent: words, className: css });
  if (used === undefined) return [text];
  const briefs = used === null ? "" : `${used} ${used === 1 ? "brief" : "briefs"}`;
  return [part("b", text), part("small", [note, briefs].filter(Boolean).join(" · "), "num")].flatMap((one) => [
    one,
    " ",
  ]);
}

// A list of names, or a link: what matches it is known when it is entered.
const IS_NO_NAME = /[;,]|^https?:|^www\.|\w\.\w+\//i;

// What matches: `results`, and `said` where there is something to say of there being none.
async function lookUp(url, term) {
  const answer = await fetch(`${url}&term=${encodeURIComponent(term)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new TypeError("no answer");
  return answer.json();
}

// A box that opens what matches while one types: arrows, Enter and the mouse choose; Escape closes.
function finder(input, url, choose, enter) {
  const list = document.createElement("ul");
  list.className = "choices";
  list.id = `${input.id || input.name}-choices`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What matches");
  const none = Object.assign(document.createElement("div"), { className: "choices", hidden: true });
  const said = Object.assign(document.createElement("div"), { className: "none" });
  said.setAttribute("role", "status");
  none.append(said);
  input.after(list, none);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
  }))
    input.setAttribute(name, value);
  let found = [];
  let at = -1;
  let asked = 0;
  let waiting;

  const close = () => {
    list.hidden = none.hidden = true;
    said.textContent = "";
    found = [];
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    at = place;
    for (const [index, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(index === at));
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (thing) => {
    close();
    choose(thing);
  };
  const say = (words) => {
    close();
    none.hidden = !words;
    said.textContent = words;
  };
  // What is on its way comes too late.
  const hush = () => {
    clearTimeout(waiting);
    asked += 1;
    close();
  };
  const show = (things) => {
    close();
    found = things;
    list.replaceChildren(
      ...things.map((thing, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.setAttribute("role", "option");
        item.append(...described(thing));
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(thing);
        });
        return item;
      }),
    );
    list.hidden = things.length === 0;
    input.setAttribute("aria-expanded", String(things.length > 0));
    mark(things.length ? 0 : -1);
  };
  const ask = async () => {
    const term = input.value.trim();
    const mine = ++asked;
    if (!term) return close();
    try {
      const told = await lookUp(url, term);
      if (mine !== asked) return;
      if (told.results.length) show(told.results);
      else say(told.said || (IS_NO_NAME.test(term) ? "" : `Nothing is called “${term}”`));
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      if (mine === asked) say("Could not be looked up just now.");
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("blur", hush);
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      mark((at + step + found.length) % found.length);
    } else if (event.key === "Enter" && found.length && at >= 0) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === "Enter" && input.value.trim()) {
      hush();
      if (enter?.()) event.preventDefault();
    } else if (event.key === "Escape" && !(list.hidden && none.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}

// Before the script a box for lists has lines; with it, it is a box like the others.
function lineOf(area) {
  if (!area) return null;
  const input = document.createElement("input");
  input.type = "text";
  for (const { name, value } of area.attributes) if (name !== "rows") input.setAttribute(name, value);
  input.value = area.value.trim().replace(/\s*\n\s*/g, "; ");
  area.replaceWith(input);
  return input;
}

// Wakes one list. What is entered without being chosen (a link, say) is looked up on saving; a list of names at once.
window.deskPicker = (picker) => {
  const rows = picker.querySelector("[data-rows]");
  const blank = picker.querySelector("template").content.firstElementChild;
  const input = lineOf(picker.querySelector(".picker-find textarea")) || picker.querySelector(".picker-find input");
  const changed = () => {
    picker.dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("medigy:picked", { detail: { name: picker.dataset.picker } }));
  };
  const wake = (row) => {
    row.querySelector("[data-do]").hidden = false;
    row.querySelector("[data-gone]")?.remove();
    row.querySelector("[data-up]").addEventListener("click", () => {
      row.previousElementSibling?.before(row);
      row.querySelector("[data-up]").focus();
      changed();
    });
    row.querySelector("[data-out]").addEventListener("click", () => {
      row.remove();
      input.focus();
      changed();
    });
  };
  const put = (thing) => {
    if ([...rows.querySelectorAll("input[type=hidden]")].some((one) => one.value === String(thing.id))) return 0;
    const row = blank.cloneNode(true);
    row.querySelector("input[type=hidden]").value = thing.id;
    row.querySelector("[data-label]").textContent = thing.text;
    if (thing.css) row.classList.add(thing.css);
    wake(row);
    rows.append(row);
    return 1;
  };
  const add = (thing) => {
    input.value = "";
    put(thing);
    changed();
  };
  const enter = () => {
    if (!("autosaves" in document.documentElement.dataset)) return false;
    enterLink().then((isPut) => {
      if (!isPut)
        document.dispatchEvent(new CustomEvent("medigy:entered", { detail: { name: picker.dataset.picker } }));
    });
    return true;
  };
  // A link to a page we have is put as its row, where the reason that it may owe is asked for.
  const enterLink = async () => {
    const words = input.value;
    const link = words.match(/https?:\/\/\S+/i)?.[0];
    const told = link ? await lookUp(picker.dataset.url, link).catch(() => ({ results: [] })) : { results: [] };
    if (told.results.length !== 1 || input.value !== words || !picker.isConnected) return false;
    add(told.results[0]);
    return true;
  };
  [...rows.children].forEach(wake);
  if (!picker.closest(".form-row")?.querySelector(".errorlist")) keepRows(picker);
  picker.addEventListener("medigy:pick", (event) => add(event.detail));
  if (picker.dataset.url)
    finder(input, picker.dataset.url, add, "takesLists" in picker.dataset ? lists(picker, input, put, changed) : enter);
};

// Rows that are stored owe nothing: what is at fault in a list is what came since.
function keepRows(picker) {
  for (const row of picker.querySelectorAll("[data-rows] > li")) row.dataset.kept = "";
}
document.addEventListener("medigy:saved", ({ detail }) => {
  const changed = new Set([...Object.keys(detail.waiting), ...window.deskAutosave.changed()]);
  for (const picker of document.querySelectorAll("[data-picker]"))
    if (!changed.has(picker.dataset.picker)) keepRows(picker);
});

// Lets a box take a list of names: what matches is added in its order, what does not stays in the box and is named.
function lists(picker, input, put, changed) {
  const said = Object.assign(document.createElement("p"), { className: "picker-said soft" });
  said.setAttribute("role", "status");
  input.closest(".picker-find").after(said);

  let now = picker;
  let isAsking = false;
  picker.addEventListener("medigy:replaced", ({ detail }) => {
    now = detail;
    if (isAsking) now.dispatchEvent(new CustomEvent("medigy:enter"));
  });
  picker.addEventListener("medigy:enter", () => addAll(input.value));

  async function addAll(names) {
    isAsking = true;
    input.value = names.trim().replace(/\s*[\n\r\t]+\s*/g, "; ");
    said.textContent = "";
    try {
      const token = document.querySelector("[name='csrfmiddlewaretoken']")?.value || "";
      const answer = await fetch(picker.dataset.url, {
        method: "POST",
        body: new URLSearchParams({ names }),
        credentials: "same-origin",
        headers: { "X-CSRFToken": token, Accept: "application/json" },
      });
      if (!answer.ok || answer.redirected) throw new TypeError("no answer");
      const told = await answer.json();
      if (now !== picker) return; // another's list took its place meanwhile; there it is looked up once more
      const added = told.found.reduce((count, thing) => count + put(thing), 0);
      input.value = told.rest;
      if (added) changed();
      said.textContent = [added ? `${added} added.` : told.found.length ? "There already." : "", told.fault]
        .filter(Boolean)
        .join(" ");
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      said.textContent = "The list could not be looked up just now. It stays in the box.";
    } finally {
      isAsking = false;
    }
  }

  input.addEventListener("input", () => {
    said.textContent = "";
  });
  input.addEventListener("paste", (event) => {
    const names = event.clipboardData?.getData("text/plain") || "";
    if (!/[\n\t;,]/.test(names.trim())) return;
    event.preventDefault();
    addAll(`${input.value}\n${names}`);
  });
  return () => {
    addAll(input.value);
    return true;
  };
}
for (const picker of document.querySelectorAll("[data-picker]")) window.deskPicker(picker);

for (const form of document.querySelectorAll("[data-picker-single]")) {
  const input = form.querySelector("input[type=search]");
  finder(input, form.dataset.url, (thing) => {
    input.value = thing.text;
    form.requestSubmit();
  });
}
