/* "Show spoilers": one switch for all of a page's spoilers, which the browser remembers from page to page. */
const KEY = "spoilers";
const box = document.querySelector(".spoiler-choice__box");

/* Where the browser keeps nothing for us, the switch still works, for this page. */
const remembered = () => {
  try {
    return localStorage.getItem(KEY) === "shown";
  } catch {
    return false;
  }
};

const remember = (shown) => {
  try {
    if (shown) localStorage.setItem(KEY, "shown");
    else localStorage.removeItem(KEY);
  } catch {
    /* As above. */
  }
};

const showAll = (shown) => {
  for (const inline of document.querySelectorAll(".spoiler__switch")) inline.checked = shown;
  for (const block of document.querySelectorAll(".spoiler-block")) block.open = shown;
};

if (box) {
  box.checked = remembered();
  if (box.checked) showAll(true);
  box.addEventListener("change", () => {
    showAll(box.checked);
    remember(box.checked);
  });
  box.closest(".spoiler-choice").classList.add("spoiler-choice--ready");
}
