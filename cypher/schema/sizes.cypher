// mode: read
// column: n_nodes integer
// column: n_relationships integer
// How much there is, from Neo4j's own count.
CALL { MATCH (n) RETURN count(n) AS n_nodes }
CALL { MATCH ()-[r]->() RETURN count(r) AS n_relationships }
RETURN n_nodes, n_relationships
