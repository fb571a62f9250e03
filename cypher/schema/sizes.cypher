// mode: read
// column: n_nodes integer
// column: n_relationships integer
// How much there is, from Neo4j's own count, without the scenarios that are kept beside the data.
CALL { MATCH (n) RETURN count(n) AS n_all }
CALL { MATCH (s:Scenario) RETURN count(s) AS n_scenarios }
CALL { MATCH ()-[r]->() RETURN count(r) AS n_relationships }
RETURN n_all - n_scenarios AS n_nodes, n_relationships
