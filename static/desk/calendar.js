// The calendar by mouse and by keys: a plan is taken to another day, or off the plan, by its step; an appointment opens
// the panel of its hour and goes nowhere by itself. Without this script entries are links and the shelf is a form.
"use strict";

(() => {
  const root = document.getElementById("calendar");
  if (!root) return;
  const { note, show, focus, send, fetched, telling, held } = window.deskSteps;
  const words = root.dataset;
  const WHILE = 30_000; // ms in which a plan can be taken back
  const DAY = 86_400_000;
  const said = root.querySelector("[data-says]");
  const status = document.getElementById("calendar-said");
  const bar = document.getElementById("calendar-move");
  const panel = document.getElementById("calendar-hour");
  root.querySelector("[data-keys-line]").hidden = window.deskKeys.isOff();

  const own = (name, given) => Object.assign(document.createElement(name), given);
  const escaped = (text) => own("i", { textContent: text }).innerHTML;
  const at = (address, pk) => address.replace("/0/", `/${pk}/`);
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  // Days, as text: “2026-11-28” ----------------------------------------------------------------------------------------

  const instant = (day) => Date.parse(`${day}T00:00:00Z`);
  const later = (day, by) => new Date(instant(day) + by * DAY).toISOString().slice(0, 10);
  const IN_WORDS = new Intl.DateTimeFormat(document.documentElement.lang || "en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const told = (day) => (day ? IN_WORDS.format(instant(day)) : "the shelf");
  const dayOf = (one) => one?.closest?.("[data-day]")?.dataset.day ?? "";
  const cellsOf = (day) => [...root.querySelectorAll(`[data-day="${CSS.escape(day)}"]`)];

  // Entries ------------------------------------------------------------------------------------------------------------

  const entryOf = (one) => one?.closest?.(".cal [data-kind]");
  const linkOf = (entry) => entry.querySelector("a");
  const nameOf = (entry) => entry.querySelector("a > span, h3").textContent.trim();
  const entries = () => [...root.querySelectorAll("[data-kind]")];
  const now = () => entryOf(document.activeElement);
  function go(entry) {
    if (!entry) return false;
    linkOf(entry).focus({ preventScroll: true });
    entry.scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }
  function along(by) {
    begin();
    const all = entries();
    const here = now();
    return go(here ? all[Math.min(all.length - 1, Math.max(0, all.indexOf(here) + by))] : all[0]);
  }
  function dress() {
    for (const entry of entries()) {
      entry.draggable = true;
      linkOf(entry).draggable = false;
    }
  }

  const { say, tell, hush } = telling(said, status);

  // Whoever does something else while an answer is on its way is left where they are: each deed begins a turn.
  let turn = 0;
  const begin = () => {
    const mine = ++turn;
    return () => mine === turn;
  };
  const entryFor = ({ article, kind }) => {
    const all = [...root.querySelectorAll(`[data-kind][data-article="${CSS.escape(article)}"]`)];
    return all.find((one) => one.dataset.kind === kind) ?? all[0];
  };

  // The days as they are now. What somebody is at goes on: folds, what is chosen on the shelf, the focus; what is dragged is
  // let go first, and what is walked with the arrows walks on. Of several that are asked for the last one stands.
  let refreshed = 0;
  async function refresh(article, isMine) {
    const mine = ++refreshed;
    const page = await fetched().catch(() => null);
    if (dragged) await new Promise((done) => root.addEventListener("dragend", done, { once: true }));
    if (!page || mine !== refreshed) return;
    for (const place of [".cal-days", ".gaps", ".shelf"]) {
      const [here, there] = [root.querySelector(place), page.querySelector(`#calendar ${place}`)];
      if (here && there) {
        const goesOn = held(here);
        here.replaceWith(there);
        goesOn(there);
      } else if (here) here.replaceChildren();
    }
    dress();
    if (moving) {
      moving.entry = entryFor(moving.entry.dataset) ?? moving.entry;
      moving.entry.classList.add("is-moved");
      mark(cellsOf(moving.day)[0]);
    } else if (isMine()) go(entryFor({ article }));
  }

  // Taking something to a day ------------------------------------------------------------------------------------------

  // `day` is empty for the shelf.
  async function put(entry, day) {
    const { kind, article } = entry.dataset;
    const isMine = begin();
    hush();
    if (kind === "goes") {
      if (day) await ask(entry, "reschedule", day);
      else tell(escaped(`“${nameOf(entry)}” has its hour. Cancel the schedule on its card to take it off.`), "error");
      return;
    }
    if (day === dayOf(entry)) return;
    if (day && day < words.today) {
      tell(escaped(`${told(day)} is over. Choose today or a later day.`), "error");
      return;
    }
    const body = () => [
      ["csrfmiddlewaretoken", token()],
      ["edit", entry.dataset.edit],
      ["planned_on", day],
      ["row", "1"],
    ];
    const answer = await send(at(words.step, article), body, words);
    if (answer.status === "taken") {
      await refresh(article, isMine);
      tell(answer.words, "success", undoButton(article, answer.edit));
      return;
    }
    if (answer.isStale) await refresh(article, isMine);
    const item = show(said, note(answer.words, { kind: "error", door: answer.door, label: words.door }));
    if (isMine()) focus(item);
  }

  let undoable = null;
  function undoButton(article, edit) {
    const button = own("button", { type: "button", className: "btn btn-s", textContent: "Undo" });
    const mine = { article, edit, button };
    undoable = mine;
    button.addEventListener("click", () => undo(mine));
    setTimeout(() => {
      button.remove();
      if (undoable === mine) undoable = null;
    }, WHILE);
    return button;
  }
  async function undo({ article, edit, button }) {
    undoable = null;
    button.remove();
    const isMine = begin();
    const body = () => [
      ["csrfmiddlewaretoken", token()],
      ["edit", edit],
    ];
    const answer = await send(at(words.undo, article), body, words);
    await refresh(article, isMine);
    tell(escaped(answer.words), answer.status === "undone" ? "success" : "error");
  }

  // The panel of an hour: the form of the step as the card has it on the newsroom's clock, with the day put in, which is
  // the newsroom's as well. Sending it is what schedules.
  async function ask(entry, step, day) {
    const { article } = entry.dataset;
    const isMine = begin();
    const card = `${at(words.card, article)}?clock=newsroom`;
    const answer = await fetch(card, { credentials: "same-origin" }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    if (!isMine()) return; // something else was begun meanwhile
    const form = page?.querySelector(`[data-step="${step}"] form, form[data-step="${step}"]`);
    if (!form) {
      tell(
        escaped(page ? `“${nameOf(entry)}” has no hour that is yours to set now. Its card says why.` : words.fault),
        "error",
      );
      return;
    }
    const heading = own("h2", { id: "calendar-hour-h", textContent: nameOf(entry) });
    const close = own("button", { type: "button", className: "btn btn-bare", textContent: "Leave it as it is" });
    const place = own("div", {});
    close.addEventListener("click", () => panel.close());
    const box = form.querySelector("input[name=at]");
    box.value = `${day}T${box.value.slice(11, 16) || "08:00"}`;
    form.append(close);
    panel.replaceChildren(
      heading,
      own("p", { className: "soft", textContent: "Nothing is scheduled until you send this." }),
      place,
      form,
    );
    panel.showModal();
    box.focus();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (form.ariaBusy) return;
      form.ariaBusy = "true";
      try {
        const taken = await send(form.action, () => [...new FormData(form), ["row", "1"]], words);
        const here = panel.contains(form); // else it was left meanwhile, perhaps for another brief's
        if (taken.status === "taken") {
          if (here) panel.close();
          await refresh(article, here ? begin() : () => false);
          tell(taken.words, "success");
        } else if (!here) tell(taken.words, "error");
        else {
          const turn = form.querySelector(".hour-turn");
          if (taken.isTwice && turn) turn.hidden = false;
          focus(show(place, note(taken.words, { kind: "error", door: taken.door, label: words.door })));
        }
      } finally {
        form.ariaBusy = null;
      }
    });
  }
  panel.addEventListener("close", () => panel.replaceChildren());

  // By mouse -----------------------------------------------------------------------------------------------------------

  let dragged = null;
  const placeOf = (one) => one?.closest?.("[data-day], .shelf");
  function mark(place) {
    for (const one of root.querySelectorAll(".is-target")) one.classList.remove("is-target");
    place?.classList.add("is-target");
  }
  function undrag() {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    mark(null);
  }
  root.addEventListener("dragstart", (event) => {
    const entry = entryOf(event.target);
    if (!entry) return;
    begin();
    hush();
    dragged = entry;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(entry));
    entry.classList.add("is-dragged");
  });
  root.addEventListener("dragover", (event) => {
    const place = placeOf(event.target);
    if (!dragged || !place) return;
    const { day } = place.dataset;
    if (day && day < words.today) {
      mark(null);
      return;
    }
    event.preventDefault();
    mark(place);
  });
  root.addEventListener("drop", (event) => {
    const place = placeOf(event.target);
    if (!dragged || !place) return;
    event.preventDefault();
    const entry = dragged;
    undrag();
    put(entry, place.dataset.day ?? "");
  });
  root.addEventListener("dragend", undrag);

  // By keys: picked up with m, walked with the arrows, put down with Enter, left with Escape -----------------------------

  let moving = null;
  const WALK = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  function pick(entry) {
    begin();
    hush();
    const from = dayOf(entry);
    const first = from > words.today ? from : words.today;
    moving = { entry, from, day: first };
    entry.classList.add("is-moved");
    bar.hidden = false;
    tellMove();
    return true;
  }
  function tellMove() {
    const { entry, from, day } = moving;
    mark(cellsOf(day)[0]);
    root.querySelector(".is-target")?.scrollIntoView({ block: "nearest" });
    const text = `Moving “${nameOf(entry)}” from ${told(from)} to ${told(day)}.`;
    bar.querySelector("[data-move-words]").textContent = text;
    say(`${text} Arrows choose the day, Enter puts it there, Escape leaves it.`);
  }
  function leave() {
    const { entry } = moving;
    moving = null;
    entry.classList.remove("is-moved");
    bar.hidden = true;
    mark(null);
    return entry;
  }
  function walk(key) {
    const by = root.querySelector(".agenda") ? Math.sign(WALK[key]) : WALK[key];
    const day = later(moving.day, by);
    if (day < words.today) {
      say(`${told(day)} is over.`);
      return;
    }
    moving.day = day;
    tellMove();
  }
  document.addEventListener(
    "keydown",
    (event) => {
      if (!moving || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (window.deskKeys.isAsked() || window.deskKeys.isWriting(event.target)) {
        leave();
        return;
      }
      if (WALK[event.key]) walk(event.key);
      else if (event.key === "Enter") {
        const { day } = moving;
        put(leave(), day);
      } else if (event.key === "Escape") {
        go(leave());
        say("Left where it was.");
      } else if (event.key === "Tab") {
        leave();
        return;
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
  document.addEventListener("pointerdown", () => moving && leave());

  const onEntry = (act) => () => {
    const entry = now();
    return entry && !moving ? act(entry) : !moving && along(1);
  };
  const follow = ({ key }) => {
    const link = root.querySelector(`a[data-key="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  };
  window.deskKeys.alone({ j: () => along(1), k: () => along(-1) }, { repeats: true });
  window.deskKeys.alone({
    m: onEntry(pick),
    u: onEntry((entry) => {
      if (entry.dataset.kind === "shelf") return false;
      put(entry, "");
      return true;
    }),
    "@": onEntry((entry) => {
      const from = dayOf(entry);
      const day = from > words.today ? from : later(words.today, 1);
      ask(entry, entry.dataset.kind === "goes" ? "reschedule" : "publish", entry.dataset.kind === "goes" ? from : day);
      return true;
    }),
    z: () => {
      if (!undoable) return false;
      undo(undoable);
      return true;
    },
    "[": follow,
    "]": follow,
    t: follow,
    1: follow,
    2: follow,
    3: follow,
  });
  dress();
})();
