// Arrow keys in tables: up and down between rows, left and right between the cells of a heat table.
// <tr data-href="…"> also opens by a click beside its links; without a value, as its first link
// does. Focus stays on real links and buttons.
const TABLES = "table.ledger, table.heat";
const STOPS = "a[href], button:not([disabled]), input:not([type=hidden])";

const bodyRows = (table) => [...table.querySelectorAll("tbody tr, tfoot tr")].filter((row) => row.querySelector(STOPS));

function below(cell, row) {
  return row.cells[cell.cellIndex]?.querySelector(STOPS) ?? row.querySelector(STOPS);
}

function beside(cell, step) {
  for (let i = cell.cellIndex + step; i >= 0 && i < cell.parentElement.cells.length; i += step) {
    const stop = cell.parentElement.cells[i].querySelector(STOPS);
    if (stop) return stop;
  }
  return null;
}

function goal(event, cell, table) {
  const rows = bodyRows(table);
  const at = rows.indexOf(cell.parentElement);
  switch (event.key) {
    case "ArrowDown": return rows[at + 1] && below(cell, rows[at + 1]);
    case "ArrowUp": return at > 0 && below(cell, rows[at - 1]);
    case "ArrowLeft": return beside(cell, -1);
    case "ArrowRight": return beside(cell, 1);
    case "Home": return event.ctrlKey && below(cell, rows[0]);
    case "End": return event.ctrlKey && below(cell, rows[rows.length - 1]);
    default: return null;
  }
}

document.addEventListener("keydown", (event) => {
  const table = event.target.closest?.(TABLES);
  const cell = event.target.closest?.("td, th");
  const text = event.target.matches?.("select, textarea, input:not([type=checkbox], [type=radio])");
  if (!table || !cell || text || event.altKey || event.metaKey) return;
  const next = goal(event, cell, table);
  if (next) {
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label, select, textarea, summary")) return;
  if (String(getSelection())) return;
  const address = row.dataset.href || row.querySelector("a").href;
  if (event.ctrlKey || event.metaKey) window.open(address);
  else location.assign(address);
});
