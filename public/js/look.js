import { findAsOneWrites } from "./shared/find.js";
import { readAloud } from "./shared/speak.js";

findAsOneWrites();
readAloud();
