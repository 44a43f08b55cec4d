/** Python functions behind lookup joins. */
package dev.naja.flink.table.lookup;
