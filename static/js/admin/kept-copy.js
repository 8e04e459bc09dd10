/* Copies of open forms in this browser, for as long as the server does not have them. */

const PREFIX = "kept:";

/* Storage may be full, or forbidden; then there are no copies, and who asks is told. */
const trying = (act, otherwise) => {
  try {
    return act();
  } catch {
    return otherwise;
  }
};

/* Forms that were saved need no copy; the server names the last one in a cookie. */
const forgetSaved = (place) => {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("saved-form="));
  if (!cookie) return;
  const saved = decodeURIComponent(cookie.slice("saved-form=".length)).split(" ").filter(Boolean);
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith(PREFIX) && saved.some((tab) => name.endsWith(`:${tab}`))) localStorage.removeItem(name);
  }
  document.cookie = `saved-form=; path=${place}; max-age=0; samesite=strict`;
};

/* The copies of one person's forms of one article, or of new ones; `others` are those of all their articles. */
export const keptCopies = ({ user, article, place }) => {
  const key = (tab) => `${PREFIX}${user}:${article || "new"}:${tab}`;
  const read = (name) => ({ name, state: JSON.parse(localStorage.getItem(name)) });
  trying(() => forgetSaved(place));
  return {
    write: (tab, state) => trying(() => (localStorage.setItem(key(tab), JSON.stringify(state)), true), false),
    forget: (tab) => trying(() => localStorage.removeItem(key(tab))),
    forgetOther: (name) => trying(() => localStorage.removeItem(name)),
    others: (tab) => {
      const own = (name) => name.startsWith(`${PREFIX}${user}:`) && name !== key(tab);
      return trying(() => Object.keys(localStorage).filter(own).map(read), []);
    },
  };
};

/* What was decided and written on the merge page for the form *tab*; forgotten, as its copy is, when that is saved. */
export const keptAnswers = (tab) => {
  const key = `${PREFIX}merge:${tab}`;
  return {
    read: () => trying(() => JSON.parse(localStorage.getItem(key)) ?? {}, {}),
    write: (answers) => trying(() => localStorage.setItem(key, JSON.stringify(answers))),
  };
};
