-- What the installation signs priority slips with.
CREATE TABLE signing_key (
    name  TEXT NOT NULL PRIMARY KEY,
    bytes BYTEA NOT NULL
);
