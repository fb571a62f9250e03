// mode: write
// param: token string
// column: token string
// Takes back a link that shares a view.
MATCH (s:ViewShare {token: $token})
WITH s, s.token AS token
DELETE s
RETURN token
