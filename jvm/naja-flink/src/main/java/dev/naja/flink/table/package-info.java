/** The functions of SQL and the module that offers them. */
package dev.naja.flink.table;
