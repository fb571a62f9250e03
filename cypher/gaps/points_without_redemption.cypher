// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（五）
// title.zh: 积分无处可兑
// title.en: Points that can be redeemed nowhere
// reason.zh: {name}登记了 {n_known} 条关系，其中没有可以兑换的地方。
// reason.en: {name}: {n_known:tie} on record, and no place where it can be redeemed.
// unknown.zh: {name}还没有登记任何关系，看不出能不能兑换。
// unknown.en: Nothing is on record about {name}, so nobody can tell whether it can be redeemed.
// step.zh: 请三五家商户各提供一样可兑换的商品或服务，公布兑换清单。
// step.en: Ask a few merchants for one good or service each, and publish the list.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A scheme of points or a time bank, known by its name, with no place to redeem them.
MATCH (m:Mechanism|Platform|Project)
WHERE any(w IN ['积分', '时间银行', '爱心币', '志愿币', 'time bank', 'points', 'credits']
            WHERE toLower(m.name) CONTAINS w)
  AND ($area = '' OR m.area = $area OR m.area STARTS WITH $area + '/')
WITH m, EXISTS { (m)-[:REDEEMS_AT]->() } AS is_met
CALL (m, is_met) {
  MATCH (m)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN m.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       CASE WHEN n_known = 0 THEN ['ties'] ELSE [] END AS missing,
       evidence
ORDER BY subject
