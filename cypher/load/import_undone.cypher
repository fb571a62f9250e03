// mode: write
// param: id string
// Marks an import as undone.
MATCH (m:Meta {id: 'wushe'})
SET m.n_imports = m.n_imports + 1
WITH m
MATCH (i:Import {id: $id})
SET i.is_undone = true, i.inverse = ''
