// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（五）
// title.zh: 能兑换却没有人积分
// title.en: Redemption that nobody earns points for
// reason.zh: {name}有 {n_places} 处可以兑换，但没有登记由哪支队伍或哪些志愿者积分。
// reason.en: {name} can be redeemed at {n_places:place}, but no team or volunteer that earns is on record.
// unknown.zh: {name}除兑换处以外没有登记任何关系，看不出谁在积分。
// unknown.en: Nothing but the places of redemption is on record about {name}, so nobody can tell who earns.
// step.zh: 定下服务时长换积分的办法，先让两支队伍试用。
// step.en: Settle how hours of service become points, and let two teams try it.
// missing.ties.zh: 除兑换处以外没有登记任何关系
// missing.ties.en: no tie but those of redemption is on record
// An affiliation with places of redemption in which no volunteer, team or community organisation has a
// part, and whose name does not speak of points or a time bank.
MATCH (m:Affiliation)-[r:REDEEMS_AT]->()
WHERE ($area = '' OR m.area = $area OR m.area STARTS WITH $area + '/')
WITH m, count(r) AS n_places,
     collect({start: m.id, relation: type(r), end: endNode(r).id, source: r.source})[..20] AS rows
WITH m, n_places, rows,
     any(w IN ['积分', '时间银行', '爱心币', '志愿币', 'time bank', 'points', 'credits']
            WHERE toLower(m.name) CONTAINS w)
     OR EXISTS { (m)--(:VolunteerTeam|Volunteer|CommunityOrganisation) } AS is_met,
     COUNT { MATCH (m)-[t]-(:Stakeholder|Affiliation) WHERE type(t) <> 'REDEEMS_AT' } AS n_known
RETURN m.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known, n_places: n_places} AS values,
       CASE WHEN n_known = 0 THEN ['ties'] ELSE [] END AS missing,
       CASE WHEN is_met THEN [] ELSE rows END AS evidence
ORDER BY subject
