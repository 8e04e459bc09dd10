/*
 * The merge page: tells how much is left to decide, does not let go of what was decided without a question, and keeps
 * it in this browser until it is saved.
 */
import { keptAnswers } from "./kept-copy.js";

const form = document.querySelector("[data-merge]");
const questions = [...form.querySelectorAll(".question")];
const status = form.querySelector("[data-left]");
let going = false;

const tell = () => {
  const left = questions.filter((each) => !each.querySelector("input:checked")).length;
  if (questions.length) status.textContent = left ? `${left} of ${questions.length} still to decide` : "All decided";
};

/* A question is known by the two texts it is about, on whichever page it is asked. */
const about = (question) => question.querySelector(".question-sides").textContent.replace(/\s+/g, " ").trim();
const answered = (question) => ({
  choice: question.querySelector("input:checked")?.value ?? "",
  typed: question.querySelector("textarea")?.value ?? "",
});

const answer = (question, { choice, typed }) => {
  const option = [...question.querySelectorAll("input[type=radio]")].find((each) => each.value === choice);
  if (option) option.checked = true;
  const hand = question.querySelector("textarea");
  if (hand) hand.value = typed;
};

/* What was written by hand about a passage that reads otherwise by now. */
const showEarlier = (texts) => {
  const earlier = form.querySelector("[data-earlier]");
  earlier.hidden = !texts.length;
  earlier.querySelector("textarea").value = texts.join("\n\n");
};

const keeping = (tab, restored) => {
  const here = keptAnswers(tab);
  let kept = { ...keptAnswers(restored).read(), ...here.read() };
  const asked = new Set(questions.map(about));
  for (const question of questions) if (kept[about(question)]) answer(question, kept[about(question)]);
  const others = Object.entries(kept).filter(([text, { choice }]) => choice === "hand" && !asked.has(text));
  showEarlier(others.map(([, { typed }]) => typed));
  return (question) => here.write((kept = { ...kept, [about(question)]: answered(question) }));
};

const [tab, restored] = ["tab", "restored"].map((name) => form.elements[name]?.value ?? "");
const keep = tab ? keeping(tab, restored) : () => {};

form.addEventListener("input", ({ target }) => {
  const question = target.closest(".question");
  if (question) keep(question);
});
form.addEventListener("change", ({ target }) => {
  tell();
  if (target.value === "hand") target.closest(".question").querySelector("textarea").focus();
});
form.addEventListener("submit", () => (going = true));
window.addEventListener("pageshow", () => (going = false));
window.addEventListener("beforeunload", (event) => {
  if (!going) event.preventDefault();
});
tell();
