// "/" search, "g" then a letter goes to the page with that data-go, Ctrl+Enter submits, "?" helps.
const CHORD_MS = 1200;
let wentAt = 0;

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

function plainKey(event) {
  if (event.key === "/") {
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.select();
      search.focus();
    }
  } else if (event.key === "?") {
    const dialog = document.getElementById("shortcuts");
    if (dialog && !dialog.open) dialog.showModal();
  } else if (event.key === "g") {
    wentAt = event.timeStamp;
  } else if (wentAt && event.timeStamp - wentAt < CHORD_MS) {
    wentAt = 0;
    document.querySelector(`a[data-go="${CSS.escape(event.key)}"]`)?.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form");
    if (form) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.button--primary[type=submit], button.button--primary:not([type])"));
    }
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    plainKey(event);
  }
});
