// mode: schema
// One node per id, and an index to find it.
CREATE CONSTRAINT gap_mark_id IF NOT EXISTS FOR (n:GapMark) REQUIRE n.id IS UNIQUE
