import { begin, home, listenToTouches, onPage } from "./kiosk/steps.js";
import { watchStillness } from "./kiosk/idle.js";
import { followTheDay } from "./kiosk/fresh.js";
import { typeOnScreen } from "./kiosk/keys.js";
import { findAsOneWrites } from "./shared/find.js";
import { printOnTouch } from "./shared/print.js";
import { readAloud } from "./shared/speak.js";
import { waitForEnrolment } from "./kiosk/enrolment.js";
import { comeBackAlone } from "./shared/worker.js";

// Nothing of a visit comes back by the back button, or out of the browser's memory of pages.
const [arrival] = performance.getEntriesByType("navigation");
addEventListener("pageshow", (event) => event.persisted && home());
addEventListener("popstate", home);
addEventListener("contextmenu", (event) => event.preventDefault());

listenToTouches();
onPage(readAloud);
onPage(typeOnScreen);
onPage(findAsOneWrites);
onPage(printOnTouch);
watchStillness();
followTheDay();
waitForEnrolment();
comeBackAlone("/k/");

if (arrival && arrival.type === "back_forward") home();
else begin();
