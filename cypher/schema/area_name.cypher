// mode: schema
// Finds a node by its exact name.
CREATE INDEX area_name IF NOT EXISTS FOR (n:Area) ON (n.name)
