// mode: read
// column: token string
// column: view string
// column: hides_persons boolean
// column: hidden_kinds list<string>
// column: language string
// column: created string
// Every link that shares a saved view, the oldest first.
MATCH (s:ViewShare)
RETURN s.token AS token, s.view AS view, s.hides_persons AS hides_persons,
       s.hidden_kinds AS hidden_kinds, s.language AS language, s.created AS created
ORDER BY created, token
