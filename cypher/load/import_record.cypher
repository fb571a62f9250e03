// mode: write
// param: id string
// param: at string
// param: files list<string>
// param: summary string
// param: inverse string
// Records an import with what undoing it needs, and counts it.
MATCH (m:Meta {id: 'wushe'})
SET m.n_imports = m.n_imports + 1
CREATE (:Import {id: $id, number: m.n_imports, at: $at, files: $files, summary: $summary,
                 inverse: $inverse, is_undone: false})
