// The board by mouse and by keys: a card opens beside the columns, and is moved by dragging it, by its menu or by keys.
// Every move is a step of the workflow, sent by its own form in the opened card; without this script cards are links.
"use strict";

(() => {
  const root = document.getElementById("board");
  if (!root) return;
  const { note, show, focus, send, fetched, telling, held, isUsed } = window.deskSteps;
  const words = root.dataset;
  const MOVES = JSON.parse(words.moves);
  const WHILE = 30_000; // ms in which a decision can be taken back
  const side = document.getElementById("board-side");
  const status = document.getElementById("board-said");
  const said = document.querySelector(".board-note");
  document.querySelector("[data-keys-line]").hidden = window.deskKeys.isOff();

  const own = (name, given) => Object.assign(document.createElement(name), given);
  const columns = () => [...root.querySelectorAll(".col")];
  const columnOf = (one) => one?.closest?.(".col");
  const cardOf = (one) => one?.closest?.(".board .card");
  const cardsIn = (column) => [...column.querySelectorAll(".card")];
  const linkOf = (card) => card.querySelector("h3 a");
  const cardOfArticle = (pk) => root.querySelector(`.card[data-article="${CSS.escape(pk)}"]`);
  const nameOf = (card) => linkOf(card).textContent;
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  const { tell, hush } = telling(said, status);
  // Words of ours in a note, which takes HTML.
  const escaped = (text) => own("i", { textContent: text }).innerHTML;

  // Whoever does something else while an answer is on its way is left where they are: each deed begins a turn, and what
  // is asked of an answer in another's turn is neither opened nor focused.
  let turn = 0;
  const begin = () => {
    const mine = ++turn;
    return () => mine === turn;
  };

  // Cards --------------------------------------------------------------------------------------------------------------

  function go(card) {
    if (!card) return false;
    linkOf(card).focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }
  const now = () => cardOf(document.activeElement) ?? root.querySelector(".card.is-chosen");
  function along(by) {
    begin();
    const card = now();
    if (!card) return go(root.querySelector(".card"));
    const all = cardsIn(columnOf(card));
    return go(all[Math.min(all.length - 1, Math.max(0, all.indexOf(card) + by))]);
  }
  function across(by) {
    begin();
    const card = now();
    if (!card) return go(root.querySelector(".card"));
    const filled = columns().filter((one) => cardsIn(one).length);
    const next = filled[filled.indexOf(columnOf(card)) + by];
    if (!next) return true;
    const all = cardsIn(next);
    return go(all[Math.min(all.length - 1, cardsIn(columnOf(card)).indexOf(card))]);
  }

  // What a page cannot weigh for each of a hundred cards is added here.
  function dress() {
    for (const card of root.querySelectorAll(".card")) {
      card.draggable = true;
      const button = own("button", { type: "button", className: "card-menu btn btn-s btn-icon btn-bare" });
      button.setAttribute("aria-haspopup", "menu");
      button.setAttribute("aria-label", `Move “${nameOf(card)}”`);
      button.tabIndex = -1;
      button.textContent = "⋯";
      card.append(button);
    }
  }

  // The opened card ----------------------------------------------------------------------------------------------------

  function choose(card) {
    for (const one of root.querySelectorAll(".card")) one.classList.toggle("is-chosen", one === card);
  }
  const panel = () => side.querySelector(".panel");
  function close() {
    const card = panel() && cardOfArticle(panel().dataset.article);
    side.hidden = true;
    side.replaceChildren();
    choose(null);
    return card;
  }
  async function open(card, isMine) {
    const { href } = linkOf(card);
    const answer = await fetch(href, { credentials: "same-origin" }).catch(() => null);
    if (!isMine()) return null;
    if (!answer) {
      tell(escaped(words.fault), "error");
      return null;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!isMine()) return null;
    const fresh = page.getElementById("card");
    if (!fresh) {
      location.assign(href);
      return null;
    }
    const button = own("button", { type: "button", className: "btn btn-s btn-bare", textContent: "Close" });
    button.dataset.close = "";
    fresh.querySelector(".panel-row").append(button);
    const goesOn = panel()?.dataset.article === fresh.dataset.article ? held(side) : null; // the same brief, read anew
    side.replaceChildren(fresh);
    side.hidden = false;
    goesOn?.(side);
    choose(cardOfArticle(fresh.dataset.article));
    return fresh;
  }
  async function look(card, isMine = begin()) {
    hush();
    if (await open(card, isMine)) linkTitle().focus({ preventScroll: true });
  }
  const linkTitle = () => panel().querySelector(".title a");

  root.addEventListener("click", (event) => {
    const { target } = event;
    const card = cardOf(target);
    if (!card) return;
    if (target.closest(".card-menu")) {
      menu(card);
    } else if (target.closest("h3 a") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.button)) {
      event.preventDefault();
      look(card);
    }
  });
  side.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) go(close());
  });
  side.addEventListener("input", begin);
  side.addEventListener("pointerdown", ({ target }) => {
    if (!target.closest("form[aria-busy]")) begin(); // a second click on what is sent already is no other deed
  });
  side.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const fold = event.target.closest("details[open]");
    if (fold) {
      fold.open = false;
      fold.querySelector("summary").focus();
    } else go(close());
  });
  side.addEventListener(
    "toggle",
    ({ target }) => {
      if (target.matches("details") && target.open) field(target)?.focus();
    },
    { capture: true },
  );
  const field = (within) =>
    within.querySelector(":is(input:not([type=hidden]), select, textarea, button[type=submit])");

  // Moving -------------------------------------------------------------------------------------------------------------

  const mayGo = (card, there) => (card.dataset.moves ?? "").split(" ").includes(there);
  const moveOf = (card, there) => MOVES[`${columnOf(card).dataset.column} ${there}`] ?? ["", ""];

  async function move(card, there) {
    const [step, why] = moveOf(card, there);
    if (!mayGo(card, there)) {
      tell(escaped(why), "error");
      return;
    }
    const wasOpen = !side.hidden;
    const isMine = begin();
    hush();
    const fresh = await open(card, isMine);
    const form = fresh?.querySelector(`[data-step="${CSS.escape(step)}"]`);
    if (!fresh) return;
    if (fresh.dataset.edit !== card.dataset.edit || !form) {
      tell(escaped(`“${nameOf(card)}” changed meanwhile. It stands beside as it is now: look, then move it.`), "error");
      await refresh();
      return;
    }
    if (form.matches("details")) {
      form.open = true;
      field(form)?.focus();
    } else await take(form.querySelector("form"), wasOpen);
  }

  // The columns as they are now. What somebody is at goes on: a menu that is open, the focus, the scroll; a card that is
  // dragged is let go first. Of several that are asked for the last one stands.
  let refreshed = 0;
  async function refresh() {
    const mine = ++refreshed;
    const page = await fetched().catch(() => null);
    if (dragged) await new Promise((done) => root.addEventListener("dragend", done, { once: true }));
    const next = page?.getElementById("board");
    if (!next || mine !== refreshed) return;
    const chosen = panel()?.dataset.article;
    const asked = root.querySelector(".card.has-menu")?.dataset.article;
    const at = [...root.querySelectorAll(".card-moves > *")].indexOf(document.activeElement);
    const goesOn = held(root);
    root.replaceChildren(...next.childNodes);
    document.querySelector(".board-jump").replaceWith(page.querySelector(".board-jump"));
    dress();
    if (chosen) choose(cardOfArticle(chosen));
    if (asked && cardOfArticle(asked)) menu(cardOfArticle(asked), at);
    goesOn(root);
    document.dispatchEvent(new CustomEvent("medigy:redrawn"));
  }
  // A step that leads on opens the next card of its column where cards are read one after the other.
  async function take(form, goesOn = true) {
    const isMine = begin();
    const { article } = panel().dataset;
    const card = cardOfArticle(article);
    const column = columnOf(card)?.dataset.column;
    const all = card ? cardsIn(columnOf(card)) : [];
    const next = (all[all.indexOf(card) + 1] ?? all[all.indexOf(card) - 1])?.dataset.article;
    const told = await send(form.action, () => [...new FormData(form), ["row", "1"]], words);
    if (told.status !== "taken") {
      if (told.isStale) {
        await refresh();
        if (cardOfArticle(article)) await open(cardOfArticle(article), isMine);
      }
      const isHere = isMine() && panel()?.dataset.article === article;
      const place = (isHere && panel().querySelector("[data-says]")) || said;
      const item = show(place, note(told.words, { kind: "error", door: told.door, label: words.door }));
      if (isMine()) focus(item);
      return;
    }
    await refresh();
    if (!isMine()) {
      // Whoever types beside goes on: the brief as it is now stands there with what is typed.
      const isBeside = () => panel()?.dataset.article === article;
      if (isBeside() && cardOfArticle(article)) await open(cardOfArticle(article), isBeside);
      else if (isBeside() && !isUsed(side)) close();
      tell(told.words, "success", undoButton(form, told, article));
      return;
    }
    const moved = cardOfArticle(article);
    const isThere = moved && columnOf(moved).dataset.column === column;
    tell(told.words, "success", undoButton(form, told, article));
    if (isThere) await look(moved, isMine);
    else if (goesOn && next && cardOfArticle(next)) await look(cardOfArticle(next), isMine);
    else {
      close();
      go(moved ?? (next && cardOfArticle(next)));
    }
    if (isThere || goesOn) tell(told.words, "success", undoButton(form, told, article));
  }

  // Decisions can be taken back for half a minute.
  let undoable = null;
  function undoButton(form, told, article) {
    if (!/\/step\/(approve|return)\/$/.test(form.action)) return null;
    const button = own("button", { type: "button", className: "btn btn-s", textContent: "Undo" });
    undoable = { url: form.action.replace(/step\/\w+\/$/, "decide/undo/"), edit: told.edit, article, button };
    const mine = undoable;
    button.addEventListener("click", () => undo(mine));
    setTimeout(() => {
      button.remove();
      if (undoable === mine) undoable = null;
    }, WHILE);
    return button;
  }
  async function undo({ url, edit, article, button }) {
    undoable = null;
    button.remove();
    const isMine = begin();
    const entries = () => [
      ["csrfmiddlewaretoken", token()],
      ["edit", edit],
    ];
    const told = await send(url, entries, words);
    await refresh();
    const card = cardOfArticle(article);
    tell(told.words, told.status === "undone" ? "success" : "error");
    if (card && isMine()) await open(card, isMine);
    if (isMine()) go(card);
  }

  side.addEventListener("submit", async (event) => {
    const { target: form } = event;
    if (event.defaultPrevented || !form.matches(".step-form")) return;
    event.preventDefault();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    try {
      await take(form);
    } finally {
      form.ariaBusy = null;
    }
  });

  // The menu of a card -------------------------------------------------------------------------------------------------

  // With the focus on what may be done first, or where it was (`at`; less than 0: it is elsewhere by now).
  function menu(card, at = null) {
    if (at === null) begin();
    shut();
    const list = own("div", { className: "menu-list card-moves" });
    list.setAttribute("role", "menu");
    list.setAttribute("aria-label", `Move “${nameOf(card)}” to`);
    for (const column of columns()) {
      const there = column.dataset.column;
      if (column === columnOf(card)) continue;
      const item = own("button", { type: "button", tabIndex: -1 });
      item.setAttribute("role", "menuitem");
      item.append(own("span", { textContent: column.dataset.label }));
      if (!mayGo(card, there)) {
        item.setAttribute("aria-disabled", "true");
        item.append(own("small", { textContent: moveOf(card, there)[1] }));
      }
      item.addEventListener("click", () => {
        if (item.ariaDisabled === "true") return;
        shut();
        move(card, there);
      });
      list.append(item);
    }
    card.append(list);
    card.classList.add("has-menu");
    card.querySelector(".card-menu").setAttribute("aria-expanded", "true");
    const items = [...list.children];
    list.addEventListener("keydown", (event) => {
      const at = items.indexOf(document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) items[(at + step + items.length) % items.length].focus();
      else if (event.key === "Escape" || event.key === "Tab") go(shut());
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    const first = items.find((item) => item.ariaDisabled !== "true") ?? items[0];
    (at === null ? first : items[at])?.focus();
    return true;
  }
  function shut() {
    const card = root.querySelector(".card.has-menu");
    card?.querySelector(".card-moves")?.remove();
    card?.querySelector(".card-menu").removeAttribute("aria-expanded");
    card?.classList.remove("has-menu");
    return card;
  }
  document.addEventListener("pointerdown", ({ target }) => {
    if (!target.closest?.(".card-moves, .card-menu")) shut();
  });

  // Dragging -----------------------------------------------------------------------------------------------------------

  let dragged = null;
  function undrag() {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    for (const column of columns()) column.classList.remove("takes", "refuses", "is-over");
  }
  root.addEventListener("dragstart", (event) => {
    const card = cardOf(event.target);
    if (!card) return;
    begin();
    hush();
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(card));
    card.classList.add("is-dragged");
    for (const column of columns()) {
      if (column === columnOf(card)) continue;
      column.classList.add(mayGo(card, column.dataset.column) ? "takes" : "refuses");
    }
  });
  root.addEventListener("dragover", (event) => {
    const column = columnOf(event.target);
    if (!dragged || !column) return;
    for (const one of columns()) one.classList.toggle("is-over", one === column);
    if (column.matches(".takes")) {
      event.preventDefault();
      hush();
    } else if (column.matches(".refuses")) {
      const why = moveOf(dragged, column.dataset.column)[1];
      if (status.textContent !== why) tell(escaped(why), "error");
    }
  });
  root.addEventListener("drop", (event) => {
    const column = columnOf(event.target);
    if (!dragged || !column?.matches(".takes")) return;
    event.preventDefault();
    const card = dragged;
    undrag();
    move(card, column.dataset.column);
  });
  root.addEventListener("dragend", undrag);

  // Keys ---------------------------------------------------------------------------------------------------------------

  const { alone } = window.deskKeys;
  const onCard = (act) => () => {
    const card = now();
    return card ? act(card) : along(1);
  };
  const arrow = (act) => (event) => inBoard(event) && act();
  const inBoard = ({ target }) => target === document.body || root.contains(target);
  const walk = {
    j: () => along(1),
    k: () => along(-1),
    ArrowDown: arrow(() => along(1)),
    ArrowUp: arrow(() => along(-1)),
    ArrowLeft: arrow(() => across(-1)),
    ArrowRight: arrow(() => across(1)),
  };
  alone(walk, { repeats: true });
  const press = (step) =>
    onCard((card) => {
      const there = columns().find((one) => moveOf(card, one.dataset.column)[0] === step)?.dataset.column;
      if (!there || !mayGo(card, there)) return false;
      move(card, there);
      return true;
    });
  alone({
    m: onCard((card) => menu(card)),
    a: press("approve"),
    r: press("return"),
    z: () => {
      if (!undoable) return false;
      undo(undoable);
      return true;
    },
  });
  dress();
})();
