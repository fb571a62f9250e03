// mode: write
// param: properties map
// column: id string
// Keeps a new scenario: id, name, note, changes (JSON), created, changed, n_saves.
CREATE (s:Scenario)
SET s = $properties
RETURN s.id AS id
