// mode: write
// param: ids list<string>
// Links actors and affiliations to the source that their property source names.
UNWIND $ids AS id
MATCH (n:Stakeholder|Affiliation {id: id})
OPTIONAL MATCH (n)-[old:STATED_IN]->(:Source)
DELETE old
WITH DISTINCT n
WHERE n.source IS NOT NULL
MERGE (s:Source {id: n.source})
CREATE (n)-[:STATED_IN]->(s)
