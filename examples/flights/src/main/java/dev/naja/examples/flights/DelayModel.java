package dev.naja.examples.flights;

import java.time.LocalDate;

/** What the job calls in Python: the class {@code Model} of {@code delay_model.py}, as it is. */
interface DelayModel {

  /**
   * Returns the probability, 0 to 1, that a flight arrives more than 15 minutes late.
   *
   * @param scheduledDeparture local time written as HHMM
   * @param scheduledArrival local time written as HHMM
   * @param departureDelay minutes, or null where the flight has not left
   * @param distance miles
   */
  double eval(
      String carrier,
      String origin,
      String dest,
      LocalDate date,
      int scheduledDeparture,
      int scheduledArrival,
      Double departureDelay,
      double distance);
}
