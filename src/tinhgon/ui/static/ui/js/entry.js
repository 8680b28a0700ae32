// <form data-rows>: the buttons of its tables of rows work without sending the form. A table is
// [data-row-list="steps"] with a [data-row-blank="steps"] template beside it; [data-row-add] and
// [data-row-do] in a row are the buttons. Rows are renumbered; what waits for a step ("…-after")
// goes with it. A chosen file sends the form, so that the file is kept. A table copied out of Word or
// Excel and pasted into [data-paste] keeps its cells.
const ATTRIBUTES = ["id", "name", "for", "value", "aria-label", "aria-describedby"];

function renumber(list) {
  const part = list.dataset.rowList;
  const name = new RegExp(`\\b(${part})([-:])(?:\\d+|__n__)`, "g");
  const button = new RegExp(`^(\\w+:${part}:)(?:\\d+|__n__)$`);
  const moved = new Map();
  [...list.rows].forEach((row, at) => {
    const number = row.querySelector(".entry__number");
    moved.set(number.textContent.trim(), String(at + 1));
    number.textContent = at + 1;
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of ATTRIBUTES) {
        const value = element.getAttribute(attribute);
        if (value === null) continue;
        if (attribute === "aria-label") element.setAttribute(attribute, value.replace(/ (?:\d+|__n__):/, ` ${at + 1}:`));
        else if (attribute !== "value") element.setAttribute(attribute, value.replace(name, `$1$2${at}`));
        else if (element.matches("button")) element.value = value.replace(button, `$1${at}`);
      }
    }
  });
  for (const input of list.querySelectorAll('input[name$="-after"]')) {
    input.value = input.value.replace(/\d+/g, (old) => (old === "0" ? old : moved.get(old) ?? "")).replace(/^[\s,;]+|[\s,;]+$/g, "");
  }
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function add(list) {
  const blank = list.closest("form").querySelector(`template[data-row-blank="${list.dataset.rowList}"]`);
  list.append(blank.content.cloneNode(true));
  renumber(list);
  window.htmx?.process(list.lastElementChild);
  list.lastElementChild.querySelector("textarea, select, input:not([type=hidden])").focus();
}

function change(button) {
  const row = button.closest("tr");
  const list = row.parentElement;
  if (button.dataset.rowDo === "remove") {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    renumber(list);
    (next?.querySelector("[data-row-do=remove]") ?? list.closest("form").querySelector(`[data-row-add="${list.dataset.rowList}"]`)).focus();
    return;
  }
  if (button.dataset.rowDo === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  renumber(list);
  button.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("form[data-rows] :is([data-row-add], [data-row-do])");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.rowAdd) add(button.form.querySelector(`[data-row-list="${button.dataset.rowAdd}"]`));
  else change(button);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("form[data-rows] [data-row-file]") && event.target.files.length) event.target.form.requestSubmit();
});
document.addEventListener("paste", (event) => {
  const area = event.target.closest?.("[data-paste]");
  const html = area && event.clipboardData.getData("text/html");
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return;
  event.preventDefault();
  const text = (cell) => (cell.querySelector("p, br") ? [...cell.childNodes].map((node) => node.textContent.trim()).filter(Boolean).join("\n") : cell.textContent.trim());
  const quoted = (cell) => `"${text(cell).replaceAll('"', '""')}"`;
  area.value = [...table.rows].map((row) => [...row.cells].map(quoted).join("\t")).join("\n");
  area.dispatchEvent(new Event("input", { bubbles: true }));
});
