// Hours that are often chosen fill the box beside them. Without this script the box is typed into.
"use strict";

document.documentElement.dataset.hours = "";
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hour] [data-shown]");
  if (!button) return;
  const box = button.closest("[data-hour]").querySelector("input");
  box.value = button.dataset.shown;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
});
