/*
 * The proofreader's panel below the text: what it found, each a way to its place, with the means to settle it.
 * It keeps step with typing and never takes the focus; rows that stay the same stay the same elements.
 */
import { goTo, moved, nearest, placeOf, unitsBefore } from "./caret.js";
import { answersList } from "./finding-answers.js";
import { findingRow } from "./finding-row.js";
import { replace } from "./markdown-editing.js";
import { post } from "./requests.js";
import { remembered } from "./views.js";

const LEVELS = { error: ["error", "errors"], warning: ["warning", "warnings"], notice: ["notice", "notices"] };
const SENT = { body: "content" };

const count = (level, number) => `${number} ${LEVELS[level][number === 1 ? 0 : 1]}`;

/* Findings that one answer settles stand together, with all their places. */
const grouped = (findings, sent) => {
  const groups = new Map();
  for (const finding of findings) {
    const { code, level, message, text, suggestion, about, dismissible, field } = finding;
    const key = JSON.stringify([code, text, suggestion, message, field in sent || field === "body" ? "" : field]);
    const written = sent[SENT[field] ?? field] ?? "";
    const [start, end] = [finding.start, finding.end].map((points) => unitsBefore(written, points));
    if (!groups.has(key)) groups.set(key, { key, code, level, message, text, suggestion, about, dismissible, places: [] });
    groups.get(key).places.push({ field, written, start, end });
  }
  return [...groups.values()];
};

