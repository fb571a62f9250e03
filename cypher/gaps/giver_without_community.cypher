// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（二）
// title.zh: 有付出却到不了社区的企业
// title.en: Enterprises that give but reach no community
// reason.zh: {name}登记了 {n_known} 项付出，但没有一项到达某个社区。
// reason.en: {name} has given {n_known:time} on record, and none of it reaches a community.
// step.zh: 通过枢纽组织为它对接一个有相应需求的社区。
// step.en: Have a hub organisation match it with a community that needs what it gives.
// missing.places.zh: 它的付出去向都没有填写区域
// missing.places.en: no area was entered for any of those it gives to
// An enterprise, merchant or social enterprise that gives money, goods, rooms, people or services,
// and shares neither a tie nor an affiliation with any community or compound.
MATCH (e:Enterprise|Merchant|SocialEnterprise)
WHERE NOT coalesce(e.is_group, false)
  AND ($area = '' OR e.area = $area OR e.area STARTS WITH $area + '/')
CALL (e) {
  MATCH (e)-[r:FUNDS|DONATES_TO|SUPPLIES_VOLUNTEERS|HOSTS|ADVISES|SUPPORTS|SERVES|PURCHASES_FROM
               |INCUBATES]->(x)
  RETURN count(r) AS n_known, count(x.area) AS n_placed,
         collect({start: e.id, relation: type(r), end: x.id, source: r.source})[..20] AS rows
}
WITH e, n_known, n_placed, rows
WHERE n_known > 0
WITH e, n_known, n_placed, rows,
     EXISTS { (e)--(:Community|Compound) }
     OR EXISTS { (e)--(:Affiliation)--(:Community|Compound) } AS is_met
RETURN e.id AS subject, CASE WHEN is_met THEN 'fine' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       CASE WHEN n_placed = 0 THEN ['places'] ELSE [] END AS missing,
       CASE WHEN is_met THEN [] ELSE rows END AS evidence
ORDER BY subject
