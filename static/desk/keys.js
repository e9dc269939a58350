// The desk by keyboard. Nothing is taken from who types: keys alone work outside of fields, and none while a word is
// still being composed or while anything that is open waits for an answer. Your settings switches all of them off; the
// sheet that lists them stays in the menu.
"use strict";

// The one guard of keys that act alone. Scripts give them to `alone`, or ask `isFree` where the key belongs to a box.
window.deskKeys = (() => {
  const FIELD =
    "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";
  // Whatever is open on top of the page and waits: menus, dialogs, popovers, lists of choices, two texts to choose from.
  const OPEN =
    "details.menu[open], dialog[open], [popover]:popover-open, [role=dialog], [role=alertdialog], [role=menu], [role=listbox], [aria-haspopup][aria-expanded=true], [role=combobox][aria-expanded=true], .merge, .job-back[open]";
  const tables = [];

  const isOff = () => document.documentElement.dataset.shortcuts === "off";
  const isWriting = (target) => Boolean(target.closest?.(FIELD));
  const isAsked = (but = null) =>
    [...document.querySelectorAll(OPEN)].some((one) => !(but && one.matches(".merge")) && one.checkVisibility());
  const isPlain = (event) =>
    !event.defaultPrevented &&
    !event.isComposing &&
    event.keyCode !== 229 &&
    !event.ctrlKey &&
    !event.metaKey &&
    !event.altKey;

  // Whether a key alone may act now; `but` is the box whose own key it is.
  const isFree = (event, but = null) => isPlain(event) && !isOff() && !isWriting(event.target) && !isAsked(but);

  // Let keys act alone: an object of what each does, which gives false where it did nothing. Those of a walk repeat.
  const alone = (table, { repeats = false } = {}) => tables.push({ table, repeats });
  document.addEventListener("keydown", (event) => {
    if (!isFree(event)) return;
    const found = tables.find(({ table, repeats }) => Object.hasOwn(table, event.key) && (repeats || !event.repeat));
    if (found && found.table[event.key](event) !== false) event.preventDefault();
  });

  return { isOff, isWriting, isAsked, isFree, alone, letters: () => tables.flatMap(({ table }) => Object.keys(table)) };
})();

{
  const { isOff, isWriting } = window.deskKeys;
  const sheet = document.getElementById("keys");
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const isSeen = (one) => Boolean(one) && one.checkVisibility();

  function openSheet() {
    if (!sheet || sheet.open) return;
    document.querySelector("details.menu[open]")?.removeAttribute("open"); // the sheet was opened from it
    sheet.querySelector("[data-off]").hidden = !isOff();
    sheet.showModal();
  }

  if (sheet) {
    if (isMac) {
      for (const key of sheet.querySelectorAll("[data-mod]")) key.textContent = "⌘";
      for (const key of sheet.querySelectorAll("[data-alt]")) key.textContent = "⌥";
    }
    for (const button of document.querySelectorAll("[data-keys]")) {
      button.hidden = false;
      button.addEventListener("click", openSheet);
    }
    sheet.addEventListener("click", (event) => {
      if (event.target === sheet) sheet.close();
    });
  }

  const go = (place) => {
    if (place) location.assign(place);
    return Boolean(place);
  };
  function focus(...found) {
    const one = found.find(isSeen);
    if (!one) return false;
    for (let fold = one.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])"))
      fold.open = true;
    one.scrollIntoView({ block: "nearest" });
    one.focus({ preventScroll: true });
    return true;
  }
  const at = (...selectors) => selectors.map((selector) => document.querySelector(selector));

  function search() {
    const box = at("#searchbar", "#bar-q").find(isSeen);
    box?.select?.();
    return focus(box);
  }
  // The box for a link where the page has one, else the page that is one.
  const begin = () =>
    focus(...at("form.paste input[name=link], .paste-page input[name=link]")) || go(sheet?.dataset.paste);

  // Where Alt with a figure leads, in the order in which a brief is made.
  const REGIONS = [
    () => at("#id_title"),
    () => at("#id_standfirst"),
    () => at(".field-body .ProseMirror[contenteditable=true]", "#id_body", ".field-words .readonly"),
    () => at("#preview .frame"),
    () =>
      at(".step-do > .btn-primary", ".step-do > .step-form .btn-primary", ".step-do .btn-primary", ".step-do summary"),
    () => at("#checks a", "#checks summary", "#checks button"),
    () => at("#id_topic_list-add"),
    () => at("#id_offering_list-add"),
  ];
  const PREVIEW = 3;
  const PAGE_TEXT = 8;
  function toRegion(place) {
    const toggle = document.getElementById("show-preview");
    if (place === PREVIEW && toggle && !toggle.checked) toggle.click();
    if (place === PAGE_TEXT) {
      document.getElementById("show-page-text")?.click();
      return true;
    }
    return focus(...REGIONS[place]());
  }

  // The button of the form one is in, else the step that the brief is for; one that asks something opens.
  function step(target) {
    const own = target.closest?.(".step-form")?.querySelector("[type=submit], button:not([type=button])");
    const button =
      own ||
      at(
        ".step-do > .btn-primary",
        ".step-do > .step-form .btn-primary",
        ".step-do > .menu-wide > summary",
        "form.settings [type=submit]",
      ).find(isSeen);
    if (!button) return false;
    button.click();
    if (button.matches("summary"))
      focus(button.parentElement.querySelector(".step-form :is(input:not([type=hidden]), select, textarea, button)"));
    return true;
  }

  const next = () => {
    document.dispatchEvent(new CustomEvent("medigy:next-error"));
    return true;
  };
  let wentAt = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      if (!["g", "h", "b", "n"].includes(event.key)) wentAt = 0;
    },
    { capture: true },
  );
  // The second of two keys, soon after “g”.
  const second = (act) => () => {
    const isSecond = Date.now() - wentAt < 1500;
    wentAt = 0;
    return isSecond && act();
  };
  const toNotices = second(() => go(sheet?.dataset.notices));
  window.deskKeys.alone({
    "?": () => openSheet(),
    "/": search,
    n: () => toNotices() || begin(),
    g: () => {
      wentAt = Date.now();
    },
    h: second(() => go(sheet?.dataset.home)),
    b: second(() => go(sheet?.dataset.briefs)),
  });

  function withAlt(event) {
    const figure = Number(/^Digit([1-9])$/.exec(event.code)?.[1]);
    if (figure) return !(isMac && isWriting(event.target)) && toRegion(figure - 1); // there it writes a letter
    return (
      event.key === "ArrowDown" &&
      !event.target.closest?.("select, [role=combobox]") &&
      Boolean(document.getElementById("checks")) &&
      next()
    );
  }

  function taken(event) {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    const isMod = (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;
    if (isMod) return event.key === "Enter" && !event.repeat && step(event.target);
    if (ctrlKey || metaKey) return false;
    if (altKey) return !shiftKey && withAlt(event);
    return event.key === "F8" && !shiftKey && next();
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isOff()) return;
    if (document.querySelector("dialog[open]")) return; // what lies behind it is nobody's now
    if (taken(event)) event.preventDefault();
  });
}
