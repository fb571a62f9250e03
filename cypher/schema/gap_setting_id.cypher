// mode: schema
// One node per id, and an index to find it.
CREATE CONSTRAINT gap_setting_id IF NOT EXISTS FOR (n:GapSetting) REQUIRE n.id IS UNIQUE
