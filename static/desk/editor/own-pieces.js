// Two pieces of the editor as a brief needs them: links that the server keeps, and lists that begin at 1.
import {
  Link as StockLink,
  OrderedList as StockOrderedList,
  updateAttrsDialog,
  wrappingInputRule,
} from "django-prose-editor/editor";

const ALLOWED = /^\s*(?:https?:\/\/[^\s/]|mailto:\S|\/(?!\/))/i; // as prose.py has it
const WHOLE = /^(?:https?:\/\/|mailto:)/i;

// Asks for an address, and for words where none are selected.
async function ask(editor, attrs, isBare) {
  const fields = {
    href: { type: "string", format: "url", title: "Address", required: true },
    title: { type: "string", title: "Title" },
  };
  const given = await updateAttrsDialog(isBare ? { words: { type: "string", title: "Words" }, ...fields } : fields, {
    title: "Link",
    submitText: "Set the link",
  })(editor, attrs);
  if (!given || !ALLOWED.test(given.href)) return editor.commands.focus();
  const mark = { href: given.href.trim(), title: given.title || null };
  if (isBare)
    return editor
      .chain()
      .focus()
      .insertContent({ type: "text", text: given.words || mark.href, marks: [{ type: "link", attrs: mark }] })
      .unsetMark("link")
      .run();
  return editor.chain().focus().extendMarkRange("link").setLink(mark).run();
}

export const Link = StockLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      markdownLinks: true,
      isAllowedUri: (address) => ALLOWED.test(address ?? ""),
      shouldAutoLink: (address) => WHOLE.test(address),
    };
  },
  addPasteRules() {
    return [];
  },
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          ask(editor, editor.getAttributes("link"), editor.state.selection.empty && !editor.isActive("link"));
          return true;
        },
    };
  },
});

// Our lists begin at 1, so a line that begins with a year and a full stop is no list.
export const OrderedList = StockOrderedList.extend({
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })];
  },
});
