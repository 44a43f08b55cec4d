-- What the serving system remembers of each exposure, in a database that a Python function looks things up in.

-- How many rows may be under way, and so how many trace ids a query may have.
SET 'table.exec.async-lookup.buffer-capacity' = '1000';

CREATE TABLE history (
  trace_id STRING,
  user_clicks DOUBLE,
  item_rate DOUBLE,
  group_share DOUBLE,
  affinity DOUBLE,
  log_price DOUBLE,
  `position` DOUBLE
) WITH (
  'connector' = 'naja',
  'lookup' = 'history:Lookup',
  'lookup.async' = 'true',
  'argument.url' = '${history}'
);

-- Exposures with the features they were chosen by: what is to be scored.
CREATE TABLE requests (
  ts BIGINT,
  trace_id STRING,
  user_id STRING,
  user_clicks DOUBLE,
  item_rate DOUBLE,
  group_share DOUBLE,
  affinity DOUBLE,
  log_price DOUBLE,
  `position` DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/requests',
  'format' = 'parquet'
);

-- Samples with the same features and whether there was a click: what is learned from.
CREATE TABLE training (
  ts BIGINT,
  trace_id STRING,
  label INT,
  user_clicks DOUBLE,
  item_rate DOUBLE,
  group_share DOUBLE,
  affinity DOUBLE,
  log_price DOUBLE,
  `position` DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/training',
  'format' = 'parquet'
);
