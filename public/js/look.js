import { findAsOneWrites } from "./shared/find.js";

findAsOneWrites();
