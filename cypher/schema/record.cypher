// mode: write
// param: schema_version integer
// Notes which version of the schema the data follow.
MERGE (m:Meta {id: 'wushe'})
SET m.schema_version = $schema_version
