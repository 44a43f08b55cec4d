CREATE TEMPORARY FUNCTION IF NOT EXISTS prepared AS 'dev.naja.flink.bench.JavaFunctions$Prepared';
CREATE TEMPORARY TABLE source (x BIGINT) WITH (
  'connector' = 'datagen', 'number-of-rows' = '${rows}', 'rows-per-second' = '1000000000',
  'fields.x.kind' = 'sequence', 'fields.x.start' = '1', 'fields.x.end' = '${rows}');
CREATE TEMPORARY TABLE sink (s STRING) WITH ('connector' = 'blackhole');
INSERT INTO sink SELECT <<lowered(prepared(x, ${length}))|prepared(x, ${length})>> FROM source
