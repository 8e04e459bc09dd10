/* Asking the desk's endpoints; every failure becomes an Error whose message can be shown as it stands. */

const PATIENCE = 20_000; /* Milliseconds; an upload may take longer. */

export class Refusal extends Error {
  constructor(answer, status) {
    super(answer?.error ?? plain(status));
    this.reason = answer?.reason ?? "";
    this.status = status;
  }
}

const plain = (status) =>
  ({ 0: "The server cannot be reached. What you typed is still here.", 413: "This is too large to send." })[status] ??
  `The server answered with an error (${status}). What you typed is still here.`;

const tokenField = () => document.querySelector("[data-writing] [name=csrfmiddlewaretoken]");

export const token = () => tokenField().value;

const send = (method, url, body, onProgress, patience) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", token());
    request.timeout = patience ?? (onProgress ? 0 : PATIENCE);
    if (onProgress) request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("load", () => {
      if (request.status < 300 && request.response) resolve(request.response);
      else reject(new Refusal(request.response, request.status));
    });
    for (const end of ["error", "timeout"]) request.addEventListener(end, () => reject(new Refusal(null, 0)));
    request.send(body);
  });

/* Logging in again, in another tab, makes this page's token worthless; a fresh copy of the page has a good one. */
const renewToken = async () => {
  const page = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-writing] [name=csrfmiddlewaretoken]");
  if (fresh) tokenField().value = fresh.value;
  return Boolean(fresh);
};

const formData = (fields) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

export const post = async (url, fields, onProgress, patience) => {
  const body = formData(fields);
  try {
    return await send("POST", url, body, onProgress, patience);
  } catch (refusal) {
    if (refusal.reason !== "csrf" || !(await renewToken())) throw refusal;
    return send("POST", url, body, onProgress, patience);
  }
};

export const get = (url, query) => send("GET", `${url}?${new URLSearchParams(query)}`);
