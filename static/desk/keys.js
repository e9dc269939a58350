// The desk by keyboard. Nothing is taken from who types: keys alone work outside of fields, and none while a word is
// still being composed. Your settings switches all of them off; the sheet that lists them stays in the menu.
"use strict";

{
  const sheet = document.getElementById("keys");
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const isOff = () => document.documentElement.dataset.shortcuts === "off";
  const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";
  const isWriting = (target) => Boolean(target.closest?.(FIELD));
  const isSeen = (one) => Boolean(one) && one.checkVisibility();

  function openSheet() {
    if (!sheet || sheet.open) return;
    document.querySelector("details.menu[open]")?.removeAttribute("open");
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
    sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  }

  const go = (place) => { if (place) location.assign(place); return Boolean(place); };
  function focus(...found) {
    const one = found.find(isSeen);
    if (!one) return false;
    for (let fold = one.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
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
  const begin = () => focus(...at("form.paste input[name=link], .paste-page input[name=link]")) || go(sheet?.dataset.paste);

  // Where Alt with a figure leads, in the order in which a brief is made.
  const REGIONS = [
    () => at("#id_title"),
    () => at("#id_standfirst"),
    () => at(".field-body .ProseMirror[contenteditable=true]", "#id_body", ".field-words .readonly"),
    () => at("#preview .frame"),
    () => at(".step-do > .btn-primary", ".step-do > .step-form .btn-primary", ".step-do .btn-primary", ".step-do summary"),
    () => at("#checks a", "#checks summary", "#checks button"),
    () => at("#id_topic_list-add"),
    () => at("#id_offering_list-add"),
  ];
  const PREVIEW = 3;
  function toRegion(place) {
    const toggle = document.getElementById("show-preview");
    if (place === PREVIEW && toggle && !toggle.checked) toggle.click();
    return focus(...REGIONS[place]());
  }

  // The button of the form one is in, else the step that the brief is for; one that asks something opens.
  function step(target) {
    const own = target.closest?.(".step-form")?.querySelector("[type=submit], button:not([type=button])");
    const button = own || at(".step-do > .btn-primary", ".step-do > .step-form .btn-primary", ".step-do > .menu-wide > summary", "form.settings [type=submit]").find(isSeen);
    if (!button) return false;
    button.click();
    if (button.matches("summary")) focus(button.parentElement.querySelector(".step-form :is(input:not([type=hidden]), select, textarea, button)"));
    return true;
  }

  const next = () => { document.dispatchEvent(new CustomEvent("medigy:next-error")); return true; };
  const ALONE = { "?": () => { openSheet(); return true; }, "/": search, n: begin };
  const AFTER_G = { h: () => go(sheet?.dataset.home), b: () => go(sheet?.dataset.briefs) };
  let wentAt = 0;

  function alone(event) {
    if (event.repeat || isWriting(event.target) || event.target.closest?.("[role=listbox], dialog[open]")) return false;
    const isSecond = Date.now() - wentAt < 1500;
    wentAt = 0;
    if (isSecond && AFTER_G[event.key]) return AFTER_G[event.key]();
    if (event.key === "g") { wentAt = Date.now(); return true; }
    return ALONE[event.key]?.() ?? false;
  }

  function withAlt(event) {
    const figure = Number(/^Digit([1-8])$/.exec(event.code)?.[1]);
    if (figure) return !(isMac && isWriting(event.target)) && toRegion(figure - 1);  // there it writes a letter
    return event.key === "ArrowDown" && !event.target.closest?.("select, [role=combobox]") && Boolean(document.getElementById("checks")) && next();
  }

  function taken(event) {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    const isMod = (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey;
    if (isMod) return event.key === "Enter" && !event.repeat && step(event.target);
    if (ctrlKey || metaKey) return false;
    if (altKey) return !shiftKey && withAlt(event);
    if (event.key === "F8") return !shiftKey && next();
    return alone(event);
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isOff()) return;
    if (taken(event)) event.preventDefault();
  });
}
