/* The writing screen: joins the text, the page beside it, pictures, saving and the keyboard. */
import { autosave } from "./autosave.js";
import { completion } from "./completion.js";
import { findingsPanel } from "./findings.js";
import { watchLeaving } from "./leaving.js";
import { linkingDialog } from "./linking.js";
import { livePreview } from "./live-preview.js";
import { EDITS, KEYS, insertBlock } from "./markdown-editing.js";
import { noting } from "./noting.js";
import { pictureDialog } from "./pictures.js";
import { scrollInStep } from "./scroll-in-step.js";
import { spellingDialog } from "./spelling.js";
import { details, views } from "./views.js";

function start(form) {
  const source = form.querySelector(".markdown-source");
  const film = () => form.elements.film?.value ?? "";
  const say = sayer(form.querySelector("[data-status]"));
  const leaving = watchLeaving(form);
  const keeping = autosave({ form, leaving, say, onReturn: () => preview.ask() });
  const again = () => preview.ask();
  const note = noting(form);
  const spelling = spellingDialog({ dialog: document.querySelector("[data-spelling-dialog]"), source, film, again });
  const findings = findingsPanel({ form, note, again, spelling });
  const preview = previewing(form, source, film, say, findings);
  formatting(form, source, {
    picture: picturing(form, source, film)?.open,
    reference: completion({ source, film, url: source.dataset.referencesUrl }).begin,
    linking: linkingDialog({ dialog: document.querySelector("[data-linking-dialog]"), form, film, note }),
    spelling: spelling && (() => spelling()),
  });
  saving(form, preview, leaving, keeping, say);
  views(form);
  details(form);
  lines(form);
  autocompletes(form, preview, leaving);
  if (!form.elements.base.value) form.elements.title.focus();
}

/* One line says what keeps the words from the server, what else is wrong, or whether anything is unsaved. */
function sayer(line) {
  let [kept, problem, state] = ["", "", ""];
  const show = () => {
    const said = kept || problem || state;
    if (line.textContent !== said) line.textContent = said; /* Said again, it would be read aloud again. */
    line.classList.toggle("is-problem", Boolean(kept || problem));
  };
  return {
    kept: (text) => ((kept = text), show()),
    problem: (error) => ((problem = error?.message ?? ""), show()),
    state: (text) => ((state = text), show()),
  };
}

/* What the page and the proofreader are made from. */
function writtenIn(form, film) {
  const texts = ["title", "dek", "seo_title", "seo_description", "hero"].map((name) => [name, form.elements[name]?.value ?? ""]);
  const has_topics = form.elements.topics?.value ? "on" : "";
  return { content: form.elements.body.value, film: film(), ...Object.fromEntries(texts), has_topics, article: form.dataset.article };
}

function previewing(form, source, film, say, findings) {
  const host = form.querySelector("[data-page]");
  const count = form.querySelector("[data-count]");
  let measureAgain = () => {};
  const preview = livePreview({
    form,
    host,
    url: source.dataset.previewUrl,
    written: () => writtenIn(form, film),
    onProblem: say.problem,
    onPage: (page, sent) => {
      const { words, reading_time: minutes } = page;
      count.textContent = `${words.toLocaleString("en")} ${words === 1 ? "word" : "words"}, ${minutes} min read`;
      measureAgain();
      findings.show(page, sent);
    },
  });
  measureAgain = scrollInStep(source, host, preview.prose);
  return preview;
}

function picturing(form, source, film) {
  const dialog = document.querySelector("[data-picture-dialog]");
  if (!dialog) return null;
  const pictures = pictureDialog({ dialog, source, film });
  const intoText = (picture) => insertBlock(source, picture.markdown);
  for (const kind of ["dragover", "drop"]) {
    window.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault(); /* A file dropped beside the text would else replace the page. */
      if (kind === "drop" && !dialog.open) pictures.open(pictures.files(event.dataTransfer), intoText);
    });
  }
  window.addEventListener("paste", (event) => {
    const files = pictures.files(event.clipboardData);
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    if (dialog.open) pictures.take(files[0]);
    else pictures.open(files, intoText);
  });
  for (const picker of form.querySelectorAll("[data-picture-picker]")) picking(picker, pictures);
  return { open: () => pictures.open([], intoText) };
}

