/** Arrow's tables between Java and Python; see {@link dev.naja.arrow.Arrow}. */
package dev.naja.arrow;
