-- What scoring in DataStream writes: each exposure's score, and every five minutes those of the active users.

CREATE TABLE predicted_stream (
  trace_id STRING,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/predicted_stream',
  'format' = 'parquet'
);

CREATE TABLE refreshed (
  ts BIGINT,
  user_id STRING,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/refreshed',
  'format' = 'parquet'
);
