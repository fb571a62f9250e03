// mode: read
// column: path string
// column: level string
// column: households integer
// column: population integer
// Every area with what is known of it.
MATCH (a:Area)
RETURN a.id AS path, a.level AS level, a.households AS households, a.population AS population
ORDER BY path
