"use strict";
// A file that is dropped is sent as if it had been chosen; without this script it can be chosen.
(() => {
  const form = document.getElementById("read");
  if (!form) return;
  const file = document.getElementById("file");
  const problem = document.getElementById("problem");
  const most = Number(form.dataset.most);
  document.getElementById("hint").hidden = false;

  function tell(words) {
    problem.textContent = words;
    problem.hidden = !words;
  }

  function check() {
    const size = file.files[0]?.size ?? 0;
    const large = size > most - 65536; // Around a file the form has some words of its own.
    tell(large ? `This file has ${(size / 2 ** 20).toFixed(1)} MB, which is too large to be sent. Add it with: onrecord add` : "");
    return !large;
  }

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      document.body.classList.toggle("dropping", kind === "dragover");
    });
  }
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    if (event.dataTransfer.files.length > 1) {
      tell("Drop one file. Several are added with: onrecord add");
      return;
    }
    file.files = event.dataTransfer.files;
    if (check()) form.requestSubmit();
  });
  file.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (!check()) {
      event.preventDefault();
    } else if (!file.files.length && !form.elements.text.value.trim()) {
      event.preventDefault();
      tell("Paste a page, or choose a file.");
    }
  });
})();

// How far a reading is. Without this script the page looks again by itself.
(() => {
  const shown = document.getElementById("progress");
  if (!shown) return;
  const PAUSE = 500; // Milliseconds between two looks.
  const told = document.getElementById("how-far");
  const address = `/api/readings/${encodeURIComponent(shown.dataset.reading)}`;

  function words(one) {
    if (one.state === "waiting") return `Waiting; ${one.before} to be read before it`;
    return one.pages ? `Reading; pages so far: ${one.pages.toLocaleString("en")}` : "Reading";
  }

  async function look() {
    const answer = await fetch(address).catch(() => null);
    if (!answer) {
      told.textContent = "The server does not answer; this looks again";
      return setTimeout(look, 4 * PAUSE);
    }
    if (!answer.ok) return location.reload(); // It says why.
    const one = await answer.json();
    if (one.state !== "waiting" && one.state !== "reading") return location.reload();
    const now = words(one);
    if (told.textContent !== now) told.textContent = now;
    document.getElementById("seconds").textContent = `${Math.round(one.seconds)} s`;
    return setTimeout(look, PAUSE);
  }

  look();
})();
