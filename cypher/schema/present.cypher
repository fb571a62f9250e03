// mode: read
// column: names list<string>
// The names of the indexes that are there and in use, those behind constraints among them.
SHOW INDEXES YIELD name, state
WHERE state = 'ONLINE'
RETURN collect(name) AS names
