// mode: read
// title.zh: 谁出钱、出物，给了谁
// title.en: Who gives money or goods to whom
// group: resources
// column: giver string
// column: relation string
// column: taker string
// column: kind string
// column: amount float
// column: source string
// 资助、捐赠和购买服务，金额大的在前；没有写明金额的留空。
// Funding, donations and purchases of services, the largest amounts first; empty where no amount
// was stated.
MATCH (a:Stakeholder|Affiliation)-[r:FUNDS|DONATES_TO|PURCHASES_FROM]->(b:Stakeholder|Affiliation)
RETURN a.name AS giver,
       type(r) AS relation,
       b.name AS taker,
       [label IN labels(b) WHERE NOT label IN ['Stakeholder', 'Affiliation']][0] AS kind,
       r.amount AS amount,
       r.source AS source
ORDER BY coalesce(r.amount, 0) DESC, giver, taker
