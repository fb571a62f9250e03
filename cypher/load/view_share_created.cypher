// mode: write
// param: properties map
// column: token string
// Keeps a link that shares a view: token, view, hides_persons, hidden_kinds, language, created.
CREATE (s:ViewShare)
SET s = $properties
RETURN s.token AS token
