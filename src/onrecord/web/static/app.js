"use strict";
// Search as one types. Without this script the form is sent as forms are.
(() => {
  const form = document.getElementById("search");
  if (!form) return;
  const results = document.getElementById("results");
  const PAUSE = 150; // Milliseconds without a key before the corpus is asked.
  let timer = 0;
  let asking = null;

  function address() {
    const given = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...given]) if (!value) given.delete(name);
    return `/?${given}`;
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const wanted = address();
    const separator = wanted.endsWith("?") ? "" : "&";
    try {
      const answer = await fetch(`${wanted}${separator}part=results`, { signal: asking.signal });
      if (!answer.ok) return;
      // The server escapes all that a page says.
      const given = new DOMParser().parseFromString(await answer.text(), "text/html");
      results.replaceChildren(...given.body.childNodes);
      history.replaceState(null, "", wanted.endsWith("?") ? "/" : wanted);
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
})();
