-- The log as topics of Kafka, up to what is there when a job starts.

CREATE TABLE exposures (
  rowtime AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR rowtime AS rowtime - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'kafka',
  'topic' = 'exposures',
  'properties.bootstrap.servers' = '${kafka}',
  'format' = 'json',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'scan.watermark.emit.strategy' = 'on-event'
) LIKE log;

CREATE TABLE clicks WITH (
  'topic' = 'clicks'
) LIKE exposures (OVERWRITING OPTIONS);
