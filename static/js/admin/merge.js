/* The merge page: tells how much is left to decide, and does not let go of what was typed without a question. */

const form = document.querySelector("[data-merge]");
const questions = [...form.querySelectorAll(".question")];
const status = form.querySelector("[data-left]");
let going = false;

const tell = () => {
  const left = questions.filter((each) => !each.querySelector("input:checked")).length;
  if (questions.length) status.textContent = left ? `${left} of ${questions.length} still to decide` : "All decided";
};

form.addEventListener("change", (event) => {
  tell();
  if (event.target.value === "hand") event.target.closest(".question").querySelector("textarea").focus();
});
form.addEventListener("submit", () => (going = true));
window.addEventListener("beforeunload", (event) => {
  if (!going) event.preventDefault();
});
tell();
