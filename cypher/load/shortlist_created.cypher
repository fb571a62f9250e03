// mode: write
// param: properties map
// column: id string
// Keeps a new shortlist: id, name, note, items (JSON), created, changed, n_saves.
CREATE (s:Shortlist)
SET s = $properties
RETURN s.id AS id
