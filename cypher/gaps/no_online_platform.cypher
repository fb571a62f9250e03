// mode: read
// param: area string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: low
// section: 五（五）
// title.zh: 没有线上平台的社区
// title.en: Communities without an online platform
// reason.zh: {name}登记了 {n_known} 条关系、{n_platforms} 个平台，其中没有线上平台。
// reason.en: {name}: {n_known:tie} and {n_platforms:platform} on record, no online platform among them.
// unknown.zh: 看不出{name}有没有线上平台。
// unknown.en: Nobody can tell whether {name} has an online platform.
// step.zh: 先用一个微信群或街道已有的小程序发布需求、对接资源，再考虑自建。
// step.en: Begin with a chat group or the street's existing app to post needs and match resources, before building one.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// missing.online.zh: 它的 {n_unsaid} 个平台没有说明是不是线上的（“主体”表的“线上”列）
// missing.online.en: not entered for {n_unsaid:platform}: online or not (column “Online” of the sheet “Actors”)
// A community with no platform that is online, tied to it or in its area. Where none is known to be, but
// of some nothing says whether they are, it is not known.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
CALL (c) {
  CALL (c) {
    MATCH (c)--(p:Platform)
    RETURN p
    UNION
    MATCH (c)-[:LOCATED_IN]->(place:Area)<-[:LOCATED_IN]-(p:Platform)
    WHERE place.name = c.name
    RETURN p
  }
  RETURN count(p) AS n_platforms, count(CASE WHEN p.is_online THEN 1 END) AS n_online,
         count(CASE WHEN p.is_online IS NULL THEN 1 END) AS n_unsaid
}
CALL (c, n_online) {
  MATCH (c)-[r]-(:Stakeholder|Affiliation)
  WHERE n_online = 0
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN n_online > 0 THEN 'fine' WHEN n_unsaid > 0 OR n_known = 0 THEN 'unknown'
            ELSE 'lacking' END AS state,
       {n_known: n_known, n_platforms: n_platforms, n_unsaid: n_unsaid} AS values,
       [x IN [CASE WHEN n_unsaid > 0 THEN 'online' WHEN n_known = 0 THEN 'ties' END,
              CASE WHEN c.area IS NULL THEN 'area' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
