-- When a session was used last: one that nobody uses ends. Those of before are taken for used now.
ALTER TABLE session ADD COLUMN last_used_at BIGINT NOT NULL DEFAULT 0;
UPDATE session SET last_used_at = CAST(EXTRACT(EPOCH FROM now()) AS BIGINT) * 1000000;
