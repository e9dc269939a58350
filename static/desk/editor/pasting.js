// What is pasted into the writing field: cleaned of all that a brief cannot hold, and a note of what was removed.
// The server's own cleaning (curation/prose.py) has the last word; this one lets a curator see it happen.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const KEPT = new Set("p h2 h3 h4 ul ol li blockquote strong em code pre sub sup br hr a".split(" "));
// Blocks of other kinds part what is in them; their boundaries are all that is used of them.
const BLOCKS = new Set(
  "address article aside dd div dl dt fieldset figcaption figure footer form header hgroup main nav section table tbody thead tfoot tr td th caption center".split(
    " ",
  ),
);
const RENAMED = { b: "strong", i: "em", h1: "h2", h5: "h4", h6: "h4" };
const GONE = {
  img: "picture",
  picture: "picture",
  svg: "picture",
  canvas: "picture",
  script: "script",
  noscript: "script",
  style: "sheet",
  template: "script",
  iframe: "embedded",
  object: "embedded",
  embed: "embedded",
  applet: "embedded",
  video: "embedded",
  audio: "embedded",
  math: "embedded",
  frameset: "embedded",
  input: "control",
  select: "control",
  textarea: "control",
  option: "control",
  optgroup: "control",
  title: "control",
  meta: "",
  link: "",
  base: "",
};
const SILENT = new Set(["rel", "target", "href", "title", "data-pm-slice"]); // a link's own; the editor sets or keeps them
const ALLOWED_LINK = /^\s*(?:https?:\/\/[^\s/]|mailto:\S|\/(?!\/))/i;
const LONE_LINK = /^(?:https?:\/\/|mailto:)\S+$/i;
const NAMES = {
  style: ["style", "styles"],
  sheet: ["style sheet", "style sheets"],
  class: ["class", "classes"],
  id: ["id", "ids"],
  attribute: ["other attribute", "other attributes"],
  office: ["Office tag", "Office tags"],
  comment: ["comment", "comments"],
  nbsp: ["&nbsp;", "&nbsp;"],
  empty: ["empty paragraph", "empty paragraphs"],
  link: ["unsafe link", "unsafe links"],
  picture: ["picture", "pictures"],
  script: ["script", "scripts"],
  embedded: ["embedded thing", "embedded things"],
  control: ["form control", "form controls"],
  table: ["table", "tables"],
  tag: ["other tag", "other tags"],
};
const MORE = { link: "their words stay", table: "their words stay, a line for each row", tag: "their words stay" };

// What was removed: for each kind how many, and some of them in words.
class Removed {
  kinds = new Map();
  add(kind, words = "", count = 1) {
    if (!kind) return;
    const known = this.kinds.get(kind) ?? { count: 0, some: new Set() };
    known.count += count;
    if (words && known.some.size < 5) known.some.add(words.trim().slice(0, 80));
    this.kinds.set(kind, known);
  }
  get lines() {
    return Object.keys(NAMES)
      .filter((kind) => this.kinds.has(kind))
      .map((kind) => [kind, this.kinds.get(kind)])
      .map(([kind, { count, some }]) => [
        `${count} ${NAMES[kind][count === 1 ? 0 : 1]}`,
        [...some, MORE[kind]].filter(Boolean).join("; "),
      ]);
  }
  get words() {
    const parts = this.lines.map(([words]) => words);
    const last = parts.pop();
    return parts.length ? `${parts.join(", ")} and ${last}` : last;
  }
}

// Even a document that is never shown keeps the page's policy: styles and handlers in it are set aside before it is read.
const SET_ASIDE = "data-was-";
const setAside = (html, removed) =>
  html
    .replace(/<style\b[^>]*>([\s\S]*?)(?:<\/style\s*>|$)/gi, (_sheet, rules) => {
      removed.add("sheet", rules);
      return "";
    })
    .replace(/<(?:base|meta)\b[^>]*>/gi, "")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^<>"'])*>/gi, (tag) =>
      tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, `$1${SET_ASIDE}$2`),
    );
const styleOf = (element, name) =>
  new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, "i")
    .exec(element.getAttribute(`${SET_ASIDE}style`) ?? "")?.[1]
    .trim()
    .toLowerCase() ?? "";

