// mode: write
// Deletes sources that nothing names any more.
MATCH (s:Source)
WHERE NOT EXISTS { (s)<-[:STATED_IN]-() }
DELETE s
