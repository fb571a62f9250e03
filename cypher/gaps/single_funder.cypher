// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二
// title.zh: 只有一个出资方
// title.en: Dependence on one funder
// reason.zh: {name}登记的出资方只有{funder}一家；它一退出，资金就断了。
// reason.en: {funder} is the only funder on record of {name}; if it leaves, the money stops.
// step.zh: 再找一个出资方，或建立社区基金，让收入不止一条。
// step.en: Find a second funder, or build a community fund, so that there is more than one source.
// missing.amounts.zh: 没有填写金额
// missing.amounts.en: no amount was entered
// A project, space, platform, mechanism, event or team that exactly one actor funds, buys services
// from or donates to. One with no funder on record is not looked at: nothing is known of its money. A
// group of funders is more than one.
MATCH (x:Project|Space|Platform|Mechanism|Event|VolunteerTeam|CommunityOrganisation)
WHERE ($area = '' OR x.area = $area OR x.area STARTS WITH $area + '/')
CALL (x) {
  MATCH (funder:Stakeholder)-[r:FUNDS|PURCHASES_FROM|DONATES_TO]->(x)
  RETURN collect(DISTINCT funder.id) AS funders,
         max(coalesce(funder.is_group, false)) AS has_group, count(r.amount) AS n_amounts,
         collect({start: funder.id, relation: type(r), end: x.id, source: r.source}) AS rows
}
WITH x, funders, has_group, n_amounts, rows
WHERE size(funders) > 0
WITH x, funders, n_amounts, rows, size(funders) > 1 OR has_group AS is_met
RETURN x.id AS subject, CASE WHEN is_met THEN 'fine' ELSE 'lacking' END AS state,
       {n_known: size(rows), funder: funders[0]} AS values,
       CASE WHEN n_amounts = 0 THEN ['amounts'] ELSE [] END AS missing,
       CASE WHEN is_met THEN [] ELSE rows[..20] END AS evidence
ORDER BY subject
