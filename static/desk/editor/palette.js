// “/” in an empty paragraph opens a palette of what can be inserted: type to find, arrows and Enter or the mouse to
// choose, Escape to close. The button in the menu opens the same one, also where shortcuts are switched off.
import { crel, Extension, Plugin } from "django-prose-editor/editor";

const block = (name, attrs) => (chain) => chain.setNode(name, attrs);
const PIECES = [
  { name: "Heading 2", mark: "##", also: "title section", insert: block("heading", { level: 2 }) },
  { name: "Heading 3", mark: "###", also: "title section", insert: block("heading", { level: 3 }) },
  { name: "Heading 4", mark: "####", also: "title section", insert: block("heading", { level: 4 }) },
  { name: "List", mark: "-", also: "bullets points", insert: (chain) => chain.toggleBulletList() },
  { name: "Numbered list", mark: "1.", also: "ordered steps", insert: (chain) => chain.toggleOrderedList() },
  { name: "Quote", mark: ">", also: "blockquote", insert: (chain) => chain.toggleBlockquote() },
  { name: "Code block", mark: "```", also: "preformatted", insert: block("codeBlock") },
  { name: "Rule", mark: "---", also: "line horizontal divider", insert: (chain) => chain.setHorizontalRule() },
  {
    name: "Link…",
    mark: "[x](…)",
    also: "address url",
    insert: (chain) => chain,
    after: (editor) => editor.commands.addLink(),
  },
  { name: "Bold", mark: "**b**", also: "strong", insert: (chain) => chain.setMark("bold") },
  { name: "Italic", mark: "_i_", also: "emphasis", insert: (chain) => chain.setMark("italic") },
  { name: "Code", mark: "`c`", also: "inline", insert: (chain) => chain.setMark("code") },
  { name: "Subscript", mark: "x₂", also: "lower", insert: (chain) => chain.setMark("subscript") },
  { name: "Superscript", mark: "x²", also: "higher power", insert: (chain) => chain.setMark("superscript") },
];
const matching = (query) =>
  PIECES.filter(({ name, also }) =>
    `${name} ${also}`
      .toLowerCase()
      .split(" ")
      .some((_, at, words) => words.slice(at).join(" ").startsWith(query)),
  );
const { isOff } = window.deskKeys;
let number = 0;

class Palette {
  isArmed = false; // a “/” was just typed, or the button pressed; not one that was there before
  found = [];
  at = 0;

  constructor(editor) {
    this.editor = editor;
    this.surface = editor.view.dom;
    this.list = crel("ul", {
      className: "palette",
      id: `palette-${++number}`,
      hidden: true,
      tabIndex: 0,
      role: "listbox",
      "aria-label": "Insert",
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    this.said = crel("p", { className: "visually-hidden", role: "status" });
    this.surface.parentElement.append(this.list, this.said);
    this.surface.setAttribute("aria-autocomplete", "list");
  }

  // What is typed behind the “/” of a paragraph that holds nothing else; null where there is none.
  get query() {
    const { $from, empty } = this.editor.state.selection;
    const { parent } = $from;
    if (!empty || parent.type.name !== "paragraph" || $from.parentOffset !== parent.content.size) return null;
    return /^\/([^/]{0,24})$/.exec(parent.textContent)?.[1].toLowerCase() ?? null;
  }

  update() {
    const query = this.isArmed ? this.query : null;
    if (query === null) {
      this.close();
      return;
    }
    const found = matching(query);
    if (this.list.hidden || found.map((one) => one.name).join() !== this.found.map((one) => one.name).join())
      this.open(found);
  }

  open(found) {
    this.found = found;
    this.list.hidden = found.length === 0;
    this.list.replaceChildren(
      ...found.map((piece, place) => {
        const item = crel("li", { id: `${this.list.id}-${place}`, role: "option" }, [
          crel("span", { textContent: piece.name }),
          crel("kbd", { textContent: piece.mark, "aria-hidden": "true" }),
        ]);
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.choose(place);
        });
        return item;
      }),
    );
    if (!found.length) {
      this.hush("Nothing of that name.");
      return;
    }
    this.place();
    this.surface.setAttribute("aria-controls", this.list.id);
    this.mark(0);
    this.said.textContent = `${found.length} to insert; ${found[0].name}.`;
  }

