import { printPage } from "./shared/paper.js";

printPage();
