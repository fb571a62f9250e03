// mode: read
// param: area string = ""
// param: k integer = 2
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 五（二）
// title.zh: 够不着企业和驻区单位的社区
// title.en: Communities with no enterprise or institution within reach
// reason.zh: {name}登记了 {n_known} 条关系，{k} 步以内没有一家企业、商户、学校、医院或其他单位。
// reason.en: {name}: {n_known:tie} on record, and within {k:step} no enterprise, merchant, school, hospital or other institution.
// unknown.zh: {name}还没有登记任何关系，看不出它够得着哪些企业和单位。
// unknown.en: Nothing is on record about {name}, so nobody can tell which enterprises and institutions it can reach.
// step.zh: 请街道或枢纽组织开一张驻区单位清单，先约一家见面。
// step.en: Ask the street office or a hub for a list of resident units, and meet one of them.
// label.k.zh: 几步以内
// label.k.en: Steps
// default.k.zh: 两步是伙伴的伙伴，请一个伙伴引荐就能认识。
// default.k.en: Two steps are a partner's partner: one introduction is enough.
// range.k: 1..3
// missing.ties.zh: 没有登记任何关系
// missing.ties.en: no tie is on record
// A community from which no enterprise, merchant, social enterprise, school, university, hospital or other
// institution can be reached in so many steps. A step is a tie, or an affiliation that both share. Layer
// by layer, each only where the one before found nobody, and ending at the first that is found.
MATCH (c:Community)
WHERE NOT coalesce(c.is_group, false)
  AND ($area = '' OR c.area = $area OR c.area STARTS WITH $area + '/')
WITH c, ['Enterprise', 'Merchant', 'SocialEnterprise', 'School', 'University', 'Hospital',
         'OtherInstitution'] AS wanted
WITH c, wanted,
     EXISTS { MATCH (c)--(e:Stakeholder) WHERE any(l IN labels(e) WHERE l IN wanted) }
     OR EXISTS {
       MATCH (c)--(:Affiliation)--(e:Stakeholder)
       WHERE any(l IN labels(e) WHERE l IN wanted)
     } AS at_1
CALL (c, at_1) {
  CALL (c, at_1) {
    MATCH (c)--(x:Stakeholder)
    WHERE NOT at_1 AND $k > 1
    RETURN x
    UNION
    MATCH (c)--(:Affiliation)--(x:Stakeholder)
    WHERE NOT at_1 AND $k > 1 AND x <> c
    RETURN x
  }
  RETURN collect(x) AS layer
}
CALL (layer, wanted) {
  UNWIND layer AS x
  WITH x
  WHERE EXISTS { MATCH (x)--(e:Stakeholder) WHERE any(l IN labels(e) WHERE l IN wanted) }
     OR EXISTS {
       MATCH (x)--(:Affiliation)--(e:Stakeholder)
       WHERE any(l IN labels(e) WHERE l IN wanted)
     }
  WITH x LIMIT 1
  RETURN count(x) > 0 AS at_2
}
CALL (layer, wanted, at_2) {
  UNWIND CASE WHEN at_2 OR $k < 3 THEN [] ELSE layer END AS x
  CALL (x) {
    MATCH (x)--(y:Stakeholder)
    RETURN y
    UNION
    MATCH (x)--(:Affiliation)--(y:Stakeholder)
    RETURN y
  }
  WITH DISTINCT y
  WHERE EXISTS { MATCH (y)--(e:Stakeholder) WHERE any(l IN labels(e) WHERE l IN wanted) }
     OR EXISTS {
       MATCH (y)--(:Affiliation)--(e:Stakeholder)
       WHERE any(l IN labels(e) WHERE l IN wanted)
     }
  WITH y LIMIT 1
  RETURN count(y) > 0 AS at_3
}
WITH c, at_1 OR at_2 OR at_3 AS is_met
CALL (c, is_met) {
  MATCH (c)-[r]-(:Stakeholder|Affiliation)
  WHERE NOT is_met
  RETURN count(r) AS n_known,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source})[..20] AS evidence
}
RETURN c.id AS subject,
       CASE WHEN is_met THEN 'fine' WHEN n_known = 0 THEN 'unknown' ELSE 'lacking' END AS state,
       {n_known: n_known} AS values,
       CASE WHEN n_known = 0 THEN ['ties'] ELSE [] END AS missing,
       evidence
ORDER BY subject
