// mode: read
// param: area string = ""
// param: today string = ""
// column: subject string
// column: state string
// column: values map
// column: missing list<string>
// column: evidence list<map>
// severity: medium
// section: 二
// title.zh: 到期而没有接续的项目
// title.en: Projects past their end without a successor
// reason.zh: {name}在 {until} 到期，没有登记由同一主体在同一处接续的项目。
// reason.en: {name} ended in {until}, and no project of the same party in the same place that takes it on is on record.
// unknown.zh: {name}没有填写终止时间，看不出是否到期。
// unknown.en: No end was entered for {name}, so nobody can tell whether it is over.
// step.zh: 与原来的发起方和购买方开一次收尾会，定下由谁接着做、钱从哪里来。
// step.en: Hold a closing meeting with those who started and paid for it, and settle who goes on and with what money.
// missing.dates.zh: 它没有终止时间，它的 {n_known} 条关系也没有都填写终止时间
// missing.dates.en: no end date on it, nor on all of its {n_known:tie}
// A project or agreement whose end has passed, and that nothing continues: no project or agreement that
// one of its leading actors leads in the same area or with the same community, that began no earlier and
// ends later or has no end, and none that is a part of it or that it is a part of. Its end is its own, or
// else the last of its ties', if all of them have one.
WITH CASE $today WHEN '' THEN toString(date()) ELSE $today END AS today
MATCH (p:Project|Agreement)
WHERE NOT coalesce(p.is_group, false)
  AND ($area = '' OR p.area = $area OR p.area STARTS WITH $area + '/')
CALL (p) {
  MATCH (p)-[r]-(:Stakeholder)
  RETURN count(r) AS n_known, count(r.until) AS n_ends, max(r.until) AS last,
         collect({start: startNode(r).id, relation: type(r), end: endNode(r).id,
                  source: r.source, until: r.until})[..20] AS rows
}
WITH p, today, n_known, rows,
     coalesce(p.until, CASE WHEN n_known > 0 AND n_ends = n_known THEN last END) AS until
WITH p, n_known, rows, until, coalesce(until + '-99' < today, false) AS is_over
WITH p, n_known, rows, until, is_over,
     is_over AND (
       EXISTS {
         MATCH (p)<-[:INITIATES|OPERATES|FUNDS|SUPERVISES]-(:Stakeholder)
               -[:INITIATES|OPERATES|FUNDS|SUPERVISES]->(q:Project|Agreement)
         WHERE is_over AND q <> p
           AND (q.until IS NULL OR q.until > until)
           AND (q.since IS NULL OR p.since IS NULL OR q.since >= p.since)
           AND (p.area IS NULL OR q.area = p.area OR EXISTS { (p)--(:Community)--(q) })
       }
       OR EXISTS {
         MATCH (p)-[:PART_OF]-(q:Project|Agreement)
         WHERE is_over AND (q.until IS NULL OR q.until > until)
       }
     ) AS is_continued
RETURN p.id AS subject,
       CASE WHEN until IS NULL THEN 'unknown' WHEN NOT is_over OR is_continued THEN 'fine'
            ELSE 'lacking' END AS state,
       {n_known: n_known, until: until} AS values,
       CASE WHEN until IS NULL THEN ['dates'] ELSE [] END AS missing,
       CASE WHEN is_over AND NOT is_continued THEN rows ELSE [] END AS evidence
ORDER BY subject
