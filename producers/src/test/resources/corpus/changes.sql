-- Each step is one transaction, after which the rows are read again.

-- step: insert
-- Every row once more, by the log this time and not by a snapshot.
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['numbers', 'texts', 'bytes', 'times', 'arrays', 'large'] LOOP
    -- With its storage, or large values would be compressed on the way.
    EXECUTE format('CREATE TEMPORARY TABLE again (LIKE %I INCLUDING STORAGE)', t);
    EXECUTE format('INSERT INTO again SELECT * FROM %I', t);
    UPDATE again SET id = id + 100;
    EXECUTE format('INSERT INTO %I SELECT * FROM again', t);
    DROP TABLE again;
  END LOOP;
END $$;

-- step: update
-- No before; what is large and unchanged is left out.
UPDATE numbers SET note = 1 WHERE id > 100;
UPDATE texts SET note = 1 WHERE id > 100;
UPDATE bytes SET note = 1 WHERE id > 100;
UPDATE times SET note = 1 WHERE id > 100;
UPDATE arrays SET note = 1 WHERE id > 100;
UPDATE large SET note = 1 WHERE id > 100;

-- step: change large values
UPDATE large SET c_text = c_text || '!', c_bytea = c_bytea || '\x00', c_texts = array_append(c_texts, 'z') WHERE id = 101;

-- step: key and delete
UPDATE numbers SET id = 201 WHERE id = 101;
UPDATE large SET id = 201 WHERE id = 101;
DELETE FROM texts WHERE id = 101;
DELETE FROM times WHERE id = 102;

-- step: full images
ALTER TABLE numbers REPLICA IDENTITY FULL;
ALTER TABLE texts REPLICA IDENTITY FULL;
ALTER TABLE bytes REPLICA IDENTITY FULL;
ALTER TABLE times REPLICA IDENTITY FULL;
ALTER TABLE arrays REPLICA IDENTITY FULL;
ALTER TABLE large REPLICA IDENTITY FULL;

-- step: update with before
UPDATE numbers SET note = 2 WHERE id > 100;
UPDATE texts SET note = 2 WHERE id > 100;
UPDATE bytes SET note = 2 WHERE id > 100;
UPDATE times SET note = 2 WHERE id > 100;
UPDATE arrays SET note = 2 WHERE id > 100;
UPDATE large SET note = 2 WHERE id > 100;

-- step: key and delete with before
UPDATE numbers SET id = 202 WHERE id = 102;
DELETE FROM numbers WHERE id = 103;
UPDATE texts SET id = 203 WHERE id = 103;
DELETE FROM texts WHERE id = 104;
DELETE FROM bytes WHERE id = 103;
DELETE FROM times WHERE id = 103;
DELETE FROM arrays WHERE id = 103;
DELETE FROM large WHERE id = 201;

-- step: delete and insert again
DELETE FROM numbers WHERE id = 104;
INSERT INTO numbers (id, c_integer) VALUES (104, 104);

-- step: message
SELECT pg_logical_emit_message(true, 'corpus.note', 'a message, no row');

-- step: truncate
TRUNCATE times;
