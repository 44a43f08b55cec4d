package dev.naja.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** By how much threads that wake up late are asked to wake up earlier. */
class LatenessTest {
  private static final long DELAY = 2_000_000;
  private static final long STEP = DELAY / 64;

  private final Lateness lateness = new Lateness(DELAY);

  @Test
  void theMarginCoversAllButFewWakeUps() {
    Random random = new Random(1);
    int uncovered = 0;
    for (int i = 0; i < 20_000; i++) {
      long late = (long) (200_000 + 50_000 * random.nextGaussian());
      if (i >= 1_000 && late > lateness.margin()) {
        uncovered++;
      }
      lateness.observe(late);
    }
    assertTrue(uncovered < 19_000 / 256, uncovered + " of 19,000");
    assertTrue(lateness.margin() < 450_000, lateness.margin() + " ns");
  }

  @Test
  void oneThatIsFarTooLateCountsOnce() {
    lateness.observe(Long.MAX_VALUE);
    assertEquals(5 * STEP, lateness.margin());
  }

  @Test
  void halfOfTheTimeIsWaitedHoweverLateThreadsWakeUp() {
    for (int i = 0; i < 1_000; i++) {
      lateness.observe(10 * DELAY);
    }
    assertEquals(DELAY / 2, lateness.margin());
  }

  @Test
  void threadsThatWakeUpInTimeNeedAStep() {
    for (int i = 0; i < 100_000; i++) {
      lateness.observe(0);
    }
    assertTrue(lateness.margin() > 0 && lateness.margin() <= 2 * STEP, lateness.margin() + " ns");
  }

  @Test
  void longDelaysHaveShortMargins() {
    Lateness hour = new Lateness(3_600_000_000_000L);
    assertEquals(200_000, hour.margin());
    hour.observe(1_000_000);
    assertEquals(250_000, hour.margin());
  }

  @Test
  void withoutADelayThereIsNoMargin() {
    Lateness none = new Lateness(0);
    none.observe(1_000);
    assertEquals(0, none.margin());
  }
}
