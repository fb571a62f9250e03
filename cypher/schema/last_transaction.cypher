// mode: read
// param: database string
// column: database_id string
// column: last_transaction integer
// The number of the last committed transaction; null on Community edition.
SHOW DATABASES YIELD name, databaseID, lastCommittedTxn
WHERE name = $database
RETURN databaseID AS database_id, lastCommittedTxn AS last_transaction
