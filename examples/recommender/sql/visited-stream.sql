-- What Visited.java writes: the same as visited.sql.

CREATE TABLE visited_stream (
  user_id STRING,
  window_end TIMESTAMP(3),
  items STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/visited_stream',
  'format' = 'parquet'
);
