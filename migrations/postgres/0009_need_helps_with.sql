-- The kinds of career information that lead to a need.
ALTER TABLE need ADD COLUMN helps_with JSONB NOT NULL DEFAULT '[]';