  place() {
    const frame = this.list.offsetParent.getBoundingClientRect();
    const caret = this.editor.view.coordsAtPos(this.editor.state.selection.from);
    const room = window.innerHeight - caret.bottom;
    const isAbove = room < this.list.offsetHeight && caret.top > room;
    this.list.style.insetBlockStart = `${(isAbove ? caret.top - this.list.offsetHeight - 4 : caret.bottom + 4) - frame.top}px`;
    this.list.style.insetInlineStart = `${Math.max(0, Math.min(caret.left - frame.left, frame.width - this.list.offsetWidth))}px`;
  }

  mark(place) {
    this.at = (place + this.found.length) % this.found.length;
    for (const [index, item] of [...this.list.children].entries())
      item.setAttribute("aria-selected", String(index === this.at));
    const item = this.list.children[this.at];
    this.surface.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  hush(words = "") {
    this.list.hidden = true;
    this.said.textContent = words;
    for (const name of ["aria-controls", "aria-activedescendant"]) this.surface.removeAttribute(name);
  }

  close() {
    if (!this.list.hidden || this.said.textContent) this.hush();
    this.isArmed = false;
  }

  choose(place) {
    const { insert, after } = this.found[place];
    const { $from } = this.editor.state.selection;
    this.close();
    insert(this.editor.chain().focus().deleteRange({ from: $from.start(), to: $from.end() })).run();
    after?.(this.editor);
  }

  key(event) {
    if (this.list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.mark(this.at + step);
    else if (event.key === "Enter" || event.key === "Tab") this.choose(this.at);
    else if (event.key === "Escape") {
      this.close();
      event.stopPropagation();
    } else return false;
    return true;
  }

  // From the button: in this paragraph where it is empty, else in a new one behind this block.
  begin() {
    const { $from } = this.editor.state.selection;
    const chain = this.editor.chain().focus();
    if ($from.parent.type.name !== "paragraph" || $from.parent.content.size) {
      const end = $from.depth ? $from.after(1) : this.editor.state.doc.content.size;
      chain.insertContentAt(end, { type: "paragraph" }).setTextSelection(end + 1);
    }
    this.isArmed = true;
    chain.insertContent("/").run();
  }
}

export const SlashPalette = Extension.create({
  name: "slashPalette",
  priority: 2000,

  addStorage() {
    return { palette: null };
  },

  addMenuItems({ menu }) {
    const button = crel(
      "button",
      { type: "button", className: "prose-menubar__button prose-insert", title: "Insert a heading, a list, a quote …" },
      [crel("kbd", { textContent: "/", "aria-hidden": "true" }), crel("span", { textContent: "inserts" })],
    );
    menu.defineItem({ name: "insert", groups: "utility", button, command: () => this.storage.palette?.begin() });
  },

  onCreate() {
    this.storage.palette = new Palette(this.editor);
  },
  onTransaction() {
    this.storage.palette?.update();
  },
  onBlur() {
    this.storage.palette?.close();
  },

  addProseMirrorPlugins() {
    const { storage } = this;
    return [
      new Plugin({
        props: {
          handleTextInput(view, _from, _to, text) {
            const { parent } = view.state.selection.$from;
            if (text === "/" && parent.type.name === "paragraph" && !parent.content.size && !isOff() && storage.palette)
              storage.palette.isArmed = true;
            return false;
          },
          handleKeyDown: (_view, event) => storage.palette?.key(event) ?? false,
          // Ctrl or ⌘ with Enter is the page's own: the next step.
          handleDOMEvents: {
            keydown: (_view, event) =>
              event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !isOff(),
          },
        },
      }),
    ];
  },
});