const origin = (html) => {
  if (/docs-internal-guid/.test(html)) return "Google Docs";
  if (/xmlns:w=|class="?Mso|<o:p>|mso-/i.test(html)) return "Word";
  return /LibreOffice|OpenOffice/.test(html.slice(0, 3000)) ? "LibreOffice" : "a web page";
};

function renamed(element, name) {
  const next = element.ownerDocument.createElement(name);
  for (const { name: key, value } of element.attributes) next.setAttribute(key, value);
  next.append(...element.childNodes);
  element.replaceWith(next);
  return next;
}
const unwrap = (element) => element.replaceWith(...element.childNodes);

// Word writes lists as paragraphs that look like items; make them what they mean.
function wordLists(body) {
  let open = [];
  for (const paragraph of body.querySelectorAll(`p[${SET_ASIDE}style*='mso-list' i]`)) {
    const level = Number(/level(\d+)/i.exec(styleOf(paragraph, "mso-list"))?.[1]);
    if (!level) continue;
    const mark = paragraph.querySelector(`[${SET_ASIDE}style*='mso-list:Ignore' i]`);
    const isNumbered = /^[\s(]*(?:\d+|[a-z]{1,4})[.)]/i.test(mark?.textContent ?? "");
    const kind = `${isNumbered ? "ol" : "ul"} ${/\bl\d+\b/i.exec(styleOf(paragraph, "mso-list"))?.[0]} ${/\blfo\d+\b/i.exec(styleOf(paragraph, "mso-list"))?.[0]}`;
    mark?.remove();
    if (open.length && paragraph.previousElementSibling !== open[0].list) open = [];
    open.length = Math.min(open.length, level);
    // Another list at the same level, or one of the other kind, is a list of its own.
    if (open.length === level && open.at(-1).kind !== kind) open.pop();
    if (open.length < level) {
      const list = body.ownerDocument.createElement(isNumbered ? "ol" : "ul");
      const outer = open.at(-1)?.list.lastElementChild;
      if (outer) outer.append(list);
      else paragraph.before(list);
      open.push({ list, kind });
    }
    const item = body.ownerDocument.createElement("li");
    open.at(-1).list.append(item);
    item.append(paragraph);
  }
}

// A brief's text has no tables: the cells of a row become a line, those of a page's layout blocks of their own.
function lines(table, removed) {
  removed.add("table");
  const isLayout = table.querySelector("table, ul, ol, h1, h2, h3, h4, h5, h6, blockquote, pre, hr, p + p, div + div");
  for (const row of isLayout ? [] : table.querySelectorAll("tr")) {
    const line = table.ownerDocument.createElement("p");
    [...row.cells].forEach((cell, place) => {
      if (place) line.append(" | ");
      for (const block of cell.querySelectorAll("p, div")) unwrap(block);
      line.append(...cell.childNodes);
    });
    row.replaceChildren(line);
  }
}

// Bold, italics and heights that are only said in a style become what they mean.
function meant(element) {
  const marks = [];
  const height = { super: "sup", sub: "sub" }[styleOf(element, "vertical-align")];
  if (/^(?:bold|bolder|[6-9]00)$/.test(styleOf(element, "font-weight"))) marks.push("strong");
  if (/^(?:italic|oblique)/.test(styleOf(element, "font-style"))) marks.push("em");
  if (height) marks.push(height);
  for (const name of marks) {
    const mark = element.ownerDocument.createElement(name);
    mark.append(...element.childNodes);
    element.append(mark);
  }
}
const isUnmeant = (element) =>
  /^(?:b|strong)$/.test(element.localName)
    ? /^(?:normal|lighter|[1-5]00)$/.test(styleOf(element, "font-weight"))
    : /^(?:i|em)$/.test(element.localName) && styleOf(element, "font-style") === "normal";

function strip(element, removed) {
  for (const attribute of [...element.attributes]) {
    const name = attribute.name.replace(SET_ASIDE, "");
    const { value } = attribute;
    if (SILENT.has(name) && (name === "data-pm-slice" || element.localName === "a")) {
      if (name === "rel" || name === "target") element.removeAttribute(name);
      continue;
    }
    const kind = { style: "style", class: "class", id: "id" }[name] ?? (name.startsWith("on") ? "script" : "attribute");
    removed.add(kind, kind === "attribute" || kind === "script" ? name : value);
    element.removeAttributeNode(attribute);
  }
}

function tidy(element, removed, isOurs) {
  let name = element.localName;
  if (name in GONE || name.startsWith("v:")) {
    removed.add(GONE[name] ?? "picture", element.getAttribute("src")?.slice(0, 60) ?? name);
    element.remove();
    return;
  }
  if (name === "table" && !isOurs) lines(element, removed);
  walk(element, removed, isOurs);
  const unmeant = isUnmeant(element);
  if (name === "span" || name === "font") meant(element);
  strip(element, removed);
  if (unmeant) return unwrap(element);
  if (RENAMED[name]) {
    name = RENAMED[name];
    element = renamed(element, name);
  }
  if (name.includes(":")) removed.add("office", name);
  else if (name === "a" && !ALLOWED_LINK.test(element.getAttribute("href") ?? "")) {
    const href = element.getAttribute("href");
    if (href) removed.add("link", href);
  } else if (KEPT.has(name) || BLOCKS.has(name)) return empty(element, name, removed, isOurs);
  else if (name !== "span") removed.add(name === "font" ? "style" : "tag", name);
  unwrap(element);
}

function empty(element, name, removed, isOurs) {
  if (isOurs || /^(?:br|hr|a|strong|em|code|sub|sup|pre|t[a-z]+)$/.test(name)) return;
  if (/[^\s\u00a0]/.test(element.textContent) || element.querySelector("hr")) return;
  if (element.childNodes.length || name === "p") removed.add("empty");
  element.remove();
}

function walk(element, removed, isOurs) {
  for (const child of [...element.childNodes]) {
    if (child.nodeType === Node.ELEMENT_NODE) tidy(child, removed, isOurs);
    else if (child.nodeType === Node.COMMENT_NODE) {
      if (!/^(?:Start|End)Fragment$/.test(child.data)) removed.add("comment", child.data);
      child.remove();
    }
  }
}

// One &nbsp; between two words is meant to hold them together; others are how a browser or Word spells a blank.
function blanks(body, removed) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.data.includes("\u00a0") || text.parentElement.closest("pre")) continue;
    text.data = text.data.replace(/[\s\u00a0]*\u00a0[\s\u00a0]*/g, (run, at) => {
      if (run.length === 1 && at > 0 && at < text.data.length - 1) return run;
      removed.add("nbsp", "", run.split("\u00a0").length - 1);
      return " ";
    });
  }
}

