// mode: read
// column: subject string
// column: n_known integer
// column: values map
// column: evidence list<map>
// severity: high
// section: 三
// title.zh: 只靠一个主体连到外部的社区
// title.en: Communities held by a single bridge
// reason.zh: {name}与社区以外的往来全部经过{bridge}；没有它，{name}在这张图上就与外部断开。
// reason.en: All that ties {name} to anyone beyond its own people runs through {bridge}; without it, {name} is cut off on this map.
// step.zh: 请这座“桥”引荐一个伙伴，让社区与它直接合作一次。
// step.en: Ask the bridge to introduce one partner, and do one thing with that partner directly.
// A community of whose partners — direct ones and those it shares an affiliation with — exactly one
// is not its own: its teams, compounds, residents' groups and party branches are its own, and so is
// whatever lies in its area. A group is more than one bridge.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
CALL (c) {
  MATCH (c)-[r]-(other:Stakeholder)
  WHERE type(r) <> 'LOCATED_IN'
  RETURN other, {start: startNode(r).id, relation: type(r), end: endNode(r).id,
                 source: r.source} AS row
  UNION
  MATCH (c)--(:Affiliation)-[r]-(other:Stakeholder)
  WHERE other <> c
  RETURN other, {start: startNode(r).id, relation: type(r), end: endNode(r).id,
                 source: r.source} AS row
}
WITH c, other, collect(row) AS rows
WHERE NOT (c.area IS NOT NULL AND last(split(c.area, '/')) = c.name
           AND coalesce(other.area, '') STARTS WITH c.area)
  AND NOT (other:VolunteerTeam|Compound|CommunityOrganisation AND EXISTS { (c)--(other) })
WITH c, collect(other.id) AS outside, collect(other.is_group) AS groups, collect(rows) AS rows
WHERE size(outside) = 1 AND size(groups) = 0
RETURN c.id AS subject, size(rows[0]) AS n_known, {bridge: outside[0]} AS values,
       rows[0] AS evidence
ORDER BY subject
