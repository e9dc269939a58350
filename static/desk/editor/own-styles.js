// Stops the editor from writing a style sheet into the page, which the desk's policy refuses.
// desk/editor.css holds what an editing surface needs.
import { Extension } from "django-prose-editor/editor";

export const OwnStyles = Extension.create({
  name: "ownStyles",
  onBeforeCreate() {
    this.editor.options.injectCSS = false;
  },
});
