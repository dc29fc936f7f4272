-- When a session was used last: one that nobody uses ends. Those of before are taken for used now.
ALTER TABLE session ADD COLUMN last_used_at INTEGER NOT NULL DEFAULT 0;
UPDATE session SET last_used_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000000;
