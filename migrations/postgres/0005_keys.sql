-- What the installation signs priority slips with.
CREATE TABLE signing_key (
    purpose TEXT NOT NULL PRIMARY KEY,
    bytes   BYTEA NOT NULL
);
