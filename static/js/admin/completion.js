/*
 * What a reference may become, offered at the caret from `[[` on: a list box that the text itself keeps the focus of.
 * Selected words stay as the label. While the list is closed, every key is the text's own.
 */
import { placeOf } from "./caret.js";
import { element } from "./elements.js";
import { insertBlock, replace } from "./markdown-editing.js";
import { get } from "./requests.js";

const PAUSE = 120; /* milliseconds without a key before the catalogue is asked */
const BEGUN = /\[\[([^[\]\n|]{0,80})$/;
const REST = /^[^[\]\n|]*(\|[^[\]\n]*)?\]\]/;
const LABELLED = ["character", "person", "film"];

/* The reference in which the caret stands: where it begins, what is typed of it, its label, and where it ends. */
const begunAt = (source) => {
  const { selectionStart: caret, selectionEnd, value } = source;
  const begun = caret === selectionEnd && value.slice(Math.max(0, caret - 100), caret).match(BEGUN);
  if (!begun) return null;
  const rest = value.slice(caret).match(REST);
  return { start: caret - begun[0].length, caret, typed: begun[1], label: rest?.[1] ?? "", end: caret + (rest?.[0].length ?? 0) };
};

const drawn = ({ kind, name, note }, place) =>
  element(
    "li",
    { role: "option", id: `reference_${place}`, class: "completion-option", "aria-selected": "false" },
    element("span", { class: "completion-name", dir: "auto" }, name),
    element("span", { class: "completion-note", dir: "auto" }, note),
    element("span", { class: "completion-kind" }, kind),
  );

