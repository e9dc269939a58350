// Shows the brief as readers will see it while it is written, as wide as a phone, a tablet or a desktop.
"use strict";

(() => {
  const fields = window.deskFields;
  const saving = window.deskAutosave;
  const panel = document.getElementById("preview");
  const toggle = document.getElementById("show-preview");
  if (!panel || !toggle) return;
  const form = document.getElementById("article_form");
  const frame = panel.querySelector("iframe");
  const look = panel.querySelector("[data-look]");
  const said = panel.querySelector("[data-said]");
  const WIDTHS = { phone: 390, tablet: 768, desktop: 1280 };
  const WAIT = 350;
  const KEY = "desk.preview";
  let timer;
  let asking = null;
  let loaded = "";
  let isClosed = false;

  const page = () => panel.dataset.preview || form.dataset.preview;
  const address = () => page() && `${page()}?as=${look.value}`;
  const isOpen = () => toggle.checked && panel.offsetParent !== null;

  // The page inside is as wide as the device; the frame is as large as that page, scaled to the room there is.
  function fit() {
    const width = WIDTHS[panel.querySelector("[name=pv]:checked").value];
    const room = frame.parentElement.clientWidth;
    const inside = frame.contentDocument?.documentElement;
    frame.style.inlineSize = `${width}px`;
    const scale = Math.min(1, room / width);
    frame.style.zoom = scale;
    if (inside) frame.style.blockSize = `${Math.max(320, inside.ownerDocument.body?.scrollHeight || 0)}px`;
  }

  async function draw() {
    clearTimeout(timer);
    if (!isOpen() || !address()) return;
    if (loaded !== address()) {
      loaded = address();
      frame.src = loaded;
      return;
    }
    if (!fields || isClosed) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const body = new URLSearchParams(fields.entries());
      const answer = await fetch(address(), {
        method: "POST",
        body,
        signal: asking.signal,
        credentials: "same-origin",
        headers: { "X-CSRFToken": saving.token() },
      });
      if (!answer.ok) {
        said.textContent = panel.dataset.stale;
        return;
      }
      const next = new DOMParser().parseFromString(await answer.text(), "text/html");
      const inside = frame.contentDocument;
      inside.body.replaceWith(inside.adoptNode(next.body));
      inside.body.inert = true;
      said.textContent = "";
      fit();
      document.dispatchEvent(new CustomEvent("medigy:drawn"));
    } catch (fault) {
      if (fault.name !== "AbortError") said.textContent = panel.dataset.stale;
    }
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT);
  };

  frame.addEventListener("load", () => {
    if (!frame.contentDocument?.body || frame.contentDocument.URL === "about:blank") return;
    frame.contentDocument.body.inert = true;
    new ResizeObserver(fit).observe(frame.contentDocument.documentElement);
    fit();
    document.dispatchEvent(new CustomEvent("medigy:drawn"));
    if (fields && saving?.changed().length) soon();
  });
  if (fields) {
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      asking?.abort();
    });
    form.addEventListener("input", soon);
    for (const name of ["medigy:picked", "medigy:written", "medigy:begun"]) document.addEventListener(name, soon);
  }
  // Whoever may not write any more sees what is stored.
  document.addEventListener("medigy:closed", () => {
    isClosed = true;
    loaded = "";
    draw();
  });
  look.addEventListener("change", draw);
  panel.addEventListener("change", fit);
  new ResizeObserver(fit).observe(panel);

  function remember() {
    try {
      localStorage.setItem(KEY, toggle.checked ? "open" : "folded");
    } catch {
      /* Then it opens as it always does. */
    }
  }
  const before = (() => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  })();
  toggle.checked = before ? before === "open" : window.matchMedia("(width >= 80rem)").matches;
  toggle.addEventListener("change", () => {
    remember();
    draw();
  });
  document.addEventListener("keydown", (event) => {
    if (
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.shiftKey ||
      event.key !== "p" ||
      window.deskKeys.isOff()
    )
      return;
    event.preventDefault();
    toggle.checked = !toggle.checked;
    toggle.dispatchEvent(new Event("change"));
  });
  draw();
})();
