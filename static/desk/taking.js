// How a step is sent and how its answer is told, wherever its button stands: on the page of a brief or in a row.
"use strict";

window.deskSteps = (() => {
  // `html` is the server's own, escaped where it quotes anybody.
  const parsed = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

  // What came of a step as a note that can have the focus; `door` is where one signs in.
  function note(html, { kind = "error", door = "", label = "" } = {}) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    item.className = `note ${kind}`;
    item.tabIndex = -1;
    text.append(...parsed(html));
    if (door) {
      const link = { className: "link", href: door, target: "_blank", rel: "noopener", textContent: label };
      text.append(" ", Object.assign(document.createElement("a"), link));
    }
    item.append(text);
    return item;
  }
  function show(place, item) {
    const list = document.createElement("ul");
    list.className = "messagelist";
    list.append(item);
    place.replaceChildren(list);
    return item;
  }
  // What was done is told in a place (`said`), and to those who listen (`status`).
  function telling(said, status) {
    const say = (text) => {
      status.textContent = text;
    };
    function tell(html, kind, extra = null) {
      const item = show(said, note(html, { kind }));
      if (extra) item.append(extra);
      say(item.textContent);
      return item;
    }
    return { say, tell, hush: () => said.replaceChildren() };
  }
  // What blocks has the focus, else the words themselves.
  const focus = (item) => (item.querySelector(".held a") ?? item).focus();

  async function post(url, body, words) {
    const answer = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
    return { status: "failed", words: answer.status === 403 ? words.old : words.fault, isOld: answer.status === 403 };
  }

  // Once more with a new token, where another sign-in in this browser made the page's old. Without the network the
  // fault is `words.fault`.
  async function send(url, entries, words, renew = renewed) {
    try {
      const told = await post(url, new URLSearchParams(entries()), words);
      return told.isOld && (await renew()) ? await post(url, new URLSearchParams(entries()), words) : told;
    } catch (fault) {
      if (!(fault instanceof TypeError)) throw fault;
      return { status: "failed", words: words.fault };
    }
  }

  // The page as it is now, or null where it is not to be had any more.
  async function fetched() {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  }

  // The token of a page that was fetched just now is the one of whoever is signed in.
  async function renewed() {
    const token = (await fetched().catch(() => null))?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    const boxes = [...document.querySelectorAll("input[name=csrfmiddlewaretoken]")];
    if (!token || boxes.every((box) => box.value === token)) return false;
    for (const box of boxes) box.value = token;
    return true;
  }

  // A part of the page that is drawn anew: `held(part)` remembers what somebody uses within, and gives what puts it back
  // in the part as it is then: what is folded open, what is typed or ticked, where it is scrolled to, and the focus with
  // what is marked. `sent` is a form that was done with.
  const OWNERS = ["article", "step", "column", "day"];
  const OWNED = OWNERS.map((name) => `[data-${name}]`).join();
  const named = (one) =>
    OWNERS.filter((name) => name in one.dataset)
      .map((name) => `[data-${name}="${CSS.escape(one.dataset[name])}"]`)
      .join("");
  function held(part, sent = null) {
    const found = (one) => {
      if (one === part) return (next) => next;
      if (one.id) return (next) => next.querySelector(`#${CSS.escape(one.id)}`);
      const owner = (one.matches(OWNED) ? one : one.parentElement).closest(OWNED);
      const within = owner && owner !== part && part.contains(owner) ? named(owner) : "";
      if (one === owner && within) return (next) => next.querySelector(within);
      const kind = one.localName + (one.name ? `[name="${CSS.escape(one.name)}"]` : "");
      const at = [...(within ? owner : part).querySelectorAll(kind)].indexOf(one);
      return (next) => (within ? next.querySelector(within) : next)?.querySelectorAll(kind)[at];
    };
    const back = [];
    const keep = (one, put) => back.push([found(one), put]);
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    for (const one of [part, ...part.querySelectorAll("*")]) {
      const { scrollTop, scrollLeft } = one;
      if (scrollTop || scrollLeft) keep(one, (next) => next.scrollTo(scrollLeft, scrollTop));
      if (sent?.contains(one) || one.contains(sent)) continue;
      if (one.matches("details")) {
        const { open } = one;
        keep(one, (next) => {
          next.open = open;
        });
      } else if (one.matches("input:not([type=hidden]), textarea, select") && isTyped(one)) {
        const { value, checked } = one;
        keep(one, (next) =>
          Object.assign(next, one.matches("[type=checkbox], [type=radio]") ? { checked } : { value }),
        );
      }
    }
    if (active && active !== part) {
      const { selectionStart: from, selectionEnd: to } = active.matches("textarea, input") ? active : {};
      keep(active, (next) => {
        if (document.activeElement !== document.body) return;
        next.focus({ preventScroll: true });
        if (from != null) next.setSelectionRange(from, to);
      });
    }
    return (next) => {
      for (const [find, put] of back) {
        const there = find(next);
        if (there) put(there);
      }
    };
  }
  const isTyped = (box) => {
    if (box.matches("[type=checkbox], [type=radio]")) return box.checked !== box.defaultChecked;
    if (box.matches("select")) return [...box.options].some((one) => one.selected !== one.defaultSelected);
    return box.value !== box.defaultValue;
  };
  // Whether somebody is within a part, or has marked words of it.
  function isUsed(part) {
    const marked = getSelection();
    return part.contains(document.activeElement) || (!marked.isCollapsed && part.contains(marked.anchorNode));
  }

  return { parsed, note, show, focus, send, fetched, telling, held, isUsed };
})();
