/* Who else has the article open, and that somebody saved meanwhile; said once, and again only when it changes. */

export const presence = (place) => {
  const [newer, list] = ["[data-newer]", "[data-company]"].map((each) => place.querySelector(each));
  let shown = [...list.children].map((each) => each.textContent).join();

  const showCompany = (others) => {
    const said = others.map((other) => other.text).join();
    if (said === shown) return;
    shown = said;
    list.replaceChildren(
      ...others.map((other) =>
        Object.assign(document.createElement("li"), {
          className: `presence-one${other.unsaved ? " is-writing" : ""}`,
          textContent: other.text,
        }),
      ),
    );
    list.hidden = !others.length;
  };

  const showNewer = (head) => {
    if (newer.firstChild?.textContent.trim() === (head?.text ?? "")) return;
    newer.hidden = !head;
    newer.replaceChildren();
    if (!head) return;
    const link = Object.assign(document.createElement("a"), { href: head.url, target: "_blank", textContent: "Compare" });
    newer.append(`${head.text} `, link);
  };

  return ({ head, others }) => {
    showCompany(others);
    showNewer(head);
  };
};
