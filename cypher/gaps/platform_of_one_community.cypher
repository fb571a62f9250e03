// mode: read
// param: area string = ""
// param: communities integer = 2
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（一）
// title.zh: 只到一个社区的平台
// title.en: Platforms that reach one community only
// reason.zh: {name}只联系着 {n_communities} 个社区，少于 {communities} 个；资源到了这里就停下。
// reason.en: {name} is tied to {n_communities:community|communities}, fewer than {communities}; what comes in goes no further.
// unknown.zh: {name}没有登记联系哪些社区，看不出它能到几个社区。
// unknown.en: No community of {name} is on record, so nobody can tell how many it reaches.
// step.zh: 请街道把它向相邻社区开放，先由两个社区共用一次。
// step.en: Have the street office open it to the neighbouring communities, and let two of them use it together once.
// label.communities.zh: 至少联系几个社区
// label.communities.en: Communities at least
// default.communities.zh: 平台应当走出单个社区，两个是最低要求。
// default.communities.en: A platform is to reach beyond one community, so two are the least.
// range.communities: 2..50
// missing.communities.zh: 没有登记它联系的社区
// missing.communities.en: no community it is tied to is on record
// A platform of which fewer than so many communities are on record: by a tie, or by lying in their area.
// A platform should reach beyond one community. A record that stands for several communities is enough.
// Mechanisms are left out: a council of a courtyard is meant to stay in it.
MATCH (p:Platform)
WHERE NOT coalesce(p.is_group, false)
  AND ($area = '' OR p.area = $area OR p.area STARTS WITH $area + '/')
CALL (p) {
  CALL (p) {
    MATCH (p)-[r]-(c:Community)
    RETURN c, {start: startNode(r).id, relation: type(r), end: endNode(r).id,
               source: r.source} AS row
    UNION
    MATCH (p)-[:LOCATED_IN]->(place:Area)<-[:LOCATED_IN]-(c:Community)
    WHERE place.name = c.name
    RETURN c, null AS row
  }
  RETURN collect(DISTINCT c.id) AS communities, max(coalesce(c.is_group, false)) AS has_group,
         collect(row)[..20] AS rows
}
WITH p, rows, communities, size(communities) AS n, coalesce(has_group, false) AS has_group
RETURN p.id AS subject,
       CASE WHEN n = 0 THEN 'unknown' WHEN n >= $communities OR has_group THEN 'fine'
            ELSE 'lacking' END AS state,
       {n_communities: n, community: communities[0]} AS values,
       CASE WHEN n = 0 THEN ['communities'] ELSE [] END AS missing,
       CASE WHEN n > 0 AND n < $communities AND NOT has_group THEN rows ELSE [] END AS evidence
ORDER BY subject
