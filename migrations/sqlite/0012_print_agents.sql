-- Which print agent has a printer: its secret may have been copied, and two that fetch in turn would each print a half.
CREATE TABLE print_agent (
    printer BLOB    NOT NULL PRIMARY KEY REFERENCES device (id) ON DELETE CASCADE,
    agent   TEXT    NOT NULL,
    until   INTEGER NOT NULL
) STRICT;
