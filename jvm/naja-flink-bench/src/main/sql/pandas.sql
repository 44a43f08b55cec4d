CREATE TEMPORARY TABLE source (x BIGINT) WITH (
  'connector' = 'datagen', 'number-of-rows' = '${rows}', 'rows-per-second' = '1000000000',
  'fields.x.kind' = 'sequence', 'fields.x.start' = '1', 'fields.x.end' = '${rows}');
CREATE TEMPORARY TABLE sink (y DOUBLE) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<scaled(x)|x * 0.5e0>> FROM source
