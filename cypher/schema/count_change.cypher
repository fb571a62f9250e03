// mode: write
// Counts one more change, for servers that do not tell the last transaction's number.
MERGE (m:Meta {id: 'wushe'})
SET m.n_changes = coalesce(m.n_changes, 0) + 1
