-- Staff and enrolled devices. Instants are microseconds since 1970, UTC.
CREATE TABLE staff (
    id                   UUID    NOT NULL PRIMARY KEY,
    login                TEXT    NOT NULL UNIQUE,
    name                 TEXT    NOT NULL,
    centre               UUID    REFERENCES centre (id) ON DELETE CASCADE,
    organisation         UUID    REFERENCES organisation (id),
    welcome              BOOLEAN NOT NULL,
    language             TEXT    NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    letter_keys          BOOLEAN NOT NULL,
    active               BOOLEAN NOT NULL,
    password_hash        TEXT
);
CREATE INDEX staff_centre ON staff (centre);

CREATE TABLE staff_role (
    staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    role  TEXT NOT NULL,
    PRIMARY KEY (staff, role)
);

CREATE TABLE staff_need (
    staff UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    need  UUID NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    PRIMARY KEY (staff, need)
);
CREATE INDEX staff_need_need ON staff_need (need);

CREATE TABLE staff_language (
    staff    UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    PRIMARY KEY (staff, language)
);

CREATE TABLE staff_accommodation (
    staff         UUID NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    accommodation TEXT NOT NULL,
    PRIMARY KEY (staff, accommodation)
);

-- Of a token only its SHA-256 is kept.
CREATE TABLE session (
    token_hash BYTEA  NOT NULL PRIMARY KEY,
    staff      UUID   NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_staff ON session (staff);
CREATE INDEX session_expires ON session (expires_at);

-- Of a secret only its SHA-256 is kept; none before the device has fetched it.
CREATE TABLE device (
    id          UUID    NOT NULL PRIMARY KEY,
    centre      UUID    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    arrow       TEXT    NOT NULL,
    printer     UUID    REFERENCES device (id) ON DELETE SET NULL,
    connection  TEXT    NOT NULL,
    paper       TEXT    NOT NULL,
    active      BOOLEAN NOT NULL,
    secret_hash BYTEA   UNIQUE
);
CREATE INDEX device_centre ON device (centre);

-- A code on a device's screen, until staff have typed it in and the device has fetched its secret.
CREATE TABLE enrolment (
    code       TEXT   NOT NULL PRIMARY KEY,
    poll_hash  BYTEA  NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    device     UUID   REFERENCES device (id) ON DELETE CASCADE
);
