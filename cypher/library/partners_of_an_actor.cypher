// mode: read
// title.zh: 一个主体的伙伴，以及怎样相识
// title.en: The partners of an actor, and how they know each other
// group: ties
// param: actor string = "hezhongzeyi"
// label.actor.zh: 主体编号
// label.actor.en: Id of an actor
// id_of.actor: Stakeholder
// column: partner string
// column: kind string
// column: ties list<string>
// column: meets_in list<string>
// ties 是两者之间的直接关系，→ 由该主体指向伙伴，← 反之；meets_in 是共同所在的项目、平台等。
// ties are the direct relations, → from the actor, ← towards it; meets_in names the projects,
// platforms and so on in which both are.
MATCH (a:Stakeholder {id: $actor})
CALL (a) {
  MATCH (a)-[r]->(b:Stakeholder)
  RETURN b, '→ ' + type(r) AS tie, null AS place
  UNION
  MATCH (a)<-[r]-(b:Stakeholder)
  RETURN b, '← ' + type(r) AS tie, null AS place
  UNION
  MATCH (a)--(f:Affiliation)--(b:Stakeholder)
  WHERE b <> a
  RETURN b, null AS tie, f.name AS place
}
RETURN b.name AS partner,
       [label IN labels(b) WHERE label <> 'Stakeholder'][0] AS kind,
       collect(DISTINCT tie) AS ties,
       collect(DISTINCT place) AS meets_in
ORDER BY size(ties) DESC, size(meets_in) DESC, partner
