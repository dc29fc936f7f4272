-- Centres and what belongs to them. Texts in several languages are JSON objects from language to words.
CREATE TABLE network (
    id   UUID  NOT NULL PRIMARY KEY,
    name JSONB NOT NULL
);

CREATE TABLE centre (
    id             UUID  NOT NULL PRIMARY KEY,
    slug           TEXT  NOT NULL UNIQUE,
    network        UUID  REFERENCES network (id),
    name           JSONB NOT NULL,
    time_zone      TEXT  NOT NULL,
    languages      JSONB NOT NULL,
    talk_languages JSONB NOT NULL,
    policies       JSONB NOT NULL
);

-- Local times. weekday: 0 is Monday.
CREATE TABLE opening_period (
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    weekday  BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    position BIGINT NOT NULL,
    opens    TIME   NOT NULL,
    closes   TIME   NOT NULL,
    PRIMARY KEY (centre, weekday, position)
);

-- A date with hours of its own; without any period it is closed.
CREATE TABLE special_day (
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date     DATE   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (centre, date)
);

CREATE TABLE special_period (
    centre   UUID   NOT NULL,
    date     DATE   NOT NULL,
    position BIGINT NOT NULL,
    opens    TIME   NOT NULL,
    closes   TIME   NOT NULL,
    PRIMARY KEY (centre, date, position),
    FOREIGN KEY (centre, date) REFERENCES special_day (centre, date) ON DELETE CASCADE
);

CREATE TABLE space (
    id         UUID   NOT NULL PRIMARY KEY,
    centre     UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    letter     TEXT   NOT NULL,
    sign       BIGINT NOT NULL,
    name       JSONB  NOT NULL,
    question   JSONB  NOT NULL,
    hint       JSONB  NOT NULL,
    directions JSONB  NOT NULL
);
CREATE INDEX space_centre ON space (centre);

CREATE TABLE need (
    id       UUID   NOT NULL PRIMARY KEY,
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    code     TEXT   NOT NULL,
    space    UUID   NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    question JSONB  NOT NULL,
    label    JSONB  NOT NULL
);
CREATE INDEX need_centre ON need (centre);

-- A partner works in one centre or in several.
CREATE TABLE organisation (
    id   UUID NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

CREATE TABLE centre_organisation (
    centre       UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    organisation UUID   NOT NULL REFERENCES organisation (id),
    position     BIGINT NOT NULL,
    PRIMARY KEY (centre, organisation)
);

CREATE TABLE desk (
    id       UUID   NOT NULL PRIMARY KEY,
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    name     TEXT   NOT NULL,
    space    UUID   REFERENCES space (id) ON DELETE SET NULL
);
CREATE INDEX desk_centre ON desk (centre);

CREATE TABLE place (
    id             UUID   NOT NULL PRIMARY KEY,
    desk           UUID   NOT NULL REFERENCES desk (id) ON DELETE CASCADE,
    position       BIGINT NOT NULL,
    name           TEXT   NOT NULL,
    accommodations JSONB  NOT NULL
);
CREATE INDEX place_desk ON place (desk);

CREATE TABLE safeguarding_card (
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    code     TEXT   NOT NULL,
    title    JSONB  NOT NULL,
    steps    JSONB  NOT NULL,
    phone    TEXT,
    PRIMARY KEY (centre, position)
);
