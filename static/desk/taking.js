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
  const BY_ID = ".thread[id], .talk[id]"; // comments
  const OWNED = `${OWNERS.map((name) => `[data-${name}]`).join()}, ${BY_ID}`;
  const ownerOf = (one) => (one.matches(OWNED) ? one : one.parentElement).closest(OWNED);
  const named = (one) =>
    one.matches(BY_ID)
      ? `#${CSS.escape(one.id)}`
      : OWNERS.filter((name) => name in one.dataset)
          .map((name) => `[data-${name}="${CSS.escape(one.dataset[name])}"]`)
          .join("");
  // Of a kind, what is of `root` itself and not of an owner within.
  const ownIn = (root, kind) =>
    [...root.querySelectorAll(kind)].filter((one) => ownerOf(one) === root || !root.contains(ownerOf(one)));
  const TICKED = "[type=checkbox], [type=radio]";
  function held(part, sent = null) {
    const found = (one) => {
      if (one === part) return (next) => next;
      if (one.id) return (next) => next.querySelector(`#${CSS.escape(one.id)}`);
      const owner = ownerOf(one);
      const within = owner && owner !== part && part.contains(owner) ? named(owner) : "";
      if (one === owner && within) return (next) => next.querySelector(within);
      const name = one.name ? `[name="${CSS.escape(one.name)}"]` : "";
      const value = one.matches(TICKED) && one.hasAttribute("value") ? `[value="${CSS.escape(one.value)}"]` : "";
      const kind = one.localName + name + value;
      const at = ownIn(within ? owner : part, kind).indexOf(one);
      return (next) => {
        const root = within ? next.querySelector(within) : next;
        return root && ownIn(root, kind)[at];
      };
    };
    const isSent = (one) =>
      sent && (sent.contains(one) || one.contains(sent) || [...sent.elements].some((box) => one.contains(box)));
    const back = [];
    const keep = (one, put) => back.push([found(one), put]);
    const active = part.contains(document.activeElement) ? document.activeElement : null;
    for (const one of [part, ...part.querySelectorAll("*")]) {
      const { scrollTop, scrollLeft } = one;
      if (scrollTop || scrollLeft) keep(one, (next) => next.scrollTo(scrollLeft, scrollTop));
      if (isSent(one)) continue;
      if (one.matches("details")) {
        const { open } = one;
        keep(one, (next) => {
          next.open = open;
        });
      } else if (one.matches("select") && isTyped(one)) {
        const chosen = [...one.selectedOptions].map((option) => option.cloneNode(true));
        keep(one, (next) => choose(next, chosen));
      } else if (one.matches("input:not([type=hidden], [type=file]), textarea") && isTyped(one)) {
        const { value, checked } = one;
        keep(one, (next) => Object.assign(next, one.matches(TICKED) ? { checked } : { value }));
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
  // What was chosen stays chosen where it is to be had no more: whoever sends it is told so in words.
  function choose(box, chosen) {
    const isIn = (all, one) => [...all].some(({ value }) => value === one.value);
    for (const gone of chosen.filter((one) => !isIn(box.options, one))) {
      gone.defaultSelected = false;
      box.append(gone);
    }
    for (const option of box.options) option.selected = isIn(chosen, option);
  }
  const isTyped = (box) => {
    if (box.matches(TICKED)) return box.checked !== box.defaultChecked;
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
