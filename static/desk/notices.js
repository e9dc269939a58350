// Notices: what is opened is read; keys walk through them. Without this script each has a button of a form.
"use strict";

(() => {
  const page = document.querySelector("[data-notices]");
  if (!page) return;
  const rows = () => [...page.querySelectorAll(".notice")];
  const selected = () => page.querySelector(".notice.is-selected");
  const link = (row) => row?.querySelector("a.t, .notice-more summary");

  function select(row) {
    if (!row) return false;
    for (const one of rows()) one.classList.toggle("is-selected", one === row);
    link(row)?.focus();
    return true;
  }
  function move(by) {
    const all = rows();
    const now = all.indexOf(selected());
    return select(now < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, now + by))]);
  }
  page.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".notice");
    if (row) for (const one of rows()) one.classList.toggle("is-selected", one === row);
  });

  // It is told while the page goes away, so nobody waits for it.
  function tell(row) {
    const form = row?.querySelector("form");
    if (!form) return;
    const headers = { Accept: "application/json" };
    const body = new URLSearchParams(new FormData(form));
    fetch(form.action, { method: "POST", body, headers, credentials: "same-origin", keepalive: true }).catch(() => {});
    row.classList.remove("is-new");
  }
  for (const name of ["click", "auxclick"])
    page.addEventListener(name, ({ target, button }) => {
      if (target.closest("a") && button < 2) tell(target.closest(".notice"));
    });

  window.deskKeys.alone({ j: () => move(1), k: () => move(-1) }, { repeats: true });
  window.deskKeys.alone({
    x: () => {
      const button = selected()?.querySelector("form button");
      button?.click();
      return Boolean(button);
    },
    e: () => {
      link(selected())?.click();
      return Boolean(selected());
    },
  });
})();
