/** What a task does to run Python. Internal: changes without notice. */
package dev.naja.flink.runtime;
