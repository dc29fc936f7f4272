-- Staff and enrolled devices. Instants are microseconds since 1970, UTC.
CREATE TABLE staff (
    id                   BLOB    NOT NULL PRIMARY KEY,
    login                TEXT    NOT NULL UNIQUE,
    name                 TEXT    NOT NULL,
    centre               BLOB    REFERENCES centre (id) ON DELETE CASCADE,
    organisation         BLOB    REFERENCES organisation (id),
    welcome              INTEGER NOT NULL,
    language             TEXT    NOT NULL,
    must_change_password INTEGER NOT NULL,
    letter_keys          INTEGER NOT NULL,
    active               INTEGER NOT NULL,
    password_hash        TEXT
) STRICT;
CREATE INDEX staff_centre ON staff (centre);

CREATE TABLE staff_role (
    staff BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    role  TEXT NOT NULL,
    PRIMARY KEY (staff, role)
) STRICT;

CREATE TABLE staff_need (
    staff BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    need  BLOB NOT NULL REFERENCES need (id) ON DELETE CASCADE,
    PRIMARY KEY (staff, need)
) STRICT;
CREATE INDEX staff_need_need ON staff_need (need);

CREATE TABLE staff_language (
    staff    BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    PRIMARY KEY (staff, language)
) STRICT;

CREATE TABLE staff_accommodation (
    staff         BLOB NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    accommodation TEXT NOT NULL,
    PRIMARY KEY (staff, accommodation)
) STRICT;

-- Of a token only its SHA-256 is kept.
CREATE TABLE session (
    token_hash BLOB    NOT NULL PRIMARY KEY,
    staff      BLOB    NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_staff ON session (staff);
CREATE INDEX session_expires ON session (expires_at);

-- Of a secret only its SHA-256 is kept; none before the device has fetched it.
CREATE TABLE device (
    id          BLOB    NOT NULL PRIMARY KEY,
    centre      BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    arrow       TEXT    NOT NULL,
    printer     BLOB    REFERENCES device (id) ON DELETE SET NULL,
    connection  TEXT    NOT NULL,
    paper       TEXT    NOT NULL,
    active      INTEGER NOT NULL,
    secret_hash BLOB    UNIQUE
) STRICT;
CREATE INDEX device_centre ON device (centre);

-- A code on a device's screen, until staff have typed it in and the device has fetched its secret.
CREATE TABLE enrolment (
    code       TEXT    NOT NULL PRIMARY KEY,
    poll_hash  BLOB    NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    device     BLOB    REFERENCES device (id) ON DELETE CASCADE
) STRICT;
