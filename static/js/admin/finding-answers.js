/* What editors have said of findings of this article, to be taken back. */
import { element } from "./elements.js";
import { post } from "./requests.js";

export const answersList = ({ panel, article, again }) => {
  const [part, list, count] = ["answered", "answers", "answered-count"].map((name) => panel.querySelector(`[data-findings-${name}]`));
  let drawn = "[]";

  const takeBack = async ({ code, text }) => {
    await post(panel.dataset.undismissalUrl, { article, code, text });
    count.focus();
    again();
  };

  const row = (answer) => {
    const { code, text, reason, by } = answer;
    const said = element("p", { class: "finding-message" }, `${text ? `“${text}”` : code}: ${reason}${by && ` (${by})`}`);
    const back = element("button", { type: "button", class: "finding-way" }, "Ask again");
    const problem = (refusal) => said.append(element("span", { class: "finding-problem", role: "alert" }, ` ${refusal.message}`));
    back.addEventListener("click", () => takeBack(answer).catch(problem));
    return element("li", { class: "finding is-answer" }, said, ...(panel.dataset.undismissalUrl ? [back] : []));
  };

  return (answers) => {
    if (JSON.stringify(answers) === drawn) return;
    drawn = JSON.stringify(answers);
    part.hidden = !answers.length;
    count.textContent = `${answers.length} said to be right`;
    list.replaceChildren(...answers.map(row));
  };
};
