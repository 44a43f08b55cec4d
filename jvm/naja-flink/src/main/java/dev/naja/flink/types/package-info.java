/** How SQL's types and Python's meet. Internal: changes without notice. */
package dev.naja.flink.types;
