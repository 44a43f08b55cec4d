-- The columns of the behaviour log, for tables that are made like it.

CREATE TABLE log (
  trace_id STRING,
  event STRING,
  ts BIGINT,
  user_id STRING,
  user_group STRING,
  session_id STRING,
  item_id STRING,
  category STRING,
  price STRING,
  `position` INT,
  city STRING,
  device STRING,
  app_version STRING,
  network STRING,
  referrer STRING,
  x01 DOUBLE, x02 DOUBLE, x03 DOUBLE, x04 DOUBLE, x05 DOUBLE,
  x06 DOUBLE, x07 DOUBLE, x08 DOUBLE, x09 DOUBLE, x10 DOUBLE,
  x11 DOUBLE, x12 DOUBLE, x13 DOUBLE, x14 DOUBLE, x15 DOUBLE,
  x16 DOUBLE, x17 DOUBLE, x18 DOUBLE, x19 DOUBLE, x20 DOUBLE,
  x21 DOUBLE, x22 DOUBLE, x23 DOUBLE, x24 DOUBLE, x25 DOUBLE,
  x26 DOUBLE, x27 DOUBLE, x28 DOUBLE, x29 DOUBLE, x30 DOUBLE,
  x31 DOUBLE, x32 DOUBLE, x33 DOUBLE, x34 DOUBLE, x35 DOUBLE,
  x36 DOUBLE, x37 DOUBLE, x38 DOUBLE, x39 DOUBLE, x40 DOUBLE,
  x41 DOUBLE, x42 DOUBLE, x43 DOUBLE, x44 DOUBLE, x45 DOUBLE
);

-- What cleaning leaves of it.

CREATE TABLE clean_exposures (
  rowtime AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR rowtime AS rowtime - INTERVAL '1' MINUTE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/clean_exposures',
  'format' = 'parquet'
) LIKE log;

CREATE TABLE clean_clicks WITH (
  'path' = '${out}/clean_clicks'
) LIKE clean_exposures (OVERWRITING OPTIONS);
