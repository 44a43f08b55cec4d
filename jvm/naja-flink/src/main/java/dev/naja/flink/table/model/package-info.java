/** Python models for {@code ML_PREDICT}: Flink 2.1 and later, by Flink's look-up of factories. */
package dev.naja.flink.table.model;
