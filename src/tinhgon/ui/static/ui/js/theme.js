// <fieldset data-preference="theme"> with buttons: remembered on this computer; "system" and
// "normal" mean no choice.
const root = document.documentElement;

function show(group) {
  const chosen = root.dataset[group.dataset.preference];
  const buttons = [...group.querySelectorAll("button")];
  const active = buttons.find((button) => button.value === chosen) ?? buttons[0];
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === active));
}

for (const group of document.querySelectorAll("[data-preference]")) {
  const name = group.dataset.preference;
  group.hidden = false;
  show(group);
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button === group.querySelector("button")) {
      delete root.dataset[name];
      localStorage.removeItem(`tinhgon.${name}`);
    } else {
      root.dataset[name] = button.value;
      localStorage.setItem(`tinhgon.${name}`, button.value);
    }
    show(group);
  });
}
