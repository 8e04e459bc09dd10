/* Names in the text open a small card: what the who's who says of them, cloned into the page's one popover.
   Hovering and keyboard focus open it beside a link that stays a link; a tap opens it instead of following. */
const card = document.querySelector(".name-card");
const HOVER = 250;
const GRACE = 200;
const GAP = 8;

/* Where nothing hovers, links say that they open something. */
const tapped = matchMedia("(hover: none)").matches;

let shown = null;
let returned = null;
let pointer = "";
let timer = 0;

const entryOf = (link) => document.getElementById(`who-${link.dataset.card}`)?.closest(".who__entry");

const reference = (target) => {
  const link = target instanceof Element && target.closest(".prose a[data-card]");
  return link && entryOf(link) ? link : null;
};

const fill = (entry) => {
  const copy = entry.cloneNode(true);
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
  card.replaceChildren(...copy.childNodes);
};

/* A link may run over two lines: the card stands by the one that is pointed at, below it where there is room. */
const place = (link, y) => {
  const lines = [...link.getClientRects()];
  const line = lines.find((each) => each.top <= y && y <= each.bottom) ?? lines[0];
  const { clientWidth, clientHeight } = document.documentElement;
  const below = line.bottom + GAP;
  const fits = below + card.offsetHeight + GAP <= clientHeight || line.top < card.offsetHeight + GAP;
  const top = fits ? below : line.top - GAP - card.offsetHeight;
  const left = Math.max(GAP, Math.min(line.left, clientWidth - card.offsetWidth - GAP));
  card.style.setProperty("--card-top", `${top + scrollY}px`);
  card.style.setProperty("--card-left", `${left + scrollX}px`);
};

const open = (link, y = -1) => {
  if (shown === link) return;
  close();
  fill(entryOf(link));
  card.showPopover({ source: link });
  place(link, y);
  shown = link;
  link.setAttribute("aria-describedby", card.id);
  if (tapped) link.setAttribute("aria-expanded", "true");
};

const close = () => {
  clearTimeout(timer);
  card.hidePopover();
};

const closing = (event) => {
  if (event.newState !== "closed" || !shown) return;
  /* Escape inside the card gives the focus back to its link, which must not open it again. */
  returned = card.contains(document.activeElement) ? shown : null;
  shown.removeAttribute("aria-describedby");
  if (tapped) shown.setAttribute("aria-expanded", "false");
  shown = null;
};

const hover = (event) => {
  if (event.pointerType !== "mouse") return;
  clearTimeout(timer);
  const link = reference(event.target);
  if (link && link !== shown) timer = setTimeout(open, HOVER, link, event.clientY);
  const kept = shown && (shown.matches(":focus-visible") || card.matches(":focus-within, :hover"));
  if (!link && shown && !kept) timer = setTimeout(close, GRACE);
};

const focus = (event) => {
  const link = reference(event.target);
  if (link && link !== returned && link.matches(":focus-visible")) open(link);
  else if (!link && !card.contains(event.target)) close();
};

const tap = (event) => {
  const link = reference(event.target);
  /* A click without a count comes from the keyboard. */
  if (!link || !event.detail || pointer === "mouse") return;
  event.preventDefault();
  open(link, event.clientY);
};

if (card?.showPopover) {
  document.addEventListener("pointerdown", (event) => (pointer = event.pointerType));
  document.addEventListener("pointerover", hover);
  document.addEventListener("focusin", focus);
  document.addEventListener("focusout", (event) => (returned = event.target === returned ? null : returned));
  document.addEventListener("click", tap);
  card.addEventListener("beforetoggle", closing);
  addEventListener("resize", () => shown && place(shown, -1));
  if (tapped) {
    for (const link of document.querySelectorAll(".prose a[data-card]")) {
      if (entryOf(link)) link.setAttribute("aria-expanded", "false");
    }
  }
}
