-- What the job that learns and serves writes: each request's score, and which subtask took which version of the model when.

CREATE TABLE served (
  trace_id STRING,
  subtask INT,
  version INT,
  score DOUBLE,
  due BIGINT,
  done BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/served',
  'format' = 'parquet'
);

CREATE TABLE swaps (
  subtask INT,
  attempt INT,
  version INT,
  why STRING,
  `at` BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/swaps',
  'format' = 'parquet'
);
