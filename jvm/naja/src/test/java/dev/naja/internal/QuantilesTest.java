package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void nothingCountedIsZero() {
    assertEquals(0, new Quantiles().at(0.5));
    assertThrows(IllegalArgumentException.class, () -> new Quantiles().at(1.5));
    assertThrows(IllegalArgumentException.class, () -> new Quantiles().at(Double.NaN));
  }

  @Test
  void smallNumbersAreExact() {
    for (int number = 0; number < 64; number++) {
      Quantiles quantiles = new Quantiles();
      quantiles.add(number);
      assertEquals(number, quantiles.at(0));
      assertEquals(number, quantiles.at(1));
    }
  }

  @Test
  void everyNumberHasAClassThatHoldsIt() {
    for (int bit = 0; bit < 63; bit++) {
      for (long number : new long[] {1L << bit, (1L << bit) + 1, (2L << bit) - 1}) {
        if (number > 0) {
          Quantiles quantiles = new Quantiles();
          quantiles.add(number);
          long found = quantiles.at(0.5);
          assertTrue(found >= number && found - number <= number / 32, number + " in " + found);
        }
      }
    }
    Quantiles largest = new Quantiles();
    largest.add(Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, largest.at(1));
  }

  @Test
  void quantilesAreThoseOfTheNumbersRoundedUp() {
    long[] numbers = new Random(4).longs(10_001, 0, 1_000_000).toArray();
    Quantiles quantiles = new Quantiles();
    for (long number : numbers) {
      quantiles.add(number);
    }
    Arrays.sort(numbers);
    for (double q : new double[] {0, 0.1, 0.5, 0.99, 1}) {
      long exact = numbers[Math.max(0, (int) Math.ceil(q * numbers.length) - 1)];
      long found = quantiles.at(q);
      assertTrue(found >= exact && found <= exact + exact / 32 + 1, exact + " as " + found);
    }
  }
}
