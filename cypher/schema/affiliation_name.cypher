// mode: schema
// Finds a node by its exact name.
CREATE INDEX affiliation_name IF NOT EXISTS FOR (n:Affiliation) ON (n.name)
