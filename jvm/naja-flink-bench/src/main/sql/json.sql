CREATE TEMPORARY FUNCTION prepared AS 'dev.naja.flink.bench.JavaFunctions$Prepared';
CREATE TEMPORARY TABLE source (x BIGINT) WITH (
  'connector' = 'datagen', 'rows-per-second' = '1000000000',
  'fields.x.min' = '0', 'fields.x.max' = '1000000');
CREATE TEMPORARY TABLE sink (s STRING) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<lowered(prepared(x, ${length}))|prepared(x, ${length})>> FROM source
