-- Every append looks at the day's row itself, and locks it, so that it has not to be looked up once more for each entry.
ALTER TABLE day_log DROP CONSTRAINT day_log_day_fkey;
