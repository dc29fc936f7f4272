-- Where documents stand, as on a small plan.
ALTER TABLE centre ADD COLUMN shelves JSONB NOT NULL DEFAULT '[]';
