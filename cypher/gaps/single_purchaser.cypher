// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二
// title.zh: 只有一个购买方或出资方的组织
// title.en: Organisations with a single purchaser or funder
// reason.zh: {name}登记的购买方和出资方只有{purchaser}一家；合同到期，服务就可能停。
// reason.en: {purchaser} is the only purchaser or funder on record of {name}; when the contract ends, so may the service.
// step.zh: 同时争取第二个购买方、企业捐赠或社区基金，合同里写明到期前的续接办法。
// step.en: Seek a second purchaser, a donation of an enterprise or a community fund, and write into the contract how it is to be continued.
// missing.ends.zh: 没有填写到期时间
// missing.ends.en: no end date was entered
// A social organisation, social work station, social enterprise or foundation that exactly one actor
// buys services from, funds or donates to. One with no such tie is not looked at: nothing is known of
// its money. A group of purchasers is more than one.
MATCH (x:SocialOrganisation|SocialWorkStation|SocialEnterprise|Foundation)
WHERE NOT coalesce(x.is_group, false)
  AND ($area = '' OR x.area = $area OR x.area STARTS WITH $area + '/')
CALL (x) {
  MATCH (buyer:Stakeholder)-[r:PURCHASES_FROM|FUNDS|DONATES_TO]->(x)
  RETURN collect(DISTINCT buyer.id) AS buyers,
         max(coalesce(buyer.is_group, false)) AS has_group, count(r.until) AS n_ends,
         collect({start: buyer.id, relation: type(r), end: x.id, source: r.source}) AS rows
}
WITH x, buyers, has_group, n_ends, rows
WHERE size(buyers) > 0
WITH x, buyers, n_ends, rows, size(buyers) > 1 OR has_group AS is_met
RETURN x.id AS subject, CASE WHEN is_met THEN 'fine' ELSE 'lacking' END AS state,
       {n_known: size(rows), purchaser: buyers[0]} AS values,
       CASE WHEN n_ends = 0 THEN ['ends'] ELSE [] END AS missing,
       CASE WHEN is_met THEN [] ELSE rows[..20] END AS evidence
ORDER BY subject
