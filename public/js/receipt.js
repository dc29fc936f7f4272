import { printPage } from "./shared/paper.js";

/** A roll has no pages: the paper is as long as what is on it, in millimetres, or a driver feeds blank paper. */
function fit() {
  const length = Math.ceil((document.querySelector("main").offsetHeight / 96) * 25.4) + 2;
  const [sheet] = document.styleSheets;
  sheet.insertRule(`@page { size: 80mm ${length}mm; }`, sheet.cssRules.length);
}

printPage(fit);
