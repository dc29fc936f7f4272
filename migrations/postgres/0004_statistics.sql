-- Counts, in separate coarse margins, never their crossing. The margin says what is counted, as JSON.
CREATE TABLE statistics_cell (
    centre     UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    margin     TEXT   NOT NULL,
    first_date DATE   NOT NULL,
    last_date  DATE   NOT NULL,
    count      BIGINT NOT NULL CHECK (count > 0),
    PRIMARY KEY (centre, margin)
);
CREATE INDEX statistics_cell_dates ON statistics_cell (centre, first_date, last_date);

-- Durations that several visitors share: never one visitor's time. space and buckets are JSON.
CREATE TABLE statistics_duration (
    centre   UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    date     DATE   NOT NULL,
    measure  TEXT   NOT NULL,
    space    TEXT   NOT NULL,
    visitors BIGINT NOT NULL,
    seconds  BIGINT NOT NULL,
    buckets  TEXT   NOT NULL,
    PRIMARY KEY (centre, date, measure, space)
);
