// mode: write
// param: ids list<string>
// Links actors and affiliations to the area that their property area names.
UNWIND $ids AS id
MATCH (n:Stakeholder|Affiliation {id: id})
OPTIONAL MATCH (n)-[old:LOCATED_IN]->(:Area)
DELETE old
WITH DISTINCT n
WHERE n.area IS NOT NULL
MATCH (a:Area {id: n.area})
CREATE (n)-[:LOCATED_IN]->(a)
