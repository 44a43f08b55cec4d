CREATE TEMPORARY TABLE source (x BIGINT) WITH (
  'connector' = 'datagen', 'rows-per-second' = '1000000000',
  'fields.x.min' = '0', 'fields.x.max' = '1000000');
CREATE TEMPORARY TABLE sink (x BIGINT) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<noop(x)|x>> FROM source
