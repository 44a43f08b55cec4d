CREATE TEMPORARY TABLE source (
  k INT, v DOUBLE, x BIGINT, ts AS TO_TIMESTAMP_LTZ(x * 10, 3), WATERMARK FOR ts AS ts) WITH (
  'connector' = 'datagen', 'rows-per-second' = '1000000000',
  'fields.k.min' = '0', 'fields.k.max' = '99', 'fields.v.min' = '0', 'fields.v.max' = '1000',
  'fields.x.kind' = 'sequence', 'fields.x.start' = '1', 'fields.x.end' = '8000000');
CREATE TEMPORARY TABLE sink (k INT, y DOUBLE) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT k, <<spread(v)|STDDEV_POP(v)>> FROM source
GROUP BY k, HOP(ts, INTERVAL '30' SECOND, INTERVAL '5' MINUTE)
