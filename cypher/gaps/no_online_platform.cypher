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
// reason.zh: {name}登记了 {n_known} 条关系，其中没有平台，线上线下都没有。
// reason.en: {name}: {n_known:tie} on record, none of them to a platform, online or not.
// unknown.zh: 看不出{name}有没有线上平台。
// unknown.en: Nobody can tell whether {name} has an online platform.
// step.zh: 先用一个微信群或街道已有的小程序发布需求、对接资源，再考虑自建。
// step.en: Begin with a chat group or the street's existing app to post needs and match resources, before building one.
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// missing.area.zh: 没有填写区域，看不到区域里有什么
// missing.area.en: its area was not entered, so what lies in it was not seen
// missing.online.zh: 它的 {n_platforms} 个平台都没有说明是不是线上的
// missing.online.en: {n_platforms:platform} on record, and nothing says whether online or not
// A community with no platform at all, tied to it or in its area. Where there are some, their names and
// notes say whether one is online; if none does, it is not known.
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
  RETURN count(p) AS n_platforms,
         max(any(w IN ['线上', '在线', '网络', '互联网', '网上', '小程序', '公众号', '微信', '云',
                       'app', 'online', 'wechat', 'internet']
                 WHERE toLower(p.name + ' ' + coalesce(p.name_en, '') + ' ' + coalesce(p.note, '')
                               + ' ' + coalesce(p.aliases_text, '')) CONTAINS w)) AS is_online
}
WITH c, n_platforms, coalesce(is_online, false) AS is_online
CALL (c, n_platforms) {
  MATCH (c)-[r]-(:Stakeholder|Affiliation)
  WHERE n_platforms = 0
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN is_online THEN 'fine' WHEN n_platforms > 0 OR n_known = 0 THEN 'unknown'
            ELSE 'lacking' END AS state,
       {n_known: n_known, n_platforms: n_platforms} AS values,
       [x IN [CASE WHEN n_platforms > 0 THEN 'online' WHEN n_known = 0 THEN 'ties' END,
              CASE WHEN c.area IS NULL THEN 'area' END]
        WHERE x IS NOT NULL] AS missing,
       evidence
ORDER BY subject