export const findingsPanel = ({ form, note, again, spelling }) => {
  const panel = form.querySelector("[data-findings]");
  const [toggle, counts, body, said] = ["toggle", "counts", "body", "said"].map((part) => panel.querySelector(`[data-findings-${part}]`));
  const lists = Object.fromEntries(Object.keys(LEVELS).map((level) => [level, body.querySelector(`[data-level="${level}"]`)]));
  const rows = new Map();
  let shown = [];

  /* A text is gone to by its letters, anything else by what it is chosen with. */
  const fieldOf = (name) => form.elements[name];
  const isText = (field) => field?.selectionStart !== undefined && field.selectionStart !== null && field.type !== "hidden";
  const control = (name) => {
    const field = fieldOf(name);
    if (!field || isText(field)) return field;
    return field.closest("[data-picture-picker]")?.querySelector("[data-choose]") ?? field.parentElement.querySelector(".select2-selection, .select2-search__field") ?? field;
  };

  const uncover = (field) => {
    const details = form.querySelector("[data-details]");
    if (field.closest(".writing-side") && details.getAttribute("aria-expanded") === "false") details.click();
    if (field.closest("details")) field.closest("details").open = true;
    if (field === form.elements.body && !field.offsetParent) form.querySelector('[data-show="write"]').click();
  };

  const go = (place) => {
    const field = control(place.field);
    if (!field) return;
    uncover(field);
    if (!isText(field)) return field.focus();
    const there = nearest(place.written, field.value, place.start, place.end);
    if (there) return goTo(field, ...there);
    field.focus();
    said.textContent = "These words are no longer there.";
  };

  /* One step for undo to each field: from the first place to the last, with what stands between them. */
  const fixIn = (field, places, suggestion) => {
    const spans = places.map(({ written, start, end }) => moved(written, field.value, start, end)).filter(Boolean);
    if (!spans.length) return;
    spans.sort(([one], [other]) => one - other);
    const [start, end] = [spans[0][0], Math.max(...spans.map(([, last]) => last))];
    let [text, from] = ["", start];
    for (const [first, last] of spans) {
      text += field.value.slice(from, first) + suggestion;
      from = last;
    }
    uncover(field);
    note({
      field,
      act: () => replace(field, start, end, text),
      words: `${places[0].written.slice(places[0].start, places[0].end)} → ${suggestion || "nothing"}`,
      times: spans.length,
    });
    goTo(field, start, start + (spans.length > 1 ? suggestion.length : text.length));
  };

  const fix = (group, places) => {
    const open = places.filter((place) => !place.settled);
    for (const place of open) place.settled = true;
    for (const name of new Set(open.map(({ field }) => field))) {
      fixIn(fieldOf(name), open.filter(({ field }) => field === name), group.suggestion);
    }
    again();
  };

  const dismiss = async ({ code, text }, reason) => {
    await post(panel.dataset.dismissalUrl, { article: form.dataset.article, code, text, reason });
    again();
  };

  const ways = { go, fix, dismiss: panel.dataset.dismissalUrl ? dismiss : null, spelling };

  const inOrder = (list, wanted) => {
    if (wanted.length === list.children.length && wanted.every((node, place) => node === list.children[place])) return;
    const focused = document.activeElement;
    list.replaceChildren(...wanted);
    if (list.contains(focused)) focused.focus({ preventScroll: true });
  };

  const draw = (groups) => {
    const scrolled = body.scrollTop;
    const kept = new Set(groups.map(({ key }) => key));
    for (const key of rows.keys()) if (!kept.has(key)) rows.delete(key);
    for (const group of groups) {
      if (!rows.has(group.key)) rows.set(group.key, findingRow(ways));
      rows.get(group.key).update(group);
    }
    for (const [level, list] of Object.entries(lists)) {
      inOrder(list, groups.filter((group) => group.level === level).map(({ key }) => rows.get(key).node));
      list.closest("section").hidden = !list.children.length;
    }
    body.scrollTop = scrolled;
  };

  const tell = (findings) => {
    const numbers = Object.keys(LEVELS).map((level) => [level, findings.filter((finding) => finding.level === level).length]);
    const told = numbers.filter(([, number]) => number);
    const words = told.map(([level, number]) => count(level, number));
    counts.replaceChildren(
      ...(told.length ? told.map(([level], place) => pill(level, words[place])) : [pill("none", "Nothing found")]),
    );
    const all = `Proofreader: ${words.join(", ") || "nothing found"}.`;
    if (said.textContent !== all) said.textContent = all; /* Said again, it would be read aloud again. */
  };

  const pill = (level, words) => {
    const item = document.createElement("li");
    item.className = `findings-count is-${level}`;
    item.textContent = words;
    return item;
  };

  /* As low as its head until there is a first finding, then always as high; the line being written stays in view. */
  const makeRoom = () => {
    if (!panel.classList.contains("is-quiet")) return;
    panel.classList.remove("is-quiet");
    const source = form.elements.body;
    if (document.activeElement !== source) return;
    const { top, height } = placeOf(source, source.selectionEnd);
    source.scrollTop = Math.max(source.scrollTop, top + 2 * height - source.clientHeight);
  };

  const answers = answersList({ panel, article: form.dataset.article, again });

  const show = ({ findings, dismissed }, sent) => {
    answers(dismissed);
    if (!findings) {
      counts.replaceChildren(pill("failed", "The proofreader failed; everything else works."));
      said.textContent = "The proofreader failed.";
      return;
    }
    shown = grouped(findings, sent);
    panel.dataset.empty = String(!findings.length);
    draw(shown);
    if (findings.length || dismissed.length) makeRoom();
    tell(findings);
  };

  /* From finding to finding, through the text from the caret on and round again. */
  const step = (direction) => {
    const source = form.elements.body;
    const places = shown.flatMap((group) => group.places).filter(({ field }) => field === "body");
    const spans = places.map(({ written, start, end }) => nearest(written, source.value, start, end)).filter(Boolean);
    spans.sort(([one], [other]) => (one - other) * direction);
    const beyond = ([start]) => (start - source.selectionStart) * direction > 0;
    const there = spans.find(beyond) ?? spans[0];
    if (!there) return;
    uncover(source);
    goTo(source, ...there);
  };

  const unfold = (open) => {
    body.hidden = !open;
    panel.classList.toggle("is-open", open);
    toggle.setAttribute("aria-expanded", open);
  };

  toggle.addEventListener("click", () => {
    unfold(body.hidden);
    remembered("writing-findings", body.hidden ? "closed" : "open");
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  });
  const asked = () => {
    if (location.hash !== "#findings") return;
    unfold(true);
    toggle.focus();
  };
  unfold((remembered("writing-findings") ?? "open") === "open");
  window.addEventListener("hashchange", asked);
  asked();
  return { show };
};
