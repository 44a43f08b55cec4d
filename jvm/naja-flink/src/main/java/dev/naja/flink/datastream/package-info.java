/**
 * How tasks run Python functions of the DataStream API: what crosses, states, timers, serializers.
 * Internal, but for what the classes of {@code dev.naja.flink} return: changes without notice.
 */
package dev.naja.flink.datastream;
