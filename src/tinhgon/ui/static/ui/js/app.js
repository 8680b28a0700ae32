// Every behaviour improves a page that already works without it.
import "./autosave.js";
import "./cells.js";
import "./checklist.js";
import "./dates.js";
import "./dropzone.js";
import "./entry.js";
import "./filters.js";
import "./light.js";
import "./menu.js";
import "./messages.js";
import "./rows.js";
import "./selectall.js";
import "./shortcuts.js";
import "./suggest.js";
import "./swaps.js";
import "./theme.js";
