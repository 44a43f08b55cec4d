/**
 * Operations on whole rows of tables, as process table functions: Flink 2.1 and later. On older
 * versions none of these classes is loaded.
 */
package dev.naja.flink.table.ptf;
