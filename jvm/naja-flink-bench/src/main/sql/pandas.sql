CREATE TEMPORARY TABLE source (x BIGINT) WITH (
  'connector' = 'datagen', 'rows-per-second' = '1000000000',
  'fields.x.min' = '0', 'fields.x.max' = '1000000');
CREATE TEMPORARY TABLE sink (y DOUBLE) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<scaled(x)|x * 0.5e0>> FROM source
