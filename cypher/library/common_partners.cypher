// mode: read
// title.zh: 有共同伙伴、但还没有往来的主体
// title.en: Actors with partners in common but no tie yet
// group: ties
// param: actor string = "beilangdong"
// label.actor.zh: 主体编号
// label.actor.en: Id of an actor
// id_of.actor: Stakeholder
// column: id string
// column: name string
// column: n_common integer
// column: adamic_adar float
// column: resource_allocation float
// 伙伴按主体网络来算：直接往来，或同在一个项目、平台里且至少一方是主导方；成员不超过 12 个的机制，
// 参与方之间也算。adamic_adar 是各共同伙伴 1 / ln(伙伴数) 之和，resource_allocation 是 1 / 伙伴数 之和。
// 个人不并入队伍，各算一个主体。
// Partners as in the actor network: a tie of their own, or a common project, platform and so on in
// which at least one leads; in a mechanism of at most 12 members, those who take part too.
// adamic_adar is Σ 1 / ln k and resource_allocation Σ 1 / k over the common partners, k their numbers
// of partners. Persons are not folded into their teams.
MATCH (a:Stakeholder {id: $actor})
CALL (a) {
  MATCH (a)-[r]-(z:Stakeholder)
  WHERE z <> a AND type(r) <> 'LOCATED_IN'
  RETURN z
  UNION
  MATCH (a)-[r]-(f:Affiliation)-[s]-(z:Stakeholder)
  WHERE z <> a
    AND (NOT type(r) IN ['PARTICIPATES_IN', 'LOCATED_IN', 'REDEEMS_AT']
         OR NOT type(s) IN ['PARTICIPATES_IN', 'LOCATED_IN', 'REDEEMS_AT']
         OR (f:Mechanism AND coalesce(f.n_members, 0) <= 12
             AND COUNT { MATCH (f)--(m:Stakeholder) RETURN DISTINCT m } <= 12))
  RETURN z
}
CALL (z) {
  MATCH (z)-[r]-(y:Stakeholder)
  WHERE y <> z AND type(r) <> 'LOCATED_IN'
  RETURN y
  UNION
  MATCH (z)-[r]-(f:Affiliation)-[s]-(y:Stakeholder)
  WHERE y <> z
    AND (NOT type(r) IN ['PARTICIPATES_IN', 'LOCATED_IN', 'REDEEMS_AT']
         OR NOT type(s) IN ['PARTICIPATES_IN', 'LOCATED_IN', 'REDEEMS_AT']
         OR (f:Mechanism AND coalesce(f.n_members, 0) <= 12
             AND COUNT { MATCH (f)--(m:Stakeholder) RETURN DISTINCT m } <= 12))
  RETURN y
}
WITH a, z, collect(y) AS others
WITH a, collect(z) AS partners, collect({others: others, k: toFloat(size(others))}) AS rows
UNWIND rows AS row
UNWIND row.others AS y
WITH a, partners, row, y
WHERE y <> a AND NOT y IN partners
RETURN y.id AS id,
       y.name AS name,
       count(*) AS n_common,
       sum(1 / log(row.k)) AS adamic_adar,
       sum(1 / row.k) AS resource_allocation
ORDER BY adamic_adar DESC, id
