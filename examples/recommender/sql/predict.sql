-- How likely is each exposure clicked, by the last version of the model? Rows cross to Python in batches while others are under way.

CREATE MODEL clicks_model
INPUT (
  user_clicks DOUBLE,
  item_rate DOUBLE,
  group_share DOUBLE,
  affinity DOUBLE,
  log_price DOUBLE,
  `position` DOUBLE
)
OUTPUT (score DOUBLE)
WITH (
  'provider' = 'naja',
  'model' = 'prediction:Predict',
  'argument.path' = '${out}/models'
);

CREATE TABLE predicted_sql (
  trace_id STRING,
  score DOUBLE
) WITH (
  'connector' = 'filesystem',
  'path' = '${out}/predicted_sql',
  'format' = 'parquet'
);

INSERT INTO predicted_sql
SELECT trace_id, score
FROM ML_PREDICT(
  TABLE requests,
  MODEL clicks_model,
  DESCRIPTOR(user_clicks, item_rate, group_share, affinity, log_price, `position`),
  MAP['async', 'true', 'max-concurrent-operations', '1024']
);
