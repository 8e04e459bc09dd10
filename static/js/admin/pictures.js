/* The picture dialog: describe and send a new picture, or choose one that is there. */
import { get, post } from "./requests.js";

const picturesIn = (transfer) => [...(transfer?.files ?? [])];

/* The policy lets no page load blob: addresses, so the thumbnail is drawn. */
const draw = async (canvas, file) => {
  canvas.hidden = true;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 480 / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    /* Nothing to show; whether it is a picture is for the server to say. */
  }
};

export const pictureDialog = ({ dialog, source, film }) => {
  const form = dialog.querySelector("form");
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const fields = form.elements;
  const queue = [];
  let file = null;
  let done = () => {};
  let caret = [0, 0];

  const say = (problem) => (part("problem").textContent = problem);

  const take = (chosen) => {
    file = chosen ?? null;
    say("");
    if (!fields.file) return;
    part("file-name").textContent = file ? file.name : "Choose a file, or drop or paste one here";
    if (file) draw(part("thumbnail"), file);
    else part("thumbnail").hidden = true;
  };

  const describe = () => {
    fields.alt.disabled = fields.decorative.checked;
  };

  const open = (files, use) => {
    done = use;
    queue.push(...files);
    if (dialog.open) return;
    caret = [source.selectionStart, source.selectionEnd];
    form.reset();
    if (fields.file) describe();
    take(queue.shift());
    showFrom(file || !part("list") ? "new" : (dialog.querySelector("[data-from][aria-pressed=true]")?.dataset.from ?? "known"));
    dialog.showModal();
    if (file) fields.alt?.focus();
  };

  /* Chromium forgets the caret of a text that gets its focus back from a dialog. */
  const shut = () => {
    dialog.close();
    source.setSelectionRange(...caret);
  };

  let run = 0;
  const finish = (picture) => {
    shut();
    done(picture);
    if (queue.length) open([], done); /* Several were dropped: the next one. */
  };

  const sendPicture = async () => {
    if (!file) return say("Choose a picture first.");
    if (!fields.decorative.checked && !fields.alt.value.trim()) {
      say("Describe the picture for readers who cannot see it, or mark it as decoration.");
      return fields.alt.focus();
    }
    const texts = ["caption", "credit_line"].map((name) => [name, fields[name].value]);
    const alt = fields.decorative.checked ? { decorative: "on" } : { alt: fields.alt.value };
    const bar = dialog.querySelector("progress");
    [bar.hidden, bar.value, part("send").disabled] = [false, 0, true];
    say("");
    const mine = ++run;
    try {
      const all = { file, film: film(), ...alt, ...Object.fromEntries(texts) };
      const picture = await post(source.dataset.uploadUrl, all, (share) => (bar.value = share));
      if (mine === run) finish(picture);
    } catch (problem) {
      if (mine === run) say(problem.message);
    } finally {
      [bar.hidden, part("send").disabled] = [true, false];
    }
    return null;
  };

  const listed = (picture) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const image = document.createElement("img");
    Object.assign(image, { src: picture.url, alt: picture.alt || "Decoration", loading: "lazy" });
    Object.assign(button, { type: "button", className: "picture-choice", title: picture.caption || picture.alt });
    button.append(image);
    button.addEventListener("click", () => finish(picture));
    item.append(button);
    return item;
  };

  const list = async () => {
    const ours = part("this-film");
    ours.closest("label").hidden = !film();
    try {
      const query = { q: part("search").value, film: ours.checked ? film() : "" };
      const { pictures } = await get(source.dataset.picturesUrl, query);
      part("list").replaceChildren(...pictures.map(listed));
      part("none").hidden = pictures.length > 0;
    } catch (problem) {
      say(problem.message);
    }
  };

  const showFrom = (name) => {
    for (const each of dialog.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== name;
    for (const each of dialog.querySelectorAll("[data-from]")) each.setAttribute("aria-pressed", each.dataset.from === name);
    if (part("send")) part("send").hidden = name !== "new";
    if (name === "known") list();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (part("send")?.hidden) list();
    else sendPicture();
  });
  const giveUp = (event) => {
    event.preventDefault();
    run += 1; /* Whatever is still being sent is no longer waited for. */
    queue.length = 0;
    shut();
  };
  part("cancel").addEventListener("click", giveUp);
  dialog.addEventListener("cancel", (event) => event.target === dialog && giveUp(event));
  for (const each of dialog.querySelectorAll("[data-from]")) each.addEventListener("click", () => showFrom(each.dataset.from));
  if (fields.file) {
    fields.file.addEventListener("change", () => take(fields.file.files[0]));
    fields.decorative.addEventListener("change", describe);
  }
  if (part("search")) {
    let timer = 0;
    part("search").addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(list, 300);
    });
    part("this-film").addEventListener("change", list);
  }
  dialog.addEventListener("dragover", (event) => event.preventDefault());
  dialog.addEventListener("drop", (event) => {
    event.preventDefault();
    if (picturesIn(event.dataTransfer).length) take(picturesIn(event.dataTransfer)[0]);
  });
  return { open, take, files: picturesIn };
};