// HTML as the editor may have it, and what was removed on the way. Nothing of it runs or loads meanwhile.
export function cleaned(html) {
  const removed = new Removed();
  const { head, body } = new DOMParser().parseFromString(setAside(html, removed), "text/html");
  const isOurs = Boolean(body.querySelector("[data-pm-slice]"));
  for (const script of head.querySelectorAll("script")) removed.add("script", script.textContent);
  for (const end of body.querySelectorAll("br.Apple-interchange-newline")) end.remove();
  wordLists(body);
  if (!isOurs) blanks(body, removed);
  walk(body, removed, isOurs);
  return { html: body.innerHTML, removed };
}

// Text copied from a PDF or a mail breaks in the middle of its sentences: those breaks are blanks, and empty lines part paragraphs.
const LISTED = /^\s*(?:[-*•◦‣–—]|\(?\w{1,3}[.)])\s/;
const isBroken = (line, next) => !/[.?!:;…]["”’)]*$/.test(line) && /^["“‘(]?[\p{Ll}\d]/u.test(next);
export function unwrapped(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n\s*/)
    .map((block) => {
      const rows = block
        .split("\n")
        .map((row) => row.trim())
        .filter(Boolean);
      const isWrapped =
        rows.some((row, at) => at && isBroken(rows[at - 1], row)) &&
        !rows.some((row) => LISTED.test(row) || row.length > 200);
      return isWrapped ? rows.reduce((said, row) => said + (/[\p{L}]-$/u.test(said) ? "" : " ") + row) : block;
    })
    .join("\n\n");
}

// The server knows what of an address says who follows it, and cleans a text when it is saved; here a curator sees it happen.
const known = new Map();
const linksOf = (doc) => {
  const found = [];
  doc.descendants((node, at) => {
    const mark = node.marks.find(({ type, attrs }) => type.name === "link" && /^https?:/i.test(attrs.href));
    if (mark) found.push({ node, at, mark });
  });
  return found;
};
async function cleanLinks(editor) {
  const form = editor.view.dom.closest("form");
  const asked = [...new Set(linksOf(editor.state.doc).map(({ mark }) => mark.attrs.href))].filter(
    (href) => !known.has(href),
  );
  if (!form?.dataset.links) return;
  if (asked.length) {
    const headers = {
      "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value,
      "Content-Type": "application/json",
      Accept: "application/json",
    };
    const answer = await fetch(form.dataset.links, {
      method: "POST",
      headers,
      body: JSON.stringify(asked),
      credentials: "same-origin",
    }).catch(() => null);
    if (!answer?.ok) return;
    for (const [href, lighter] of Object.entries((await answer.json()).links)) known.set(href, lighter);
  }
  if (editor.isDestroyed) return;
  const { tr, schema } = editor.state;
  for (const { node, at, mark } of linksOf(editor.state.doc).reverse()) {
    const href = known.get(mark.attrs.href);
    if (!href || href === mark.attrs.href) continue;
    const words = node.text?.trim() === mark.attrs.href ? href : node.text;
    tr.replaceWith(
      at,
      at + node.nodeSize,
      schema.text(words, mark.type.create({ ...mark.attrs, href }).addToSet(mark.removeFromSet(node.marks))),
    );
  }
  if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false).setMeta("cleanedLinks", true));
}

