-- How often a centre was saved: by this number other nodes, and a server beside the command line, see that something is
-- new.
CREATE TABLE register_changes (
    id    BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    saved BIGINT NOT NULL
);
INSERT INTO register_changes (id, saved) VALUES (1, 0);
