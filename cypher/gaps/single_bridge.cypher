// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: high
// section: 三
// title.zh: 只靠一个主体连到外部的社区
// title.en: Communities held by a single bridge
// reason.zh: {name}与社区以外的往来全部经过{bridge}；没有它，{name}在这张图上就与外部断开。
// reason.en: All that ties {name} to anyone beyond its own people runs through {bridge}; without it, {name} is cut off on this map.
// unknown.zh: {name}还没有登记任何关系，看不出靠谁连到外部。
// unknown.en: Nothing is on record about {name}, so nobody can tell who connects it.
// step.zh: 请这座“桥”引荐一个伙伴，让社区与它直接合作一次。
// step.en: Ask the bridge to introduce one partner, and do one thing with that partner directly.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A community of whose partners — direct ones and those it shares an affiliation with — exactly one
// is not its own: its teams, compounds, residents' groups and party branches are its own, and so is
// whatever lies in its area. A group is more than one bridge.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
CALL (c) {
  CALL (c) {
    MATCH (c)-[r]-(other:Stakeholder)
    WHERE type(r) <> 'LOCATED_IN'
    RETURN other
    UNION
    MATCH (c)--(:Affiliation)--(other:Stakeholder)
    WHERE other <> c
    RETURN other
  }
  WITH other
  WHERE NOT (c.area IS NOT NULL AND last(split(c.area, '/')) = c.name
             AND coalesce(other.area, '') STARTS WITH c.area)
    AND NOT (other:VolunteerTeam|Compound|CommunityOrganisation AND EXISTS { (c)--(other) })
  RETURN collect(other)[..2] AS outside
}
WITH c, outside,
     size(outside) = 1 AND NOT coalesce(outside[0].is_group, false) AS is_held
CALL (c, outside, is_held) {
  WITH CASE WHEN is_held THEN outside[0] END AS bridge
  CALL (c, bridge) {
    MATCH (c)-[r]-(bridge)
    RETURN r
    UNION
    MATCH (c)--(:Affiliation)-[r]-(bridge)
    RETURN r
  }
  RETURN collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source}) AS rows
}
RETURN c.id AS subject,
       CASE WHEN is_held THEN 'lacking' WHEN EXISTS { (c)--(:Stakeholder|Affiliation) } THEN 'fine'
            ELSE 'unknown' END AS state,
       {n_known: size(rows), bridge: CASE WHEN is_held THEN outside[0].id END} AS values,
       CASE WHEN size(outside) = 0 THEN ['ties'] ELSE [] END AS missing, rows[..20] AS evidence
ORDER BY subject
