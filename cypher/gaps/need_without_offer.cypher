// mode: read
// param: area string = ""
// param: today string = ""
// param: levels integer = 1
// column: subject string
// column: part string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section:
// title.zh: 附近没有人能满足的需求
// title.en: Needs that nobody within reach can meet
// reason.zh: {name}需要“{domain}”方面的“{resource}”，够得着的范围内没有人提供（更远处的供给：{n_elsewhere} 个）。
// reason.en: “{resource}” for “{domain}” is needed at {name}, and nobody within reach offers it (offers further away: {n_elsewhere}).
// unknown.zh: {name}需要“{domain}”方面的“{resource}”，但够得着的范围内还没有登记任何供给。
// unknown.en: “{resource}” for “{domain}” is needed at {name}, but no offer of any kind within reach has been entered.
// step.zh: 更远处有的，请枢纽组织引荐；没有的，放进下一次创投或采购清单。
// step.en: Where somebody further away has it, ask a hub for an introduction; else put it on the next list of grants or purchases.
// label.levels.zh: 往上几级区域以内
// label.levels.en: Levels of area above
// default.levels.zh: 一级对社区来说就是所在的街道，多数服务在街道内对接。
// default.levels.en: One level above a community is its street, within which most services are matched.
// range.levels: 0..3
// missing.offers.zh: 够得着的范围内没有登记任何供给
// missing.offers.en: no offer of any kind within reach was entered
// missing.area.zh: 没有填写区域，只看了有往来的主体
// missing.area.en: its area was not entered, so only its partners were looked at
// A need that holds today and for which nobody within reach has an offer of its kind, that is of the same
// domain and resource. Within reach are actors of the area so many levels above (a community's street,
// for one level), those whose own area contains it, and those it is tied to or shares an affiliation
// with.
WITH CASE $today WHEN '' THEN toString(date()) ELSE $today END AS today
MATCH (n:Need)<-[:HAS_NEED]-(a:Stakeholder|Affiliation)
WHERE (n.until IS NULL OR n.until + '-99' >= today)
  AND ($area = '' OR a.area = $area OR a.area STARTS WITH $area + '/')
WITH today, n, a, split(a.area, '/') AS parts
WITH today, n, a,
     reduce(path = '', p IN parts[..CASE WHEN size(parts) > $levels
                                         THEN toInteger(size(parts) - $levels) ELSE 1 END] |
            path + CASE path WHEN '' THEN '' ELSE '/' END + p) AS around
WITH today, n, a, around,
     EXISTS {
       MATCH (f:Offer {domain: n.domain, resource: n.resource})<-[:MAKES_OFFER]-(b)
       WHERE b <> a AND (f.until IS NULL OR f.until + '-99' >= today)
         AND (b.area = around OR b.area STARTS WITH around + '/' OR a.area STARTS WITH b.area + '/')
     }
     OR EXISTS {
       MATCH (a)--(b:Stakeholder)-[:MAKES_OFFER]->(f:Offer)
       WHERE f.domain = n.domain AND f.resource = n.resource
         AND (f.until IS NULL OR f.until + '-99' >= today)
     }
     OR EXISTS {
       MATCH (a)--(:Affiliation)--(b:Stakeholder)-[:MAKES_OFFER]->(f:Offer)
       WHERE b <> a AND f.domain = n.domain AND f.resource = n.resource
         AND (f.until IS NULL OR f.until + '-99' >= today)
     } AS is_met
WITH n, a, is_met,
     is_met
     OR EXISTS {
       MATCH (:Offer)<-[:MAKES_OFFER]-(b)
       WHERE NOT is_met AND b <> a
         AND (b.area = around OR b.area STARTS WITH around + '/' OR a.area STARTS WITH b.area + '/')
     }
     OR EXISTS { MATCH (a)--(b:Stakeholder)-[:MAKES_OFFER]->(:Offer) WHERE NOT is_met }
     OR EXISTS {
       MATCH (a)--(:Affiliation)--(b:Stakeholder)-[:MAKES_OFFER]->(:Offer)
       WHERE NOT is_met AND b <> a
     } AS is_known,
     CASE WHEN is_met THEN 0
          ELSE COUNT { MATCH (f:Offer {domain: n.domain, resource: n.resource}) } END AS n_elsewhere
RETURN a.id AS subject, n.domain + ':' + n.resource AS part,
       CASE WHEN is_met THEN 'fine' WHEN is_known THEN 'lacking' ELSE 'unknown' END AS state,
       {domain: n.domain, resource: n.resource, n_elsewhere: n_elsewhere} AS values,
       [x IN [CASE WHEN NOT is_known THEN 'offers' END, CASE WHEN a.area IS NULL THEN 'area' END]
        WHERE x IS NOT NULL] AS missing,
       [] AS evidence
ORDER BY subject, part
