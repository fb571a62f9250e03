// mode: schema
// Finds a node by its exact name.
CREATE INDEX stakeholder_name IF NOT EXISTS FOR (n:Stakeholder) ON (n.name)
