// Runs before the first paint, so that a page does not flash in the wrong colours.
for (const name of ["theme", "density", "rail"]) {
  const value = localStorage.getItem(`tinhgon.${name}`);
  if (value) document.documentElement.dataset[name] = value;
}
