/**
 * Python functions in Apache Flink jobs, in process: SQL, Table API and DataStream API.
 *
 * <p>{@link dev.naja.flink.PythonFunctions} is where Table API users begin, {@code LOAD MODULE
 * naja} where SQL users do.
 *
 * @serial exclude
 */
package dev.naja.flink;
