/**
 * How PEMJA's API is served by naja. Not for use by other code, but what {@code pemja.core} and the
 * Python module {@code pemja} call.
 */
package dev.naja.pemja;