// The note under the editor: what was removed, to be shown as a list, and undone while nothing else was done.
class Note {
  constructor(editor) {
    this.editor = editor;
    this.dom = document.createElement("div");
    this.dom.className = "pasted";
    this.dom.hidden = true;
    this.said = this.dom.appendChild(document.createElement("p"));
    this.said.setAttribute("role", "status");
    this.show = this.button("Show", () => this.toggle(this.list.hidden));
    this.undo = this.button("Undo", () => this.takeBack());
    this.list = this.dom.appendChild(document.createElement("ul"));
    editor.view.dom.parentElement.after(this.dom);
  }
  button(words, act) {
    const button = this.dom.appendChild(
      Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: words }),
    );
    button.addEventListener("click", act);
    return button;
  }
  toggle(isOpen) {
    this.list.hidden = !isOpen;
    this.show.textContent = isOpen ? "Hide" : "Show";
    this.show.setAttribute("aria-expanded", String(isOpen));
  }
  tell(source, removed) {
    const zone = document.documentElement.dataset.zone || undefined;
    const at = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
    this.list.replaceChildren(
      ...removed.lines.map(([what, more]) =>
        Object.assign(document.createElement("li"), { textContent: more ? `${what}: ${more}` : what }),
      ),
    );
    this.dom.hidden = this.show.hidden = this.undo.hidden = false;
    this.toggle(false);
    this.said.textContent = `Pasted from ${source} at ${at}: ${removed.words} removed.`;
  }
  takeBack() {
    this.editor.chain().undo().focus().run();
    this.said.textContent = "The paste is undone.";
    this.undo.hidden = this.show.hidden = this.list.hidden = true;
  }
}

export const Pasting = Extension.create({
  name: "pasting",
  priority: 2000,

  addStorage() {
    return { note: null, coming: null };
  },

  onBeforeCreate() {
    this.editor.options.enablePasteRules = false; // pasted words stay as they are, whatever they look like
  },

  onCreate() {
    this.storage.note = new Note(this.editor);
  },
  onDestroy() {
    this.storage.note?.dom.remove();
  },

  onTransaction({ transaction }) {
    const { note, coming } = this.storage;
    if (!transaction.docChanged || !note || transaction.getMeta("cleanedLinks")) return;
    if (transaction.getMeta("uiEvent")) {
      setTimeout(() => cleanLinks(this.editor));
      this.storage.coming = null;
      // What is typed next is undone by itself.
      setTimeout(() => {
        if (!this.editor.isDestroyed) this.editor.view.dispatch(pm.history.closeHistory(this.editor.state.tr));
      });
      if (coming?.removed.kinds.size) {
        note.tell(coming.source, coming.removed);
        return;
      }
    }
    note.undo.hidden = true;
  },

  addProseMirrorPlugins() {
    const { editor, storage } = this;
    return [
      new Plugin({
        props: {
          transformPastedText: (text, isPlain) => (isPlain ? text : unwrapped(text)),
          transformPastedHTML(html) {
            const found = cleaned(html);
            storage.coming = { source: origin(html), removed: found.removed };
            return found.html;
          },
          handlePaste(view, event) {
            view.dispatch(pm.history.closeHistory(view.state.tr));
            const address = event.clipboardData?.getData("text/plain").trim() ?? "";
            if (!LONE_LINK.test(address) || !URL.canParse(address) || view.state.selection.$from.parent.type.spec.code)
              return false;
            setTimeout(() => cleanLinks(editor));
            if (!view.state.selection.empty) return editor.commands.setLink({ href: address });
            const words = { type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] };
            return editor.chain().insertContent(words).unsetMark("link").run();
          },
        },
      }),
    ];
  },
});
