// mode: read
// column: actor string
// column: sort string
// column: domain string
// column: resource string
// column: quantity float
// column: since string
// column: until string
// column: note string
// Every need and offer with the actor that has it; sort is need or offer.
MATCH (a:Stakeholder|Affiliation)-[:HAS_NEED|MAKES_OFFER]->(x:Need|Offer)
RETURN a.id AS actor,
       CASE WHEN x:Need THEN 'need' ELSE 'offer' END AS sort,
       x.domain AS domain,
       x.resource AS resource,
       x.quantity AS quantity,
       x.since AS since,
       x.until AS until,
       x.note AS note
ORDER BY actor, sort, domain, resource, since
