// mode: write
// column: n_imports integer
// Takes the write lock that every import needs, so that imports run one after the other.
MERGE (m:Meta {id: 'wushe'})
SET m.n_imports = coalesce(m.n_imports, 0)
RETURN m.n_imports AS n_imports
