/** Python functions whose results come later. */
package dev.naja.flink.table.async;
