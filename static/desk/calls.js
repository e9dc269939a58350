// Names of those who see a brief are offered while one is typed after “@”, or into a box that takes a name. Chosen by the
// arrows and Enter or Tab, or by mouse; without this script a name is typed as it is.
"use strict";

(() => {
  const MOST = 7;
  let box = null; // what is typed into
  let list = null; // what is offered
  let people = null; // a promise of those who see the brief
  let start = 0;
  let at = 0;

  const known = () => {
    const url = document.querySelector("[data-people]")?.dataset.people;
    people ??= fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : { people: [] }))
      .then((told) => told.people)
      .catch(() => {
        people = null;
        return [];
      });
    return people;
  };
  document.addEventListener("medigy:brief", () => {
    people = null;
    close();
  });

  function close() {
    list?.remove();
    list = null;
    box?.removeAttribute("aria-activedescendant");
    box?.setAttribute("aria-expanded", "false");
  }
  // What is typed of a name before the caret: all of a box for one name, else what stands behind the last “@”.
  function begun(area) {
    const before = area.value.slice(0, area.selectionStart);
    if (area.dataset.calls === "one") return { from: 0, words: before.replace(/^@/, "") };
    const found = before.match(/(?:^|[^\w@./-])@([\w.+@-]*)$/);
    return found && { from: before.length - found[1].length, words: found[1] };
  }
  function fits({ name, words }, typed) {
    const small = typed.toLowerCase();
    return (
      name.toLowerCase().startsWith(small) ||
      words
        .toLowerCase()
        .split(" ")
        .some((one) => one.startsWith(small))
    );
  }
  function choose(option) {
    const name = option.dataset.name;
    const isOne = box.dataset.calls === "one";
    const end = isOne ? box.value.length : box.selectionStart;
    box.setRangeText(isOne ? name : `${name} `, start, end, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    box.focus();
  }
  function point(by) {
    const options = [...list.children];
    at = (at + by + options.length) % options.length;
    for (const [place, option] of options.entries()) option.setAttribute("aria-selected", String(place === at));
    box.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }
  function option({ name, words }, place) {
    const item = Object.assign(document.createElement("li"), { id: `calls-${place}`, role: "option" });
    item.dataset.name = name;
    const said = Object.assign(document.createElement("bdi"), { textContent: words });
    const typed = Object.assign(document.createElement("span"), { className: "faint", textContent: `@${name}` });
    item.append(said, typed);
    return item;
  }
  function show(found) {
    close();
    list = Object.assign(document.createElement("ul"), { className: "calls", id: "calls", role: "listbox" });
    list.setAttribute("aria-label", "Colleagues who see this brief");
    list.append(...found.map(option));
    document.body.append(list);
    const edge = box.getBoundingClientRect();
    const under = edge.bottom + list.offsetHeight < innerHeight;
    list.style.setProperty(
      "inset-inline-start",
      `${Math.max(4, Math.min(edge.left, innerWidth - list.offsetWidth - 4))}px`,
    );
    list.style.setProperty("inset-block-start", `${under ? edge.bottom : Math.max(4, edge.top - list.offsetHeight)}px`);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": "calls",
    }))
      box.setAttribute(name, value);
    box.setAttribute("aria-expanded", "true");
    at = 0;
    point(0);
  }
  document.addEventListener("input", async ({ target, isTrusted }) => {
    if (!target.matches?.("[data-calls]") || !isTrusted) return;
    box = target;
    const typed = begun(target);
    if (!typed || (target.dataset.calls === "one" && !typed.words)) {
      close();
      return;
    }
    const found = (await known()).filter(
      (one) => fits(one, typed.words) && (one.name !== "managers" || target.dataset.calls !== "one"),
    );
    if (box !== target || document.activeElement !== target || begun(target)?.words !== typed.words) return;
    start = typed.from;
    if (found.length) show(found.slice(0, MOST));
    else close();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (!list || event.target !== box || event.isComposing) return;
      const moves = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const isChosen = event.key === "Enter" || event.key === "Tab";
      if (!moves && !isChosen && event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (moves) point(moves);
      else if (isChosen) choose(list.children[at]);
      else close();
    },
    { capture: true },
  );
  document.addEventListener("pointerdown", (event) => {
    const item = event.target.closest(".calls > li");
    if (item) {
      event.preventDefault();
      choose(item);
    } else if (list && event.target !== box) close();
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target === box) close();
  });
})();
