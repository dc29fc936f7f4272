"""Who sends what a generated run makes up, what it is about, and how an answer is judged. See docs/tests.md."""

import atexit
import json
import os
from collections import Counter, defaultdict

import requests
import schemathesis

# What the test that starts the run says of its centre.
RUN = json.loads(os.environ["PARVIS_GENERATED"])
# Once in so many requests it is about what does not exist, and a role that an operation refused meets it again.
SELDOM = 8
# The stage in which a ticket has to be for an operation to do something; waiting if it is not here.
STAGES = {
    "recall": "called", "arrive": "called", "no_show": "called", "put_back": "called", "park": "called",
    "resume": "parked", "accept": "offered", "refuse": "offered", "finish": "in_talk", "transfer": "in_talk",
    "advice": "in_talk", "recommend": "in_talk", "join_talk": "in_talk", "follow_come_back": "left",
    "follow_more_time": "called", "follow_back": "parked",
}

# Requests that fit the document: operation → role → status: how often.
seen = defaultdict(lambda: {role: Counter() for role in RUN["roles"]})


class Centre:
    """The small centre: brings about what a request is about. Two counsellors sit there, each at a place."""

    def __init__(self):
        self.session = requests.Session()
        self.tickets = {}  # stage: the ticket that was last in it

    def send(self, role, method, path, body=None):
        headers = {"Authorization": f"Bearer {RUN['roles'][role]}"} if role else {}
        return self.session.request(method, RUN["url"] + path, json=body, headers=headers)

    def at_centre(self, role, method, path, body=None):
        return self.send(role, method, f"/centres/{RUN['centre']}/{path}", body)

    def on_ticket(self, role, ticket, action, body=None):
        return self.send(role, "POST", f"/tickets/{ticket['id']}/{action}", body)

    def on_place(self, role, action, body=None):
        return self.send(role, "POST", f"/places/{RUN['places'][role]}/{action}", body)

    def take(self, role="host"):
        self.at_centre("host", "POST", "needs/reopen", {"needs": [RUN["need"]]})
        return self.at_centre(role, "POST", "tickets", {"need": RUN["need"], "language": "fr"}).json()

    def clear(self, place):
        """Nobody is at a place, and its counsellor neither away nor in another's talk."""
        for ticket in self.at_centre("host", "GET", "tickets").json():
            if ticket.get("place") == place:
                self.on_ticket("host", ticket, "arrive")
                self.on_ticket("host", ticket, "finish", {"outcome": "answered"})
        for action in ("leave-talk", "back"):
            self.send("host", "POST", f"/places/{place}/{action}")

    def close_all(self):
        for place in RUN["all_places"]:
            self.clear(place)
            self.send("host", "POST", f"/places/{place}/close")

    def is_free(self, role):
        """A counsellor sits at the own place with all abilities, and nobody is there."""
        self.on_place(role, "open")
        self.clear(RUN["places"][role])
        return self.on_place(role, "abilities", RUN["abilities"]).status_code == 204

    def free(self, role):
        if not self.is_free(role):
            self.close_all()
            for role in RUN["places"]:
                self.is_free(role)

    def bring_about(self, stage):
        """A ticket in this stage, by the shortest way from a new one."""
        role = "colleague" if stage in ("in_talk", "offered") else "counsellor"
        if stage != "waiting":
            self.free(role)
        ticket = self.take()
        if stage == "left":
            self.send(None, "POST", f"/follow/{ticket['follow']}/leave")
        if stage in ("waiting", "left"):
            return ticket
        self.on_place(role, "call", {"ticket": ticket["id"]})
        if stage in ("in_talk", "offered"):
            self.on_ticket(role, ticket, "arrive")
        if stage == "offered":
            self.on_ticket(role, ticket, "transfer", {"need": RUN["need"]})
        if stage == "parked":
            self.send(None, "POST", f"/follow/{ticket['follow']}/more-time")
        return ticket

    def ticket(self, stage):
        kept = self.tickets.get(stage)
        if kept is None or self.stage_of(kept) != stage:
            kept = self.tickets[stage] = self.bring_about(stage)
        return kept

    def stage_of(self, ticket):
        answer = self.send("host", "GET", f"/tickets/{ticket['id']}").json()
        return "offered" if answer.get("offered") else answer.get("state")

    def next_job(self):
        self.take("kiosk")
        return self.send("printer", "GET", "/printer/jobs/next").headers.get("X-Job")


CENTRE = Centre()


