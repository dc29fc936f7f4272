import { showCarried } from "./shared/carried.js";
import { findAsOneWrites } from "./shared/find.js";

findAsOneWrites();
showCarried();
