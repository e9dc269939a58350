// The list of briefs: counts what is ticked, keeps ticks and place for whoever comes back, and walks by keys.
"use strict";

{
  const form = document.getElementById("changelist-form");
  const kept = `medigy:list:${location.pathname}${location.search}`;
  const ticks = form ? [...form.querySelectorAll(".action-select")] : [];
  const all = document.getElementById("action-toggle");
  const across = form?.querySelector("[name=across]");

  const show = () => {
    const ticked = ticks.filter((tick) => tick.checked).length;
    const matching = form.querySelector(".bulk")?.dataset.matching;
    const count = form.querySelector("[data-count]");
    if (count) count.textContent = across?.checked ? `All ${matching} selected` : `${ticked} selected`;
    if (across && !ticked) across.checked = false;
    if (all) {
      all.checked = ticked === ticks.length;
      all.indeterminate = ticked > 0 && ticked < ticks.length;
    }
  };

  const here = () => ticks.findIndex((tick) => tick.closest("tr").contains(document.activeElement));
  const walk = (place, into = true) => {
    const link = ticks[place]?.closest("tr").querySelector(".field-title a");
    link?.focus({ preventScroll: !into });
    if (into) link?.closest("tr").scrollIntoView({ block: "nearest" });
  };

  // What was ticked, and how far down, goes by the address of the list; logging out forgets it.
  const keep = () => {
    const ticked = ticks.filter((tick) => tick.checked).map((tick) => tick.value.split(":")[0]);
    sessionStorage.setItem(kept, JSON.stringify({ ticked, down: scrollY, at: here() }));
  };
  const restore = () => {
    const was = JSON.parse(sessionStorage.getItem(kept) || "null");
    if (!was) return;
    for (const tick of ticks) tick.checked = was.ticked.includes(tick.value.split(":")[0]);
    show();
    const [entry] = performance.getEntriesByType("navigation");
    if (entry?.type !== "reload") scrollTo(0, was.down);
    if (ticks[was.at]) walk(was.at, false);
  };
  const forget = () => {
    for (const name of Object.keys(sessionStorage))
      if (name.startsWith("medigy:list:")) sessionStorage.removeItem(name);
  };

  if (form) {
    form.dataset.woken = "";
    const clear = form.querySelector("button[type=reset]");
    if (clear) clear.hidden = false;
    all?.addEventListener("change", () => {
      for (const tick of ticks) tick.checked = all.checked;
    });
    form.addEventListener("change", show);
    form.addEventListener("reset", () =>
      setTimeout(() => {
        for (const tick of ticks) tick.checked = false;
        show();
        keep();
      }),
    );
    form.addEventListener("submit", () => addEventListener("pagehide", () => sessionStorage.removeItem(kept)));
    let last = null;
    form.addEventListener("click", (event) => {
      const tick = event.target.closest?.(".action-select");
      if (!tick) return;
      if (event.shiftKey && last) {
        const [from, to] = [ticks.indexOf(last), ticks.indexOf(tick)].sort((one, other) => one - other);
        for (const between of ticks.slice(from, to + 1)) between.checked = tick.checked;
        show();
      }
      last = tick;
    });
    addEventListener("pagehide", keep);
    restore();
    show();
  }
  document.getElementById("logout-form")?.addEventListener("submit", () => addEventListener("pagehide", forget));

  for (const select of document.querySelectorAll("select[data-submits]")) {
    select.dataset.woken = "";
    select.addEventListener("change", () => select.form.requestSubmit());
  }

  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = window.deskKeys.isOff();
  const next = () => walk(Math.min(here() + 1, ticks.length - 1));
  const previous = () => walk(Math.max(here() - 1, 0));
  if (form) {
    window.deskKeys.alone({
      x: () => {
        const tick = ticks[here()];
        if (tick) {
          tick.checked = !tick.checked;
          show();
        }
      },
    });
    window.deskKeys.alone(
      { j: next, k: previous, ArrowDown: () => here() >= 0 && next(), ArrowUp: () => here() >= 0 && previous() },
      { repeats: true },
    );
  }
}
