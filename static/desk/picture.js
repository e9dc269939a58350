// The picture of a brief: its focal point, its crops, and a new one by click, file, drop or paste. The brief's own fields hold what is chosen.
"use strict";

(() => {
  const section = document.getElementById("picture");
  const fields = window.deskFields;
  if (!section || !fields?.picker("picture_list")) return;
  const { form } = fields;
  const say = section.querySelector("[data-said]");
  const back = section.querySelector("[data-back]");
  const words = section.dataset;
  const STEP = 5;
  const HEAVY = 20_000_000;
  const SLOW = 2000;
  const MOST = 6;
  let stage = document.getElementById("picture-stage");
  let before = null;
  let returning = false;
  let looks = 0;
  const tried = new Set();

  const rows = () => fields.picker("picture_list").querySelector("[data-rows]");
  const chosen = () => rows().querySelector("input[type=hidden]")?.value ?? "";
  const box = (name) => form.elements[name];
  const tell = (text, isFault = false) => {
    say.textContent = text;
    say.classList.toggle("is-fault", isFault);
  };
  const token = () => window.deskAutosave?.token() ?? box("csrfmiddlewaretoken").value;

  function put(name, value) {
    const field = box(name);
    if (!field) return;
    if (field.type === "checkbox") {
      if (field.checked === value) return;
      field.checked = value;
    } else {
      if (field.value === value) return;
      field.value = value;
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.dispatchEvent(new CustomEvent("medigy:written", { detail: { name } }));
  }

  // The focal point -----------------------------------------------------------------------------------------------------

  const inside = (share) => Math.min(100, Math.max(0, Math.round(share / STEP) * STEP));
  const focus = () =>
    ["focus_x", "focus_y"].map((name) => inside(box(name).value === "" ? 50 : Number(box(name).value) || 0));

  function paint() {
    const [across, down] = focus();
    for (const one of stage.querySelectorAll("[data-focus]")) {
      one.classList.remove(...[...one.classList].filter((name) => /^f[xy]-\d+$/.test(name)));
      one.classList.add(`fx-${across / STEP}`, `fy-${down / STEP}`);
    }
    const handle = stage.querySelector("[data-focal]");
    if (handle)
      handle.setAttribute(
        "aria-label",
        `${handle.dataset.name}: ${across} % from the left, ${down} % from the top. ${handle.dataset.keys}`,
      );
  }

  function aim(across, down) {
    put("focus_x", String(inside(across)));
    put("focus_y", String(inside(down)));
    paint();
  }

  function aimAt(event) {
    const frame = stage.querySelector(".picture-frame").getBoundingClientRect();
    aim(((event.clientX - frame.left) / frame.width) * 100, ((event.clientY - frame.top) / frame.height) * 100);
  }

  section.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-focal]");
    if (!handle || event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", aimAt);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", aimAt), {
      once: true,
    });
  });
  section.addEventListener("click", (event) => {
    if (
      event.target.closest(".picture-frame") &&
      !event.target.closest("[data-focal]") &&
      stage.querySelector("[data-focal]")
    )
      aimAt(event);
  });
  section.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-focal]")) return;
    const move = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!move && event.key !== "Home") return;
    event.preventDefault();
    const [across, down] = focus();
    if (move) aim(across + move[0], down + move[1]);
    else aim(50, 50);
    tell(`${box("focus_x").value} % from the left, ${box("focus_y").value} % from the top`);
  });
  const isAim = (name) => name === "focus_x" || name === "focus_y";
  form.addEventListener("input", (event) => {
    if (isAim(event.target.name)) paint();
  });
  document.addEventListener("medigy:written", (event) => {
    if (isAim(event.detail.name)) paint();
  });

  // What is shown --------------------------------------------------------------------------------------------------------

  function wake() {
    const handle = stage.querySelector("[data-focal]");
    if (handle) handle.hidden = false;
    paint();
    offerCredit();
    look();
  }

  // The page's own name, to be credited with one click while it stands there otherwise.
  function offerCredit() {
    const place = fields.row("picture_credit")?.querySelector(".fieldBox");
    if (!place) return;
    let button = place.querySelector("[data-credit-it]");
    if (!button) {
      button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-s" });
      button.dataset.creditIt = "";
      button.addEventListener("click", () => {
        put("picture_credit", stage.dataset.credit);
        box("picture_credit").focus();
        offerCredit();
      });
      place.append(button);
    }
    button.textContent = `Credit ${stage.dataset.credit}`;
    button.hidden = !stage.dataset.credit || !chosen() || box("picture_credit").value.trim() === stage.dataset.credit;
  }
  form.addEventListener("input", (event) => {
    if (event.target.name === "picture_credit") offerCredit();
  });

  // An answer that a later question has overtaken shows what was chosen before: it is dropped.
  let asked = 0;
  async function refresh() {
    const turn = ++asked;
    const answer = await fetch(`${words.panel}?chosen=${chosen() || "none"}`, {
      credentials: "same-origin",
      headers: { Accept: "application/json, text/html;q=0.5" },
    });
    if (!answer.ok) return;
    const drawn = await answer.text();
    if (turn !== asked) return;
    const page = new DOMParser().parseFromString(drawn, "text/html");
    show(page.getElementById("picture-stage"), page.getElementById("picture-offers"));
  }

  // Only what changed is replaced: somebody may be moving the focal point, or be on one of the offers.
  function show(next, offers) {
    if (!next) return;
    showOffers(offers);
    if (next.dataset.picture === stage.dataset.picture) {
      for (const name of Object.keys(stage.dataset)) if (!(name in next.dataset)) delete stage.dataset[name];
      Object.assign(stage.dataset, next.dataset);
    } else {
      stage.replaceWith(next);
      stage = next;
      stage.querySelector("[data-said]").replaceWith(say); // what was said of the picture stays under it
    }
    wake();
  }

  function showOffers(fresh) {
    const old = document.getElementById("picture-offers");
    const held = document.activeElement.closest?.(".offer")?.value;
    const [was, is] = [old, fresh].map((one) => one?.querySelector("details"));
    if (was && is) is.open = was.open;
    if (!fresh || old.innerHTML === fresh.innerHTML) return;
    old.replaceWith(fresh);
    if (held) fresh.querySelector(`.offer[value="${CSS.escape(held)}"]`)?.focus();
  }

  // While the page is read, and while the first pictures come: by the worker, or without one asked for from here.
  let looking = 0;
  function look() {
    clearTimeout(looking);
    const isRead = !["waiting", "reading"].includes(stage.dataset.state);
    if (!isRead && looks++ < 60) looking = setTimeout(() => refresh().catch(() => {}), 1500);
    else if (isRead && "worker" in stage.dataset && "wants" in stage.dataset && looks++ < 60)
      looking = setTimeout(() => refresh().catch(() => {}), 1500);
    else if (isRead && !("worker" in stage.dataset)) looking = setTimeout(() => bringNext().catch(() => {}), 100);
  }

  async function bringNext() {
    const next = [...section.querySelectorAll(".offer[data-waiting]")].find(
      (one) => Number(one.value) < MOST && !tried.has(one.value),
    );
    if (next) {
      tried.add(next.value);
      await post(words.gather, { place: next.value, attempt: stage.dataset.attempt });
      await refresh();
    } else if ("wantsIcon" in stage.dataset && !tried.has("icon")) {
      tried.add("icon");
      await post(words.gather, { icon: "1" });
    }
  }

  // Another picture ------------------------------------------------------------------------------------------------------

  const holds = () => ({ rows: [...rows().children], picture: chosen() });
  let last = holds();

  document.addEventListener("medigy:picked", (event) => {
    if (event.detail.name !== "picture_list") return;
    while (rows().children.length > 1) rows().firstElementChild.remove(); // there is room for one: the new one
    if (chosen() === last.picture) {
      last = holds();
      return;
    }
    if (!returning) changed();
    last = holds();
    refresh().catch(() => {});
  });
  // What somebody else chose arrives with a save.
  document.addEventListener("medigy:saved", () => {
    if (chosen() !== last.picture) {
      last = holds();
      refresh().catch(() => {});
    }
  });

  const OF_PICTURE = ["picture_alt", "picture_credit", "picture_decorative", "focus_x", "focus_y"];
  const held = (name) => (box(name)?.type === "checkbox" ? box(name).checked : box(name)?.value);

  // Words about one picture are not those of the next; the way back brings them again.
  function changed() {
    before = { rows: last.rows, picture: last.picture, values: OF_PICTURE.map((name) => [name, held(name)]) };
    if (last.picture && chosen()) for (const name of ["picture_alt", "picture_credit"]) put(name, "");
    if (last.picture && chosen()) put("picture_decorative", false);
    aim(50, 50);
    back.hidden = false;
  }

  back.addEventListener("click", () => {
    returning = true;
    rows().replaceChildren(...before.rows);
    for (const [name, value] of before.values) put(name, value);
    document.dispatchEvent(new CustomEvent("medigy:picked", { detail: { name: "picture_list" } }));
    returning = false;
    back.hidden = true;
    tell(words.isBack);
    section.querySelector("#picture-file").focus();
  });

  function take(told) {
    if (told.status !== "chosen") return tell(told.words, true);
    fields.write("picture_list", told);
    document.dispatchEvent(new CustomEvent("medigy:picked", { detail: { name: "picture_list" } }));
    return tell(`${words.isChosen} ${told.words}`.trim());
  }

  async function post(url, entries) {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(entries),
      credentials: "same-origin",
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return isJson ? answer.json() : { status: "refused", words: answer.status === 403 ? words.old : words.fault };
  }

  section.addEventListener("click", async (event) => {
    const offer = event.target.closest(".offer");
    if (!offer) return;
    event.preventDefault();
    if (offer.getAttribute("aria-busy") === "true") return;
    offer.setAttribute("aria-busy", "true");
    tell(words.fetching);
    const told = await post(words.gather, { place: offer.value, attempt: stage.dataset.attempt, choose: "1" }).catch(
      () => ({ words: words.fault }),
    );
    offer.removeAttribute("aria-busy");
    take(told);
    if (told.status !== "chosen") refresh().catch(() => {});
  });

  // A file of one's own --------------------------------------------------------------------------------------------------

  const sending = section.querySelector(".picture-sending");
  const bar = sending.querySelector("progress");
  let line = null;
  section.querySelector(".picture-ways").hidden = false;

  function send(file) {
    if (!file) return tell(words.nothing, true);
    if (file.size > HEAVY) return tell(words.heavy, true);
    line?.abort();
    const data = new FormData();
    const mine = new XMLHttpRequest();
    line = mine;
    data.set("file", file, file.name || "picture");
    const late = setTimeout(() => {
      sending.hidden = false;
    }, SLOW);
    const done = () => {
      clearTimeout(late);
      if (line === mine) {
        sending.hidden = true;
        bar.removeAttribute("value");
        line = null;
      }
    };
    mine.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total;
    });
    mine.upload.addEventListener("load", () => bar.removeAttribute("value")); // it is with the server, which decodes it
    mine.addEventListener("load", () => {
      done();
      take(
        mine.response?.words === undefined ? { words: mine.status === 403 ? words.old : words.fault } : mine.response,
      );
    });
    mine.addEventListener("error", () => {
      done();
      tell(words.fault, true);
    });
    mine.addEventListener("abort", () => {
      done();
      tell(words.cancelled);
    });
    mine.open("POST", words.upload);
    mine.responseType = "json";
    mine.setRequestHeader("X-CSRFToken", token());
    mine.setRequestHeader("Accept", "application/json");
    mine.send(data);
    return tell(words.sending);
  }

  section.querySelector("[data-cancel]").addEventListener("click", () => line?.abort());
  section.addEventListener("click", (event) => {
    if (event.target.closest(".picture-none")) section.querySelector("#picture-file").click();
  });
  section.querySelector("#picture-file").addEventListener("change", (event) => {
    send(event.target.files[0]);
    event.target.value = "";
  });

  // An address of a picture ----------------------------------------------------------------------------------------------

  const IMG = /<img\b[^>]*?\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
  const ADDRESS = /^https?:\/\/\S+$/i;

  // The address in what is dropped or pasted: of the picture itself, which may stand within a link to a page.
  function addressIn(data) {
    const shown = IMG.exec(data?.getData("text/html") ?? "");
    const src = (shown?.[1] ?? shown?.[2] ?? shown?.[3] ?? "").replaceAll("&amp;", "&");
    const listed = (data?.getData("text/uri-list") ?? "")
      .split(/\r?\n/)
      .find((line) => line.trim() && !line.startsWith("#"));
    return (
      [src, listed, data?.getData("text/plain")].map((one) => one?.trim() ?? "").find((one) => ADDRESS.test(one)) ?? ""
    );
  }

  async function bring(address) {
    tell(words.fetching);
    section.setAttribute("aria-busy", "true");
    const told = await post(words.address, { address }).catch(() => ({ words: words.fault }));
    section.removeAttribute("aria-busy");
    take(told);
    return told.status === "chosen";
  }

  document.getElementById("picture-address")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const line = document.getElementById("picture-address-box");
    const address = line.value.trim();
    if (!address) line.focus();
    else if (await bring(address)) line.value = "";
  });

  const MAY_HOLD = ["Files", "text/uri-list", "text/html"];
  const hasPicture = (event) => MAY_HOLD.some((kind) => event.dataTransfer?.types.includes(kind));
  section.addEventListener("dragover", (event) => {
    event.preventDefault();
    section.classList.toggle("is-over", hasPicture(event));
  });
  section.addEventListener("dragleave", (event) => {
    if (!section.contains(event.relatedTarget)) section.classList.remove("is-over");
  });
  section.addEventListener("drop", (event) => {
    event.preventDefault();
    section.classList.remove("is-over");
    const [file] = event.dataTransfer.files;
    const address = addressIn(event.dataTransfer);
    if (file || !address) send(file);
    else bring(address);
  });
  // Words that are pasted are words, whatever picture of them comes along.
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    const address =
      section.contains(event.target) && !window.deskKeys.isWriting(event.target) ? addressIn(event.clipboardData) : "";
    if (!file && address) {
      event.preventDefault();
      bring(address);
      return;
    }
    if (!file || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    send(file);
    section.scrollIntoView({ block: "nearest" });
  });

  wake();
  if (stage.dataset.picture !== chosen()) refresh().catch(() => {});
})();
