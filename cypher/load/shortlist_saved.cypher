// mode: write
// param: id string
// param: n_saves integer
// param: properties map
// column: id string
// column: is_saved boolean
// Replaces a shortlist if nobody has saved it since it had so many saves; no row if it is gone.
// Counting the tries takes the lock under which the number of saves is read.
MATCH (s:Shortlist {id: $id})
SET s.n_tries = coalesce(s.n_tries, 0) + 1
WITH s, s.n_saves = $n_saves AS is_saved
FOREACH (once IN CASE WHEN is_saved THEN [1] ELSE [] END | SET s += $properties)
RETURN s.id AS id, is_saved
