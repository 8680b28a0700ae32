// A list whose rows have <input type="checkbox" name="pk">: [data-select-all] in the head ticks the
// page; [data-select-bar="312"] (the number that match) says how many and offers all that match,
// which posts all_matching=1.
const boxes = (table) => [...table.querySelectorAll("tbody input[type=checkbox][name=pk]")];

function refresh(form) {
  const table = form.querySelector("table");
  const bar = form.querySelector("[data-select-bar]");
  const head = form.querySelector("[data-select-all]");
  if (!table || !head) return;
  const all = boxes(table);
  const ticked = all.filter((box) => box.checked);
  head.checked = ticked.length > 0 && ticked.length === all.length;
  head.indeterminate = ticked.length > 0 && ticked.length < all.length;
  if (!bar) return;
  const matching = bar.querySelector("input[name=all_matching]");
  const total = Number(bar.dataset.selectBar);
  if (!head.checked) matching.checked = false;
  bar.hidden = ticked.length === 0;
  matching.closest("label").hidden = !head.checked || total <= all.length;
  const number = matching.checked ? total : ticked.length;
  bar.querySelector("[data-select-words]").textContent = `Đã chọn ${number.toLocaleString("vi")} dòng`;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form");
  if (!form?.querySelector("[data-select-all]")) return;
  if (event.target.matches("[data-select-all]")) {
    for (const box of boxes(form.querySelector("table"))) box.checked = event.target.checked;
  }
  refresh(form);
});

for (const head of document.querySelectorAll("[data-select-all]")) {
  head.hidden = false;
  if (head.form) refresh(head.form);
}
