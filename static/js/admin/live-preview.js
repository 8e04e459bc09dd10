/* The page beside the text: asked for when typing rests, one request at a time, failures told and never swallowed. */
import { post } from "./requests.js";

const REST = 400;

/* A shadow root keeps the desk's styles out, so that the page looks as it will to readers. */
const pageIn = (host) => {
  const root = host.attachShadow({ mode: "open" });
  for (const href of host.dataset.stylesheets.split(" ")) {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", href });
    root.append(sheet);
  }
  const prose = document.createElement("div");
  prose.className = "prose";
  prose.dir = "auto";
  root.append(prose);
  return prose;
};

/* Links of the page must not take the writer away from unsaved words. */
const keepHere = (prose) => {
  prose.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    const target = link.getAttribute("href");
    if (target.startsWith("#")) {
      event.preventDefault();
      prose.getRootNode().getElementById(decodeURIComponent(target.slice(1)))?.scrollIntoView({ block: "center" });
    } else {
      Object.assign(link, { target: "_blank", rel: "noopener" });
    }
  });
};

/* `written` answers with the fields to send; changes of any of them in `form` are followed. */
export const livePreview = ({ form, host, url, written, onPage, onProblem }) => {
  const prose = pageIn(host);
  keepHere(prose);
  let timer = 0;
  let asking = null;
  let shown = null;

  const same = (one, other) => one && Object.keys(other).every((name) => one[name] === other[name]);

  const show = async (fields) => {
    const page = await post(url, fields);
    /* The server cleaned it: articles.rendering.sanitising. */
    prose.innerHTML = page.html;
    shown = fields;
    onPage(page, fields);
  };

  /* Answers what went wrong, or null; who asks while another request is under way waits for that one first. */
  const ask = async () => {
    clearTimeout(timer);
    while (asking) await asking.catch(() => null);
    const fields = written();
    try {
      await (asking = show(fields));
      onProblem(null);
    } catch (problem) {
      onProblem(problem);
      return problem;
    } finally {
      asking = null;
    }
    if (!same(fields, written())) soon();
    return null;
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (same(shown, written()) ? null : ask()), REST);
  };

  for (const kind of ["input", "change"]) form.addEventListener(kind, soon);
  ask();
  return { ask, soon, prose };
};
