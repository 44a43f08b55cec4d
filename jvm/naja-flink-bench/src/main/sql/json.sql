CREATE TEMPORARY TABLE source (s STRING) WITH (
  'connector' = 'datagen', 'number-of-rows' = '${rows}', 'rows-per-second' = '1000000000',
  'fields.s.length' = '${length}');
CREATE TEMPORARY TABLE sink (s STRING) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<lowered(CONCAT('{"Text": "', s, '"}'))|CONCAT('{"Text": "', s, '"}')>> FROM source
