// Small manners of the desk: what is unsaved is not left without a word, and menus close as one expects.
"use strict";

const form = document.querySelector("form[data-unsaved]");
if (form && !form.dataset.autosave && !form.dataset.begin) {
  let unsaved = false;
  form.addEventListener("input", () => {
    unsaved = true;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s" && !window.deskKeys.isOff()) {
      event.preventDefault();
      form.requestSubmit(document.querySelector("[form='article_form'][name='_save'], #article_form [name='_save']"));
    }
  });
}

// What was kept on this machine for later is nobody's after signing out.
document.getElementById("logout-form")?.addEventListener("submit", () => {
  for (const store of [localStorage, sessionStorage])
    for (const key of Object.keys(store)) if (key.startsWith("medigy.")) store.removeItem(key);
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// The writing field is built by its own script; whoever cannot see it hears its label.
function nameTheEditor() {
  const editor = document.querySelector(".prose-editor .ProseMirror[contenteditable]");
  if (!editor) return false;
  editor.setAttribute("aria-label", editor.closest(".form-row")?.querySelector("label")?.textContent || "Text");
  return true;
}
if (form && !nameTheEditor()) {
  new MutationObserver((_, observer) => {
    if (nameTheEditor()) observer.disconnect();
  }).observe(form, { childList: true, subtree: true });
}

const filters = document.querySelector(".facets-fold");
if (filters && window.matchMedia("(width < 80rem)").matches) filters.open = false;
