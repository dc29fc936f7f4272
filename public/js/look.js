import { showCarried } from "./shared/carried.js";
import { findAsOneWrites } from "./shared/find.js";
import { printOnTouch } from "./shared/print.js";
import { readAloud } from "./shared/speak.js";

findAsOneWrites();
printOnTouch();
readAloud();
showCarried();
