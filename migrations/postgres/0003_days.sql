-- A centre's working day. After the fold this row is all that is left besides the counts.
CREATE TABLE day (
    id        UUID   NOT NULL PRIMARY KEY,
    centre    UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date      DATE   NOT NULL,
    run       BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    folded_at BIGINT,
    UNIQUE (centre, date, run)
);
-- A centre has one day at a time, whatever two nodes do at once.
CREATE UNIQUE INDEX day_unfolded ON day (centre) WHERE folded_at IS NULL;

-- What happened in a day that is not folded yet: destroyed by the fold.
CREATE TABLE day_log (
    day         UUID   NOT NULL REFERENCES day (id) ON DELETE CASCADE,
    sequence    BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    key         TEXT   NOT NULL,
    fingerprint BIGINT NOT NULL,
    events      TEXT   NOT NULL,
    PRIMARY KEY (day, sequence),
    CONSTRAINT day_log_key UNIQUE (day, key)
);

-- Priority slips that were used, until they would have expired anyway.
CREATE TABLE used_slip (
    id          UUID   NOT NULL PRIMARY KEY,
    valid_until BIGINT NOT NULL
);

-- One row that a health check writes to.
CREATE TABLE pulse (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    beats BIGINT NOT NULL
);
INSERT INTO pulse (id, beats) VALUES (1, 0);
