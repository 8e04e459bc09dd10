/* On a narrow screen the filters above a list start folded, unless one is in use. */
const box = document.querySelector("[data-filter-box]");

if (box && box.dataset.filterBox !== "active" && matchMedia("(width < 62rem)").matches) {
  box.removeAttribute("open");
}