def prepare(operation):
    """What an operation needs beside what it names."""
    if operation == "open_place":
        CENTRE.close_all()
    elif "place" in operation or operation in ("abilities", "back", "call", "help", "join_talk", "leave_talk", "next", "undo",
                                               "accept", "refuse"):
        CENTRE.free("counsellor")
    if operation == "back":
        CENTRE.on_place("counsellor", "pause")
    if operation == "leave_talk":
        CENTRE.on_place("counsellor", "join-talk", {"ticket": CENTRE.ticket("in_talk")["id"]})
    if operation in ("next", "undo"):
        CENTRE.take()
    if operation == "undo":
        CENTRE.on_place("counsellor", "next")
    if operation == "reopen_needs":
        CENTRE.at_centre("host", "POST", "needs/close", {"needs": [RUN["need"]], "reason": "full"})
    if operation == "kiosk_checked":
        CENTRE.at_centre("coordinator", "PUT", "policies", {**RUN["policies"], "kiosk_limit": 1})
        for _ in range(2):
            CENTRE.take("kiosk")
        CENTRE.at_centre("coordinator", "PUT", "policies", RUN["policies"])
    if operation == "next_job":
        CENTRE.take("kiosk")  # else the answer waits for a receipt


def in_path(operation, name):
    """What exists, for a parameter of the path."""
    if name in ("ticket", "token"):
        return CENTRE.ticket(STAGES.get(operation, "waiting"))["id" if name == "ticket" else "follow"]
    if name == "count":
        return CENTRE.at_centre("host", "POST", "counts", {"what": "came_in"}).json().get("id")
    if name == "announcement":
        return CENTRE.at_centre("host", "POST", "announcements", {"kind": "workshop"}).json().get("id")
    if name == "job":
        return CENTRE.next_job()
    return {"centre": RUN["centre"], "place": RUN["places"]["counsellor"], "kind": "occupation", "id": "starter:baker",
            "device": RUN["devices"]["kiosk" if operation == "kiosk_checked" else "display"]}.get(name)


def in_body(operation, name):
    """What exists, for a field of a body."""
    if name == "ticket":
        return CENTRE.ticket(STAGES.get(operation, "waiting"))["id"]
    if name == "code" and operation == "enrol":
        return CENTRE.send(None, "POST", "/enrolments").json().get("code")
    return {"need": RUN["need"], "further": RUN["need"], "needs": [RUN["need"]], "space": "A", "to": RUN["free_place"],
            "place": RUN["places"]["counsellor"], "printer": RUN["devices"]["printer"], "id": RUN["spare"],
            "organisation": RUN["organisation"], "week": RUN["hours"]["week"]}.get(name)


def whole(value):
    """JSON Schema takes 3.0 for a whole number; the server reads 3 alone, and nobody writes the other."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    return {name: whole(item) for name, item in value.items()} if isinstance(value, dict) else value


def name_of(case):
    return case.operation.definition.raw["operationId"]


def turns(operation):
    return sum(statuses.total() for statuses in seen[operation].values())


def role_for(operation):
    """Every role once; then in turn those that the operation did not refuse, and seldom the others."""
    turn, roles = turns(operation), list(RUN["roles"])
    welcome = [role for role in roles if not {401, 403} & set(seen[operation][role])]
    if turn < len(roles) or not welcome or turn % SELDOM == 0:
        return roles[turn % len(roles)]
    return welcome[turn % len(welcome)]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """With something that varies, an operation without parameters is asked often too: by every role."""
    for path in raw_schema["paths"].values():
        for operation in path.values():
            operation.setdefault("parameters", []).append({"name": "X-Role", "in": "header", "schema": {}})


@schemathesis.hook
def before_call(context, case, kwargs):
    operation = name_of(case)
    turn, role = turns(operation), role_for(operation)
    case.headers["X-Role"] = role
    if RUN["roles"][role]:
        case.headers["Authorization"] = f"Bearer {RUN['roles'][role]}"
    if not case.meta.generation.mode.is_positive:
        return
    if isinstance(case.body, dict):
        case.body = whole(case.body)
    if turn % SELDOM == SELDOM - 1:
        return
    prepare(operation)
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"{operation}-{turn}"
    for name in case.path_parameters or {}:
        case.path_parameters[name] = in_path(operation, name) or case.path_parameters[name]
    # Names in a body are made up every third time.
    for name in case.body if isinstance(case.body, dict) and turn % 3 else ():
        if case.body[name] is not None:
            case.body[name] = in_body(operation, name) or case.body[name]


@schemathesis.hook
def after_call(context, case, response):
    operation = name_of(case)
    if case.meta.generation.mode.is_positive:
        seen[operation][case.headers["X-Role"]][response.status_code] += 1
    # What would change what the other requests meet is set right again.
    if operation in ("save_policies", "save_hours") and response.status_code == 204:
        what = operation.removeprefix("save_")
        CENTRE.at_centre("coordinator", "PUT", what, RUN[what])


@schemathesis.check
def what_fits_is_taken(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 413, 415, 422):
        return
    problem = response.json()
    if problem["type"].rsplit(":", 1)[-1] not in RUN["fits_but"]:
        raise AssertionError(f"the document allows it, the server does not: {problem['detail']}")


@atexit.register
def write_what_was_seen():
    with open(RUN["seen"], "w") as file:
        json.dump(seen, file, indent=1)
