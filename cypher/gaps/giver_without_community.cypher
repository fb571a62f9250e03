// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: medium
// section: 五（二）
// title.zh: 有付出却到不了社区的企业
// title.en: Enterprises that give but reach no community
// reason.zh: {name}登记了 {n_known} 项付出，但没有一项到达某个社区。
// reason.en: {name} has given {times} on record, and none of it reaches a community.
// step.zh: 通过枢纽组织为它对接一个有相应需求的社区。
// step.en: Have a hub organisation match it with a community that needs what it gives.
// An enterprise, merchant or social enterprise that gives money, goods, rooms, people or services,
// and shares neither a tie nor an affiliation with any community or compound.
MATCH (e:Enterprise|Merchant|SocialEnterprise)
MATCH (e)-[r:FUNDS|DONATES_TO|SUPPLIES_VOLUNTEERS|HOSTS|ADVISES|SUPPORTS|SERVES|PURCHASES_FROM|INCUBATES]->(x)
WHERE NOT coalesce(e.is_group, false)
WITH e, collect({start: e.id, relation: type(r), end: x.id, source: r.source}) AS rows
WHERE NOT EXISTS { (e)--(:Community|Compound) }
  AND NOT EXISTS { (e)--(:Affiliation)--(:Community|Compound) }
RETURN e.id AS subject, size(rows) AS n_known, {} AS values, rows AS evidence
ORDER BY subject
