/* The house list: that a spelling is right, or wrong, for a person or a character; kept with the film's facts. */
import { element } from "./elements.js";
import { get, post } from "./requests.js";

const REST = 150; /* milliseconds without a key before the catalogue is asked */

export const spellingDialog = ({ dialog, source, film, again }) => {
  if (!dialog) return null;
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector("[data-problem]");
  const { text, about, find } = form.elements;
  const may = dialog.dataset.may.split(" ").filter(Boolean);
  let [timer, turn] = [0, 0];

  const offer = (rows, wanted) => {
    const options = rows.filter((row) => may.includes(row.kind)).map(({ about: value, name, note }) => element("option", { value }, note ? `${name} (${note})` : name));
    about.replaceChildren(...options);
    about.value = find.value.trim() && options.length === 1 ? options[0].value : wanted; /* Else nobody is chosen yet. */
  };

  const ask = async (wanted = "") => {
    const mine = (turn += 1);
    const kinds = find.value.trim() ? [find.value] : may.map((kind) => `${kind}:`);
    try {
      const answers = await Promise.all(kinds.map((q) => get(source.dataset.referencesUrl, { q, film: film() })));
      if (mine === turn) offer(answers.flatMap(({ references }) => references), wanted);
    } catch (refusal) {
      if (mine === turn) problem.textContent = refusal.message;
    }
  };

  /* From a finding, or from the words selected in the text. */
  const open = (finding) => {
    form.reset();
    problem.textContent = "";
    text.value = finding?.text ?? source.value.slice(source.selectionStart, source.selectionEnd).trim().slice(0, 200);
    form.elements.verdict.value = finding && finding.code !== "name-misspelt" ? "reject" : "accept";
    ask(finding?.about);
    dialog.showModal();
  };

  const record = async (event) => {
    event.preventDefault();
    problem.textContent = "";
    if (!text.value.trim()) return text.focus();
    try {
      await post(dialog.dataset.url, { text: text.value, about: about.value, verdict: form.elements.verdict.value });
    } catch (refusal) {
      problem.textContent = refusal.message;
      return;
    }
    dialog.close();
    again();
  };

  form.addEventListener("submit", record);
  find.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => ask(), REST);
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  dialog.querySelector("[data-cancel]").addEventListener("click", () => dialog.close());
  return open;
};
