// mode: read
// title.zh: 哪些需求有人能供给
// title.en: Needs that somebody's offer fits
// group: resources
// column: needed_by string
// column: domain string
// column: resource string
// column: offered_by list<string>
// 同一领域、同一资源的供给与需求放在一起；offered_by 为空就是还没有人供给。
// Puts needs and offers of the same domain and resource side by side; an empty offered_by means
// that nobody on record offers it.
MATCH (a:Stakeholder|Affiliation)-[:HAS_NEED]->(n:Need)
OPTIONAL MATCH (o:Offer {domain: n.domain, resource: n.resource})<-[:MAKES_OFFER]-(b)
WHERE b <> a
RETURN a.name AS needed_by,
       n.domain AS domain,
       n.resource AS resource,
       collect(DISTINCT b.name) AS offered_by
ORDER BY needed_by, domain, resource
