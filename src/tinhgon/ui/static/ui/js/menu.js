// The rail folds and stays folded; an open menu closes on Escape and on a click elsewhere.
const root = document.documentElement;
const toggle = document.querySelector("[data-rail-toggle]");

if (toggle) {
  const show = () => toggle.setAttribute("aria-expanded", String(root.dataset.rail !== "closed"));
  toggle.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    if (root.dataset.rail === "closed") {
      delete root.dataset.rail;
      localStorage.removeItem("tinhgon.rail");
    } else {
      root.dataset.rail = "closed";
      localStorage.setItem("tinhgon.rail", "closed");
    }
    show();
  });
}

const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
