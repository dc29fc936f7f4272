-- Where documents stand, as on a small plan.
ALTER TABLE centre ADD COLUMN shelves TEXT NOT NULL DEFAULT '[]';
