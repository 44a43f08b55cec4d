-- Puts the log into Kafka, a topic for exposures and one for clicks.

CREATE TABLE exposures_file WITH (
  'connector' = 'filesystem',
  'path' = '${data}/exposures',
  'format' = 'parquet'
) LIKE log;

CREATE TABLE clicks_file WITH (
  'path' = '${data}/clicks',
  'format' = 'orc'
) LIKE exposures_file (OVERWRITING OPTIONS);

CREATE TABLE exposures_topic WITH (
  'connector' = 'kafka',
  'topic' = 'exposures',
  'properties.bootstrap.servers' = '${kafka}',
  'format' = 'json'
) LIKE log;

CREATE TABLE clicks_topic WITH (
  'topic' = 'clicks'
) LIKE exposures_topic (OVERWRITING OPTIONS);

INSERT INTO exposures_topic SELECT * FROM exposures_file;
INSERT INTO clicks_topic SELECT * FROM clicks_file;
