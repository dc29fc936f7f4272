-- Career information: the releases of each source, and what they say. Instants are microseconds since 1970, UTC.
CREATE TABLE catalogue_release (
    id          UUID   NOT NULL PRIMARY KEY,
    source      TEXT   NOT NULL,
    version     TEXT   NOT NULL,
    licence     TEXT,
    imported_at BIGINT NOT NULL,
    -- loading, current (one of each at most of every source) or past
    state       TEXT   NOT NULL
);
CREATE UNIQUE INDEX catalogue_release_current ON catalogue_release (source) WHERE state = 'current';
CREATE UNIQUE INDEX catalogue_release_loading ON catalogue_release (source) WHERE state = 'loading';

-- What was said once is kept once, however many releases say it: the name of a body is its digest.
CREATE TABLE catalogue_body (
    digest TEXT NOT NULL PRIMARY KEY,
    body   TEXT NOT NULL
);

CREATE TABLE catalogue_record (
    release UUID NOT NULL REFERENCES catalogue_release (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL,
    code    TEXT NOT NULL,
    digest  TEXT NOT NULL REFERENCES catalogue_body (digest),
    PRIMARY KEY (release, kind, code)
);
CREATE INDEX catalogue_record_digest ON catalogue_record (digest);
