-- What share of the clicks of the last 30 minutes each category has in each group of users, every 5 minutes, beside Flink's own
-- aggregates.

LOAD MODULE naja WITH ('functions' = 'shares=features:Shares');

CREATE TABLE shares_of_clicks (
  user_group STRING,
  window_end TIMESTAMP(3),
  shares STRING,
  clicks BIGINT,
  users BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/shares',
  'format' = 'parquet'
);

INSERT INTO shares_of_clicks
SELECT user_group, window_end, shares(category), COUNT(*), COUNT(DISTINCT user_id)
FROM TABLE(HOP(TABLE clean_clicks, DESCRIPTOR(rowtime), INTERVAL '5' MINUTES, INTERVAL '30' MINUTES))
GROUP BY user_group, window_start, window_end;