function picking(picker, pictures) {
  const [input, shown, remove] = ["input", "[data-shown]", "[data-remove]"].map((each) => picker.querySelector(each));
  const use = (picture) => {
    input.value = picture?.id ?? "";
    shown.replaceChildren();
    if (picture) {
      const { url: src, width, height, alt } = picture;
      shown.append(Object.assign(document.createElement("img"), { src, width, height, alt, className: "picture-thumbnail" }));
    }
    remove.hidden = !picture;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  picker.querySelector("[data-choose]").addEventListener("click", () => pictures.open([], use));
  remove.addEventListener("click", () => use(null));
}

function formatting(form, source, tools) {
  const edit = (name) => (tools[name] ?? EDITS[name])(source);
  for (const tool of form.querySelectorAll("[data-edit]")) {
    tool.hidden = !(tools[tool.dataset.edit] ?? EDITS[tool.dataset.edit]);
    tool.addEventListener("click", () => edit(tool.dataset.edit));
  }
  source.addEventListener("keydown", (event) => {
    const name = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && KEYS[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    edit(name);
  });
}

const LONG = 10_000; /* for a saved page to come; the words typed after that are kept again */

/* Knock before going: a lost login or a dead network must not cost the words. Who goes goes once. */
function saving(form, preview, leaving, keeping, say) {
  let [busy, sure, late] = [false, false, 0];
  let letGo = () => {};
  const stay = () => {
    clearTimeout(late);
    letGo();
    [busy, letGo] = [false, () => {}];
    leaving.stay();
  };
  /* The page is still here: the way was broken off, or is long. */
  const wake = () => {
    if (!leaving.going()) return;
    stay();
    keeping.wake();
  };
  form.addEventListener("submit", async (event) => {
    if (sure) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    say.state("Saving…");
    const problem = await preview.ask();
    if (problem && [0, 403].includes(problem.status)) return stay(), leaving.tell();
    await keeping.stop();
    say.state("Saving…");
    leaving.go();
    sure = true;
    form.requestSubmit(event.submitter);
    sure = false;
    letGo = hold(form);
    late = setTimeout(wake, LONG);
  });
  window.addEventListener("keydown", (event) => {
    if (event.key === "Escape") wake();
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) form.requestSubmit(form.elements._save);
  });
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => {
    stay();
    if (event.persisted) keeping.wake();
  });
}

/* What is typed after the form has gone would be in nobody's hands; the status line goes on speaking. */
function hold(form) {
  const focused = document.activeElement;
  const held = form.querySelectorAll(".writing-columns, .writing-end");
  for (const each of held) each.inert = true;
  return () => {
    for (const each of held) each.inert = false;
    if (document.activeElement === document.body) focused.focus({ preventScroll: true });
  };
}

/* Title and dek are one line each to those who read them: Enter goes on to the next field. */
function lines(form) {
  for (const line of form.querySelectorAll("[data-line]")) {
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      form.elements[line.name === "title" ? "dek" : "body"].focus();
    });
    if (CSS.supports("field-sizing", "content")) continue;
    const grow = () => {
      line.style.blockSize = "auto";
      line.style.blockSize = `${line.scrollHeight}px`;
    };
    line.addEventListener("input", grow);
    grow();
  }
}

/* Django's autocomplete speaks through jQuery alone, shows the chosen in the list's order unless told, and has no name. */
function autocompletes(form, preview, leaving) {
  const $ = window.django?.jQuery;
  if (!$) return;
  $(form.elements.authors).on("select2:select", (event) => {
    $(event.target).append(event.params.data.element).trigger("change.select2");
  });
  $(form).on("change", "select", () => (leaving.tell(), preview.soon()));
  $(() => form.querySelectorAll("select.admin-autocomplete").forEach((select) => name(select, form)));
}

function name(select, form) {
  const label = form.querySelector(`label[for="${select.id}"]`);
  label.id ||= `${select.id}_label`;
  const box = select.nextElementSibling;
  const [combobox, shown] = [".select2-selection--single", ".select2-selection__rendered[role=textbox]"].map((each) => box.querySelector(each));
  combobox?.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
  shown?.setAttribute("aria-label", shown.textContent || label.textContent);
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", label.textContent);
}

const form = document.querySelector("[data-writing]");
if (form) start(form);