export const completion = ({ source, film, url }) => {
  const list = element("ul", { role: "listbox", id: "reference_list", class: "completion-list", tabindex: "0", "aria-label": "References" });
  const message = element("p", { class: "completion-message" });
  const popup = element("div", { class: "completion", popover: "manual" }, list, message);
  const said = element("p", { class: "visually-hidden", role: "status" });
  source.after(popup, said);
  source.setAttribute("aria-autocomplete", "list");
  source.setAttribute("aria-haspopup", "listbox");

  const known = new Map();
  let [timer, turn, active, closedAt] = [0, 0, -1, -1];
  let options = [];
  let before = null; /* What a list opened over selected words gives back when nothing is chosen. */
  const open = () => popup.matches(":popover-open");

  const activate = (place) => {
    active = place;
    [...list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === place)));
    list.children[place]?.scrollIntoView({ block: "nearest" });
    if (list.children[place]) source.setAttribute("aria-activedescendant", list.children[place].id);
    else source.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    turn += 1;
    if (open()) popup.hidePopover();
    [options, before] = [[], null];
    said.textContent = "";
    activate(-1);
    source.removeAttribute("aria-controls");
  };

  /* Below the words, or above them where there is no room. */
  const settle = (begun) => {
    const { left, top, height } = placeOf(source, begun.start);
    const pane = source.getBoundingClientRect();
    const line = Math.min(Math.max(pane.top + top - source.scrollTop, pane.top), pane.bottom);
    const below = line + height + 4;
    const room = below + popup.offsetHeight < innerHeight;
    popup.style.insetBlockStart = `${room ? below : Math.max(4, line - popup.offsetHeight - 4)}px`;
    popup.style.insetInlineStart = `${Math.max(4, Math.min(pane.left + left, innerWidth - popup.offsetWidth - 8))}px`;
  };

  const show = (begun, found, trouble = "") => {
    options = found;
    list.replaceChildren(...options.map(drawn));
    message.textContent = trouble || hint(begun);
    if (!open()) popup.showPopover();
    source.setAttribute("aria-controls", list.id);
    said.textContent = options.length ? `${options.length} ${options.length === 1 ? "suggestion" : "suggestions"}. ${message.textContent}`.trim() : message.textContent;
    settle(begun);
    activate(options.length ? 0 : -1);
  };

  const hint = ({ typed }) => {
    const nothing = typed.trim() ? "Nothing of that name is in the catalogue." : "Type a name or a title.";
    const said = [options.length ? "" : nothing, film() ? "" : "Choose a film to be offered its characters."];
    return said.filter(Boolean).join(" ");
  };

  const asked = async (q) => {
    const key = `${film()} ${q}`;
    if (!known.has(key)) known.set(key, (await get(url, { q, film: film() })).references);
    return known.get(key);
  };

  /* Over selected words nothing is typed yet: they are what is meant, or else anybody of the film. */
  const lookUp = async ({ typed, label }) => {
    const words = typed || label.slice(1).trim().slice(0, 80);
    const found = await asked(words);
    return found.length || typed ? found : asked("");
  };

  const ask = async () => {
    const mine = (turn += 1);
    const begun = begunAt(source);
    try {
      const found = await lookUp(begun);
      if (mine === turn) show(begun, found);
    } catch (refusal) {
      if (mine === turn) show(begun, [], refusal.message);
    }
  };

  const follow = (pause) => {
    const begun = begunAt(source);
    if (!begun) closedAt = -1;
    if (!begun || begun.start === closedAt) return close();
    clearTimeout(timer);
    turn += 1;
    timer = setTimeout(ask, pause);
  };

  const pick = (option, labelled = false) => {
    const { start, end, label, caret } = begunAt(source);
    before = null;
    if (option.goes_on) return replace(source, start, caret, `[[${option.reference}`);
    if (option.kind === "cast") table(start, end, option.reference);
    else {
      const kept = LABELLED.includes(option.kind) ? label || (labelled ? "|" : "") : "";
      replace(source, start, end, `[[${option.reference}${kept}]]`);
      if (labelled && kept === "|") source.setSelectionRange(source.selectionEnd - 2, source.selectionEnd - 2);
    }
    close();
  };

  /* A table stands on a line of its own. */
  const table = (start, end, reference) => {
    const alone = /(^|\n)[ \t]*$/.test(source.value.slice(0, start)) && /^[ \t]*(\n|$)/.test(source.value.slice(end));
    if (alone) return replace(source, start, end, `[[${reference}]]`);
    source.setSelectionRange(start, end);
    insertBlock(source, `[[${reference}]]`);
  };

  const giveUp = () => {
    const begun = begunAt(source);
    closedAt = begun?.start ?? -1;
    if (before && begun?.typed === "") {
      const { start, end } = begun;
      const words = before;
      close();
      replace(source, start, end, words);
      return source.setSelectionRange(start, start + words.length);
    }
    close();
  };

  /* Selected words become the label of a reference yet to be chosen. */
  const begin = () => {
    const { selectionStart: start, selectionEnd: end, value } = source;
    const words = value.slice(start, end);
    closedAt = -1;
    if (/[[\]|\n]/.test(words)) source.setSelectionRange(end, end);
    else if (words) {
      replace(source, start, end, `[[|${words}]]`);
      source.setSelectionRange(start + 2, start + 2);
      before = words;
      return follow(0);
    }
    replace(source, source.selectionStart, source.selectionEnd, "[[");
    follow(0);
  };

  const keys = {
    ArrowDown: () => activate((active + 1) % options.length),
    ArrowUp: () => activate((active - 1 + options.length) % options.length),
    Enter: () => pick(options[active]),
    Tab: () => pick(options[active]),
    "|": () => pick(options[active], true),
  };

  source.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (open() || before)) {
      event.preventDefault();
      event.stopPropagation();
      return giveUp();
    }
    if (!open() || !options.length || !Object.hasOwn(keys, event.key)) return;
    if (event.shiftKey && event.key !== "|") return;
    if (event.key === "|" && !LABELLED.includes(options[active].kind)) return;
    event.preventDefault();
    keys[event.key]();
  });

  /* The first `[` over selected words wraps them, the second makes a reference of them; `]` types over its own kind. */
  source.addEventListener("beforeinput", (event) => {
    const { selectionStart: start, selectionEnd: end, value } = source;
    if (event.isComposing || event.inputType !== "insertText") return;
    if (event.data === "[" && end > start && !/[[\]\n]/.test(value.slice(start, end))) {
      event.preventDefault();
      if (value[start - 1] === "[" && value[end] === "]") wrapAgain(start, end);
      else {
        replace(source, start, end, `[${value.slice(start, end)}]`);
        source.setSelectionRange(start + 1, end + 1);
      }
    } else if (event.data === "]" && start === end && /\[\[[^[\]\n]*\]?$/.test(value.slice(0, start)) && value[start] === "]") {
      event.preventDefault();
      source.setSelectionRange(start + 1, start + 1);
    }
  });

  const wrapAgain = (start, end) => {
    const words = source.value.slice(start, end);
    replace(source, start - 1, end + 1, `[[|${words}]]`);
    source.setSelectionRange(start + 1, start + 1);
    [before, closedAt] = [words, -1];
    follow(0);
  };

  source.addEventListener("input", (event) => event.isComposing || follow(PAUSE));
  source.addEventListener("compositionend", () => follow(PAUSE));
  source.addEventListener("blur", close);
  source.addEventListener("scroll", () => open() && begunAt(source) && settle(begunAt(source)));
  document.addEventListener("selectionchange", () => {
    if (open() && !begunAt(source)) close();
  });
  popup.addEventListener("pointerdown", (event) => event.preventDefault()); /* The text keeps the focus. */
  popup.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[role=option]");
    if (row) pick(options[[...list.children].indexOf(row)]);
  });
  return { begin };
};
