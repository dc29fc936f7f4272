-- A centre's working day. After the fold this row is all that is left besides the counts.
CREATE TABLE day (
    id        BLOB    NOT NULL PRIMARY KEY,
    centre    BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date      TEXT    NOT NULL,
    run       INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    folded_at INTEGER,
    UNIQUE (centre, date, run)
) STRICT;
-- A centre has one day at a time, whatever two nodes do at once.
CREATE UNIQUE INDEX day_unfolded ON day (centre) WHERE folded_at IS NULL;

-- What happened in a day that is not folded yet: destroyed by the fold.
CREATE TABLE day_log (
    day         BLOB    NOT NULL REFERENCES day (id) ON DELETE CASCADE,
    sequence    INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    fingerprint INTEGER NOT NULL,
    events      TEXT    NOT NULL,
    PRIMARY KEY (day, sequence),
    CONSTRAINT day_log_key UNIQUE (day, key)
) STRICT, WITHOUT ROWID;

-- Priority slips that were used, until they would have expired anyway.
CREATE TABLE used_slip (
    id          BLOB    NOT NULL PRIMARY KEY,
    valid_until INTEGER NOT NULL
) STRICT;

-- One row that a health check writes to.
CREATE TABLE pulse (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    beats INTEGER NOT NULL
) STRICT;
INSERT INTO pulse (id, beats) VALUES (1, 0);
