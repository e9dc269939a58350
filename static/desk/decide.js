// Deciding by mouse and by key: a decision is sent in place, the next brief stands there at once, and for half a minute
// what was decided can be undone. Without this script every button is of a form and every other brief a link.
"use strict";

(() => {
  const { note, show, focus, send, held } = window.deskSteps;
  const screen = () => document.getElementById("decide");
  const bar = () => document.querySelector("form[data-decide]");
  const button = (step) => bar()?.querySelector(`:is(.rv-acts, .rv-return) [name=step][value=${step}]`);
  const words = () => screen().dataset;
  let isOnItsWay = false;
  let undo = null;
  let timer;

  // Pages ahead ----------------------------------------------------------------------------------------------------------

  const ahead = new Map();
  async function fetched(url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.getElementById("decide") ? page : null;
  }
  // A brief that was fetched ahead is shown once; what is decided names its version, so an old one is refused.
  const page = async (url) => {
    const known = ahead.get(url);
    ahead.delete(url);
    return (await known?.catch(() => null)) ?? fetched(url);
  };
  function look() {
    for (const url of [words().next, words().before]) {
      if (url && !ahead.has(url)) ahead.set(url, fetched(url));
    }
  }

  // Another brief in this one's place ---------------------------------------------------------------------------------------

  function put(next, url) {
    const address = (page) => page.querySelector("form[data-decide]")?.getAttribute("action");
    // The same brief as it is by now: what is typed into its boxes stays there.
    const goesOn = address(next) === address(document) ? held(screen()) : null;
    for (const id of ["run", "decide"]) {
      const part = next.getElementById(id);
      document.getElementById(id).replaceWith(part);
    }
    goesOn?.(screen());
    document.title = words().title;
    if (url !== location.href) history.pushState({ brief: true }, "", url);
    document.querySelector(".rv-brief .rv-scroll").scrollTop = 0;
    if (scrollY) scrollTo(0, 0);
    document.dispatchEvent(new CustomEvent("medigy:brief"));
  }
  async function go(url, { isFresh = false } = {}) {
    if (!url) return;
    if (isFresh) ahead.clear();
    const next = await page(url).catch(() => null);
    if (!next) {
      location.assign(url);
      return;
    }
    put(next, new URL(url, location.href).href);
    look();
  }
  addEventListener("popstate", () => go(location.href, { isFresh: true }));

  // What came of it ------------------------------------------------------------------------------------------------------------

  const said = () => screen().querySelector("[data-said]");
  function tell(html, kind, { isFocused = true } = {}) {
    const item = show(said(), note(html, { kind, label: words().door }));
    if (isFocused) focus(item);
    return item;
  }
  function offer(told) {
    clearTimeout(timer);
    undo = { url: told.undo, edit: told.edit };
    const take = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-s" });
    take.append("Undo ", Object.assign(document.createElement("kbd"), { textContent: "Z" }));
    take.dataset.undo = "";
    take.addEventListener("click", takeBack);
    said().append(take);
    timer = setTimeout(() => {
      undo = null;
      for (const one of document.querySelectorAll("[data-undo]")) one.remove();
    }, told.seconds * 1000);
  }
  async function takeBack() {
    const form = said().querySelector("form.rv-undo");
    if (form) form.requestSubmit();
    if (form || !undo || isOnItsWay) return;
    const { url, edit } = undo;
    const entries = () => [
      ["csrfmiddlewaretoken", token()],
      ["edit", edit],
    ];
    const told = await sent(url, entries);
    if (told.status !== "undone") {
      tell(told.words, "error");
      return;
    }
    undo = null;
    await go(told.page, { isFresh: true });
    tell(told.words, "success", { isFocused: false });
  }

  // Deciding ---------------------------------------------------------------------------------------------------------------------

  const token = () => bar().elements.csrfmiddlewaretoken.value;
  async function sent(url, entries) {
    isOnItsWay = true;
    screen().setAttribute("aria-busy", "true");
    try {
      return await send(url, entries, words());
    } finally {
      isOnItsWay = false;
      screen().removeAttribute("aria-busy");
    }
  }
  function stale(told) {
    const item = tell(told.words, "error");
    const again = Object.assign(document.createElement("a"), { className: "btn btn-s", href: told.page });
    again.append("Show what changed ", Object.assign(document.createElement("kbd"), { textContent: "L" }));
    again.dataset.goes = "";
    again.dataset.fresh = "";
    again.dataset.again = "";
    item.append(" ", again);
  }
  // Beside the box that is at fault, where there is one; else above the brief.
  function refuse(told) {
    const box = told.field && bar().elements.namedItem(told.field);
    if (!box?.matches?.("input:not([type=hidden]), textarea")) {
      tell(told.words, "error");
      return;
    }
    tell(told.words, "error", { isFocused: false });
    const menu = box.closest("details.menu");
    if (menu) menu.open = true;
    const turn = told.isTwice && box.closest("[data-hour]")?.querySelector(".hour-turn");
    if (turn) turn.hidden = false; // the hour comes twice: which one is asked beside it
    box.setAttribute("aria-invalid", "true");
    box.focus();
  }
  async function decide(form, pressed) {
    const told = await sent(form.action, () => new FormData(form, pressed));
    if (told.status === "taken") {
      const next = new URL(told.next, location.href);
      if (!next.pathname.endsWith("/decide/")) {
        location.assign(`${next}`);
        return;
      }
      if (words().next && !words().next.endsWith(next.pathname)) ahead.clear();
      await go(next.pathname);
      tell(told.words, "success", { isFocused: false });
      offer(told);
    } else if (told.page) stale(told);
    else refuse(told);
  }

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("[data-decide]") || event.defaultPrevented) return;
    event.preventDefault();
    if (!isOnItsWay && submitter) decide(form, submitter);
  });
  document.addEventListener("click", (event) => {
    const { target } = event;
    const link = target.closest("a[data-goes]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      go(link.href, { isFresh: link.hasAttribute("data-fresh") });
    }
    if (target.closest("[data-return]") && !ticked() && !bar().elements.reason?.value.trim()) {
      event.preventDefault();
      open("details[data-words]", "textarea");
    }
  });

  // Showing it otherwise ------------------------------------------------------------------------------------------------------

  const as = (name) => document.getElementById(`as-${name}`);
  function showAs(name) {
    const box = as(name).checked ? (as("diff") ?? as("whole")) : as(name);
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "as") return;
    const frame = document.querySelector(".rv-preview");
    if (target.id === "as-preview" && !frame.hasAttribute("src")) frame.src = frame.dataset.src;
    for (const fold of document.querySelectorAll(".rv-fold")) fold.open = target.id === "as-whole";
  });
  document.addEventListener(
    "load",
    ({ target }) => {
      const inside = target.matches?.(".rv-preview") && target.contentDocument?.body;
      if (inside) inside.inert = true;
    },
    { capture: true },
  );

  // Keys ------------------------------------------------------------------------------------------------------------------------

  const ticked = () => Boolean(bar().querySelector("[name=because]:checked"));
  function open(menu, box) {
    const details = bar()?.querySelector(menu);
    if (!details) return false;
    details.open = true;
    const inside = details.querySelector(box);
    inside.focus();
    return true;
  }
  const press = (step) => {
    const found = button(step);
    if (found && !isOnItsWay) found.click();
    return Boolean(found);
  };
  const follow = (url) => {
    if (url && !isOnItsWay) go(url);
    return Boolean(url);
  };
  const tick = (event) => {
    const box = bar()?.querySelectorAll("[name=because]")[Number(event.key) - 1];
    if (box) box.checked = !box.checked;
    return Boolean(box);
  };
  const comment = () => {
    const box = document.getElementById("id_comments");
    const about = document.getElementById("id_about");
    const here = Number(document.querySelector(".rv-brief .st.is-focus")?.id.slice(1));
    const sentence = about?.querySelectorAll("[data-sentences] option")[here - 1];
    if (sentence) sentence.selected = true;
    box?.scrollIntoView({ block: "center" });
    box?.focus({ preventScroll: true });
    return Boolean(box);
  };
  window.deskKeys.alone({
    a: () => press("approve"),
    p: () => open("details[data-publish]", "button"),
    r: () => press("return"),
    z: () => {
      takeBack();
    },
    w: () => showAs("whole"),
    v: () => showAs("preview"),
    s: () => {
      document.body.classList.toggle("is-source-alone");
    },
    c: comment,
    l: () => {
      const again = document.querySelector("[data-again]");
      again?.click();
      return Boolean(again);
    },
    Escape: () => {
      document.querySelector("[data-leave]").click();
    },
    ...Object.fromEntries([..."123456789"].map((figure) => [figure, tick])),
  });
  window.deskKeys.alone({ j: () => follow(words().next), k: () => follow(words().before) });

  look();
})();
