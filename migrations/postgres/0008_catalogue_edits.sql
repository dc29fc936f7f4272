-- What the installation changed of entries of career information: it stays whatever is imported. The body is JSON.
CREATE TABLE catalogue_edit (
    entry      TEXT   NOT NULL PRIMARY KEY,
    body       TEXT   NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Grows with every change, so that each node sees that there is one.
CREATE TABLE catalogue_edit_revision (
    id       BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    revision BIGINT NOT NULL
);
INSERT INTO catalogue_edit_revision (id, revision) VALUES (1, 0);

-- What was searched in a month without result, in steps of the centre's anonymity threshold: never one search.
CREATE TABLE catalogue_fruitless (
    centre UUID   NOT NULL REFERENCES centre (id) ON DELETE CASCADE,
    month  DATE   NOT NULL,
    words  TEXT   NOT NULL,
    count  BIGINT NOT NULL CHECK (count > 0),
    PRIMARY KEY (centre, month, words)
);
