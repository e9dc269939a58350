// The bell follows what happens meanwhile: it asks when the page is looked at again, and every two minutes while it is.
"use strict";

(() => {
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  const EVERY = 120_000;
  const SOONEST = 15_000;
  let tag = "";
  let asked = Date.now();

  async function ask() {
    if (document.hidden || Date.now() - asked < SOONEST) return;
    asked = Date.now();
    const headers = { Accept: "application/json", ...(tag && { "If-None-Match": tag }) };
    const answer = await fetch(bell.dataset.bell, { credentials: "same-origin", headers }).catch(() => null);
    if (!answer?.ok || answer.redirected) return; // 304: as it is; anything else: the next time
    tag = answer.headers.get("ETag") ?? "";
    const { number, shown, words } = await answer.json();
    bell.classList.toggle("is-ringing", number > 0);
    bell.title = words;
    bell.querySelector(".bell-n").textContent = shown;
    bell.querySelector("[data-words]").textContent = words;
  }
  document.addEventListener("visibilitychange", ask);
  window.addEventListener("focus", ask);
  document.addEventListener("medigy:told", () => {
    asked = Number.NEGATIVE_INFINITY;
    ask();
  });
  setInterval(ask, EVERY);
})();
