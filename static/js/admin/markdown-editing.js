/* Edits of Markdown in a textarea, each one step for the browser's undo. */

/* execCommand is deprecated and alone keeps undo whole; where it is gone, the text still arrives. */
export const replace = (source, start, end, text) => {
  source.focus();
  source.setSelectionRange(start, end);
  if (text === source.value.slice(start, end)) return;
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  source.setRangeText(text, start, end, "end");
  source.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

const selection = (source) => {
  const { selectionStart, selectionEnd, value } = source;
  const chosen = value.slice(selectionStart, selectionEnd);
  const text = chosen.trim();
  const start = selectionStart + (text ? chosen.indexOf(text) : 0);
  return { start, end: start + text.length, text };
};

/* Of "***both***" one pair of asterisks is italic and two are bold. */
const wears = (mark, stars) => (mark === "**" ? stars >= 2 : stars % 2 === 1);

const toggle = (mark) => (source) => {
  const { start, end, text } = selection(source);
  const size = mark.length;
  const before = source.value.slice(0, start).match(/\**$/)[0].length;
  const after = source.value.slice(end).match(/^\**/)[0].length;
  if (wears(mark, Math.min(before, after))) {
    replace(source, start - size, end + size, text);
    source.setSelectionRange(start - size, end - size);
  } else {
    replace(source, start, end, `${mark}${text}${mark}`);
    source.setSelectionRange(start + size, end + size);
  }
};

const eachLine = (change) => (source) => {
  const { selectionStart, selectionEnd, value } = source;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const stop = value.indexOf("\n", Math.max(selectionEnd - 1, selectionStart));
  const end = stop < 0 ? value.length : stop;
  const lines = value.slice(start, end).split("\n");
  const text = change(lines).join("\n");
  replace(source, start, end, text);
  const caret = Math.max(start, selectionStart + text.split("\n")[0].length - lines[0].length);
  source.setSelectionRange(lines.length > 1 ? start : caret, lines.length > 1 ? start + text.length : caret);
};

const prefixed = (prefix) =>
  eachLine((lines) => {
    const all = lines.every((line) => line.startsWith(prefix));
    return lines.map((line) => (all ? line.slice(prefix.length) : prefix + line));
  });

const HEADINGS = { "": "## ", "# ": "### ", "## ": "### ", "### ": "#### ", "#### ": "" };

const heading = eachLine((lines) =>
  lines.map((line) => {
    const [now] = line.match(/^#{1,4} |^/);
    return HEADINGS[now] + line.slice(now.length);
  }),
);

const link = (source) => {
  const { start, end, text } = selection(source);
  const address = /^(https?:\/\/|\/)\S+$/.test(text) ? text : "";
  const words = address ? "" : text;
  replace(source, start, end, `[${words}](${address || "https://"})`);
  const inside = start + 1;
  const target = inside + words.length + 2;
  if (words) source.setSelectionRange(target, target + "https://".length);
  else source.setSelectionRange(inside, inside);
};

/* Put *text* on lines of its own, with an empty line before and after. */
export const insertBlock = (source, text) => {
  const { selectionStart, selectionEnd, value } = source;
  const before = value.slice(0, selectionStart);
  const after = value.slice(selectionEnd);
  const lead = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  replace(source, selectionStart, selectionEnd, lead + text + tail);
};

export const EDITS = {
  bold: toggle("**"),
  italic: toggle("*"),
  heading,
  link,
  quote: prefixed("> "),
  list: prefixed("- "),
};

export const KEYS = { b: "bold", i: "italic", k: "link" };
