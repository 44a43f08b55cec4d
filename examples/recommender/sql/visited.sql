-- The items that a user visited in the last 5 minutes, every 30 seconds, sorted by time and joined by `|`: a pandas aggregate.

LOAD MODULE naja WITH ('functions' = 'features.visited');

CREATE TABLE visited_sql (
  user_id STRING,
  window_end TIMESTAMP(3),
  items STRING
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/visited_sql',
  'format' = 'parquet'
);

INSERT INTO visited_sql
SELECT user_id, window_end, visited(item_id, ts)
FROM TABLE(HOP(TABLE clean_clicks, DESCRIPTOR(rowtime), INTERVAL '30' SECONDS, INTERVAL '5' MINUTES))
GROUP BY user_id, window_start, window_end;
