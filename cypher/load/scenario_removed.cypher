// mode: write
// param: ids list<string>
// Deletes actors and affiliations with their ties, needs and offers. Only the trial of a scenario
// does this, which is rolled back.
UNWIND $ids AS id
MATCH (n:Stakeholder|Affiliation {id: id})
OPTIONAL MATCH (n)-[:HAS_NEED|MAKES_OFFER]->(x:Need|Offer)
DETACH DELETE n, x
