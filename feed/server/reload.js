// Loads the page anew when a build has changed what is published.
"use strict";

let known; // the state that this page shows
let events;

function listen() {
	events = new EventSource("/.seedfeed/events"); // it connects again by itself
	events.onmessage = (event) => {
		const [state, age] = event.data.split(" ");
		const stale = known ? state !== known : isOutdated(state, Number(age));
		known = state;
		if (!stale) return;
		history.replaceState(state, ""); // outlives the reload
		location.reload();
	};
}

// Which state a page is of that was just loaded nobody knows, unless it was
// loaded for that state. One that is younger than the page's own request, or
// hardly older, may have come while that was under way.
function isOutdated(state, age) {
	return state !== history.state && age < performance.now();
}

// Browsers open six connections to a server and no more. A page that nobody
// sees must not hold one, or the seventh would not load; it catches up when it
// is looked at.
function attend() {
	if (document.hidden) {
		events?.close();
		events = undefined;
	} else if (!events) {
		listen();
	}
}

document.addEventListener("visibilitychange", attend);
attend();
