-- The log as files: exposures in Parquet, clicks in ORC. A row may come a minute after a younger one.

CREATE TABLE exposures (
  rowtime AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR rowtime AS rowtime - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${data}/exposures',
  'format' = 'parquet'
) LIKE log;

CREATE TABLE clicks WITH (
  'path' = '${data}/clicks',
  'format' = 'orc'
) LIKE exposures (OVERWRITING OPTIONS);
