-- Centres and what belongs to them. Texts in several languages are JSON objects from language to words.
CREATE TABLE network (
    id   BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE centre (
    id             BLOB NOT NULL PRIMARY KEY,
    slug           TEXT NOT NULL UNIQUE,
    network        BLOB REFERENCES network (id),
    name           TEXT NOT NULL,
    time_zone      TEXT NOT NULL,
    languages      TEXT NOT NULL,
    talk_languages TEXT NOT NULL,
    policies       TEXT NOT NULL
) STRICT;

-- Local times. weekday: 0 is Monday.
CREATE TABLE opening_period (
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    weekday  INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    position INTEGER NOT NULL,
    opens    TEXT    NOT NULL,
    closes   TEXT    NOT NULL,
    PRIMARY KEY (centre, weekday, position)
) STRICT;

-- A date with hours of its own; without any period it is closed.
CREATE TABLE special_day (
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (centre, date)
) STRICT;

CREATE TABLE special_period (
    centre   BLOB    NOT NULL,
    date     TEXT    NOT NULL,
    position INTEGER NOT NULL,
    opens    TEXT    NOT NULL,
    closes   TEXT    NOT NULL,
    PRIMARY KEY (centre, date, position),
    FOREIGN KEY (centre, date) REFERENCES special_day (centre, date) ON DELETE CASCADE
) STRICT;

CREATE TABLE space (
    id         BLOB    NOT NULL PRIMARY KEY,
    centre     BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    letter     TEXT    NOT NULL,
    sign       INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    question   TEXT    NOT NULL,
    hint       TEXT    NOT NULL,
    directions TEXT    NOT NULL
) STRICT;
CREATE INDEX space_centre ON space (centre);

CREATE TABLE need (
    id       BLOB    NOT NULL PRIMARY KEY,
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    space    BLOB    NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    question TEXT    NOT NULL,
    label    TEXT    NOT NULL
) STRICT;
CREATE INDEX need_centre ON need (centre);

-- A partner works in one centre or in several.
CREATE TABLE organisation (
    id   BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE centre_organisation (
    centre       BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    organisation BLOB    NOT NULL REFERENCES organisation (id),
    position     INTEGER NOT NULL,
    PRIMARY KEY (centre, organisation)
) STRICT;

CREATE TABLE desk (
    id       BLOB    NOT NULL PRIMARY KEY,
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    space    BLOB    REFERENCES space (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX desk_centre ON desk (centre);

CREATE TABLE place (
    id             BLOB    NOT NULL PRIMARY KEY,
    desk           BLOB    NOT NULL REFERENCES desk (id) ON DELETE CASCADE,
    position       INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    accommodations TEXT    NOT NULL
) STRICT;
CREATE INDEX place_desk ON place (desk);

CREATE TABLE safeguarding_card (
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    title    TEXT    NOT NULL,
    steps    TEXT    NOT NULL,
    phone    TEXT,
    PRIMARY KEY (centre, position)
) STRICT;
