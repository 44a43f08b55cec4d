/**
 * How a job's Python files, archives and packages get to the machines that run it, and lie there.
 */
package dev.naja.flink.deployment;
