// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: medium
// section: 二
// title.zh: 只有一个出资方
// title.en: Dependence on one funder
// reason.zh: {name}登记的出资方只有{funder}一家；它一退出，资金就断了。
// reason.en: {funder} is the only funder on record of {name}; if it leaves, the money stops.
// step.zh: 再找一个出资方，或建立社区基金，让收入不止一条。
// step.en: Find a second funder, or build a community fund, so that there is more than one source.
// A project, space, platform, mechanism, event or team that exactly one actor funds, buys services
// from or donates to. One with no funder on record is not listed: nothing is known of its money. A group of funders is more than one.
MATCH (x:Project|Space|Platform|Mechanism|Event|VolunteerTeam|CommunityOrganisation)
MATCH (funder:Stakeholder)-[r:FUNDS|PURCHASES_FROM|DONATES_TO]->(x)
WITH x, collect(DISTINCT funder.id) AS funders, collect(funder.is_group) AS groups,
     collect({start: funder.id, relation: type(r), end: x.id, source: r.source}) AS rows
WHERE size(funders) = 1 AND size(groups) = 0
RETURN x.id AS subject, size(rows) AS n_known, {funder: funders[0]} AS values, rows AS evidence
ORDER BY subject
