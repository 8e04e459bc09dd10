/* Linking names: what the text may refer to, each to be left out, all put in as one step for undo. */
import { moved, unitsBefore } from "./caret.js";
import { element } from "./elements.js";
import { excerpt } from "./excerpt.js";
import { replace } from "./markdown-editing.js";
import { post } from "./requests.js";

const AROUND = 30; /* letters of the text on each side of a name */

const same = (one, other) => ["kind", "name", "hint"].every((told) => one[told] === other[told]);
const WHICH = { all: () => true, none: () => false, first: (one, all) => all.find((other) => same(one, other)) === one };

export const linkingDialog = ({ dialog, form, film, note }) => {
  if (!dialog) return null;
  const source = form.elements.body;
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const [list, choices, apply] = ["list", "choices", "apply"].map(part);
  let proposals = [];
  let written = "";
  let run = 0;

  const boxes = () => [...list.querySelectorAll("input")];
  const chosen = () => proposals.filter((_, place) => boxes()[place].checked);

  const tell = () => {
    const number = chosen().length;
    apply.disabled = !number;
    apply.textContent = number === 1 ? "Link 1 name" : `Link ${number} names`;
  };

  const drawn = (proposal) => {
    const box = Object.assign(element("input", { type: "checkbox" }), { checked: true });
    const words = element("span", { class: "linking-words", dir: "auto" }, ...excerpt(written, proposal.start, proposal.end, AROUND));
    return element("li", {}, element("label", { class: "linking-name" }, box, words, element("span", { class: "linking-whose" }, `${proposal.name}${proposal.hint && `, ${proposal.hint}`}`)));
  };

  const show = (found) => {
    proposals = found.map((each) => {
      const [start, end] = [each.start, each.end].map((points) => unitsBefore(written, points));
      return { ...each, start, end };
    });
    list.replaceChildren(...proposals.map(drawn));
    part("none").hidden = proposals.length > 0;
    choices.hidden = apply.hidden = !proposals.length;
    tell();
    (proposals.length ? apply : part("cancel")).focus();
  };

  const open = async () => {
    const mine = (run += 1);
    written = source.value;
    list.replaceChildren();
    part("problem").textContent = "";
    part("none").hidden = choices.hidden = apply.hidden = true;
    dialog.showModal();
    try {
      const { proposals: found } = await post(dialog.dataset.url, { content: written, film: film(), article: form.dataset.article });
      if (mine === run && dialog.open) show(found);
    } catch (refusal) {
      if (mine === run) part("problem").textContent = refusal.message;
    }
  };

  const link = () => {
    const steps = chosen().flatMap((each) => {
      const there = moved(written, source.value, each.start, each.end);
      return there ? [[...there, each.markdown]] : [];
    });
    dialog.close();
    if (!steps.length) return;
    let [text, from] = ["", steps[0][0]];
    for (const [start, end, replacement] of steps) {
      text += source.value.slice(from, start) + replacement;
      from = end;
    }
    const act = () => replace(source, steps[0][0], from, text);
    note({ field: source, act, words: steps.length === 1 ? "Linked 1 name" : `Linked ${steps.length} names`, times: 1 });
  };

  list.addEventListener("change", tell);
  for (const button of choices.children) {
    button.addEventListener("click", () => {
      boxes().forEach((box, place) => (box.checked = WHICH[button.dataset.choose](proposals[place], proposals)));
      tell();
    });
  }
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    link();
  });
  part("cancel").addEventListener("click", () => dialog.close());
  return open;
};
