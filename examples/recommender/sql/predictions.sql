-- What scoring in DataStream writes: each exposure's score, and every five minutes those of the active users.

CREATE TABLE predicted_stream (
  trace_id STRING,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/predicted_stream',
  'format' = 'parquet'
);

-- The requests again, with the time that timers go by.
CREATE TABLE timed_requests (
  rowtime AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR rowtime AS rowtime
) LIKE requests;

CREATE TABLE refreshed (
  ts BIGINT,
  user_id STRING,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/refreshed',
  'format' = 'parquet'
);
