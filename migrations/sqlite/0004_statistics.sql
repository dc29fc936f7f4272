-- Counts, in separate coarse margins, never their crossing. The margin says what is counted, as JSON.
-- Without row numbers: they would tell which counts began on the same day.
CREATE TABLE statistics_cell (
    centre     BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    margin     TEXT    NOT NULL,
    first_date TEXT    NOT NULL,
    last_date  TEXT    NOT NULL,
    count      INTEGER NOT NULL CHECK (count > 0),
    PRIMARY KEY (centre, margin)
) STRICT, WITHOUT ROWID;
CREATE INDEX statistics_cell_dates ON statistics_cell (centre, first_date, last_date);

-- Durations that several visitors share: never one visitor's time. space and buckets are JSON.
CREATE TABLE statistics_duration (
    centre   BLOB    NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date     TEXT    NOT NULL,
    measure  TEXT    NOT NULL,
    space    TEXT    NOT NULL,
    visitors INTEGER NOT NULL,
    seconds  INTEGER NOT NULL,
    buckets  TEXT    NOT NULL,
    PRIMARY KEY (centre, date, measure, space)
) STRICT, WITHOUT ROWID;
